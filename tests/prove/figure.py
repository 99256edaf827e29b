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
    """`number`, `at` and `broken` as in the table of what can go wrong; `wanted` is the promise."""

    number: int
    at: str
    broken: str
    wanted: str
    reach: Callable[[], Reached]
