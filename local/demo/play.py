"""Plays the story: moves the clock to each step's moment, performs the step, and in the end collects the messages."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from local.demo.client import Refused, StackClient, TryLater
from local.demo.steps import Click, Close, Event, NewestMessage, Redeem, Report, Step
from local.demo.story import Story

Row = dict[str, Any]
STUCK = ("failed", "unknown", "sending")
"""Statuses in which no message of the demo may end."""
OnStep = Callable[[datetime], None]
"""Called with the moment of each step when it is done."""

# In a task's text: the path of its page. In a letter's: a personal code, which stands there alone.
PAGE_LINK = re.compile(r"https?://\S+(/t/[\w.-]+)")
PERSONAL_CODE = re.compile(r"\b[A-Z2-9]{8}\b")


@dataclass(frozen=True, slots=True)
class ClosedTask:
    """A task that somebody closed; `page` is its page from then on, "" where the shop's system closed it."""

    at: datetime
    outcome: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Played:
    """Rows of GET /local/messages and /local/decisions: what left, every decision, the messages that are stuck; and
    the tasks that were closed, by the message's id."""

    messages: Sequence[Row]
    decisions: Sequence[Row]
    stuck: Sequence[Row] = ()
    closed: Mapping[str, ClosedTask] = field(default_factory=dict)


def play(story: Story, client: StackClient, on_step: OnStep) -> Played:
    """Raises Refused where the stack does not take something of the story."""
    for shop in story.shops.values():
        client.put_shop(shop)
    closed: dict[str, ClosedTask] = {}
    for step in story.steps:
        client.move_to(step.at)
        closed |= perform(step, client)
        on_step(step.at)
    client.move_to(story.ends)
    on_step(story.ends)
    stuck = [message for status in STUCK for message in client.messages(status=status)]
    return Played(client.messages(), client.decisions(), stuck, closed)


def perform(step: Step, client: StackClient) -> dict[str, ClosedTask]:
    """Returns the task that the step closed, by the message's id. Raises Refused, or TryLater."""
    if isinstance(step, Close):
        task = _newest(step.message, client)
        return {task["id"]: _close(step, task, client)}
    _act(step, client)
    return {}


def _act(step: Event | Click | Report | Redeem, client: StackClient) -> None:
    if isinstance(step, Event):
        return client.send(step)
    message = _newest(step.message, client)
    match step:
        case Click():
            client.unsubscribe(message["headers"]["List-Unsubscribe"].strip("<>"))
        case Report():
            client.report(message["id"], step.event)
        case Redeem():
            data = {"code": _first_match(PERSONAL_CODE, message), "order": step.order}
            client.send(_event(step, "coupon.redeemed", data))
    return None


def _close(step: Close, task: Row, client: StackClient) -> ClosedTask:
    if step.on_page:
        page = client.answer_task(_first_match(PAGE_LINK, task), step.outcome)
        return ClosedTask(step.at, step.outcome, page)
    client.send(_event(step, "call.done", {"task": task["id"], "outcome": step.outcome}))
    return ClosedTask(step.at, step.outcome)


def _event(step: Close | Redeem, event_type: str, data: Mapping[str, Any]) -> Event:
    """The event by which the shop's own system tells of a step."""
    return Event(at=step.at, shop=step.message.shop, id=step.id, type=event_type, happened=step.at, data=data)


def _newest(wanted: NewestMessage, client: StackClient) -> Row:
    messages = client.messages(shop=wanted.shop, kind=wanted.kind, order=wanted.order, customer=wanted.customer)
    if not messages:
        raise TryLater(f"there never was a message {wanted}")
    return messages[-1]


def _first_match(pattern: re.Pattern[str], message: Row) -> str:
    """What the pattern's group matches first in a message's text, or the whole match where it has no group."""
    match = pattern.search(message["text"])
    if match is None:
        raise Refused(f"{message['kind']} of {message['shop']}: nothing in it looks like {pattern.pattern}")
    return match[match.lastindex or 0]
