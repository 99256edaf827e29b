"""Dates that a customer was told: what becomes of them when they are kept, moved, or quietly missed."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from shopbell.domain.model.shop import DeliveriesTold
from shopbell.domain.time.calendar import parse_instant
from tests.world import KYIV, MONDAY, OLENA, World, a_busy_shop

RISK, OVERDUE, LATE = "staff_promise_at_risk", "staff_dispatch_overdue", "order_delayed.unannounced"
NOT_ARRIVED, PARCEL_OVERDUE = "order_delayed.not_arrived", "staff_parcel_overdue"
CASH = {"payment.method": "cash_on_delivery"}
END = "2026-03-20T00:00:00Z"
DAY = timedelta(days=1)


def busy(at: str | datetime = MONDAY) -> World:
    """A shop that tells of deliveries."""
    return World(
        shop=a_busy_shop(deliveries_told=DeliveriesTold.ALWAYS), now=parse_instant(at) if isinstance(at, str) else at
    )


def paid(at: str | datetime = MONDAY, **order: Any) -> World:
    world = busy(at)
    world.place(OLENA, **order)
    world.tell("order.paid")
    return world


def shipped(*, event: str = "order.shipped", **delivery: str) -> World:
    """An order sent on Monday that is to arrive by Thursday."""
    world = paid()
    said = {"arrives_by": "2026-03-05"} | delivery
    world.tell(event, {f"delivery.{name}": value for name, value in said.items()})
    return world


def next_morning(world: World, said: str) -> str:
    """After "Thu 05 18:00"."""
    evening = datetime(2026, 3, int(said[4:6]), int(said[7:9]), tzinfo=KYIV)
    return f"{world.shop.calendar.next_morning(evening).astimezone(KYIV):%a %d %H:%M}"


def broken(world: World) -> list[str]:
    """When the customer heard from us that a date was missed; the staff are told when the shop opens next."""
    world.until(END)
    assert world.sent_at(OVERDUE) == [next_morning(world, said) for said in world.sent_at(LATE)]
    assert world.sent_at(PARCEL_OVERDUE) == world.sent_at(NOT_ARRIVED)
    return [*world.sent_at(LATE), *world.sent_at(NOT_ARRIVED)]


@pytest.mark.parametrize(
    ("when", "at_risk", "late"),
    [
        ("2026-03-02T10:00:00+02:00", ["Wed 04 09:00"], ["Thu 05 18:00"]),
        ("2026-03-02T23:30:00+02:00", ["Wed 04 09:00"], ["Thu 05 18:00"]),
        ("2026-03-03T10:00:00+02:00", ["Thu 05 09:00"], ["Fri 06 18:00"]),
        ("2026-03-04T10:00:00+02:00", ["Fri 06 09:00"], ["Mon 09 18:00"]),  # the third day is a Saturday
        ("2026-03-06T08:00:00+02:00", ["Fri 06 09:00"], ["Mon 09 18:00"]),
        ("2026-03-06T20:00:00+02:00", [], ["Mon 09 18:00"]),  # promised after the last morning before
    ],
)
def test_three_days_from_the_payment_is_the_norm_and_who_waits_longer_hears_of_it_from_us(
    when: str, at_risk: list[str], late: list[str]
) -> None:
    world = paid(when)
    assert broken(world) == late
    assert world.sent_at(RISK) == at_risk


def test_the_day_that_the_payment_letter_names_is_the_day_that_is_kept() -> None:
    world = paid()
    world.until(MONDAY)
    letter = next(said for said in world.renderer.said if said["kind"] == "payment_received")
    assert letter["ships_by"] == date(2026, 3, 5)


@pytest.mark.parametrize(
    "event", ["order.handed_over", "order.shipped", "order.ready_for_pickup", "order.delivered", "order.cancelled"]
)
def test_a_parcel_that_left_or_was_called_off_in_time_alarms_nobody(event: str) -> None:
    world = paid()
    world.until("2026-03-03T18:00:00Z")
    world.tell(event)
    assert broken(world) == []
    assert world.sent_at(RISK) == []


@pytest.mark.parametrize(
    ("ships_by", "at_risk", "late"),
    [
        ("2026-03-10", ["Mon 09 09:00"], ["Tue 10 18:00"]),  # as agreed, longer than the norm
        ("2026-03-03", [], ["Tue 03 18:00"]),  # sooner
        ("2026-03-02", [], ["Mon 02 18:00"]),  # today
        ("2026-03-02T15:00:00Z", [], ["Mon 02 18:00"]),
        ("2026-03-08", ["Fri 06 09:00"], ["Sun 08 18:00"]),
        ("2026-03-01", ["Wed 04 09:00"], ["Thu 05 18:00"]),  # over before it was paid: the norm
    ],
)
def test_the_day_that_the_order_names_counts_instead_while_it_is_still_to_come(
    ships_by: str, at_risk: list[str], late: list[str]
) -> None:
    world = paid(**{"delivery.ships_by": ships_by})
    assert broken(world) == late
    assert world.sent_at(RISK) == at_risk


def test_who_pays_after_the_day_that_was_named_is_told_another_and_not_that_we_are_late() -> None:
    world = busy()
    world.place(OLENA, **{"delivery.ships_by": "2026-03-03"})
    world.until("2026-03-04T08:00:00Z")
    world.tell("order.paid")
    assert world.renderer.said[-2]["ships_by"] == date(2026, 3, 9)
    assert broken(world) == ["Mon 09 18:00"]


def test_nobody_who_has_still_to_pay_is_told_that_we_are_late() -> None:
    world = busy()
    world.place(OLENA, **{"delivery.ships_by": "2026-03-04"})
    assert broken(world) == []


@pytest.mark.parametrize(
    ("order", "accepted", "late"),
    [
        (CASH, True, ["Thu 05 18:00"]),  # the norm, counted from when it was taken on
        (CASH, False, []),  # nobody named a day
        (CASH | {"delivery.ships_by": "2026-03-04"}, False, ["Wed 04 18:00"]),
        (CASH | {"delivery.ships_by": "2026-03-10"}, True, ["Tue 10 18:00"]),
    ],
)
def test_what_is_paid_on_receipt_is_promised_when_it_is_taken_on_or_by_the_day_in_the_order(
    order: dict[str, Any], accepted: bool, late: list[str]
) -> None:
    world = busy()
    world.place(OLENA, **order)
    if accepted:
        world.tell("order.accepted")
    assert broken(world) == late


def delay(world: World, new_date: str | None, at: datetime | None = None) -> None:
    world.tell("order.delayed", at=at, delay={"reason": "the maker", **({"new_date": new_date} if new_date else {})})


def test_a_delay_that_the_shop_tells_of_moves_the_promise() -> None:
    world = paid()
    world.until("2026-03-03T18:00:00Z")
    delay(world, "2026-03-12")
    assert broken(world) == ["Thu 12 18:00"]
    assert world.sent_at(RISK) == ["Wed 11 09:00"]


def test_a_delay_without_a_new_date_ends_it() -> None:
    world = paid()
    delay(world, None)
    assert broken(world) == []
    assert world.kinds[-1] == "order_delayed"


@pytest.mark.parametrize(
    ("dates", "late"),
    [
        (["2026-03-10", "2026-03-12"], ["Thu 12 18:00"]),
        (["2026-03-12", "2026-03-10"], ["Tue 10 18:00"]),
        (["2026-03-10", "2026-03-12", "2026-03-10"], ["Tue 10 18:00"]),
        (["2026-03-10", None], []),
        ([None, "2026-03-10"], ["Tue 10 18:00"]),
    ],
)
def test_of_several_delays_the_last_word_counts(dates: list[str | None], late: list[str]) -> None:
    world = paid()
    for new_date in dates:
        world.now += timedelta(minutes=5)
        delay(world, new_date)
    assert broken(world) == late


def test_of_delays_told_in_the_wrong_order_the_later_counts() -> None:
    world = paid()
    world.now += timedelta(hours=2)
    delay(world, "2026-03-12")
    delay(world, "2026-03-10", at=MONDAY + timedelta(hours=1))
    assert broken(world) == ["Thu 12 18:00"]


@pytest.mark.parametrize(
    ("new_date", "ships_by", "late"),
    [
        ("2026-03-12", date(2026, 3, 12), ["Thu 12 18:00"]),
        ("2026-03-01", date(2026, 3, 5), ["Thu 05 18:00"]),  # over before it was paid: the norm
        (None, None, []),
    ],
)
def test_a_payment_does_not_forget_a_delay_that_was_told_before_it(
    new_date: str | None, ships_by: date | None, late: list[str]
) -> None:
    world = busy()
    world.place(OLENA)
    delay(world, new_date)
    world.now += timedelta(hours=1)
    world.tell("order.paid")
    letter = next(said for said in world.renderer.said if said["kind"] == "payment_received")
    assert letter["ships_by"] == ships_by
    assert broken(world) == late


def test_each_date_that_is_missed_is_said_once() -> None:
    world = paid()
    world.until("2026-03-06T08:00:00Z")
    delay(world, "2026-03-10")
    assert broken(world) == ["Thu 05 18:00", "Tue 10 18:00"]


def test_a_delay_told_after_we_noticed_is_told_all_the_same() -> None:
    world = paid()
    world.until("2026-03-06T08:00:00Z")
    delay(world, "2026-03-10")
    assert world.kinds[-2:] == ["order_delayed", "order_delayed"]
    assert world.renderer.said[-1]["delay"].new_date == date(2026, 3, 10)


def test_a_call_about_a_late_order_that_nobody_answered_comes_back_until_it_has_left() -> None:
    world = paid()
    world.until("2026-03-06T07:05:00Z")
    world.close(OVERDUE, "no_answer")
    world.until("2026-03-06T10:00:00Z")
    world.close(OVERDUE, "no_answer")
    world.tell("order.shipped")
    world.until(END)
    assert world.sent_at(OVERDUE) == ["Fri 06 09:00", "Fri 06 11:05"]


@pytest.mark.parametrize("event", ["order.shipped", "order.handed_over"])
def test_a_parcel_of_whose_arrival_nobody_tells_is_asked_after_on_the_day(event: str) -> None:
    world = shipped(event=event)
    assert broken(world) == ["Fri 06 09:00"]  # the day is over when the send hours are, and the shop opens next
    assert world.sent_at(RISK) == ["Wed 04 09:00"]
    asked = next(said for said in reversed(world.renderer.said) if said["kind"] == "order_delayed")
    assert (asked["promise"].what, asked["promise"].day) == ("arrival", date(2026, 3, 5))


@pytest.mark.parametrize("event", ["order.ready_for_pickup", "order.delivered", "order.cancelled"])
def test_a_parcel_that_arrived_is_not_asked_after(event: str) -> None:
    world = shipped()
    world.until("2026-03-03T18:00:00Z")
    world.tell(event)
    assert broken(world) == []


def test_a_parcel_that_was_reviewed_has_arrived() -> None:
    world = shipped()
    world.until("2026-03-04T18:00:00Z")
    world.tell("review.posted", customer=OLENA, rating="5")
    assert broken(world) == []


def test_a_parcel_without_a_day_of_arrival_was_promised_for_none() -> None:
    world = paid()
    world.tell("order.shipped")
    assert broken(world) == []


def test_an_arrival_that_the_shop_puts_off_is_asked_after_on_the_new_day() -> None:
    world = shipped()
    world.now += timedelta(hours=1)
    delay(world, "2026-03-10")
    assert broken(world) == ["Wed 11 09:00"]


def test_a_delay_before_the_parcel_left_says_nothing_of_its_arrival() -> None:
    world = paid()
    delay(world, "2026-03-12")
    world.now += timedelta(hours=1)
    world.tell("order.shipped", {"delivery.arrives_by": "2026-03-06"})
    assert broken(world) == ["Mon 09 09:00"]


def test_news_that_was_late_itself_does_not_apologise_for_what_is_long_over() -> None:
    world = busy("2026-03-12T08:00:00Z")
    world.tell("order.placed", {"number": "7", "total": "1.00"}, OLENA, at=MONDAY)
    world.tell("order.paid", at=MONDAY)
    assert broken(world) == []


@pytest.mark.parametrize("left", ["order.shipped", "order.handed_over"])
def test_what_is_fetched_from_the_shop_does_not_arrive(left: str) -> None:
    world = paid(**{"delivery.method": "self_pickup"})
    world.tell(left, {"delivery.arrives_by": "2026-03-04"})
    assert broken(world) == []


def test_what_is_fetched_from_the_shop_is_to_be_ready_in_time() -> None:
    world = paid(**{"delivery.method": "self_pickup"})
    assert broken(world) == ["Thu 05 18:00"]
    world = paid(**{"delivery.method": "self_pickup"})
    world.tell("order.ready_for_pickup")
    assert broken(world) == []


@pytest.mark.parametrize(
    ("amounts", "late"),
    [(["100.00"], ["Thu 05 18:00"]), (["1499.00"], []), (["1000.00", "499.00"], []), (["1000.00", "1000.00"], [])],
)
def test_what_is_given_back_in_part_still_has_to_leave(amounts: list[str], late: list[str]) -> None:
    world = paid()
    for number, amount in enumerate(amounts):
        world.tell("order.refunded", refund={"id": f"r{number}", "amount": amount})
    assert broken(world) == late
