"""What goes with what, learnt from what was ordered together, and what of it suits somebody.

The figures are those of Complete Journey's 155 848 baskets: k / ((a + 8) · √b) finds what a household buys next for the
first time twice as often as the best-sellers do (k together, a with the one, b with the other), and shows a third of
the catalogue.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from math import sqrt

from shopbell.domain.model.product import Product, Recommended
from shopbell.domain.model.purchases import Purchase

SUPPORT = 5
"""Fewer orders say nothing; those of long ago count less, rounded."""
FEW = 8
"""What was rarely ordered is trusted the less."""
HALVES_IN = timedelta(days=365)
MOST_PAIRED = 10
"""The dearest of an order: beside a fridge nobody looks for what goes with the bag."""
MOST_KEPT = 12
MOST_OFFERED = 3


@dataclass(frozen=True, slots=True)
class Basket:
    """What was ordered together, the dearest first."""

    at: datetime
    skus: tuple[str, ...]


def basket_of(purchase: Purchase) -> Basket:
    dearest = sorted(purchase.items, key=lambda item: (-(item.unit_price or 0), item.sku))
    return Basket(purchase.at, tuple(item.sku for item in dearest[:MOST_PAIRED]))


def fit(together: float, one: float, other: float) -> float:
    """How well the other goes with the one."""
    return together / ((one + FEW) * sqrt(other))


def learnt(baskets: Sequence[Basket], now: datetime) -> dict[str, list[tuple[float, str]]]:
    """By its code, what goes with each product."""
    ordered, together = defaultdict[str, float](float), defaultdict[tuple[str, str], float](float)
    for basket in baskets:
        for sku in basket.skus:
            ordered[sku] += _weight(basket, now)
    often = {sku for sku, weight in ordered.items() if _is_enough(weight)}
    for basket in baskets:
        for pair in combinations(sorted(often.intersection(basket.skus)), 2):
            together[pair] += _weight(basket, now)
    along = defaultdict[str, list[tuple[float, str]]](list)
    for (one, other), weight in together.items():
        if _is_enough(weight):
            along[one].append((fit(weight, ordered[one], ordered[other]), other))
            along[other].append((fit(weight, ordered[other], ordered[one]), one))
    return {sku: sorted(found, key=lambda each: (-each[0], each[1]))[:MOST_KEPT] for sku, found in along.items()}


def _is_enough(weight: float) -> bool:
    return weight > SUPPORT - 0.5


def _weight(basket: Basket, now: datetime) -> float:
    return float(0.5 ** (max(now - basket.at, timedelta(0)) / HALVES_IN))


def suiting(
    liked: Mapping[str, float], along: Callable[[str], Iterable[tuple[float, str]]], never: Collection[str]
) -> list[tuple[str, str]]:
    """What goes best with all that somebody likes, and by how much; what they dislike speaks against it. With each that
    of which it goes best."""
    fits, best = defaultdict[str, float](float), dict[str, tuple[float, str]]()
    for sku, weight in liked.items():
        for score, other in along(sku):
            if other not in never:
                fits[other] += weight * score
                best[other] = max(best.get(other, (0.0, "")), (weight * score, sku))
    ranked = sorted(fits, key=lambda sku: (-fits[sku], sku))
    return [(sku, best[sku][1]) for sku in ranked if fits[sku] > 0]


def recommended(
    liked: Mapping[str, float], known: Mapping[str, Product], never: Collection[str]
) -> Iterator[Recommended]:
    items = {str(item["sku"]): item for sku in liked if sku in known for _, item in known[sku].along}
    of = {sku: [(score, str(item["sku"])) for score, item in known[sku].along] for sku in liked if sku in known}
    for sku, beside in suiting(liked, lambda each: of.get(each, ()), never):
        yield Recommended(items[sku], str(known[beside].item.get("name") or beside), learnt=True)


def accessories_of(
    liked: Mapping[str, float], accessories: Mapping[str, Collection[str]], never: Collection[str]
) -> dict[str, str]:
    """What the shop itself says goes with what somebody likes: by its code, that with which it goes."""
    found: dict[str, str] = {}
    for sku in sorted(liked, key=lambda each: -liked[each]):
        for code in accessories.get(sku, ()) if liked[sku] > 0 else ():
            if code not in never:
                found.setdefault(code, sku)
    return found


def as_the_shop_says(beside: Mapping[str, str], known: Mapping[str, Product]) -> Iterator[Recommended]:
    """A product that was never ordered goes by its code."""
    for code, sku in beside.items():
        item = known[code].item if code in known else {"sku": code, "name": code}
        name = known[sku].item.get("name") if sku in known else ""
        yield Recommended(item, str(name or sku), learnt=False)
