"""Row 16: how many letters that something runs out come in time, on Complete Journey, by groups of products.

After each of the third to the thirteenth purchase of a group (nobody says how long it lasts) a household is told of it
as the product has it: where there is a rhythm, and some days before the group will be needed again. What was bought
before that day is told of no more. A letter is in time where the group is bought within a week after it, or within half
of its usual time where that is more.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from benchmarks.row_14 import Baskets, journey
from benchmarks.scoreboard import Figure
from shopbell.domain.model.purchases import Bought, Purchase
from shopbell.domain.rules.supplies import Supply, each_supply
from shopbell.domain.time.calendar import local_day

ZONE = ZoneInfo("UTC")
THIRD, THIRTEENTH = 3, 13
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Told:
    """`is_regular`: there is a rhythm; `is_forestalled`: it was bought before the letter, which did not leave."""

    is_regular: bool
    is_in_time: bool
    is_forestalled: bool


def figures(small: bool) -> list[Figure]:
    baskets = journey()
    told = list(letters([each for each in baskets if not small or each[0].endswith("0")]))
    regular = [each for each in told if each.is_regular]
    left = [each for each in regular if not each.is_forestalled]
    return [
        Figure(
            row="16",
            figure="% of letters that something runs out come in time",
            value=round(100 * share(left), 1),
            goal=33.0,
            reference=f"Complete Journey, {len(left)} letters; with those an order forestalled {share(regular):.1%}",
            spread=0.0,
            at_least=True,
        )
    ]


def share(told: Sequence[Told]) -> float:
    return sum(each.is_in_time for each in told) / len(told)


def letters(baskets: Baskets) -> Iterator[Told]:
    """Also those that the product keeps back because there is no rhythm."""
    last = local_day(baskets[-1][1].at, ZONE)
    for bought in bought_by_group(baskets).values():
        for number in range(THIRD, min(THIRTEENTH, len(bought)) + 1):
            (supply,) = each_supply(bought[:number], ZONE)
            following = local_day(bought[number].at, ZONE) if number < len(bought) else None
            if told := _told(supply, following, last):
                yield told


def _told(supply: Supply, following: date | None, last: date) -> Told | None:
    """None where nothing is told, or nobody knows what came of it."""
    if supply.told_on is None or supply.lasts is None:
        return None
    until = supply.told_on + max(A_WEEK, supply.lasts / 2)
    if following is None:
        return None if until > last else Told(not supply.irregular, is_in_time=False, is_forestalled=False)
    is_forestalled = following <= supply.told_on
    return Told(not supply.irregular, following <= until and not is_forestalled, is_forestalled)


def bought_by_group(baskets: Baskets) -> Mapping[tuple[str, str], Sequence[Purchase]]:
    """Of each household and group a purchase a day."""
    days: dict[tuple[str, str], dict[date, Purchase]] = defaultdict(dict)
    for household, purchase in baskets:
        for item in purchase.items:
            bought = Purchase(purchase.order, purchase.at, items=(Bought(item.sku),))
            days[household, item.sku].setdefault(local_day(purchase.at, ZONE), bought)
    return {whose: list(of.values()) for whose, of in days.items()}
