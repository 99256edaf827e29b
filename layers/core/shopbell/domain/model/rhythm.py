"""How often a shop's customers order, as its own past tells: learnt anew each month, and kept beside the shop."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple


class Fit(NamedTuple):
    """Of the BG/NBD model, in days: how often customers order (a gamma distribution of `r` and `alpha`), and how many
    leave after an order (a beta distribution of `a` and `b`)."""

    r: float
    alpha: float
    a: float
    b: float


class QuietGroup(NamedTuple):
    """Regular customers of one employee ("staff") or one product ("sku"), of whom more fell asleep of late than of the
    others: `asleep` of `number`, where of the others it was `others` of a hundred."""

    by: str
    name: str
    number: int
    asleep: int
    others: int


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`usual_days`: between two orders of the shop's regular customers; None while they are too few. `categories`: the
    same of those who bought of one. `fit`: None while there are too few customers. `big_from`: a tenth of the
    customers have spent so much. `letters`, `calls`: what those may be expected to order who are the last of each day's
    share, where everybody is found asleep at `since`. `learnt_at` None: nothing is known yet."""

    learnt_at: datetime | None = None
    since: datetime | None = None
    usual_days: float | None = None
    categories: Mapping[str, float] = field(default_factory=dict)
    fit: Fit | None = None
    big_from: Decimal | None = None
    letters: tuple[float, ...] = ()
    calls: tuple[float, ...] = ()
    quiet: tuple[QuietGroup, ...] = ()
