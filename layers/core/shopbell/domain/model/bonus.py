"""A customer's ledger of bonus units: what was earned, spent and taken back, never a bare counter."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a customer's ledger. `name` is its own and the same whenever it is reckoned again; `units` are
    signed; `spent` is the money that earned them."""

    name: str
    at: datetime
    units: int
    order: str = ""
    spent: Decimal = Decimal(0)
