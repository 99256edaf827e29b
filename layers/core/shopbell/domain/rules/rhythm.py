"""How long a customer usually lets pass between two orders, and what a shop's own past says of it.

The figures are those of CDNOW's 6 144 regular customers: by twice the median gap 43 % are called asleep who come back
anyway, by twice the longest gap, drawn to the shop's own, 31 %. Who buys in a burst has short gaps all the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from math import ceil
from statistics import median
from zoneinfo import ZoneInfo

from shopbell.domain.model.purchases import Purchase
from shopbell.domain.model.rhythm import Fit, Rhythm
from shopbell.domain.rules.expectation import History, expected_orders
from shopbell.domain.rules.regulars import REGULAR_ORDERS, kept
from shopbell.domain.time.calendar import local_day

USUAL_DAYS = 45.0
"""Of whom, and of what, nothing else is known: two of them are three months."""
DRAWN = 2
"""The shop's own usual time weighs as much as so many gaps of a customer."""
ASLEEP, WOKEN = 2, 3
"""After so many usual times a customer is asleep, and after so many they are offered something."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a customer orders: on which days, and how long they usually let pass. Of what was not paid for nothing is
    known but that they were here, on `last_on`. `silent_since`: the same, or a later day for which they said that they
    would want more."""

    days: tuple[date, ...]
    usual: float
    last_on: date
    silent_since: date

    @property
    def gaps(self) -> list[int]:
        return [(after - before).days for before, after in pairwise(self.days)]

    @property
    def longest(self) -> int | None:
        """None of whom one cannot tell."""
        return max(self.gaps) if len(self.days) >= REGULAR_ORDERS else None

    @property
    def often(self) -> int | None:
        return round(median(self.gaps)) if len(self.days) >= REGULAR_ORDERS else None

    def silent_for(self, times: int) -> date:
        """The day on which so many usual times have passed."""
        return self.silent_since + timedelta(days=ceil(times * self.usual))

    def history(self, today: date) -> History:
        first, last = self.days[0], self.days[-1]
        return History(len(self.days) - 1, float((last - first).days), float(max((today - first).days, 1)))


def pace(purchases: Sequence[Purchase], rhythm: Rhythm, floor_days: int, zone: ZoneInfo) -> Pace | None:
    """None of whom bought nothing that they kept."""
    paid = kept(purchases)
    if not paid:
        return None
    days = tuple(sorted({local_day(purchase.at, zone) for purchase in paid}))
    last_on = max(local_day(purchase.at, zone) for purchase in purchases)
    agreed = [purchase.planned_repeat_on for purchase in purchases if purchase.planned_repeat_on]
    own = [(after - before).days for before, after in pairwise(days)]
    usual = usual_time(own, _of_category(paid[-1], rhythm), rhythm.usual_days, floor_days)
    return Pace(days, usual, last_on, max((last_on, *agreed)))


def usual_time(gaps: Sequence[int], category: float | None, shop: float | None, floor_days: float) -> float:
    """Of the gaps between a customer's orders, of the category of whoever has too few, and of the shop."""
    if len(gaps) + 1 < REGULAR_ORDERS:
        usual = USUAL_DAYS if category is None else category
    elif shop is None:
        usual = float(max(gaps))
    else:
        usual = (len(gaps) * max(gaps) + DRAWN * shop) / (len(gaps) + DRAWN)
    return max(usual, float(floor_days))


def _of_category(purchase: Purchase, rhythm: Rhythm) -> float | None:
    """Of several the longest: nobody is to be called asleep too soon."""
    known = (rhythm.categories.get(item.category) for item in purchase.items)
    return max((days for days in known if days is not None), default=None)


def expected_of(known: Pace, fit: Fit | None, today: date) -> float | None:
    """Orders in half a year; None while nothing can be said."""
    return None if fit is None else expected_orders(fit, known.history(today))


def spent(purchases: Iterable[Purchase], currency: str) -> Decimal:
    return sum((each.total or Decimal(0) for each in kept(purchases) if each.currency == currency), Decimal(0))


def turn(expected: float | None, lasts: Sequence[float]) -> int:
    """On which day it is theirs, the first being 0, by what was expected of the last of each day."""
    return sum(last > (expected or 0.0) for last in lasts)
