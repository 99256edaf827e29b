"""A first try that came to nothing: the same customer paid since for an order with all the things of this one."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from shopbell.domain.model.facts import Facts, OtherOrder
from shopbell.domain.model.order import Order
from shopbell.domain.model.shop import Shop
from shopbell.domain.rules.account import account_of


@dataclass(frozen=True, slots=True)
class PaidInstead:
    """The order that was paid: how much, and when all of it was there."""

    order: Order
    paid: Decimal
    at: datetime


def paid_instead(facts: Facts) -> PaidInstead | None:
    """The newest of the customer's other orders that was paid since this one was placed and has every `sku` of it, in
    whatever quantity and whatever else it has; None where a thing of this one has no `sku`."""
    if facts.order is None:
        return None
    wanted, since = skus_of(facts.order), facts.order.begun_at
    alike = (_paid_since(other, facts.shop, since) for other in facts.others if wanted <= skus_of(other.order))
    return next(filter(None, alike), None) if wanted and "" not in wanted and since else None


def skus_of(order: Order) -> frozenset[str]:
    """With "" where a thing has none."""
    return frozenset(str(item.get("sku") or "") for item in order.items)


def _paid_since(other: OtherOrder, shop: Shop, since: datetime | None) -> PaidInstead | None:
    account = account_of(other.order, shop)
    if since is None or account.settled_at is None or account.settled_at < since or not account.paid:
        return None
    return PaidInstead(other.order, account.paid, account.settled_at)
