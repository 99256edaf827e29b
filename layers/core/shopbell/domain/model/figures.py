"""What is counted of a shop, month by month, as it happens."""

from collections.abc import Mapping
from enum import StrEnum, auto
from typing import NamedTuple

Tally = Mapping[str, int]
"""Each figure of a month, by its name."""
SEPARATOR = "|"


WITHIN = (1, 4, 8)
"""Working hours by which it is told how soon orders are taken on (R017, R018)."""


class Count(StrEnum):
    """What is counted; some of it by something more, as by kind and channel (`named`)."""

    SENT = auto()
    """Messages that left: by kind and channel."""
    MAILED = auto()
    """Marketing letters that left."""
    SEGMENTS = auto()
    """Parts of text messages."""
    KEPT = auto()
    """Messages for customers that did not leave: by reason."""
    ORDERS = auto()
    SPENT = auto()
    """What they cost, in hundredths of the shop's currency."""
    BUYERS = auto()
    """Customers, by their first order of the month."""
    PREPAID = auto()
    """Orders that are to be paid beforehand."""
    LOST = auto()
    """Of them, those that never were."""
    ACCEPTED = auto()
    """Orders taken on: by the working hours within which they were, 0 for more."""
    TOLD = auto()
    """Customers to whom a journey wrote: by the journey."""
    HELD_OUT = auto()
    """Customers to whom it would have written, but for comparison did not."""
    BACK = auto()
    """Of the told, those who ordered soon; in the month in which they were told."""
    BACK_UNTOLD = auto()
    """Of the held out, likewise."""
    ASLEEP = auto()
    """Customers who fell asleep."""
    PRAISED = auto()
    """Good reviews: by the courier who brought the order, "" where nobody knows."""
    REVIEWED = auto()
    """All reviews, likewise."""


class Figure(NamedTuple):
    """So many more of something, in a month ("2026-03")."""

    month: str
    name: str
    number: int = 1


def named(count: Count, *by: str) -> str:
    return SEPARATOR.join((count, *by))


def by_name(tally: Tally, count: Count) -> dict[str, int]:
    """The figures of that sort, by what they are told apart by."""
    beginning = f"{count}{SEPARATOR}"
    return {name.removeprefix(beginning): number for name, number in tally.items() if name.startswith(beginning)}
