"""What a shop's staff were asked to do and is still to be done, and what came of the rest, as it stands now."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from shopbell.domain.deciding.ruling_out import over
from shopbell.domain.journeys import BY_NAME
from shopbell.domain.model.facts import Facts, StaffTask
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import ListedTask, Message
from shopbell.domain.model.vocabulary import Status
from shopbell.pool import Failed
from shopbell.service.in_step import in_step
from shopbell.service.ports import ContactKey, Session
from shopbell.service.subjects.planning import trigger_of
from shopbell.service.subjects.reading import SubjectRead, reading

MOST = 200
"""So many are looked at, those whose windows close first; who has more open is not helped by a longer list."""


def with_open_tasks(session: Session, facts: Facts, contact_key: ContactKey, now: datetime) -> Facts:
    """Where the team's day is told."""
    if facts.team is None:
        return facts
    return replace(facts, open_tasks=open_tasks(session, facts.shop, contact_key, now))


def open_tasks(session: Session, shop: Shop, contact_key: ContactKey, now: datetime) -> tuple[StaffTask, ...]:
    """It is time for them, nobody told yet what came of them, and what they ask for has not settled itself."""
    listed = [each for each in session.listed_tasks() if each.closed_at is None and each.until > now]
    soonest = sorted(listed, key=lambda each: (each.until, each.id))[:MOST]
    return tuple(task for task in staff_tasks(session, shop, soonest, contact_key, now) if _is_open(task, now))


def staff_tasks(
    session: Session, shop: Shop, listed: Sequence[ListedTask], contact_key: ContactKey, now: datetime
) -> list[StaffTask]:
    """Those that are there; one that cannot be read stands in the way of none, but of all of them it is an outage."""
    messages = [each for each in session.messages((one.subject, one.id) for one in listed) if each and _is_known(each)]
    readers = [reading(session, shop, each.subject, contact_key, each.customer) for each in messages]
    read = in_step(readers, lambda error: False)
    failed = [each.error for each in read if isinstance(each, Failed)]
    if failed and len(failed) == len(read):
        raise failed[0]
    return list(_found(shop, zip(messages, read, strict=True), now))


def _is_known(message: Message) -> bool:
    return message.name in BY_NAME and message.status is not Status.EXPIRED


def _found(shop: Shop, read: Iterable[tuple[Message, SubjectRead | Failed]], now: datetime) -> Iterable[StaffTask]:
    for message, each in read:
        if not isinstance(each, Failed):
            facts = each.facts(shop)
            yield StaffTask(message, facts, trigger_of(facts, message, now))


def _is_open(task: StaffTask, now: datetime) -> bool:
    erased = task.facts.customer.erased or task.facts.history.erased
    return (
        not erased and task.message.due_at <= now and over(task.facts, BY_NAME[task.message.name], task.trigger) is None
    )
