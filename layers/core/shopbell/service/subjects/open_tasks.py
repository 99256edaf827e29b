"""What a shop's staff were asked to do and is still to be done, and what came of the rest, as it stands now."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from shopbell.domain.deciding.ruling_out import over
from shopbell.domain.journeys import BY_NAME
from shopbell.domain.model.facts import Facts, StaffTask
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import ListedTask, Message
from shopbell.domain.model.vocabulary import Status
from shopbell.domain.time.calendar import at_local, local_day
from shopbell.pool import Failed
from shopbell.service.in_step import in_step
from shopbell.service.ports import ContactKey, Session
from shopbell.service.subjects.planning import trigger_of
from shopbell.service.subjects.reading import reading

REPORTED_BY = 15
"""After that day of a month nobody is told of the one before any more."""
MOST = 200
"""So many are looked at, those whose windows close first; who has more open is not helped by a longer list."""


def with_open_tasks(session: Session, facts: Facts, contact_key: ContactKey, now: datetime) -> Facts:
    """Where the team's day is told, or its month."""
    if facts.team is None:
        return facts
    facts = replace(facts, staff_tasks=tuple(_open(session, facts.shop, contact_key, now)))
    return with_months(session, facts, now) if local_day(now, facts.shop.zone).day <= REPORTED_BY else facts


def with_months(session: Session, facts: Facts, now: datetime) -> Facts:
    """What was counted of a year."""
    return replace(facts, tallies=session.tallies(_of_a_year(local_day(now, facts.shop.zone))))


def _of_a_year(today: date) -> list[str]:
    """The months of a year before this one, and this one."""
    number = 12 * today.year + today.month - 1
    return [f"{each // 12}-{each % 12 + 1:02}" for each in range(number - 12, number + 1)]


def with_tasks_of_the_day(session: Session, facts: Facts, contact_key: ContactKey, now: datetime) -> Facts:
    """For the team's page: what is open, and what was done since midnight."""
    shop = facts.shop
    midnight = at_local(local_day(now, shop.zone), time(0), shop.zone)
    done = [each for each in session.listed_tasks() if each.closed_at and each.closed_at >= midnight]
    newest = sorted(done, key=lambda each: each.closed_at or now, reverse=True)[:MOST]
    told = _found(session, shop, newest, contact_key, now)
    tasks = (*_open(session, shop, contact_key, now), *told)
    return replace(facts, staff_tasks=tuple(each for each in tasks if not _erased(each)))


def _open(session: Session, shop: Shop, contact_key: ContactKey, now: datetime) -> list[StaffTask]:
    """It is time for them, nobody told yet what came of them, and what they ask for has not settled itself."""
    listed = [each for each in session.listed_tasks() if each.closed_at is None and each.until > now]
    soonest = sorted(listed, key=lambda each: (each.until, each.id))[:MOST]
    found = _found(session, shop, soonest, contact_key, now)
    return [task for task in found if not _erased(task) and _is_to_be_done(task, now)]


def _found(
    session: Session, shop: Shop, listed: Sequence[ListedTask], contact_key: ContactKey, now: datetime
) -> list[StaffTask]:
    """Those that are there; one that cannot be read stands in the way of none, but of all of them it is an outage."""
    named = zip(listed, session.messages((one.subject, one.id) for one in listed), strict=True)
    asked = [(one, message) for one, message in named if message and _is_known(message)]
    readers = [reading(session, shop, message.subject, contact_key, message.customer) for _, message in asked]
    read = in_step(readers, lambda error: False)
    failed = [each.error for each in read if isinstance(each, Failed)]
    if failed and len(failed) == len(read):
        raise failed[0]
    return [
        _task(message, each.facts(shop), one.outcome, now)
        for (one, message), each in zip(asked, read, strict=True)
        if not isinstance(each, Failed)
    ]


def _task(message: Message, facts: Facts, outcome: str, now: datetime) -> StaffTask:
    return StaffTask(message, facts, trigger_of(facts, message, now), outcome)


def _is_known(message: Message) -> bool:
    return message.name in BY_NAME and message.status is not Status.EXPIRED


def _erased(task: StaffTask) -> bool:
    return task.facts.customer.erased or task.facts.history.erased


def _is_to_be_done(task: StaffTask, now: datetime) -> bool:
    return task.message.due_at <= now and over(task.facts, BY_NAME[task.message.name], task.trigger) is None
