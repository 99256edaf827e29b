"""What a letter, a call or a page recommends: looked up in what is learnt, else in what the shop says."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from itertools import islice

from shopbell.domain.model.customer import Customer
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.product import Recommended
from shopbell.domain.model.shop import Shop
from shopbell.domain.rules.interests import MOST_LOOKED_UP, interests, never_again
from shopbell.domain.rules.recommending import MOST_OFFERED, accessories_of, as_the_shop_says, recommended
from shopbell.service.ports import Session

SPARE = 9
"""So many more are looked at, in case some are sold out or in the letter already."""


def along_with(session: Session, facts: Facts) -> tuple[Recommended, ...]:
    """What goes with an order: with a price, to be named on the phone; of what the shop says goes with it the code may
    be all that is known."""
    ordered = ordered_in(facts)
    never = never_again(facts.customer) | ordered.keys()
    offered = _offered(session, facts.shop, ordered, never)
    return tuple(islice((each for each in offered if each.item.get("unit_price") or not each.learnt), MOST_OFFERED))


def named(facts: Facts) -> tuple[Recommended, ...]:
    """The same where nothing that is learnt can be had."""
    ordered = ordered_in(facts)
    beside = accessories_of(ordered, facts.shop.accessories, never_again(facts.customer) | ordered.keys())
    return tuple(islice(as_the_shop_says(beside, {}), MOST_OFFERED))


def ordered_in(facts: Facts) -> Mapping[str, float]:
    items = facts.order.items if facts.order else ()
    return dict.fromkeys((str(item["sku"]) for item in items if item.get("sku")), 1.0)


def suits(session: Session, shop: Shop, customer: Customer, now: datetime) -> tuple[Recommended, ...]:
    """What suits a customer, some more than are told. Nobody who waits for an answer is offered anything."""
    if customer.open_complaint:
        return ()
    offered = _offered(session, shop, interests(customer, now), never_again(customer))
    return tuple(islice((each for each in offered if is_whole(each)), MOST_OFFERED + SPARE))


def is_whole(each: Recommended) -> bool:
    return bool(each.item.get("name") and each.item.get("url"))


def _offered(session: Session, shop: Shop, liked: Mapping[str, float], never: Collection[str]) -> list[Recommended]:
    looked_up = dict(islice(liked.items(), MOST_LOOKED_UP))
    products = session.products(looked_up)
    learnt = _in_stock(session, (each for each in recommended(looked_up, products, never) if each.item.get("name")))
    if learnt:
        return learnt
    beside = dict(islice(accessories_of(looked_up, shop.accessories, never).items(), MOST_OFFERED + SPARE))
    products = {**products, **session.products(beside)} if beside else products
    return _in_stock(session, as_the_shop_says(beside, products))


def _in_stock(session: Session, of: Iterable[Recommended]) -> list[Recommended]:
    first = list(islice(of, MOST_OFFERED + SPARE))
    stock = session.stock(str(each.item["sku"]) for each in first) if first else {}
    sold_out = {sku for sku, each in stock.items() if each.is_sold_out}
    return [each for each in first if each.item["sku"] not in sold_out]
