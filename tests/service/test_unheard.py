"""News of an order that no way is left for: the shop's people are asked to tell it, each piece of it."""

from datetime import timedelta
from typing import Any

import pytest

from shopbell.dialects.native import read
from shopbell.domain.rules.feedback import Report
from tests.dialects.bodies import LOCALES
from tests.service.test_feedback import report
from tests.world import MONDAY, OLENA, World, a_busy_shop, an_order

TASK = "staff_unreachable_customer"
PHONE = {"phone": "+380445550101"}
NO_SMS = {"consent.sms_service": {"granted": False}}
TAKEN: dict[str, Any] = {"payment.method": "cash_on_delivery", "delivery.method": "courier"}


def unheard(world: World) -> list[tuple[str, str, str]]:
    """What the staff were asked to tell, and why: ("order_received", "", "no_contact")."""
    said = [content["undelivered"] for content in world.renderer.said if content["kind"] == TASK]
    return [(", ".join(each.news), each.channel, each.why) for each in said]


def test_whoever_left_no_contact_at_all_is_the_staffs_to_find() -> None:
    world = World()
    world.place({"name": "Anna"}, **TAKEN)
    assert world.tasks == [TASK]
    assert unheard(world) == [("order_received", "", "no_contact")]


def test_whoever_wants_no_sms_and_has_no_address_is_told_by_the_staff() -> None:
    world = World()
    world.place({"name": "Anna"} | PHONE | NO_SMS, **TAKEN)
    assert unheard(world) == [("order_received", "", "no_consent")]
    world.tell("order.cancelled")
    assert unheard(world)[1:] == [("order_cancelled", "", "no_consent")]


@pytest.mark.parametrize(("happened", "why"), [(Report.BOUNCE, "bounced"), (Report.COMPLAINT, "complained")])
def test_of_a_second_order_each_piece_of_news_that_nobody_hears_is_told_by_the_staff(
    happened: Report, why: str
) -> None:
    world = World()
    world.tell("order.placed", an_order(**TAKEN), OLENA, customer_id="c-1", order_id="o-1")
    report(world, world.messages()[0], happened)
    world.now += timedelta(hours=1)
    before = len(world.tasks)
    world.tell("order.placed", an_order(number="2", **TAKEN), {}, customer_id="c-1", order_id="o-2")
    world.tell("order.cancelled", order_id="o-2")
    assert world.kinds == ["order_received"]
    assert unheard(world)[before:] == [("order_received", "", why), ("order_cancelled", "", why)]
    assert world.reasons("order_cancelled") == [f"skipped {why}"]


def test_what_is_told_twice_or_by_two_ways_is_one_task() -> None:
    world = World()
    world.place({"name": "Anna"}, **TAKEN)
    world.place({"name": "Anna"}, **TAKEN)
    world.tell("order.shipped", {"delivery.tracking_number": "A1"})
    world.tell("order.shipped", {"delivery.tracking_number": "A1"})
    assert [news for news, *_ in unheard(world)] == ["order_received", "order_shipped"]


def test_what_is_decided_together_is_told_together() -> None:
    world = World()
    world.tell("order.delayed", order_id="1001", delay={"new_date": "2026-03-12"})
    world.tell("order.item_unavailable", sku="A")
    world.now += timedelta(minutes=1)
    world.place({"name": "Anna"}, **TAKEN)
    ((news, *_),) = unheard(world)
    assert {"order_delayed", "item_unavailable"} <= set(news.split(", "))


def test_a_contact_that_became_useless_while_its_letter_waited_is_the_staffs_business() -> None:
    """An SMS waits for the morning; by then they want none."""
    world = World(now=MONDAY.replace(hour=21))
    world.place({"name": "Anna"} | PHONE, **TAKEN, placed_at="2026-03-02T21:00:00Z")
    assert world.tasks == []
    world.now += timedelta(hours=1)
    world.tell("customer.updated", None, PHONE | NO_SMS)
    world.until("2026-03-03T12:00:00Z")
    assert world.kinds == []
    assert unheard(world) == [("order_received", "sms", "no_consent")]


def test_where_another_way_was_found_meanwhile_it_goes_that_way() -> None:
    world = World(now=MONDAY.replace(hour=21))
    world.place({"name": "Anna"} | PHONE, **TAKEN, placed_at="2026-03-02T21:00:00Z")
    world.now += timedelta(hours=1)
    world.tell("customer.updated", None, OLENA | PHONE | NO_SMS)
    world.until("2026-03-03T12:00:00Z")
    assert (world.kinds, world.tasks) == (["order_received"], [])


def test_marketing_and_services_that_reach_nobody_are_no_task() -> None:
    world = World()
    world.tell("order.placed", an_order(**TAKEN), {"name": "Anna", "birthday": "--03-20"}, customer_id="7")
    world.tell("order.delivered")
    before = len(world.tasks)
    world.until("2026-04-01T00:00:00Z")
    assert len(world.tasks) == before


def test_of_the_forgotten_the_staff_are_asked_nothing() -> None:
    world = World()
    world.tell("order.placed", an_order(**TAKEN), {"name": "Anna"}, customer_id="7")
    world.now += timedelta(hours=1)
    world.tell("customer.erased", None, None, customer_id="7")
    world.tell("order.cancelled")
    assert world.tasks == [TASK]


def test_a_contact_that_cannot_be_read_is_shown_as_it_was_written_until_another_comes() -> None:
    world = World(shop=a_busy_shop())
    _tell(world, "order.placed", {"name": "Ганна", "phone": "067 ABC 45 67", "email": "anna@customer.con"})
    said = world.renderer.said[-1]["customer"]
    assert (said.phone_written, said.email_written) == ("067 ABC 45 67", "anna@customer.con")
    assert (said.phone, said.email, said.can_be_written_to) == ("", "", False)
    assert [each for each in world.decisions() if "ABC" in each.detail or ".con" in each.detail] == []
    world.now += timedelta(minutes=1)
    _tell(world, "order.accepted", {"phone": "067 123 45 67"})
    assert "ABC" not in world.stored()
    assert "anna@customer.con" in world.stored()


def test_what_was_written_is_forgotten_with_whoever_wrote_it() -> None:
    world = World()
    _tell(world, "order.placed", {"id": "c-1", "name": "Ганна", "phone": "067 ABC 45 67"})
    world.now += timedelta(hours=1)
    world.tell("customer.erased", None, None, customer_id="c-1")
    assert "ABC" not in world.stored()


def test_older_words_come_late_and_change_nothing() -> None:
    world = World()
    late = world.now
    world.now += timedelta(hours=1)
    _tell(world, "order.placed", {"id": "c-1", "phone": "067 123 45 67"})
    _tell(world, "customer.updated", {"id": "c-1", "phone": "067 ABC 45 67"}, at=late)
    assert "ABC" not in world.stored()


def _tell(world: World, event_type: str, customer: dict[str, Any], at: Any = None) -> None:
    """As the worker reads it off the queue."""
    world.events += 1
    order = {"id": "1001"} | ({} if event_type != "order.placed" else ORDER)
    whose = {"customer": customer} if event_type == "customer.updated" else {"order": order | {"customer": customer}}
    body = {"type": event_type, "timestamp": f"{at or world.now:%Y-%m-%dT%H:%M:%SZ}", "data": whose}
    message = {"id": f"msg_{world.events}", "body": body, "received_at": f"{world.now:%Y-%m-%dT%H:%M:%SZ}"}
    world.hear(read(message, world.shop, LOCALES, world.now))
    world.deliver_requests()


ORDER = {
    **{"number": "1001", "placed_at": "2026-03-02T08:00:00Z", "currency": "UAH", "total": "1.00"},
    "items": [{"sku": "MUG-1", "name": "Mug", "quantity": "1", "unit_price": "1.00"}],
    "payment": {"method": "cash_on_delivery"},
}
