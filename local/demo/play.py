"""Plays the story: the clock goes to each step's moment, the step happens, and in the end all is collected."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from local.demo.door import Door, Later, Refused
from local.demo.steps import Click, Close, Event, Newest, Redeem, Report, Step
from local.demo.story import Story

Row = dict[str, Any]
STUCK = ("failed", "unknown", "sending")
Watch = Callable[[datetime], None]
"""Told the moment of each step once it is done."""


PAGE_LINK = re.compile(r"https?://\S+(/t/[\w.-]+)")
PERSONAL_CODE = re.compile(r"\b[A-Z2-9]{8}\b")


@dataclass(frozen=True, slots=True)
class Closed:
    """What came of a task, and its page as it was read, where it was closed there."""

    at: datetime
    outcome: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Played:
    """What came of it: messages as the providers got them, every decision, messages that came to nothing, and the
    tasks that were closed, by the message's id."""

    messages: Sequence[Row]
    decisions: Sequence[Row]
    stuck: Sequence[Row] = ()
    closed: Mapping[str, Closed] = field(default_factory=dict)


def play(story: Story, door: Door, watch: Watch) -> Played:
    """Raises Refused when anything the story tells is not taken."""
    for shop in story.shops.values():
        door.open_shop(shop)
    closed: dict[str, Closed] = {}
    for step in story.steps:
        door.move_to(step.at)
        closed |= take(step, door)
        watch(step.at)
    door.move_to(story.ends)
    watch(story.ends)
    stuck = [message for status in STUCK for message in door.messages(status=status)]
    return Played(door.messages(), door.decisions(), stuck, closed)


def take(step: Step, door: Door) -> dict[str, Closed]:
    """The step happens; what it closed, by the message's id. Raises Refused, and Later where it may yet be done."""
    if isinstance(step, Close):
        task = _newest(step.of, door)
        return {task["id"]: _close(step, task, door)}
    _happen(step, door)
    return {}


def _happen(step: Event | Click | Report | Redeem, door: Door) -> None:
    if isinstance(step, Event):
        return door.tell(step)
    message = _newest(step.of, door)
    match step:
        case Click():
            door.unsubscribe(message["headers"]["List-Unsubscribe"].strip("<>"))
        case Report():
            door.report(message["id"], step.event)
        case Redeem():
            said = {"code": _found(PERSONAL_CODE, message), "order": step.order}
            door.tell(Event(step.at, step.of.shop, step.id, "coupon.redeemed", step.at, said))
    return None


def _close(step: Close, task: Row, door: Door) -> Closed:
    if step.on_page:
        return Closed(step.at, step.outcome, door.answer_task(_found(PAGE_LINK, task), step.outcome))
    said = {"task": task["id"], "outcome": step.outcome}
    door.tell(Event(step.at, step.of.shop, step.id, "call.done", step.at, said))
    return Closed(step.at, step.outcome)


def _newest(of: Newest, door: Door) -> Row:
    got = door.messages(shop=of.shop, kind=of.kind, order=of.order, customer=of.customer)
    if not got:
        raise Later(f"there never was a message {of}")
    return got[-1]


def _found(pattern: re.Pattern[str], message: Row) -> str:
    """The first thing of that shape in a message's text."""
    found = pattern.search(message["text"])
    if found is None:
        raise Refused(f"{message['kind']} of {message['shop']}: nothing in it looks like {pattern.pattern}")
    return found[found.lastindex or 0]
