"""How much one contact gets: so many messages in any sixty minutes and in a day; what is over waits for its turn."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NamedTuple, Self

HOUR = timedelta(minutes=61)
"""Sixty, and one more: a message may leave a minute after it was counted."""
PATIENCE = timedelta(minutes=15)
"""How long after its moment a turn is kept for who does not come: what it waited with may be untrue by now."""
MOST_TURNS = 250
"""So many are remembered, the first ones, in some 10 KB; who comes after them finds a turn when it looks again."""


class Turn(NamedTuple):
    """Who waits: order news (`rank` 0) first, then the older. `wakes`: when it is looked at again."""

    rank: int
    born: datetime
    name: str
    wakes: datetime


@dataclass(frozen=True, slots=True)
class Recent:
    """What one contact got of late. `left`: what counts for the hour, and since when; `taken`: how many of `day`."""

    left: Mapping[str, datetime] = field(default_factory=dict)
    waiting: tuple[Turn, ...] = ()
    day: str = ""
    taken: int = 0
    version: int = 0

    def at(self, now: datetime) -> Self:
        """Without what is over."""
        left = {name: at for name, at in self.left.items() if at > now - HOUR}
        return replace(self, left=left, waiting=tuple(turn for turn in self.waiting if turn.wakes > now - PATIENCE))

    def on(self, day: str) -> int:
        return self.taken if day == self.day else 0

    def free_at(self, turn: Turn, cap: int, now: datetime) -> datetime:
        """When it may leave: now, or a later moment by how many go before it. What has its place keeps it."""
        recent = self.at(now)
        if turn.name in recent.left:
            return now
        before = sum(each < turn for each in recent.waiting if each.name != turn.name)
        places = cap - len(recent.left)
        return now if before < places else _freed(sorted(recent.left.values()), before - places, cap, now)

    def with_turn(self, turn: Turn, now: datetime) -> Self:
        others = (each for each in self.at(now).waiting if each.name != turn.name)
        return replace(self.at(now), waiting=tuple(sorted((*others, turn))[:MOST_TURNS]))

    def with_one(self, name: str, now: datetime, day: str, *, counted: bool) -> Self:
        """It leaves now. `counted`: for this day it is already."""
        recent = self.at(now)
        waiting = tuple(turn for turn in recent.waiting if turn.name != name)
        taken = self.on(day) + (not counted)
        return replace(recent, left={**recent.left, name: now}, waiting=waiting, day=day, taken=taken)

    def without(self, name: str, day: str, *, counted: bool, stays: bool = False) -> Self:
        """It does not leave after all. `counted`: for this day it stays; `stays`: in the hour, for whoever sends it."""
        left = {each: at for each, at in self.left.items() if each != name or stays}
        return replace(self, left=left, taken=self.taken - (day == self.day and not counted and name in self.left))


def _freed(left: list[datetime], number: int, cap: int, now: datetime) -> datetime:
    """When the place after so many others is free, were each taken as soon as it is."""
    rounds, place = divmod(number, cap)
    since = left[place] if place < len(left) else now
    return since + HOUR * (rounds + 1)
