"""Distances in time as shops write them: "2 hours", "2 working days", "20 working minutes", "-7 days", "3 years"."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Unit(StrEnum):
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working days"
    WORKING_HOURS = "working hours"
    WORKING_MINUTES = "working minutes"
    MONTHS = "months"
    YEARS = "years"


_SPAN = re.compile(r"(-?[0-9]{1,5}) +((?:working +)?(?:minute|hour|day)|month|year)s?", re.IGNORECASE)

# Five digits, and these, keep every sum inside the years a date can have.
_MOST = {Unit.MONTHS: 2_400, Unit.YEARS: 200}


@dataclass(frozen=True, slots=True)
class Span:
    """An amount of one unit; a negative one lies before the moment it is counted from."""

    amount: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2 working days"; raises ValueError for anything else."""
        match = _SPAN.fullmatch(text.strip())
        if match is None:
            raise ValueError('must be a whole number (at most 99999) and a unit, like "2 working days"')
        amount, words = int(match[1]), " ".join(match[2].lower().split())
        unit = Unit(f"{words}s")
        if abs(amount) > (most := _MOST.get(unit, abs(amount))):
            raise ValueError(f"must be at most {most} {unit}")
        return cls(amount, unit)

    def __str__(self) -> str:
        unit = self.unit.removesuffix("s") if abs(self.amount) == 1 else self.unit
        return f"{self.amount} {unit}"


def minutes(amount: int) -> Span:
    return Span(amount, Unit.MINUTES)


def hours(amount: int) -> Span:
    return Span(amount, Unit.HOURS)


def days(amount: int) -> Span:
    """Calendar days: the time of day in the shop's zone stays."""
    return Span(amount, Unit.DAYS)


def months(amount: int) -> Span:
    """Calendar months: the day of the month, where there is one, and the time of day stay."""
    return Span(amount, Unit.MONTHS)


def years(amount: int) -> Span:
    """Calendar years: the day of the month and the time of day stay."""
    return Span(amount, Unit.YEARS)


def working_days(amount: int) -> Span:
    """Days on which the shop works: the time of day in its zone stays."""
    return Span(amount, Unit.WORKING_DAYS)


def working_hours(amount: int) -> Span:
    """Time during which the shop is open: what happens at night begins to count in the morning."""
    return Span(amount, Unit.WORKING_HOURS)


def working_minutes(amount: int) -> Span:
    """As working hours."""
    return Span(amount, Unit.WORKING_MINUTES)
