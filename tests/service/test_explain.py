"""Explaining an order or a customer: nothing left out, oldest first, in words."""

from datetime import timedelta

import pytest

from shopbell.commands.explanation_report import lines
from shopbell.commands.wording import OUTCOMES, REASONS, STATUSES
from shopbell.domain.model.problems import Refused
from shopbell.domain.model.vocabulary import Outcome, Reason, Status
from shopbell.service.operators.explain import Explain, Explanation
from tests.world import KYIV, MONDAY, OLENA, World, an_order

CELEBRATES = OLENA | {"consent.email_marketing": {"granted": True}, "birthday": "--03-20"}


def explain(world: World) -> Explain:
    return Explain(world.store, world.contact_key)


def told(account: Explanation) -> list[str]:
    """What concerns the customer; the tasks have stories of their own."""
    return [line for line in lines(account, KYIV) if " staff_" not in line]


def test_each_reason_outcome_and_status_has_words() -> None:
    assert (set(REASONS), set(OUTCOMES), set(STATUSES)) == (set(Reason), set(Outcome), set(Status))


def test_an_order_tells_what_was_sent_what_was_not_and_what_is_to_come() -> None:
    world = World()
    world.place()
    assert told(explain(world).order(world.shop, "1001", world.now)) == [
        "2 March 2026 10:00  order_received  to be sent: it is due (email)",
        "2 March 2026 10:00  order_received  sent (by email)",
        "Still to come:",
        "  4 March 2026 10:00  order_unpaid_first  if it still holds then",
    ]


def test_an_order_paid_in_the_night_tells_why_its_reminder_did_not_leave() -> None:
    world = World()
    world.now = MONDAY.replace(hour=20)
    world.place(placed_at="2026-03-02T20:00:00Z")
    world.until("2026-03-04T21:00:00Z")
    waiting = told(explain(world).order(world.shop, "1001", world.now))
    assert "  5 March 2026 09:00  order_unpaid_first  waits, and is looked at again then (by email)" in waiting
    world.tell("order.paid", at=MONDAY.replace(day=4, hour=21))
    world.until("2026-03-06T21:00:00Z")
    why = "not sent: it is no longer true (nothing is due since 4 March 2026 23:00)"
    assert told(explain(world).order(world.shop, "1001", world.now))[2:] == [
        "4 March 2026 22:00  order_unpaid_first  held: it is outside the send hours (email: until 5 March 2026 09:00)",
        "4 March 2026 23:00  payment_received  to be sent: it is due (email)",
        f"4 March 2026 23:00  order_unpaid_final  {why}",
        "4 March 2026 23:00  payment_received  sent (by email)",
        f"5 March 2026 09:00  order_unpaid_first  {why}",
        "5 March 2026 09:00  order_unpaid_first  will not be sent any more (by email)",
        "Still to come:",  # the day by which it is to leave
    ]


def test_a_customer_tells_of_their_orders_too_those_of_the_guest_they_were_as_well() -> None:
    world = World()
    world.place()
    world.tell("order.placed", an_order(number="1002"), CELEBRATES, order_id="1002", customer_id="7")
    account = explain(world).customer(world.shop, "id:7", world.now)
    said = told(account)
    assert sorted(line for line in said if "order_received" in line and "sent (by" in line) == [
        "2 March 2026 10:00  order 1001  order_received  sent (by email)",
        "2 March 2026 10:00  order 1002  order_received  sent (by email)",
    ]
    assert "  13 March 2026 10:00  customer 7  birthday_week  if it still holds then" in said


def test_a_guest_is_found_by_their_contact() -> None:
    world = World()
    world.place()
    by_contact = explain(world).contact(world.shop, OLENA["email"], world.now)
    assert "order/1001" in by_contact.subjects
    assert len(by_contact.messages) == 1


@pytest.mark.parametrize("asked", ["order", "customer", "contact"])
def test_who_is_not_known_is_said_to_be_unknown(asked: str) -> None:
    world = World()
    with pytest.raises(Refused, match="told of no"):
        getattr(explain(world), asked)(world.shop, "nobody@customer.example", world.now)


def test_a_customer_of_twenty_orders_is_explained_in_few_calls_and_without_a_scan() -> None:
    world = World()
    for number in range(20):
        order = an_order(number=str(number), **{"payment.method": "cash_on_delivery"})
        world.tell("order.placed", order, OLENA, order_id=str(number), customer_id="7")
    world.until(MONDAY + timedelta(hours=2))
    world.table.calls.clear()
    world.table.stored.page = 1_000  # a megabyte holds more than that
    account = explain(world).customer(world.shop, "id:7", world.now)
    assert len(account.messages) == 20
    assert set(world.table.calls) <= {"query", "batch_get_item"}
    assert len(world.table.calls) <= 30


def test_decisions_are_kept_for_180_days_and_messages_longer() -> None:
    world = World()
    world.place()
    world.tell("order.paid")
    world.tell("order.paid")
    kept = {sort: item["expires_at"] for (_, sort), item in world.table.items.items() if "expires_at" in item}
    days = {
        sort.split("#")[0]: (int(at) - int(MONDAY.timestamp())) / timedelta(days=1).total_seconds()
        for sort, at in kept.items()
        if isinstance(at, int)
    }
    assert days["decision"] == 180
    assert days["message"] > 400
