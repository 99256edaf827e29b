"""An order's money and life, written down from what was told alone, by docs/integrating.md."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from tests.simulator.story import Tell

NONE = Decimal(0)
ABSORBED = {"dobra": Decimal(15), "kert": NONE}
"""Up to so much of a higher price each shop bears itself."""
AT_ONE_MOMENT = (
    *("order.placed", "order.repriced", "order.paid", "order.payment_reversed"),
    *("order.refunded", "order.cancelled", "order.accepted"),
)
"""Of one moment the price counts first, then what was paid of it."""
CHECKOUT = "the checkout"


@dataclass(frozen=True, slots=True)
class Books:
    """`came`: what of each payment was not reversed. `forgiven`: given back of what was due, so that it is not owed.

    `settled_since`: since when nothing is due. `late`: payments that came when the order was called off.
    """

    costs: Decimal = NONE
    came: Mapping[str, Decimal] = field(default_factory=dict)
    back: Decimal = NONE
    forgiven: Decimal = NONE
    went_back: bool = False
    off: bool = False
    life: int = 1
    brought_back: datetime | None = None
    settled_since: datetime | None = None
    ever_settled: bool = False
    late: frozenset[str] = frozenset()
    refunds: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def paid(self) -> Decimal:
        return sum(self.came.values(), NONE)

    @property
    def held(self) -> Decimal:
        return self.paid - self.back

    @property
    def owed(self) -> Decimal:
        """Did it live."""
        return max(self.costs - self.forgiven - self.held, NONE)

    @property
    def due(self) -> Decimal:
        return NONE if self.off else self.owed

    @property
    def settled(self) -> bool:
        return self.settled_since is not None

    def after(self, tell: Tell) -> "Books":
        books = _READ[tell.type](self, tell) if tell.type in _READ else self
        since = None if books.off or books.owed else books.settled_since or tell.happened
        return replace(books, settled_since=since, ever_settled=books.ever_settled or since is not None)


def _placed(books: Books, tell: Tell) -> Books:
    order = tell.data["order"]
    books = replace(books, costs=Decimal(order["total"]))
    return replace(books, came={CHECKOUT: books.costs}) if order["payment"].get("paid_at") else books


def _repriced(books: Books, tell: Tell) -> Books:
    """Up to the shop's own figure it bears the increase: then the order costs what it did."""
    new = Decimal(tell.data["repriced"]["new_total"])
    if NONE < new - books.costs <= ABSORBED[tell.shop]:
        return books
    cheaper = max(books.costs - new, NONE)
    return replace(books, costs=new, forgiven=max(books.forgiven - cheaper, NONE))


def payment_name(tell: Tell) -> str:
    """By its id; without one the sum tells it from others."""
    said = tell.data.get("payment") or {}
    return str(said.get("id") or (f"={said['amount']}" if said.get("amount") else ""))


def _paid(books: Books, tell: Tell) -> Books:
    said, name = tell.data.get("payment") or {}, payment_name(tell)
    amount = Decimal(said["amount"]) if said.get("amount") else books.owed
    unnamed = [each for each in (CHECKOUT, "") if each in books.came]
    if said.get("amount") and unnamed and len(books.came) == 1 and not books.owed and amount == books.paid:
        amount = NONE  # it is the one that bore no name
    late = books.late | {name} if books.off else books.late
    return replace(books, came={**books.came, name: books.came.get(name, NONE) + amount}, late=late)


def _reversed(books: Books, tell: Tell) -> Books:
    said = tell.data.get("payment") or {}
    still = [name for name, amount in books.came.items() if amount]
    unnamed = [name for name in ("", CHECKOUT) if name in books.came]
    which = said.get("id") or (still[-1] if still else "")
    if which not in books.came and unnamed:
        which = unnamed[0]
    if which not in books.came:
        return books
    left = books.came[which]
    amount = min(left, Decimal(said["amount"]) if said.get("amount") else left)
    return replace(books, came={**books.came, which: left - amount}, went_back=books.went_back or amount > 0)


def _refunded(books: Books, tell: Tell) -> Books:
    """Never more than was paid; what was beyond the price is given back first."""
    amount = min(Decimal(tell.data["refund"]["amount"]), max(books.held, NONE))
    beyond = max(books.held - (NONE if books.off else books.costs - books.forgiven), NONE)
    refunds = {**books.refunds, tell.data["refund"]["id"]: amount}
    off = books.off or (amount > 0 and books.back + amount >= books.paid)
    forgiven = books.forgiven + amount - min(amount, beyond)
    return replace(books, back=books.back + amount, forgiven=forgiven, off=off, refunds=refunds)


def _cancelled(books: Books, tell: Tell) -> Books:
    return replace(books, off=True)


def _accepted(books: Books, tell: Tell) -> Books:
    """It brings back what was called off; what was given back before is to be paid again."""
    if not books.off:
        return books
    return replace(books, off=False, forgiven=NONE, life=books.life + 1, brought_back=tell.happened)


_READ: Mapping[str, Any] = {
    "order.placed": _placed,
    "order.repriced": _repriced,
    "order.paid": _paid,
    "order.payment_reversed": _reversed,
    "order.refunded": _refunded,
    "order.cancelled": _cancelled,
    "order.accepted": _accepted,
}


def pages_of(tells: Iterable[Tell]) -> list[Books]:
    """The books after each of what was told, in the order in which it happened; a payment goes back after it came."""
    tells, pages = list(tells), [Books()]
    came = {payment_name(tell): tell.said for tell in tells if tell.type == "order.paid"}
    for tell in sorted(tells, key=lambda tell: _moment(tell, came)):
        pages.append(pages[-1].after(tell))
    return pages


def books_of(tells: Iterable[Tell]) -> Books:
    return pages_of(tells)[-1]


def _moment(tell: Tell, came: Mapping[str, datetime]) -> tuple[datetime, int, str]:
    rank = AT_ONE_MOMENT.index(tell.type) if tell.type in AT_ONE_MOMENT else len(AT_ONE_MOMENT)
    is_reversal = tell.type == "order.payment_reversed" and payment_name(tell)
    at = max(tell.said, came.get(payment_name(tell), tell.said)) if is_reversal else tell.said
    return at, rank, tell.id
