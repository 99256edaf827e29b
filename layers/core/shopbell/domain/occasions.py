"""The occasions of a journey: how often it may come for one subject, and what each is called."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Protocol

from shopbell.domain.calendar import at_local, local_day
from shopbell.domain.facts import Facts, Occasion


class Occasions(Protocol):
    def __call__(self, facts: Facts, now: datetime) -> Iterator[Occasion]: ...


@dataclass(frozen=True, slots=True)
class Each:
    """Every occurrence of an event, oldest first."""

    event_type: str

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Occasion]:
        if facts.order:
            for name, happening in facts.order.occurrences(self.event_type):
                yield Occasion(name, happening.at, happening.facts)


@dataclass(frozen=True, slots=True)
class Latest:
    """Only the newest occurrence of an event."""

    event_type: str

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Occasion]:
        yield from list(Each(self.event_type)(facts, now))[-1:]


@dataclass(frozen=True, slots=True)
class Birthdays:
    """One a year, from the first that was still to come when the birthday became known."""

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Occasion]:
        birthday = facts.customer.birthday
        if birthday is None:
            return
        known = facts.since or now
        for year in range(known.year, now.year + 2):
            day = birthday.in_year(year)
            if day >= local_day(known, facts.zone):
                yield Occasion(str(year), at_local(day, time(0), facts.zone))


birthdays = Birthdays()
