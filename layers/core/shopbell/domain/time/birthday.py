"""Birthdays, with or without the year."""

import re
from calendar import isleap
from dataclasses import dataclass
from datetime import date
from typing import Self

from shopbell.domain.time.instants import parse_day

_WITHOUT_YEAR = re.compile(r"--([0-9]{2}-[0-9]{2})")
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Birthday:
    """A day of the year; `year` is None where the customer keeps it to themselves."""

    month: int
    day: int
    year: int | None = None

    def __post_init__(self) -> None:
        date(self.year or _LEAP_YEAR, self.month, self.day)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "1990-02-28" or "--02-29"; raises ValueError for all else and days that do not exist."""
        if match := _WITHOUT_YEAR.fullmatch(text):
            day = parse_day(f"{_LEAP_YEAR}-{match[1]}")
            return cls(day.month, day.day)
        try:
            day = parse_day(text)
        except ValueError as error:
            raise ValueError(f'{error} (a birthday is "YYYY-MM-DD" or "--MM-DD")') from None
        return cls(day.month, day.day, day.year)

    def __str__(self) -> str:
        year = "-" if self.year is None else f"{self.year:04}"
        return f"{year}-{self.month:02}-{self.day:02}"

    def in_year(self, year: int) -> date:
        """The day on which it is kept that year: 29 February is 28 February in other years."""
        if (self.month, self.day) == (2, 29) and not isleap(year):
            return date(year, 2, 28)
        return date(year, self.month, self.day)
