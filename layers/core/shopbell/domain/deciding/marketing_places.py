"""How often a person hears marketing: so many places in any thirty days, one for a whole series.

A person is whoever has a contact, under however many ids: the places stand with the first customer who named it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from shopbell.domain.journeys.series import rank

MONTH = timedelta(days=30)
HELD_FOR = timedelta(days=400)
"""Longer than a year, so that no year's birthday is told to one person under two ids."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The customer to whom a place was given, and when."""

    customer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Places:
    """The places taken: what took each ("birthday|2026") and when it last did. `holders`: under which of a person's
    ids; what has no occurrence ("<series>|") comes once, and its holder is kept for ever."""

    taken: Mapping[str, datetime] = field(default_factory=dict)
    version: int = 0
    holders: Mapping[str, Holder] = field(default_factory=dict)

    def joined(self, other: "Places") -> "Places":
        """With what stands elsewhere of the same person; its own words count."""
        return Places({**other.taken, **self.taken}, self.version, {**other.holders, **self.holders})

    def is_anothers(self, name: str, keys: Collection[str]) -> bool:
        """Whether the same person has it under none of these ids, but under another."""
        return name in self.holders and self.holders[name].customer not in keys

    def is_of(self, name: str, customer: str) -> bool:
        """Whether it was taken under this very id."""
        return name in self.taken and self.is_held_by(name, customer)

    def is_held_by(self, name: str, customer: str) -> bool:
        return name in self.holders and self.holders[name].customer == customer

    def recent(self, now: datetime) -> dict[str, datetime]:
        return {name: at for name, at in self.taken.items() if at > now - MONTH}

    def free_from(self, name: str, per_month: int, now: datetime) -> datetime | None:
        """When `name` may have a place: now, later, or (none a month) never."""
        recent = self.recent(now)
        if name in recent or len(recent) < per_month:
            return now
        return sorted(recent.values())[-per_month] + MONTH if per_month else None

    def with_one(self, name: str, now: datetime, customer: str) -> "Places":
        """A series keeps the place it has; what is older than a month is forgotten."""
        recent, holders = self.recent(now), self._holders(now)
        return Places({**recent, name: recent.get(name, now)}, self.version, {name: Holder(customer, now), **holders})

    def with_greeting(self, name: str, now: datetime, customer: str) -> "Places":
        """What takes no place of a month comes once to a person all the same."""
        return replace(self, holders={name: Holder(customer, now), **self._holders(now)})

    def _holders(self, now: datetime) -> dict[str, Holder]:
        """Who held one is forgotten after a year."""
        return {each: held for each, held in self.holders.items() if held.at > now - HELD_FOR or each.endswith("|")}

    def without(self, name: str) -> "Places":
        """It was taken for a letter that does not leave."""
        taken = {each: at for each, at in self.taken.items() if each != name}
        return Places(taken, self.version, {each: held for each, held in self.holders.items() if each != name})

    def yields_to(self, name: str, waiting: Iterable[str], per_month: int, now: datetime) -> str:
        """The place of higher priority that waits as well and goes first; "" where there is room for all."""
        recent = self.recent(now)
        if name in recent:
            return ""
        before = sorted({other for other in waiting if other not in recent and rank(other) < rank(name)}, key=rank)
        return before[0] if len(before) >= per_month - len(recent) and before else ""
