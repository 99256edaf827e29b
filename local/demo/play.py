"""Plays the story: the clock goes to each step's moment, the step happens, and in the end all is collected."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from local.demo.door import Door, Refused
from local.demo.story import Click, Event, Report, Step, Story

Row = dict[str, Any]
STUCK = ("failed", "unknown", "sending")
Watch = Callable[[datetime], None]
"""Told the moment of each step once it is done."""


@dataclass(frozen=True, slots=True)
class Played:
    """What came of it: messages as the providers got them, every decision, and messages that came to nothing."""

    messages: Sequence[Row]
    decisions: Sequence[Row]
    stuck: Sequence[Row] = ()


def play(story: Story, door: Door, watch: Watch) -> Played:
    """Raises Refused when anything the story tells is not taken."""
    for shop in story.shops.values():
        door.open_shop(shop)
    for step in story.steps:
        door.move_to(step.at)
        _happen(step, door)
        watch(step.at)
    door.move_to(story.ends)
    watch(story.ends)
    stuck = [message for status in STUCK for message in door.messages(status=status)]
    return Played(door.messages(), door.decisions(), stuck)


def _happen(step: Step, door: Door) -> None:
    if isinstance(step, Event):
        door.tell(step)
    elif isinstance(step, Click):
        door.unsubscribe(_newest(step, door)["headers"]["List-Unsubscribe"].strip("<>"))
    else:
        door.report(_newest(step, door)["id"], step.event)


def _newest(step: Click | Report, door: Door) -> Row:
    got = door.messages(shop=step.shop, customer=step.customer, kind=step.kind)
    if not got:
        raise Refused(f"{type(step).__name__} of {step.shop}/{step.customer}: they never got {step.kind}")
    return got[-1]
