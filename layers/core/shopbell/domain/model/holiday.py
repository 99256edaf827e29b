"""The days of a shop's year on which it greets its customers: those that everybody has, and its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto

from shopbell.domain.time.birthday import Birthday


class HolidayMode(StrEnum):
    """What a day is to a shop: a greeting alone, or an offer; never both."""

    CARD = auto()
    OFFER = auto()
    OFF = auto()


@dataclass(frozen=True, slots=True)
class Holiday:
    """`on`: the day on which it is kept; `whose`: the gender whose day it is, "" for everybody's; `names`: of a shop's
    own day, by language."""

    name: str
    on: Birthday
    mode: HolidayMode
    whose: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    def named(self, *locales: str) -> str:
        """In the first of these languages that the shop named it in, else in any; "" of a day that everybody has."""
        known = (self.names[locale] for locale in locales if locale in self.names)
        return next(known, next(iter(self.names.values()), ""))


USUAL: Mapping[str, Holiday] = {
    day.name: day
    for day in (
        Holiday("new_year", Birthday(12, 31), HolidayMode.CARD),
        Holiday("womens_day", Birthday(3, 8), HolidayMode.CARD, "female"),
        Holiday("defenders_day", Birthday(2, 23), HolidayMode.OFF, "male"),
    )
}
"""Those that everybody has, as they are where a shop says nothing of them; the new year is greeted on its eve."""
GENDERS = ("female", "male")
