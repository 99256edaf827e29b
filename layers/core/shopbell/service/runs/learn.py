"""Learn what goes with what from all that a shop's customers bought: once a week, from what their records say then.

An order counts as it stands, and once, however often it was told; one that was called off does not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from shopbell.domain.model.product import Item, Product
from shopbell.domain.model.purchases import Bought, Purchase
from shopbell.domain.model.run import Run, RunKind
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import SendRequest
from shopbell.domain.rules.recommending import Basket, basket_of, learnt
from shopbell.service.runs.ports import Runs
from shopbell.service.subjects.buyers import bought, drawn
from shopbell.service.subjects.work import Work, Workplace

FIRST, AGAIN = timedelta(days=1), timedelta(days=7)
KEPT = timedelta(days=30)
MOST_CUSTOMERS, MOST_PRODUCTS = 20_000, 10_000
"""Of a shop: more customers tell little more, and a tick has minutes."""


def begin_learning(work: Work) -> None:
    """Done twice it is done once."""
    run = Run(RunKind.LEARN, "", work.now, work.now + FIRST)
    if work.session.run(run) is None:
        work.session.begin_run(run)
        work.session.commit()


@dataclass(slots=True)
class _Seen:
    """Each order once; of each product how it was last ordered, and when."""

    baskets: dict[str, Basket] = field(default_factory=dict)
    last: dict[str, tuple[datetime, Item]] = field(default_factory=dict)

    def add(self, purchase: Purchase, shop: Shop) -> None:
        self.baskets[purchase.order] = basket_of(purchase)
        for item in purchase.items:
            if item.sku not in self.last or self.last[item.sku][0] <= purchase.at:
                self.last[item.sku] = purchase.at, _told(item, purchase, shop)


@dataclass(frozen=True, slots=True)
class Learn:
    """`is_outage`: whether the table cannot be had, so that nobody else can be read either."""

    workplace: Workplace
    runs: Runs
    is_outage: Callable[[Exception], bool]

    def __call__(self, run: Run, shop: Shop, now: datetime) -> tuple[Run | None, list[SendRequest]]:
        seen, store = _Seen(), self.workplace.store
        customers = drawn(store.customers(shop.id), MOST_CUSTOMERS)
        for of_one in bought(store, shop.id, customers, self.is_outage, self.workplace.log):
            for purchase in of_one:
                seen.add(purchase, shop)
        self.runs.save_products(shop.id, _products(seen, shop, now), now + KEPT)
        return replace(run, next_at=now + AGAIN), []


def _products(seen: _Seen, shop: Shop, now: datetime) -> Mapping[str, Product]:
    """What goes with anything, and what the shop itself names."""
    along = learnt(list(seen.baskets.values()), now)
    last = {sku: item for sku, (_, item) in seen.last.items()}
    named = (code for sku, codes in shop.accessories.items() for code in (sku, *codes) if code in last)
    wanted = list(dict.fromkeys((*along, *named)))[:MOST_PRODUCTS]
    return {sku: Product(last[sku], tuple((well, last[other]) for well, other in along.get(sku, ()))) for sku in wanted}


def _told(item: Bought, purchase: Purchase, shop: Shop) -> Item:
    """Not by a price in another currency."""
    price = item.unit_price if purchase.currency in ("", shop.currency) else None
    told = {"sku": item.sku, "name": item.name, "unit_price": None if price is None else f"{price}", "url": item.url}
    return {name: value for name, value in told.items() if value}
