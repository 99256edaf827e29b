"""Which days may be told: never a past one, never two that contradict each other; and when a day is over."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shopbell.domain.deciding.subjects import SUBJECTS
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.events import Event
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.order import Order
from shopbell.domain.model.parcel import tag_of
from shopbell.domain.model.record import FieldVersion, Record
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.domain.rules.days import Days, consistent, contradictions, days_to_tell, delay_of, dispatch_by, impossible
from shopbell.domain.rules.parcels import parcels
from shopbell.domain.rules.promises import open_promises
from tests.prove import days as figure
from tests.world import KYIV, MONDAY, a_shop, an_order

Said = tuple[str, dict[str, Any], dict[str, Any]]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NAMES = ("ships_by", "shipped_on", "arrives_from", "arrives_by", "pickup_until")
march = some.one_of(some.none(), some.integers(1, 9).map(lambda day: date(2026, 3, day)))


@given(some.tuples(*[march] * 5))
def test_what_is_left_of_days_is_in_the_order_in_which_things_happen(days: tuple[date | None, ...]) -> None:
    said = Days(**dict(zip(NAMES, days, strict=True)))
    left = consistent(said)
    assert contradictions(left) == []
    assert all(getattr(left, name) in (None, getattr(said, name)) for name in NAMES)
    if not contradictions(said):
        assert (left.ships_by, left.pickup_until) == (said.ships_by, said.pickup_until)


def facts(*said: Said, zone: str = "Europe/Kyiv", **order: Any) -> Facts:
    """An order of Monday's, and what was said of it since, an hour apart."""
    whole = Order("1001")
    placed: Said = ("order.placed", an_order(**{"delivery.method": "courier", **order}), {})
    for number, (event_type, changes, beside) in enumerate((placed, *said)):
        event = Event("dobra", f"e{number}", event_type, MONDAY + number * HOUR, "1001", changes, extra=beside)
        whole = SUBJECTS[SubjectKind.ORDER].merged(whole, event, a_shop())
    customer = Customer("id:7", record=Record({"timezone": FieldVersion(zone, "0")}))
    return Facts(a_shop(), customer, order=whole)


PAID: Said = ("order.paid", {}, {})
SHIPPED: Said = ("order.shipped", {"delivery.tracking_number": "A", "delivery.arrives_by": "2026-03-05"}, {})


@pytest.mark.parametrize("zone", ["Europe/Kyiv", "America/New_York"])
@pytest.mark.parametrize(("window", "hour"), [("18:00-20:00", 20), ("18:00–20:00", 20), ("after work", 21), ("", 21)])
def test_an_arrival_is_over_with_its_hours_by_the_customers_clock(zone: str, window: str, hour: int) -> None:
    known = facts(PAID, SHIPPED, zone=zone, **{"delivery.time_window": window})
    (promise,) = open_promises(known)
    assert promise.ends == datetime(2026, 3, 5, hour, tzinfo=known.zone)
    (parcel,) = parcels(known.order or Order("1001"))
    told = [days_to_tell(known, promise.ends + minute * timedelta(minutes=1), parcel).arrives_by for minute in (-1, 0)]
    assert told == [date(2026, 3, 5), None]


@pytest.mark.parametrize(
    ("order", "by"),
    [
        ({}, 5),  # three days from the payment
        ({"delivery.arrives_by": "2026-03-05"}, 4),
        ({"delivery.arrives_by": "2026-03-09"}, 5),
        ({"delivery.arrives_by": "2026-03-03"}, 2),
        ({"delivery.arrives_by": "2026-03-02"}, 2),  # today
        ({"delivery.arrives_by": "2026-03-01"}, 5),  # over: it is none
        ({"delivery.ships_by": "2026-03-10", "delivery.arrives_by": "2026-03-12"}, 10),
        ({"delivery.ships_by": "2026-03-12", "delivery.arrives_by": "2026-03-10"}, None),
        ({"delivery.ships_by": "2026-02-20", "delivery.arrives_by": "2026-03-10"}, 5),
        ({"delivery.method": "none"}, None),
    ],
)
def test_dispatch_is_due_as_named_else_in_three_days_and_before_the_arrival(
    order: dict[str, str], by: int | None
) -> None:
    assert dispatch_by(facts(PAID, **order), MONDAY + HOUR) == (by and date(2026, 3, by))


@pytest.mark.parametrize(
    ("said", "of"),
    [
        ([PAID], "dispatch"),
        ([PAID, SHIPPED], "arrival"),
        (
            [PAID, ("order.shipped", {}, {"parcel": {"id": "1", "items": [{"sku": "MUG-1", "quantity": "1"}]}})],
            "arrival",
        ),
    ],
)
def test_a_delay_is_one_of_leaving_until_all_has_left_and_then_of_arriving(said: list[Any], of: str) -> None:
    known = facts(*said, ("order.delayed", {}, {"delay": {"new_date": "2026-03-10"}}), SHIPPED)
    assert delay_of(known.order or Order("1001"), MONDAY + (len(said) + 1) * HOUR) == of


def test_a_new_date_of_leaving_that_passes_the_arrival_leaves_none() -> None:
    delayed: Said = ("order.delayed", {}, {"delay": {"new_date": "2026-03-10"}})
    known = facts(PAID, delayed, **{"delivery.arrives_by": "2026-03-06"})
    days = days_to_tell(known, MONDAY + 2 * HOUR)
    assert (days.ships_by, days.arrives_by) == (date(2026, 3, 10), None)
    assert list(impossible(known)) == []  # a later word of the shop's is no contradiction


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"delivery.arrives_by": "2026-03-06"}, []),
        ({"delivery.arrives_by": "2026-03-01"}, ["arrives_by 2026-03-01"]),
        ({"delivery.pickup_until": "2026-03-01"}, ["pickup_until 2026-03-01"]),
        (
            {"delivery.ships_by": "2026-03-09", "delivery.arrives_by": "2026-03-06"},
            ["ships_by 2026-03-09 arrives_by 2026-03-06"],
        ),
        (
            {"delivery.arrives_from": "2026-03-09", "delivery.arrives_by": "2026-03-06"},
            ["arrives_from 2026-03-09 arrives_by 2026-03-06"],
        ),
        (
            {"delivery.arrives_by": "2026-03-09", "delivery.pickup_until": "2026-03-06"},
            ["arrives_by 2026-03-09 pickup_until 2026-03-06"],
        ),
    ],
)
def test_the_staff_hear_of_each_day_that_cannot_be(said: dict[str, str], named: list[str]) -> None:
    assert [each.occurrence_id for each in impossible(facts(**said))] == named


def test_a_day_that_passed_since_it_was_named_was_possible() -> None:
    known = facts(**{"delivery.arrives_by": "2026-03-03"})
    assert list(impossible(known)) == []
    assert days_to_tell(known, MONDAY + 3 * DAY) == Days()


def test_a_parcel_sent_on_a_day_that_has_not_come_is_not_told_to_have_been_sent_then() -> None:
    sent: Said = ("order.shipped", {"delivery.tracking_number": "A", "delivery.shipped_on": "2026-03-04"}, {})
    known = facts(PAID, sent)
    (parcel,) = parcels(known.order or Order("1001"))
    assert days_to_tell(known, MONDAY + 2 * HOUR, parcel).shipped_on is None
    assert [each.occurrence_id for each in impossible(known)] == [f"shipped_on 2026-03-04 {tag_of('A')}"]


def test_no_letter_of_random_orders_tells_a_day_that_cannot_be() -> None:
    """What `make prove` plays five thousand of."""
    for seed in range(60):
        told = figure.story(seed)
        for letter in figure.letters(told):
            assert [*figure.wrong(told, letter), *figure.too_soon(told, letter)] == [], (seed, letter.name, letter.at)


def test_the_judge_of_days_sees_what_is_wrong() -> None:
    told = figure.Story(KYIV, "", tells=False)
    at = datetime(2026, 3, 30, 8, tzinfo=UTC)
    lines = ("We’ll send it by: 2 April 2026", "Expected: by Sunday 1 March", "Sent on: 31 March 2026")
    for line, text in product(lines[1:], (lines[0],)):
        letter = figure.Told("order_shipped", at, f"{text}\n{line}", None, None)
        assert [*figure.wrong(told, letter)]
    early = figure.Told("order_delayed.unannounced", at, "", ("dispatch", date(2026, 3, 30)), None)
    assert [*figure.too_soon(told, early)]
