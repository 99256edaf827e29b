"""What a customer buys again and again: how long each product lasts them, and when it is bought next.

The figures are those of Complete Journey's 40 540 repeated purchases: what helps is how regular the gaps are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from math import log
from statistics import median, stdev
from zoneinfo import ZoneInfo

from shopbell.domain.model.facts import Facts
from shopbell.domain.model.purchases import Bought, Purchase, purchases_in
from shopbell.domain.model.record import ByIdentity, Record
from shopbell.domain.time.calendar import local_day

LEAST_LEAD, LEAD = timedelta(days=3), 0.15
"""So long before it runs out one is told: time to order, and for it to arrive."""
REGULAR_GAPS, REGULAR_SPREAD = 4, 0.5
"""From so many gaps on, whose logarithms differ by no more (standard deviation), there is a rhythm."""


@dataclass(frozen=True, slots=True)
class Supply:
    """A product as it was last bought. `lasts`: as the shop says, or as the customer's own rhythm has it; None of what
    was bought once. `irregular`: why that is no more than a guess, "" where it is more."""

    bought: Bought
    purchase: Purchase
    last_on: date
    lasts: timedelta | None
    irregular: str = ""

    @property
    def ends_on(self) -> date | None:
        return None if self.lasts is None else self.last_on + self.lasts

    @property
    def told_on(self) -> date | None:
        """None where one would have to be told at once."""
        if self.lasts is None or self.ends_on is None:
            return None
        day = self.ends_on - max(LEAST_LEAD, timedelta(days=round(self.lasts.days * LEAD)))
        return day if day > self.last_on else None

    @property
    def name(self) -> str:
        """Of this supply among the customer's: another order of the product is another one."""
        return f"{self.bought.sku}@{self.purchase.order}"


def supplies(facts: Facts) -> tuple[Supply, ...]:
    """Each product that the customer bought, by its last purchase."""
    return supplies_in(facts.customer.record, facts.zone)


def supplies_in(record: Record, zone: ZoneInfo) -> tuple[Supply, ...]:
    """Of a customer's record."""
    return _supplies(ByIdentity(record), zone)


@lru_cache(maxsize=64)
def _supplies(of: ByIdentity[Record], zone: ZoneInfo) -> tuple[Supply, ...]:
    return tuple(each_supply(purchases_in(of.value), zone))


def each_supply(all_purchases: Sequence[Purchase], zone: ZoneInfo) -> Iterator[Supply]:
    """`all_purchases`: one customer's, the oldest first."""
    for bought, bought_in in _by_product(all_purchases):
        days = sorted({local_day(purchase.at, zone) for purchase in bought_in})
        gaps = [(after - before).days for before, after in pairwise(days)]
        # What is not paid for may never come.
        lasts, irregular = (None, "") if bought_in[-1].unpaid else _lasts(bought, gaps)
        yield Supply(bought, bought_in[-1], days[-1], lasts, irregular)


def _by_product(all_purchases: Sequence[Purchase]) -> Iterator[tuple[Bought, list[Purchase]]]:
    last: dict[str, Bought] = {item.sku: item for purchase in all_purchases for item in purchase.items}
    bought_in: Mapping[str, list[Purchase]] = {sku: [] for sku in last}
    for purchase in all_purchases:
        for sku in purchase.skus:
            bought_in[sku].append(purchase)
    for sku, item in last.items():
        yield item, bought_in[sku]


def _lasts(bought: Bought, gaps: Sequence[int]) -> tuple[timedelta | None, str]:
    """A regular customer knows better than the maker; the maker better than an irregular one."""
    if len(gaps) >= REGULAR_GAPS and spread(gaps) <= REGULAR_SPREAD:
        return timedelta(days=round(median(gaps))), ""
    if bought.lasts_days:
        return timedelta(days=round(bought.lasts_days * bought.quantity)), ""
    if not gaps:
        return None, ""
    seen = f"{len(gaps)} gaps, spread {spread(gaps):.2f}" if len(gaps) > 1 else "1 gap"
    return timedelta(days=round(median(gaps))), seen


def spread(gaps: Sequence[int]) -> float:
    """The standard deviation of their logarithms."""
    return stdev(map(log, gaps)) if len(gaps) > 1 else 0.0
