"""Bonus units: a ledger of what was earned, spent and taken back, never a bare counter."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import ROUND_DOWN, ROUND_UP, Decimal

from shopbell.domain.model.bonus import Entry
from shopbell.domain.model.events import EventType
from shopbell.domain.model.money import rounded
from shopbell.domain.model.order import Order
from shopbell.domain.model.shop import Bonus

EARNED, BACK, CANCELLED, SPENT = "earned", "back", "cancelled", "spent"


def balance(entries: Iterable[Entry]) -> int:
    return sum(entry.units for entry in entries)


def owing(order: Order, ledger: Iterable[Entry], terms: Bonus) -> list[Entry]:
    """The entries that what happened to an order calls for and that are not `known`, the customer's whole ledger."""
    ledger = list(ledger)
    ours = {entry.name: entry for entry in ledger if entry.order == order.id and not entry.name.startswith(SPENT)}
    name = f"{EARNED}#{order.id}"
    earned = ours.get(name) or _earned(name, order, ledger, terms)
    if earned is None:
        return []
    return [*([] if name in ours else [earned]), *_taken_back(order, earned, ours)]


def _earned(name: str, order: Order, ledger: Iterable[Entry], terms: Bonus) -> Entry | None:
    paid_at, total = order.first(EventType.ORDER_PAID), order.amount("total")
    if paid_at is None or not total:
        return None
    units = _units(total, rate_of(terms, sum((entry.spent for entry in ledger), Decimal(0))))
    return Entry(name, paid_at, units, order.id, total) if units else None


def _taken_back(order: Order, earned: Entry, ours: Mapping[str, Entry]) -> Iterator[Entry]:
    """With each refund its share, with a cancellation the rest; never more than was earned and paid."""
    before = [entry for entry in ours.values() if entry.name != earned.name]
    left = earned.units + sum(entry.units for entry in before)
    money = earned.spent + sum((entry.spent for entry in before), Decimal(0))
    for refund, at, amount in _refunds(order):
        amount = min(amount, money)
        units = min(left, _share(earned, amount))
        name = f"{BACK}#{order.id}\n{refund}"  # an id has no line break: no two orders' entries share a name
        if units and name not in ours:
            left, money = left - units, money - amount
            yield Entry(name, at, -units, order.id, -amount)
    cancelled_at, name = order.first(EventType.ORDER_CANCELLED), f"{CANCELLED}#{order.id}"
    if cancelled_at and left and name not in ours:
        yield Entry(name, cancelled_at, -left, order.id, -money)


def _refunds(order: Order) -> Iterator[tuple[str, datetime, Decimal]]:
    for name, occurrence in order.occurrences(EventType.ORDER_REFUNDED):
        amount = (occurrence.facts.get("refund") or {}).get("amount")
        yield name, occurrence.at, Decimal(amount or 0)


def _share(earned: Entry, amount: Decimal) -> int:
    return int((earned.units * amount / earned.spent).to_integral_value(ROUND_UP))


def rate_of(terms: Bonus, spent: Decimal) -> Decimal:
    """Units a unit of money earns for who has spent so much before."""
    reached = [tier for tier in terms.tiers if tier.from_spent <= spent]
    return max(reached, key=lambda tier: tier.from_spent).earned_per_1 if reached else terms.earned_per_1


def worth(units: int, terms: Bonus, currency: str) -> Decimal:
    """What can be paid with them: never more than they are worth."""
    return rounded(units * terms.worth_of_unit, currency, ROUND_DOWN)


def _units(amount: Decimal, rate: Decimal) -> int:
    return int((amount * rate).to_integral_value(ROUND_DOWN))
