"""Bonus units: a ledger of what was earned, spent and taken back, never a bare counter."""

from collections.abc import Iterable
from datetime import datetime
from decimal import ROUND_DOWN, Decimal

from shopbell.domain.model.bonus import Entry
from shopbell.domain.model.money import rounded
from shopbell.domain.model.order import Order
from shopbell.domain.model.shop import Bonus
from shopbell.domain.rules.account import Account

EARNED, CHANGED, SPENT = "earned", "changed", "spent"


def balance(entries: Iterable[Entry]) -> int:
    return sum(entry.units for entry in entries)


def owing(order: Order, account: Account, ledger: Iterable[Entry], terms: Bonus, at: datetime) -> Entry | None:
    """The entry that an order's account calls for and that the customer's whole `ledger` has not yet; None where what
    stands in it is right. The first is what was earned, at that time's rate; the others follow the money."""
    ledger = list(ledger)
    ours = [entry for entry in ledger if entry.order == order.id and not entry.name.startswith(SPENT)]
    if not ours:
        return _earned(order, account, ledger, terms)
    earned = next((entry for entry in ours if entry.name.startswith(EARNED)), ours[0])
    money = _money_spent(account, sum((entry.spent for entry in ours), Decimal(0)))
    units = int((earned.units * money / earned.spent).to_integral_value(ROUND_DOWN))
    change = Entry(
        f"{CHANGED}#{order.id}\n{len(ours)}",  # an id has no line break: no two orders' entries share a name
        at,
        units - balance(ours),
        order.id,
        money - sum((entry.spent for entry in ours), Decimal(0)),
    )
    return change if change.units or change.spent else None


def _earned(order: Order, account: Account, ledger: Iterable[Entry], terms: Bonus) -> Entry | None:
    """With the last of the money, not with a part of it."""
    settled_at, money = account.settled_at, _money_spent(account, Decimal(0))
    if settled_at is None or not money:
        return None
    units = _units(money, rate_of(terms, sum((entry.spent for entry in ledger), Decimal(0))))
    return Entry(f"{EARNED}#{order.id}", settled_at, units, order.id, money) if units else None


def _money_spent(account: Account, before: Decimal) -> Decimal:
    """What the customer spent on the order. A new price counts once it is paid."""
    if account.called_off:
        return Decimal(0)
    spent = min(account.kept, account.total or Decimal(0))
    return max(spent if account.is_settled else min(spent, before), Decimal(0))


def rate_of(terms: Bonus, spent: Decimal) -> Decimal:
    """Units a unit of money earns for who has spent so much before."""
    reached = [tier for tier in terms.tiers if tier.from_spent <= spent]
    return max(reached, key=lambda tier: tier.from_spent).earned_per_1 if reached else terms.earned_per_1


def worth(units: int, terms: Bonus, currency: str) -> Decimal:
    """What can be paid with them: never more than they are worth."""
    return rounded(units * terms.worth_of_unit, currency, ROUND_DOWN)


def _units(amount: Decimal, rate: Decimal) -> int:
    return int((amount * rate).to_integral_value(ROUND_DOWN))
