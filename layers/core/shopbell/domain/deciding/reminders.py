"""Reminders of several orders of one customer that fall in one hour are one letter: who is asked, and who waits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from shopbell.domain.deciding.decide import StepDecision, undecided
from shopbell.domain.deciding.reach import reach
from shopbell.domain.deciding.ruling_out import why_not
from shopbell.domain.journeys import ROWS_OF
from shopbell.domain.journeys.after import PROFILE
from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.facts import Facts, OtherOrder
from shopbell.domain.model.vocabulary import ChannelName, SubjectKind
from shopbell.domain.rules.conditions import nothing_paid_instead
from shopbell.domain.time.calendar import next_send_moment

AN_HOUR = timedelta(hours=1)
REMINDERS = tuple(row for row in ROWS_OF[SubjectKind.ORDER] if row.reminds)


def asks_of_others(row: Journey) -> bool:
    """Whether the customer's other orders have a say in a step of this row."""
    return row.reminds or row.kind == PROFILE or nothing_paid_instead in row.only_if


def is_others_turn(facts: Facts, now: datetime) -> bool:
    """Whether such a step is due, so that they are to be looked up."""
    rows = (row for row in ROWS_OF[facts.about] if asks_of_others(row))
    return any(_is_due(facts, row, now) for row in rows)


def _is_due(facts: Facts, row: Journey, now: datetime) -> bool:
    return any(start <= now for start in _moments(facts, row, now))


def _moments(facts: Facts, row: Journey, now: datetime) -> list[datetime]:
    """Of the steps of a row that are not decided yet, and that nothing rules out then, as far as one can tell now."""
    try:
        steps = list(undecided(facts, row, now))
        return [start for trigger, start in steps if why_not(facts, row, trigger, max(start, now)) is None]
    except Exception:  # noqa: BLE001  # a row that raises is put off where it is decided
        return []


def gathered_at(facts: Facts, step: StepDecision, now: datetime) -> datetime:
    """When a reminder by e-mail leaves that may leave at `step.due_at`: with the last one of its hour, which begins
    with the first."""
    end = _begun(facts, step.due_at) + AN_HOUR
    coming = (at for other in facts.others for at in _coming(facts, other, now))
    return max((at for at in coming if step.due_at < at <= end and at < step.until), default=step.due_at)


def _begun(facts: Facts, at: datetime) -> datetime:
    """The beginning of the hour in which a reminder of that moment falls, by those that were decided before."""
    decided = sorted(_opening(facts, decided_at) for other in facts.others for _, _, decided_at in reminded(other))
    begun = datetime.min.replace(tzinfo=UTC)
    for each in (*decided, at):
        begun = begun if each - begun <= AN_HOUR else each
    return begun


def _opening(facts: Facts, at: datetime) -> datetime:
    return next_send_moment(at, facts.shop.send_hours, facts.zone)


def reminded(other: OtherOrder) -> Iterator[tuple[Journey, str, datetime]]:
    """The reminders by e-mail of an order that were decided: the row, the occurrence, and when."""
    for row in REMINDERS:
        for occurrence_id, step in other.agenda.not_skipped(row.name):
            if ChannelName.EMAIL in step.channels:
                yield row, occurrence_id, step.at


def _coming(facts: Facts, other: OtherOrder, now: datetime) -> Iterator[datetime]:
    """When those may leave that are still to be decided."""
    theirs = replace(facts, order=other.order, agenda=other.agenda, others=())
    for row in REMINDERS:
        if ChannelName.EMAIL in reach(row, theirs).channels:
            yield from (_opening(facts, start) for start in _moments(theirs, row, now) if start > now)
