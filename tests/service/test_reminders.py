"""Reminders: none while a complaint about the order is open, none of a first try, those of one hour in one letter."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from shopbell.domain.model.ids import subject_tag
from shopbell.domain.model.letter import DeliveryError, FailureKind
from shopbell.domain.model.state import Message
from shopbell.domain.model.vocabulary import Status
from shopbell.domain.rules.feedback import Feedback, Report
from shopbell.domain.time.calendar import format_instant
from shopbell.service.delivery.send import Send
from shopbell.service.subjects.planning import send_request_of
from tests.rendering.facts import plain_templates
from tests.rendering.letters import RENDERER
from tests.world import MONDAY, OLENA, World, a_busy_shop, an_order

HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
FIRST, FINAL, PARCEL = "order_unpaid_first", "order_unpaid_final", "parcel_uncollected"
CALL = "staff_call_unpaid"
CASH: dict[str, Any] = {"payment.method": "cash_on_delivery"}
PAY_LINK: dict[str, Any] = {"payment.url": "https://pay.example/1002"}
PHONE = {"phone": "+380445550101"}
MUG: dict[str, Any] = {"sku": "MUG-1", "name": "Mug", "quantity": "1", "unit_price": "1499.00"}
BOWL: dict[str, Any] = {"sku": "BOWL-2", "name": "Bowl", "quantity": "2", "unit_price": "700.00"}
NO_CODE: dict[str, Any] = {"name": "Mug", "quantity": "1", "unit_price": "1499.00"}
REMINDED = MONDAY + 2 * DAY
"""When the first reminder of an order of Monday 10:00 is due."""


def order(
    world: World, name: str, customer: Mapping[str, Any] = OLENA, customer_id: str | None = None, **more: Any
) -> None:
    told = an_order(number=name, placed_at=format_instant(world.now), **more)
    world.tell("order.placed", told, customer, order_id=name, customer_id=customer_id)


def reasons(world: World, name: str, kind: str = FIRST) -> list[str]:
    return [f"{each.outcome} {each.reason}" for each in world.decisions() if (each.kind, each.order) == (kind, name)]


def complain(world: World, about: str | None, text: str = "The handle is off.") -> None:
    said = {"complaint": {"id": "c1", "kind": "complaint", "text": text, **({"order": about} if about else {})}}
    world.tell("complaint.opened", None, OLENA, said=said)


def resolve(world: World) -> None:
    world.tell("complaint.resolved", None, None, said={"complaint": {"id": "c1", "text": "A new one is on its way."}})


# ---------------------------------------------------------------------------- a complaint about the order


@pytest.mark.parametrize(
    ("about", "held"), [("1001", True), ("1002", False), (None, False)], ids=["this order", "another", "no order"]
)
def test_while_a_complaint_about_the_order_is_open_nobody_is_reminded_of_it(about: str | None, held: bool) -> None:
    world = World()
    world.place()
    order(world, "1002", **CASH)
    complain(world, about)
    world.until(REMINDED + HOUR)
    assert (FIRST in world.kinds) is not held
    assert world.reasons(FIRST) == (["held complaint_open"] if held else ["sent due"])


def test_once_it_is_resolved_within_the_window_the_reminder_comes() -> None:
    world = World()
    world.place()
    complain(world, "1001")
    world.until(REMINDED + DAY)
    resolve(world)
    world.until(REMINDED + DAY + HOUR)
    assert world.reasons(FIRST) == ["held complaint_open", "sent due"]


def test_a_complaint_that_outlasts_the_window_is_why_no_reminder_came() -> None:
    world = World()
    world.place()
    complain(world, "1001")
    world.until(REMINDED + 4 * DAY)
    assert world.reasons(FIRST) == ["held complaint_open", "skipped complaint_open"]
    world.until(REMINDED + 20 * DAY)
    assert not {FIRST, FINAL} & {*world.kinds}


def test_of_a_parcel_that_waits_nobody_is_reminded_while_they_complain_about_it() -> None:
    world = World()
    world.place(**CASH)
    world.tell("order.ready_for_pickup", {"delivery.tracking_number": "1"})
    complain(world, "1001")
    world.until(MONDAY + 5 * DAY)
    assert world.reasons(PARCEL) == ["held complaint_open"]


def test_whoever_rings_knows_of_the_complaint() -> None:
    world = World(shop=a_busy_shop())
    world.place(OLENA | PHONE)
    complain(world, "1001", "The handle is off. " * 20)
    world.until(REMINDED)
    said = next(each for each in world.renderer.said if each["kind"] == CALL)["open_complaint"]
    assert (said.id, said.order, said.since) == ("c1", "1001", MONDAY.date())
    assert said.text.startswith("The handle is off. The")
    assert len(said.text) <= 161


# ---------------------------------------------------------------------------- a first try that came to nothing


def test_whoever_paid_since_for_the_same_things_is_not_reminded_of_the_first_try() -> None:
    world = World()
    order(world, "1001")
    world.now += 10 * MINUTE
    order(world, "1002")
    world.tell("order.paid", order_id="1002")
    world.until(MONDAY + 20 * DAY)
    assert reasons(world, "1001") == ["skipped superseded"]
    assert reasons(world, "1001", FINAL) == ["skipped superseded"] * 2  # the last reminder, and that it was lost
    detail = next(each.detail for each in world.decisions() if each.kind == FIRST and each.order == "1001")
    assert "1002" in detail


def test_who_paid_while_the_reminder_waited_for_the_morning_is_not_reminded() -> None:
    world = World(now=MONDAY + 12 * HOUR)
    order(world, "1001")
    world.until(MONDAY + 2 * DAY + 12 * HOUR)
    assert world.reasons(FIRST) == ["held send_hours"]
    order(world, "1002")
    world.tell("order.paid", order_id="1002")
    world.until(MONDAY + 4 * DAY)
    assert reasons(world, "1001") == ["held send_hours", "skipped superseded"]
    assert FIRST not in world.kinds


def test_a_guest_who_turned_out_to_be_somebody_paid_for_it_as_that_customer() -> None:
    world = World()
    order(world, "1001")
    order(world, "1002", customer_id="7")
    world.tell("order.paid", order_id="1002")
    world.until(REMINDED)
    assert FIRST not in world.kinds


@pytest.mark.parametrize("ids", [("7", "8"), ("8", "7"), ("7", "9")])
def test_another_id_with_the_same_address_is_the_same_customer(ids: tuple[str, str]) -> None:
    world = World()
    for known in ("7", "8", "9"):
        world.tell("customer.updated", None, OLENA, customer_id=known)
    order(world, "1001", customer_id=ids[0])
    order(world, "1002", customer_id=ids[1])
    order(world, "1003", items=[BOWL], customer_id=ids[1])
    world.now += MINUTE
    order(world, "1004", items=[BOWL | {"sku": "B-4"}], customer_id=ids[0])
    world.tell("order.paid", order_id="1002")
    world.until(REMINDED + MINUTE)
    assert reasons(world, "1001") == ["skipped superseded"]
    assert world.email.taken[-1].subject == "1003 + 1004"


def test_somebody_elses_payment_changes_nothing() -> None:
    world = World()
    order(world, "1001")
    order(world, "1002", {"name": "Ivan", "email": "ivan@customer.example"})
    world.tell("order.paid", order_id="1002")
    world.until(REMINDED)
    assert FIRST in world.kinds


def test_whoever_rings_asks_whether_the_first_one_is_still_wanted() -> None:
    world = World(shop=a_busy_shop())
    order(world, "1001", OLENA | PHONE)
    world.now += HOUR
    order(world, "1002", OLENA | PHONE, total="2899.00")
    world.tell("order.paid", order_id="1002")
    world.until(REMINDED)
    assert world.tasks.count(CALL) == 1
    said = next(each for each in world.renderer.said if each["kind"] == CALL)["paid_instead"]
    assert (said.number, str(said.paid), said.on) == ("1002", "2899.00", MONDAY.date())


def test_a_payment_asks_for_nothing_more_than_it_did() -> None:
    def calls_of_a_payment(*orders: str) -> list[str]:
        world = World()
        for name in orders:
            order(world, name)
        world.table.calls.clear()
        world.tell("order.paid", order_id="1002")
        return world.table.calls

    assert calls_of_a_payment("1001", "1002") == calls_of_a_payment("1002")


# ---------------------------------------------------------------------------- several orders, one letter


def two_unpaid(apart: timedelta = 20 * MINUTE, **more: Any) -> World:
    world = World()
    order(world, "1001")
    world.now += apart
    order(world, "1002", items=[BOWL], total="1400.00", **more)
    return world


def sent(world: World, kind: str = FIRST) -> list[tuple[str, datetime | None]]:
    return [(message.order, message.sent_at) for message in world.sent() if message.kind == kind]


@pytest.mark.parametrize("minutes", [0, 1, 20, 59, 60])
def test_reminders_that_fall_in_one_hour_are_one_letter(minutes: int) -> None:
    world = two_unpaid(minutes * MINUTE)
    world.until(REMINDED + 3 * HOUR)
    at = REMINDED + minutes * MINUTE
    assert sent(world) == [("1001", at), ("1002", at)]
    assert world.email.taken[-1].subject == "1001 + 1002"
    assert len(world.email.taken) == 3
    assert world.reasons(FIRST) == ["sent due"] * 2


def test_what_falls_in_another_hour_is_a_letter_of_its_own() -> None:
    world = two_unpaid(61 * MINUTE)
    world.until(REMINDED + 3 * HOUR)
    assert sent(world) == [("1001", REMINDED), ("1002", REMINDED + 61 * MINUTE)]


def test_what_waited_for_the_morning_leaves_in_one_letter() -> None:
    world = World(now=MONDAY + 12 * HOUR)
    order(world, "1001")
    world.now += 5 * HOUR
    order(world, "1002", items=[BOWL])
    world.until(MONDAY + 4 * DAY)
    assert [letter.subject for letter in world.email.taken[2:]] == ["1001 + 1002"]


def test_a_row_of_orders_does_not_put_each_other_off() -> None:
    world = World()
    for number in range(5):
        order(world, f"100{number}", items=[BOWL | {"sku": f"B-{number}"}])
        world.now += 40 * MINUTE
    world.until(REMINDED + 6 * HOUR)
    letters = world.email.taken[5:]
    assert [letter.subject for letter in letters] == ["1000 + 1001", "1002 + 1003", FIRST]


def test_an_order_that_was_paid_meanwhile_is_left_out() -> None:
    world = two_unpaid()
    world.until(REMINDED)
    world.tell("order.paid", order_id="1001")
    world.until(REMINDED + HOUR)
    assert sent(world) == [("1002", REMINDED + 20 * MINUTE)]
    assert world.email.taken[-1].subject == FIRST


def test_the_first_leaves_all_the_same_where_the_second_was_paid_meanwhile() -> None:
    world = two_unpaid()
    world.until(REMINDED)
    world.tell("order.paid", order_id="1002")
    world.until(REMINDED + 2 * HOUR)
    (only,) = sent(world)
    assert only[0] == "1001"
    assert only[1] is not None
    assert only[1] - REMINDED <= HOUR + 10 * MINUTE


def test_nobody_is_kept_waiting_into_the_night() -> None:
    world = World(now=MONDAY + 10 * HOUR + 50 * MINUTE)
    order(world, "1001")
    world.now += 20 * MINUTE
    order(world, "1002", items=[BOWL])
    world.until(MONDAY + 4 * DAY)
    assert sent(world)[0] == ("1001", MONDAY + 2 * DAY + 10 * HOUR + 50 * MINUTE)


def test_three_of_one_hour_are_one_letter_and_what_comes_later_is_the_next() -> None:
    world = World()
    for minutes in (0, 20, 40, 90):
        world.now = MONDAY + minutes * MINUTE
        order(world, f"10{minutes:02}", items=[BOWL | {"sku": f"B-{minutes}"}])
    world.until(REMINDED + 6 * HOUR)
    assert [letter.subject for letter in world.email.taken[4:]] == ["1000 + 1020 + 1040", FIRST]


def test_what_waited_for_the_morning_waits_for_what_is_due_soon_after() -> None:
    world = World(now=MONDAY + 12 * HOUR)
    order(world, "1001")
    world.now = MONDAY + 23 * HOUR + 20 * MINUTE
    order(world, "1002", items=[BOWL])
    world.until(MONDAY + 4 * DAY)
    assert [letter.subject for letter in world.email.taken[2:]] == ["1001 + 1002"]
    assert sent(world)[0][1] == MONDAY + 2 * DAY + 23 * HOUR + 20 * MINUTE


def test_of_parcels_too_and_of_a_parcel_and_a_bill() -> None:
    world = World()
    for name in ("1001", "1002"):
        order(world, name, items=[BOWL | {"sku": name}], **CASH)
        world.tell("order.ready_for_pickup", {"delivery.tracking_number": name}, order_id=name)
        world.now += 5 * MINUTE
    world.now = MONDAY + 2 * DAY
    order(world, "1003")
    world.until(MONDAY + 5 * DAY)
    assert world.email.taken[-1].subject == "1001 + 1002 + 1003"


def test_two_senders_at_once_say_nothing_twice() -> None:
    world = two_unpaid()
    world.deaf = True
    world.until(REMINDED + 20 * MINUTE)
    world.deaf = False
    waiting = [message for message in world.messages() if message.kind == FIRST]
    assert len(waiting) == 2
    stolen: list[str] = []
    claim = world.ledger.claim

    class Ledger:
        """Another sender claims the first, just before this one does."""

        def __getattr__(self, name: str) -> Any:
            return getattr(world.ledger, name)

        def claim(self, message: Message, *more: Any) -> None:
            if not stolen:
                stolen.append(message.id)
                claim(message, *more)
            claim(message, *more)

    mailroom = replace(world.send.mailroom, ledger=Ledger())
    Send(mailroom)([send_request_of(waiting[1])])
    assert FIRST not in [letter.kind for letter in world.email.taken]
    statuses = {message.order: message.status for message in world.messages() if message.kind == FIRST}
    assert statuses == {"1001": Status.SENDING, "1002": Status.PLANNED}


def test_while_the_provider_takes_nothing_each_waits_and_none_is_lost() -> None:
    world = two_unpaid()
    world.until(REMINDED + 19 * MINUTE)
    world.email.failures = [DeliveryError(FailureKind.TEMPORARY, "unavailable")]
    world.until(REMINDED + 3 * HOUR)
    assert sorted(name for name, _ in sent(world)) == ["1001", "1002"]
    assert world.email.taken[-1].subject == "1001 + 1002"


def test_what_the_provider_reports_of_the_letter_is_so_of_each() -> None:
    world = two_unpaid()
    world.until(REMINDED + HOUR)
    first, second = (message for message in world.sent() if message.kind == FIRST)
    assert (first.letter, second.letter) == ("", first.id)
    tag = subject_tag(first.subject)
    report = Feedback("dobra", tag, first.id, Report.DELIVERY, world.now, world.now, OLENA["email"])
    world.report(report)
    assert [message.status for message in world.messages() if message.kind == FIRST] == [Status.DELIVERED] * 2


@pytest.mark.parametrize("locale", sorted(RENDERER.locales()))
def test_the_letter_names_each_order_with_its_own_sum(locale: str) -> None:
    world = World()
    order(world, "1001", OLENA | {"locale": locale})
    world.now += 20 * MINUTE
    order(world, "1002", items=[BOWL], total="1400.00", **PAY_LINK)
    world.until(REMINDED)
    world.send = world.sending_with(RENDERER)
    world.until(REMINDED + HOUR)
    letter = world.email.taken[-1]
    assert "1001" in letter.subject
    assert "1002" in letter.subject
    assert letter.html.count("<h1") == 2
    assert letter.html.count("<html") == 1
    assert letter.html.count("https://pay.example/1002") == 1
    assert letter.text.count("\n--\n") == 1
    words: Any = plain_templates(locale).environment.globals["w"]
    assert letter.text.count(words.hello("Olena")) == 1
