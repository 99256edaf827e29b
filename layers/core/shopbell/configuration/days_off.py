"""The days on which a shop does not work: its own and its country's."""

from dataclasses import dataclass
from datetime import date

from shopbell.configuration.public_holidays import public_holidays


@dataclass(frozen=True, slots=True)
class DaysOff:
    """A set that works out its members when it is asked for one.

    To list the public holidays takes longer than to load all the rest of a shop, and few letters need them.
    """

    country: str
    own: frozenset[date] = frozenset()

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        return day in self.own or day in public_holidays(self.country, range(day.year, day.year + 1))
