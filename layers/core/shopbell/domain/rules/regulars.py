"""Who is a regular, and what they always order, by what they bought and kept."""

from collections.abc import Iterable

from shopbell.domain.model.purchases import Purchase

REGULAR_ORDERS = 3
"""From so many on a customer is a regular, and has a usual time of their own; the last ones say what they always
order."""


def kept(purchases: Iterable[Purchase]) -> list[Purchase]:
    """Those that were paid for, or are paid on receipt."""
    return [purchase for purchase in purchases if not purchase.unpaid]


def is_loyal(purchases: Iterable[Purchase]) -> bool:
    return len(kept(purchases)) >= REGULAR_ORDERS


def always_orders(purchases: Iterable[Purchase]) -> Purchase | None:
    """The last order, where those before it held the same things; None else, and of whoever ordered once."""
    last = kept(purchases)[-REGULAR_ORDERS:]
    same = len(last) > 1 and bool(last[0].skus) and len({purchase.skus for purchase in last}) == 1
    return last[-1] if same else None
