"""What whoever sleeps would bring, were so many of a hundred to wake."""

from collections.abc import Mapping
from decimal import Decimal

SHARES = (5, 10, 25, 30)
"""Of a hundred: what agencies reach of those who would not have come by themselves; a salon; firms that had been silent
for half a year; and the most that anybody tells of. Until a shop has a figure of its own."""


def forecast(asleep: int, average_order: Decimal, percent: int | Decimal) -> Decimal:
    return asleep * average_order * percent / 100


def forecasts(asleep: int, average_order: Decimal, measured: Decimal | None = None) -> Mapping[Decimal, Decimal]:
    """By the share that wakes: the shop's own, once it was measured."""
    shares = [Decimal(share) for share in SHARES] if measured is None else [measured]
    return {share: forecast(asleep, average_order, share) for share in shares}
