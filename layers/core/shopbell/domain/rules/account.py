"""An order's account and life: what it costs, what was paid, reversed and given back, what is due, and whether it was
called off. Everything that speaks of its money or asks whether it lives asks here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from shopbell.domain.model.events import EventType, Json
from shopbell.domain.model.facts import Facts, Trigger, first_of
from shopbell.domain.model.order import CHECKOUT, Order
from shopbell.domain.model.record import ByIdentity, Record
from shopbell.domain.model.shop import Shop
from shopbell.domain.rules.account_entries import Entry, entries_of

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Payment:
    """`amount`: what came with it. `called_off`: it came for an order that was called off."""

    id: str
    at: datetime
    amount: Decimal
    called_off: bool


@dataclass(frozen=True, slots=True)
class Refund:
    """`amount`: what was given back by it, never more than had been paid; `beyond`: what it names more than that."""

    amount: Decimal
    beyond: Decimal
    cause: str


@dataclass(frozen=True, slots=True)
class Price:
    """What an order cost before and after a word about it. `borne`: the shop bears the increase."""

    before: Decimal
    after: Decimal
    borne: bool

    @property
    def increase(self) -> Decimal:
        return max(self.after - self.before, NOTHING)


@dataclass(frozen=True, slots=True)
class Turn:
    """A cancellation, or an acceptance, that was news: `number` 1 is the first, 2 the first after an order that was
    called off had been brought back."""

    number: int
    at: datetime
    facts: Mapping[str, Json]

    @property
    def occurrence_id(self) -> str:
        return occurrence_of(self.number)


def occurrence_of(life: int) -> str:
    """What happens once in each life of an order, by its number."""
    return "" if life == 1 else str(life)


@dataclass(frozen=True, slots=True)
class Surplus:
    """More was paid than is to be kept since then; `cause` names what made it so."""

    cause: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """An order's money and life, as its events tell them.

    `total`: what it costs, None while nobody said; an increase that the shop bears is not in it. `paid`: what came and
    was not reversed. `settled_at`: since when nothing is due. `life`: 1, and one more each time it was brought back.
    """

    total: Decimal | None = None
    paid: Decimal = NOTHING
    reversed: Decimal = NOTHING
    given_back: Decimal = NOTHING
    due: Decimal = NOTHING
    surplus: Decimal = NOTHING
    settled_at: datetime | None = None
    called_off_at: datetime | None = None
    life: int = 1
    payments: Mapping[str, Payment] = field(default_factory=dict)
    reversals: Mapping[str, Decimal] = field(default_factory=dict)
    refunds: Mapping[str, Refund] = field(default_factory=dict)
    prices: Mapping[str, Price] = field(default_factory=dict)
    cancellations: Sequence[Turn] = ()
    acceptances: Sequence[Turn] = ()
    surpluses: Sequence[Surplus] = ()

    @property
    def called_off(self) -> bool:
        return self.called_off_at is not None

    @property
    def kept(self) -> Decimal:
        """What the shop has of the customer's money."""
        return self.paid - self.given_back

    @property
    def is_settled(self) -> bool:
        return self.settled_at is not None


def price_of(order: Order, shop: Shop, occurrence_id: str) -> Price | None:
    """What a new price that was told made of the order's; None where there is no such news.

    Told together with other words, or when the price had been told already, it is news against the price before.
    """
    repriced = order.record.occurrences.get(EventType.ORDER_REPRICED, {}).get(occurrence_id)
    if repriced is None:
        return None
    prices = account_of(order, shop).prices
    price = prices.get(repriced.version)
    words = repriced.facts.get("repriced") or {}
    if price is not None and (price.before != price.after or price.borne):
        return price
    new = price.after if price else Decimal(words.get("new_total") or 0)
    before = [each.before for each in prices.values() if each.before != new]
    old = before[-1] if before else Decimal(words.get("old_total") or new)
    return Price(old, new, borne=False)


def new_price(facts: Facts, trigger: Trigger) -> Price | None:
    """What the news of a new price is about; None where nothing of that name was said."""
    return price_of(facts.order, facts.shop, first_of(trigger.occurrence_id)) if facts.order else None


def account_in(facts: Facts) -> Account:
    """Of the order that the facts are about; without one nothing is due, paid or called off."""
    return account_of(facts.order, facts.shop) if facts.order else Account()


def account_of(order: Order, shop: Shop) -> Account:
    return _account(ByIdentity(order.record), shop.payment.absorb_increase)


@lru_cache(maxsize=64)
def _account(of: ByIdentity[Record], borne_up_to: Decimal) -> Account:
    walk = _Walk(borne_up_to)
    for entry in entries_of(of.value):
        walk.take(entry)
    return walk.account()


@dataclass(slots=True)
class _Walk:
    """The account, entry by entry in the order of their moments."""

    borne_up_to: Decimal
    total: Decimal | None = None
    paid: Decimal = NOTHING
    reversed: Decimal = NOTHING
    back: Decimal = NOTHING
    remitted: Decimal = NOTHING
    """Given back of what was to be kept, so that it is not owed any more."""
    settled_at: datetime | None = None
    off_since: datetime | None = None
    life: int = 1
    left: dict[str, Decimal] = field(default_factory=dict)
    """What of each payment was not reversed."""
    payments: dict[str, Payment] = field(default_factory=dict)
    reversals: dict[str, Decimal] = field(default_factory=dict)
    refunds: dict[str, Refund] = field(default_factory=dict)
    prices: dict[str, Price] = field(default_factory=dict)
    cancellations: list[Turn] = field(default_factory=list)
    acceptances: list[Turn] = field(default_factory=list)
    surpluses: list[Surplus] = field(default_factory=list)

    def owed(self) -> Decimal:
        """Did it live."""
        return max(self.charge() - self.kept(), NOTHING)

    def charge(self) -> Decimal:
        return max((self.total or NOTHING) - self.remitted, NOTHING)

    def kept(self) -> Decimal:
        return self.paid - self.back

    def surplus(self) -> Decimal:
        return max(self.kept() - (NOTHING if self.off_since else self.charge()), NOTHING)

    def take(self, entry: Entry) -> None:
        surplus = self.surplus()
        _TAKEN[entry.event_type](self, entry)
        if self.surplus() > surplus:
            self.surpluses.append(Surplus(self._cause(entry), entry.at))
        if self.total is None or self.owed() or self.off_since:
            self.settled_at = None
        else:
            self.settled_at = self.settled_at or entry.at

    def _cause(self, entry: Entry) -> str:
        """A cancellation by the life that it ended: told again it is the same."""
        return f"cancelled {self.life}" if entry.event_type is EventType.ORDER_CANCELLED else entry.cause

    def price(self, entry: Entry) -> None:
        amount = entry.amount or NOTHING
        before = amount if self.total is None else self.total
        limit = self.borne_up_to if entry.borne_up_to is None else entry.borne_up_to
        borne = NOTHING < amount - before <= limit
        after = before if borne else amount
        self.remitted = max(self.remitted - max(before - after, NOTHING), NOTHING)
        self.total = after
        self.prices[entry.version] = Price(before, after, borne)

    def pay(self, entry: Entry) -> None:
        amount = self._new_amount(entry, self.owed())
        self.paid += amount
        self.left[entry.id] = self.left.get(entry.id, NOTHING) + amount
        if entry.id not in self.payments:
            self.payments[entry.id] = Payment(entry.id, entry.at, amount, called_off=self.off_since is not None)

    def _new_amount(self, entry: Entry, owed: Decimal) -> Decimal:
        """A payment that names itself after one that named nothing had settled the order is that one, by its sum."""
        if entry.amount is None:
            return owed
        unnamed = self.payments.get("") or self.payments.get(CHECKOUT)
        is_known = (
            unnamed is not None
            and unnamed.amount == entry.amount == self.left[unnamed.id]  # none of it went back
            and not owed
            and len(self.payments) == 1
        )
        return NOTHING if is_known else entry.amount

    def reverse(self, entry: Entry) -> None:
        payment = self._reversed_payment(entry)
        left = self.left.get(payment, NOTHING)
        amount = min(left, left if entry.amount is None else entry.amount)
        self.left[payment] = left - amount
        self.paid -= amount
        self.reversed += amount
        self.reversals[entry.id] = amount

    def _reversed_payment(self, entry: Entry) -> str:
        """The payment that it names; where only one without a name is known, that; without a name, the last."""
        if entry.payment and entry.payment in self.left:
            return entry.payment
        if entry.payment:
            return next((unnamed for unnamed in ("", CHECKOUT) if unnamed in self.left), entry.payment)
        still = [payment for payment, left in self.left.items() if left]
        return still[-1] if still else ""

    def refund(self, entry: Entry) -> None:
        asked = entry.amount or NOTHING
        amount = min(asked, max(self.kept(), NOTHING))
        self.remitted += amount - min(amount, self.surplus())
        self.back += amount
        self.refunds[entry.id] = Refund(amount, asked - amount, entry.cause)
        if asked > amount:
            self.surpluses.append(Surplus(entry.cause, entry.at))
        if amount and self.back >= self.paid:
            self.off_since = self.off_since or entry.at

    def cancel(self, entry: Entry) -> None:
        self._turn(self.cancellations, entry)
        self.off_since = self.off_since or entry.at

    def accept(self, entry: Entry) -> None:
        if self.off_since:
            self.off_since, self.remitted = None, NOTHING
            self.life += 1
        self._turn(self.acceptances, entry)

    def _turn(self, turns: list[Turn], entry: Entry) -> None:
        """Told once more in one life it is the same, with what was said last."""
        if turns and turns[-1].number == self.life:
            turns[-1] = replace(turns[-1], facts=entry.facts or turns[-1].facts)
        else:
            turns.append(Turn(self.life, entry.at, entry.facts))

    def account(self) -> Account:
        return Account(
            total=self.total,
            paid=self.paid,
            reversed=self.reversed,
            given_back=self.back,
            due=NOTHING if self.off_since else self.owed(),
            surplus=self.surplus(),
            settled_at=self.settled_at,
            called_off_at=self.off_since,
            life=self.life,
            payments=self.payments,
            reversals=self.reversals,
            refunds=self.refunds,
            prices=self.prices,
            cancellations=self.cancellations,
            acceptances=self.acceptances,
            surpluses=self.surpluses,
        )


_TAKEN = {
    EventType.ORDER_TOTAL: _Walk.price,
    EventType.ORDER_PAID: _Walk.pay,
    EventType.ORDER_PAYMENT_REVERSED: _Walk.reverse,
    EventType.ORDER_REFUNDED: _Walk.refund,
    EventType.ORDER_CANCELLED: _Walk.cancel,
    EventType.ORDER_ACCEPTED: _Walk.accept,
}
