"""An unpaid order: the call before the letter, and what becomes of who never pays."""

from typing import Any

import pytest

from shopbell.domain.model.shop import Figures
from shopbell.domain.time.calendar import parse_instant
from shopbell.domain.time.span import hours, working_days
from tests.world import OLENA, World, a_busy_shop

PHONE = {"phone": "+380445550101"}
CALL, LETTER = "staff_call_unpaid", "order_unpaid_first"


def unpaid(customer: dict[str, Any], **changes: Any) -> World:
    world = World(shop=a_busy_shop())
    world.place(customer, **changes)
    world.until("2026-03-04T10:00:00Z")
    return world


def test_two_working_hours_before_the_letter_somebody_calls_and_can_name_what_is_due() -> None:
    world = unpaid(OLENA | PHONE)
    assert world.sent_at(CALL) == ["Tue 03 17:00"]
    assert world.sent_at(LETTER) == ["Wed 04 10:00"]
    said = next(each for each in world.renderer.said if each["kind"] == CALL)
    assert (str(said["order"].payment.due), said["customer"].phone) == ("1499.00", PHONE["phone"])


@pytest.mark.parametrize(
    ("placed", "call", "letter"),
    [
        ("2026-03-02T12:30:00+02:00", "Wed 04 10:30", "Wed 04 12:30"),
        ("2026-03-02T20:00:00+02:00", "Wed 04 16:00", "Wed 04 20:00"),
        ("2026-03-02T23:00:00+02:00", "Wed 04 16:00", "Thu 05 09:00"),  # the letter waits for the morning
        ("2026-03-05T09:30:00+02:00", "Fri 06 16:30", "Mon 09 09:30"),  # the shop is closed between
        ("2026-03-07T12:00:00+02:00", "Tue 10 10:00", "Tue 10 12:00"),
    ],
)
def test_the_two_hours_are_counted_back_over_the_hours_of_the_shop(placed: str, call: str, letter: str) -> None:
    world = World(shop=a_busy_shop(), now=parse_instant(placed))
    world.place(OLENA | PHONE, placed_at=placed)
    world.until("2026-03-11T00:00:00Z")
    assert (world.sent_at(CALL), world.sent_at(LETTER)) == ([call], [letter])


def test_they_are_counted_from_the_moment_that_the_shop_chose_for_its_letter() -> None:
    world = World(shop=a_busy_shop(journeys={LETTER: Figures(after=working_days(4))}))
    world.place(OLENA | PHONE)
    world.until("2026-03-07T00:00:00Z")
    assert (world.sent_at(CALL), world.sent_at(LETTER)) == (["Thu 05 17:00"], ["Fri 06 10:00"])


def test_a_letter_that_comes_within_the_hour_leaves_no_time_to_call_before_it() -> None:
    world = World(shop=a_busy_shop(journeys={LETTER: Figures(after=hours(1))}))
    world.place(OLENA | PHONE)
    world.until("2026-03-02T12:00:00Z")
    assert (world.sent_at(CALL), world.sent_at(LETTER)) == (["Mon 02 10:00"], ["Mon 02 11:00"])


def test_an_order_brought_back_is_called_about_anew_before_its_letter() -> None:
    world = World(shop=a_busy_shop())
    world.place(OLENA | PHONE)
    world.tell("order.cancelled")
    world.until("2026-03-05T10:00:00Z")
    world.tell("order.accepted")
    world.until("2026-03-10T00:00:00Z")
    assert (world.sent_at(CALL), world.sent_at(LETTER)) == (["Mon 09 10:00"], ["Mon 09 12:00"])


@pytest.mark.parametrize(
    ("outcome", "letter"),
    [
        ("reached", "skipped no_longer_true"),
        ("refused", "skipped no_longer_true"),
        ("done", "skipped no_longer_true"),
        ("no_answer", "sent due"),
    ],
)
def test_whom_the_call_reached_needs_no_letter_and_the_others_get_it(outcome: str, letter: str) -> None:
    world = World(shop=a_busy_shop())
    world.place(OLENA | PHONE)
    world.until("2026-03-03T15:30:00Z")
    world.close(CALL, outcome)
    world.until("2026-03-04T10:00:00Z")
    assert world.reasons(LETTER) == [letter]


def test_whom_the_call_reached_and_who_does_not_pay_hears_of_it_a_week_after_the_order() -> None:
    world = World(shop=a_busy_shop())
    world.place(OLENA | PHONE)
    world.until("2026-03-03T15:30:00Z")
    world.close(CALL, "reached")
    world.until("2026-03-20T00:00:00Z")
    assert (world.sent_at(LETTER), world.sent_at("order_unpaid_final")) == ([], ["Mon 09 10:00"])


def test_whom_a_call_reaches_after_the_letter_had_it_all_the_same() -> None:
    world = unpaid(OLENA | PHONE)
    world.close(CALL, "reached")
    world.until("2026-03-06T10:00:00Z")
    assert world.sent_at(LETTER) == ["Wed 04 10:00"]


def test_who_left_no_number_is_written_to_and_not_called() -> None:
    world = unpaid(OLENA)
    assert world.kinds == ["order_received", "order_unpaid_first"]
    assert CALL not in world.tasks


@pytest.mark.parametrize("customer", [PHONE, PHONE | {"consent.sms_service": {"granted": False}}])
def test_who_cannot_be_written_to_is_called(customer: dict[str, Any]) -> None:
    assert unpaid(customer).tasks.count(CALL) == 1


def test_who_pays_on_receipt_is_not_called_about_money() -> None:
    assert CALL not in unpaid(OLENA | PHONE, **{"payment.method": "cash_on_delivery"}).tasks


@pytest.mark.parametrize(("outcome", "calls"), [("reached", 1), ("refused", 1), ("no_answer", 4)])
def test_nobody_is_called_again_once_they_were_reached_and_nobody_is_hunted(outcome: str, calls: int) -> None:
    world = unpaid(OLENA | PHONE)
    for day in (5, 6, 9, 10, 11):
        world.close(CALL, outcome)
        world.until(f"2026-03-{day:02}T10:00:00Z")
    assert world.tasks.count(CALL) == calls


def test_who_paid_meanwhile_is_not_called_back() -> None:
    world = unpaid(OLENA | PHONE)
    world.close(CALL, "no_answer")
    world.tell("order.paid")
    world.until("2026-03-12T10:00:00Z")
    assert world.tasks.count(CALL) == 1


@pytest.mark.parametrize(("agreed", "letters"), [(None, 0), (False, 0), (True, 3)])
def test_who_never_paid_joins_the_mailing_base_only_where_they_agreed(agreed: bool | None, letters: int) -> None:
    consent = {} if agreed is None else {"consent.email_marketing": {"granted": agreed}}
    world = unpaid(OLENA | consent | {"birthday": "--04-20"})
    world.until("2026-05-01T00:00:00Z")
    assert world.reasons("order_unpaid_final") == ["sent due", "skipped lost"]
    assert len([kind for kind in world.kinds if kind.startswith("birthday")]) == letters
