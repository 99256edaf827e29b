"""When a customer counts as asleep, whose turn it is where all are found at once, and how a decision says it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from shopbell.domain.model.agenda import Agenda, StepDecided
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.record import FieldVersion, Occurrence, Record, version_at
from shopbell.domain.model.rhythm import Fit, Rhythm
from shopbell.domain.model.vocabulary import Kind, Outcome
from shopbell.domain.rules.sleeping import FirstWord, Sleeps, asleep, asleep_and_big, long_asleep, sleeper
from tests.domain.stories import SHOP, clock
from tests.world import MONDAY

ONE_DAY = timedelta(days=1)
LONG_AGO = MONDAY - 1_000 * ONE_DAY
FIT = Fit(0.26, 36.0, 0.68, 2.45)
FIRST, CALL = Kind("winback_first"), Kind("staff_winback_call")


def buyer(*days: int, skus: str = "M", phone: str = "", **known: Any) -> Facts:
    """Who ordered so many days before that Monday, each time for 100; of a shop of which that is known."""
    rhythm = Rhythm(**{"learnt_at": LONG_AGO, "since": LONG_AGO, "fit": FIT, **known})
    bought = {
        f"o{day}": Occurrence(
            at := MONDAY - day * ONE_DAY,
            version_at(at, "e"),
            {"total": "100.00", "currency": "UAH", "items": {sku: {"name": sku} for sku in skus}},
        )
        for day in days
    }
    fields = {"phone": FieldVersion(phone, "1")} if phone else {}
    record = Record(fields, {EventType.CUSTOMER_BOUGHT: bought})
    return Facts(replace(SHOP, rhythm=rhythm), Customer("id:7", record))


def day_of(of: Sleeps, facts: Facts) -> int | None:
    """In days from that Monday."""
    return next((round((each.at - MONDAY) / ONE_DAY) for each in of(facts, MONDAY)), None)


@pytest.mark.parametrize(
    ("days", "first", "second"),
    [
        ((), None, None),
        ((10,), 80, 125),
        ((40, 10), 80, 125),
        ((60, 35, 10), 40, 65),
        ((14, 12, 10), 20, 35),  # in a burst: the floor
        ((160, 100, 89, 70), 50, 110),  # the longest of one's own gaps
    ],
)
def test_after_two_usual_times_a_customer_is_asleep_and_after_three_something_is_offered(
    days: tuple[int, ...], first: int | None, second: int | None
) -> None:
    facts = buyer(*days)
    assert (day_of(asleep, facts), day_of(long_asleep, facts)) == (first, second)


def test_it_is_named_by_the_last_order_and_comes_at_ten() -> None:
    (trigger,) = asleep(buyer(40, 10), MONDAY)
    assert (trigger.occurrence_id, clock(trigger.at)[-5:]) == ("o10", "10:00")


def test_nobody_is_asleep_before_the_shops_own_past_is_known() -> None:
    (trigger,) = asleep(buyer(500, learnt_at=None, since=None), MONDAY)
    assert trigger.at == MONDAY + timedelta(hours=1)


@pytest.mark.parametrize(("letters", "day"), [((), 0), ((0.01,), 0), ((9.0,), 1), ((9.0, 8.0), 2)])
def test_where_all_are_found_at_once_each_has_their_day(letters: tuple[float, ...], day: int) -> None:
    assert day_of(asleep, buyer(300, 200, since=MONDAY, letters=letters)) == day


def test_who_falls_asleep_later_has_no_turn_to_wait_for() -> None:
    assert day_of(asleep, buyer(10, since=MONDAY, letters=(9.0, 8.0))) == 80


@pytest.mark.parametrize(("calls", "when"), [((), "Mon 02 10:00"), ((9.0, 8.0, 7.0, 6.0, 5.0), "Mon 09 10:00")])
def test_so_many_a_working_day_are_rung(calls: tuple[float, ...], when: str) -> None:
    facts = buyer(300, 200, since=MONDAY, calls=calls, big_from=Decimal(200))
    assert [clock(each.at) for each in asleep_and_big(facts, MONDAY)] == [when]


@pytest.mark.parametrize(("big_from", "rung"), [(None, 0), (Decimal(201), 0), (Decimal(200), 1)])
def test_only_those_are_rung_who_have_spent_the_most(big_from: Decimal | None, rung: int) -> None:
    assert len([*asleep_and_big(buyer(300, 200, big_from=big_from), MONDAY)]) == rung


@pytest.mark.parametrize(
    ("days", "known", "words"),
    [
        (
            (250, 219, 188, 130),
            {},
            "usually every 31 days, 58 at the longest; now 130; .9 orders expected in half a year",
        ),
        ((130,), {}, "1 order, usually again after 45 days; now 130; .3 orders expected in half a year"),
        ((160, 130), {"fit": None}, "2 orders, usually again after 45 days; now 130"),
    ],
)
def test_a_decision_says_it_in_words(days: tuple[int, ...], known: dict[str, Any], words: str) -> None:
    facts = buyer(*days, **known)
    who = sleeper(facts, MONDAY)
    assert who is not None
    assert who.in_words == words
    assert [each.why for each in asleep(facts, MONDAY)] == [words]


@pytest.mark.parametrize(
    ("days", "loyal", "same"), [((10,), False, False), ((40, 10), False, True), ((90, 40, 10), True, True)]
)
def test_who_ordered_three_times_is_loyal_and_who_ordered_the_same_twice_always_does(
    days: tuple[int, ...], loyal: bool, same: bool
) -> None:
    who = sleeper(buyer(*days, skus="MC"), MONDAY)
    assert who is not None
    assert (who.is_loyal, bool(who.always_orders)) == (loyal, same)


def test_what_is_expected_of_them_is_reckoned_by_what_they_usually_spend() -> None:
    who = sleeper(buyer(90, 40, 10), MONDAY)
    assert who is not None
    assert who.expected is not None
    assert float(who.worth) == pytest.approx(100 * who.expected, abs=0.1)


@pytest.mark.parametrize(
    ("decided", "big", "day"),
    [
        ({}, False, None),
        ({FIRST: 3}, False, 3),
        ({FIRST: 3}, True, None),
        ({FIRST: 3, CALL: 9}, True, 9),
    ],
)
def test_an_offer_waits_for_the_first_word(decided: dict[Kind, int], big: bool, day: int | None) -> None:
    facts = buyer(300, 200, phone="+380505550101", big_from=Decimal(0) if big else None)
    steps = {f"{name}|o200": StepDecided(Outcome.SENT, MONDAY + at * ONE_DAY) for name, at in decided.items()}
    at = FirstWord(FIRST, CALL)(replace(facts, agenda=Agenda(steps)), Trigger("o200", MONDAY))
    assert at == (None if day is None else MONDAY + day * ONE_DAY)
