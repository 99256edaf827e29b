"""What the letter of a day says: the open tasks in the order in which one would work."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace as Context
from typing import Any

from shopbell.domain.journeys import BY_NAME
from shopbell.domain.journeys.staff import CONFIRM, LATE
from shopbell.domain.model.facts import Facts, StaffTask, first_of
from shopbell.domain.model.vocabulary import Errand
from shopbell.domain.rules.account import account_in
from shopbell.domain.rules.promises import open_promises
from shopbell.domain.time.calendar import local_day

Content = dict[str, Any]
MOST_LINES = 40
"""Tasks that a letter names; its page names all."""


def day_context(
    facts: Facts, now: datetime, content_of: Callable[[StaffTask], Content], most: int = MOST_LINES
) -> Context:
    """`calls`, `parcels`, `office`: what is new today; `left_open`: what was asked for on an earlier day; each in order
    of the promised day and the money. `done`: what was done today. `lines`: all that are named, of `number` open ones;
    `more`: how many are not."""
    closed = [task for task in facts.staff_tasks if task.outcome]
    still_open = _newest(task for task in facts.staff_tasks if not task.outcome)
    done = [_line(task, facts, now, content_of) for task in closed]
    tasks = in_order(_line(task, facts, now, content_of) for task in still_open)
    named = tasks[:most]
    fresh = [task for task in named if not task.is_old]
    of = {errand: [task for task in fresh if task.errand is errand] for errand in Errand}
    return Context(
        today=local_day(now, facts.shop.zone),
        number=len(tasks),
        lines=[*named, *done],
        calls=of[Errand.CALL],
        parcels=of[Errand.PARCEL],
        office=of[Errand.OFFICE],
        left_open=[task for task in named if task.is_old],
        done=done,
        more=len(tasks) - len(named),
    )


def _newest(tasks: Iterable[StaffTask]) -> Iterable[StaffTask]:
    """An order that was urged again and again is one thing to do."""
    asked = {}
    for task in sorted(tasks, key=lambda task: task.message.due_at):
        kind = CONFIRM if task.message.kind == LATE else task.message.kind
        asked[task.message.subject, kind, first_of(task.message.occurrence_id)] = task
    return asked.values()


def _line(task: StaffTask, facts: Facts, now: datetime, content_of: Callable[[StaffTask], Content]) -> Context:
    """`phone`: the number to ring; `total`: what the order costs; `worth`: what may be expected of whoever sleeps;
    `promised`: the first day still to be kept; `url`: of the task's page, which only the sender knows."""
    content, message, zone = content_of(task), task.message, facts.shop.zone
    order, call = content["order"], content.get("call")
    asked_on = local_day(message.sent_at or now, zone)
    return Context(
        id=message.id,
        kind=message.kind,
        content=content,
        errand=BY_NAME[message.name].errand,
        is_old=asked_on < local_day(now, zone),
        asked_on=asked_on,
        name=content["customer"].name,
        phone=(call.phone if call else "") or content["customer"].phone,
        total=account_in(task.facts).total if task.facts.order else None,
        worth=content["sleep"].worth if "sleep" in content else None,
        currency=order.currency if order else facts.shop.currency,
        promised=_promised(task.facts),
        since=message.triggered_at,
        url="",
        outcome=task.outcome,
    )


def _promised(facts: Facts) -> date | None:
    days = [promise.day for promise in open_promises(facts)] if facts.order else []
    return min(days, default=None)


def in_order(lines: Iterable[Context]) -> Sequence[Context]:
    """Calls first, then parcels, then the rest, and what is left from before last; the sooner promise, then the more
    money, then the older."""
    errands = list(Errand)
    return sorted(
        lines,
        key=lambda line: (
            line.is_old,
            errands.index(line.errand),
            line.promised or date.max,
            -(line.total or line.worth or Decimal(0)),
            line.since,
        ),
    )
