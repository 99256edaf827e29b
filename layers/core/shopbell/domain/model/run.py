"""A run: something told to many customers, page by page, so that it goes on where it broke off."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, auto

from shopbell.domain.model.events import Json


class RunKind(StrEnum):
    RESTOCK = auto()
    LEARN = auto()
    """What goes with what, from what all customers bought; it tells nobody anything, and comes again."""


@dataclass(frozen=True, slots=True)
class Run:
    """`about`: a product's code. `cursor`: where the next page begins, "" at the start; `next_at`: when. `facts`: what
    is told."""

    kind: RunKind
    about: str
    begun_at: datetime
    next_at: datetime
    cursor: str = ""
    facts: Mapping[str, Json] = field(default_factory=dict)
    version: int = 0

    @property
    def id(self) -> str:
        return f"{self.kind}-{self.about}"


@dataclass(frozen=True, slots=True)
class Wish:
    """Who asked for a product, by the key of the customer, and when; `place`: where it stands in the list."""

    customer: str
    asked_at: datetime
    place: str = ""
