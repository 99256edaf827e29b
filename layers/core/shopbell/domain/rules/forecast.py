"""What those who hear of an offer would bring, were so many of a hundred to order."""

from collections.abc import Mapping
from decimal import Decimal

SHARES = (5, 10, 25, 30)
"""Of a hundred: what agencies reach of those who would not have come by themselves; a salon; firms that had been silent
for half a year; and the most that anybody tells of. Until a shop has a figure of its own."""


def forecast(people: int, average_order: Decimal, percent: int | Decimal) -> Decimal:
    return people * average_order * percent / 100


def forecasts(people: int, average_order: Decimal, measured: Decimal | None = None) -> Mapping[Decimal, Decimal]:
    """By the share that orders, the lowest first: the shop's own alone, once it was measured."""
    shares = [Decimal(share) for share in SHARES] if measured is None else [measured]
    return {share: forecast(people, average_order, share) for share in shares}
