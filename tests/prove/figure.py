"""What a row of the table of figures is: what is broken, what is wanted, and a function that breaks it and counts."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reached:
    """What was counted, in words, and whether it is what was promised."""

    text: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the table that `make prove` prints; docs/guarantees.md explains each by its `number`. `at`: where it is
    broken, and `broken` how; `wanted` is the promise."""

    number: int
    at: str
    broken: str
    wanted: str
    reach: Callable[[], Reached]
