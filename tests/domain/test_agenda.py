"""One agenda a subject: rows of different sweeps see each other, and none hides the others."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from shopbell.domain.deciding.agenda import MOST_AT_ONCE, Decisions, decide_all, earliest, still_coming
from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.agenda import Agenda, NextStep, PutOff, StepDecided, newest_steps, recent_steps
from shopbell.domain.model.customer import Contact, Customer
from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.history import record_of_event
from shopbell.domain.model.order import Order
from shopbell.domain.model.record import FieldVersion, Record
from shopbell.domain.model.vocabulary import ChannelName, Kind, MessageClass, Outcome, Sweep
from shopbell.domain.rules.conditions import Condition
from shopbell.domain.rules.moments import After, Decided, at_once
from shopbell.domain.rules.triggers import Each
from shopbell.domain.time.span import days, hours
from tests.world import MONDAY, a_busy_shop, an_order

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
task = partial(Journey, on=Each(EventType.ORDER_PLACED), lasts=days(30), message_class=MessageClass.STAFF)


def an_order_of(*event_types: str, at: datetime = MONDAY) -> Order:
    record = Record()
    for number, event_type in enumerate(event_types):
        event = Event("dobra", f"e{number}", event_type, at + number * HOUR, "1001", an_order())
        record = record.merged(record_of_event(event, event.order))
    return Order("1001", record)


def facts(*event_types: str, agenda: Agenda | None = None) -> Facts:
    order = an_order_of("order.placed", *event_types)
    return Facts(a_busy_shop(), Customer("id:7"), order=order, agenda=agenda or Agenda())


def played(rows: tuple[Journey, ...], until: datetime, known: Facts | None = None) -> list[tuple[str, str]]:
    """What is decided, and when, as whatever sweep is due looks; (name, hours since the order)."""
    known, now, decided = known or facts(), MONDAY, []
    while now <= until:
        looked = decide_all(known, now, rows=rows)
        decided += [(step.journey.name, f"{(now - MONDAY) / HOUR:g}") for step in looked.step_decisions]
        known = looked.facts
        if known.agenda.next is None:
            break
        now = max(known.agenda.next.at, now)
    return decided


A = task(kind="a", sweep=Sweep.TASKS, moment=After(hours(2), at_once))
B = task(kind="b", sweep=Sweep.UNPAID_ORDERS, moment=After(hours(3), Decided(Kind("a"))))
NEWS = task(kind="news")
AFTER_NEWS = task(kind="after_news", sweep=Sweep.PROMISES, moment=After(hours(1), Decided(Kind("news"))))
NEWS_AFTER = task(kind="news_after", moment=After(hours(1), Decided(Kind("b"), sent_only=False)))
LAST = task(kind="last", sweep=Sweep.FOLLOW_UPS, moment=After(hours(1), Decided(Kind("news_after"))))


@pytest.mark.parametrize(
    ("rows", "decided"),
    [
        ((A, B), [("a", "2"), ("b", "5")]),
        ((B, A), [("a", "2"), ("b", "5")]),
        ((NEWS, AFTER_NEWS), [("news", "0"), ("after_news", "1")]),
        ((AFTER_NEWS, NEWS), [("news", "0"), ("after_news", "1")]),
        ((LAST, NEWS_AFTER, B, A), [("a", "2"), ("b", "5"), ("news_after", "5"), ("last", "6")]),
    ],
    ids=["a step of another sweep", "in any order", "news", "news in any order", "a row that waits"],
)
def test_what_a_row_waits_for_may_be_anything(rows: tuple[Journey, ...], decided: list[tuple[str, str]]) -> None:
    assert played(rows, MONDAY + DAY) == decided


def test_two_sweeps_at_one_moment_are_decided_by_whichever_looks() -> None:
    rows = (
        task(kind="one", sweep=Sweep.PROMISES, moment=After(hours(2), at_once)),
        task(kind="other", sweep=Sweep.UNPAID_ORDERS, moment=After(hours(2), at_once)),
    )
    first = decide_all(facts(), MONDAY, rows=rows)
    assert first.facts.agenda.next == NextStep(MONDAY + 2 * HOUR, Sweep.UNPAID_ORDERS)
    looked = decide_all(first.facts, MONDAY + 2 * HOUR, rows=rows)
    assert [step.journey.name for step in looked.step_decisions] == ["one", "other"]
    assert looked.facts.agenda.next is None


@dataclass(frozen=True)
class Raises:
    """A condition that cannot be judged, until it is mended."""

    mended_at: datetime | None = None

    def __call__(self, facts: Facts, trigger: Trigger) -> str:
        raise ZeroDivisionError("a row of the table has a fault")


BAD = task(kind="bad", sweep=Sweep.TASKS, moment=After(hours(1), at_once), only_if=(Condition(Raises()),))
GOOD = task(kind="good", sweep=Sweep.PROMISES, moment=After(hours(1), at_once))


@pytest.mark.parametrize("rows", [(BAD, GOOD), (GOOD, BAD)], ids=["before", "after"])
def test_a_row_that_raises_delays_no_other_and_is_put_off_longer_each_time(rows: tuple[Journey, ...]) -> None:
    known, now = facts(), MONDAY + HOUR
    looked = decide_all(known, now, rows=rows)
    assert [step.journey.name for step in looked.step_decisions] == ["good"]
    waits = []
    for _ in range(4):
        assert list(looked.raised) == ["bad"]
        coming = looked.facts.agenda.next
        assert coming is not None
        assert coming.sweep is Sweep.TASKS
        waits.append((coming.at - now) / timedelta(minutes=1))
        now = coming.at
        looked = decide_all(looked.facts, now, rows=rows)
    assert waits == [5, 10, 20, 40]


def test_a_row_that_was_put_off_is_left_alone_until_its_moment() -> None:
    agenda = Agenda(put_off={"bad": PutOff(3, MONDAY + 2 * HOUR)})
    looked = decide_all(facts(agenda=agenda), MONDAY + HOUR, rows=(BAD, GOOD))
    assert (looked.raised, looked.facts.agenda.put_off) == ({}, agenda.put_off)
    assert looked.facts.agenda.next == NextStep(MONDAY + 2 * HOUR, Sweep.TASKS)


def test_a_row_that_is_mended_is_decided_and_forgotten_to_have_failed() -> None:
    agenda = Agenda(put_off={"bad": PutOff(3, MONDAY + 2 * HOUR)})
    mended = replace(BAD, only_if=())
    looked = decide_all(facts(agenda=agenda), MONDAY + 2 * HOUR, rows=(mended,))
    assert [step.journey.name for step in looked.step_decisions] == ["bad"]
    assert looked.facts.agenda.put_off == {}


def test_what_an_event_rules_out_is_decided_there_and_then() -> None:
    unpaid = Condition(lambda facts, trigger: "paid" if facts.history.happened(EventType.ORDER_PAID) else "")
    rows = (replace(A, only_if=(unpaid,)), replace(GOOD, moment=After(hours(9), at_once)))
    before = decide_all(facts(), MONDAY, rows=rows).facts
    after = replace(before, order=an_order_of("order.placed", "order.paid"))
    looked = decide_all(after, MONDAY + HOUR, before, rows)
    assert [(step.journey.name, step.outcome, step.detail) for step in looked.step_decisions] == [
        ("a", Outcome.SKIPPED, "paid")
    ]
    assert looked.facts.agenda.next == NextStep(MONDAY + 9 * HOUR, Sweep.PROMISES)


def test_no_more_is_decided_at_once_than_one_transaction_takes_and_the_rest_comes_at_the_next_look() -> None:
    rows = tuple(task(kind=f"k{number}") for number in range(MOST_AT_ONCE + 3))
    first = decide_all(facts(), MONDAY, rows=rows)
    assert len(first.step_decisions) == MOST_AT_ONCE
    assert first.facts.agenda.next == NextStep(MONDAY, Sweep.OUTBOX)
    second = decide_all(first.facts, MONDAY, rows=rows)
    assert [step.journey.name for step in second.step_decisions] == ["k40", "k41", "k42"]
    assert second.facts.agenda.next is None


def test_a_step_by_two_channels_is_decided_whole_and_remembers_both() -> None:
    agreed = {"email": "olena@customer.example", "phone": "+380671234501"}
    looked = _shipped_to(agreed)
    (step,) = [step for key, step in looked.facts.agenda.decided.items() if key.startswith("order_shipped|")]
    assert step == StepDecided(Outcome.SENT, MONDAY + HOUR, (ChannelName.EMAIL, ChannelName.SMS))


def _shipped_to(customer: dict[str, Any]) -> Decisions:
    fields = {name: FieldVersion(value, "") for name, value in customer.items()}
    fields["consent.sms_service"] = FieldVersion({"granted": True}, "")
    whom = Customer("id:7", Record(fields))
    known = replace(facts("order.shipped"), customer=whom, email=Contact("e"), phone=Contact("p"))
    return decide_all(known, MONDAY + HOUR)


def test_of_steps_at_one_moment_the_first_sweep_of_the_table_is_next() -> None:
    coming = [
        NextStep(MONDAY, Sweep.PROMISES),
        NextStep(MONDAY, Sweep.FOLLOW_UPS),
        NextStep(MONDAY + HOUR, Sweep.TASKS),
    ]
    assert earliest(coming) == NextStep(MONDAY, Sweep.FOLLOW_UPS)
    assert earliest([]) is None


def test_what_is_explained_to_come_first_is_what_the_agenda_says() -> None:
    looked = decide_all(facts(), MONDAY)
    coming = still_coming(looked.facts, MONDAY)
    assert looked.facts.agenda.next == NextStep(coming[0].at, coming[0].sweep)
    assert ("unpaid_orders", ("order_unpaid_first",)) in [(look.sweep, look.steps) for look in coming]


def test_an_agenda_remembers_two_hundred_steps_and_forgets_the_oldest_settled_ones() -> None:
    decided = {f"k|{n}": StepDecided(Outcome.SKIPPED if n % 2 else None, MONDAY + n * HOUR) for n in range(210)}
    kept = newest_steps(decided)
    assert len(kept) == 200
    assert [key for key in decided if key not in kept] == [f"k|{n}" for n in range(1, 20, 2)]


@pytest.mark.parametrize(
    ("key", "age", "kept"),
    [
        ("birthday_week|2024", 399, True),
        ("birthday_week|2024", 401, False),
        ("profile_completion|", 4000, True),
    ],
)
def test_a_customers_steps_are_kept_for_a_year_and_what_comes_once_for_ever(key: str, age: int, kept: bool) -> None:
    decided = {key: StepDecided(Outcome.SENT, MONDAY - age * DAY)}
    assert (key in recent_steps(decided, MONDAY)) is kept


def test_of_two_memories_of_one_subject_nothing_is_lost() -> None:
    one = Agenda({"a|": StepDecided(Outcome.SENT, MONDAY)}, MONDAY, {}, NextStep(MONDAY + DAY, Sweep.TASKS))
    other = Agenda({"b|": StepDecided(None, MONDAY)}, MONDAY - DAY, {}, NextStep(MONDAY + HOUR, Sweep.PROMISES))
    joined = one.joined(other)
    assert joined.decided.keys() == {"a|", "b|"}
    assert (joined.since, joined.next) == (MONDAY - DAY, NextStep(MONDAY + HOUR, Sweep.PROMISES))
