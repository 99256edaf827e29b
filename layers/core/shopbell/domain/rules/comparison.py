"""Whether more of those who got a letter came back than of those who got none, so that one may look at any time.

A test that is right once is wrong in 13 to 20 % of runs in which nothing works, when it is looked at each month. Here
each share has a beta-binomial confidence sequence (Robbins, "Statistical methods related to the law of the iterated
logarithm", 1970): the chance that it ever leaves the interval out, at whichever look, is at most half of ALPHA.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import lgamma, log
from typing import NamedTuple

ALPHA = 0.05
STEPS = 60
"""Of the bisection: more than a float can tell apart."""
MOST_MONTHS = 24
"""So far ahead at most is it reckoned when one will be able to tell."""


class Interval(NamedTuple):
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Arm:
    """So many customers, and how many of them ordered."""

    number: int
    returned: int

    def after(self, months: int) -> "Arm":
        """At this pace, having taken one month."""
        return Arm(self.number * months, self.returned * months)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`works`: True or False once one can tell which share is the larger, else None; `months`: after how many of this
    size one will be able to, None where not within two years."""

    told: Interval
    held_out: Interval
    works: bool | None
    months: int | None


def interval(arm: Arm, alpha: float = ALPHA / 2) -> Interval:
    """All shares that what was seen does not speak against."""
    if not arm.number:
        return Interval(0.0, 1.0)
    seen = arm.returned / arm.number
    return Interval(
        0.0 if not arm.returned else _edge(lambda share: _against(arm, share) < log(1 / alpha), 0.0, seen),
        1.0 if arm.returned == arm.number else _edge(lambda share: _against(arm, share) < log(1 / alpha), 1.0, seen),
    )


def _against(arm: Arm, share: float) -> float:
    """How much, as the logarithm of a wager that grows only where the share is another one."""
    yes, no = arm.returned, arm.number - arm.returned
    mixed = lgamma(yes + 1) + lgamma(no + 1) - lgamma(arm.number + 2)
    return mixed - (yes * log(share) if yes else 0.0) - (no * log(1 - share) if no else 0.0)


def _edge(holds: Callable[[float], bool], outside: float, inside: float) -> float:
    for _ in range(STEPS):
        middle = (outside + inside) / 2
        outside, inside = (outside, middle) if holds(middle) else (middle, inside)
    return inside


def compared(told: Arm, held_out: Arm) -> Comparison:
    """`told` and `held_out` in one month, or since the beginning."""
    one, other = interval(told), interval(held_out)
    works = _works(one, other)
    enough = (
        months
        for months in range(2, MOST_MONTHS + 1)
        if _works(interval(told.after(months)), interval(held_out.after(months))) is not None
    )
    return Comparison(one, other, works, None if works is not None else next(enough, None))


def _works(told: Interval, held_out: Interval) -> bool | None:
    if told.low > held_out.high:
        return True
    return False if told.high < held_out.low else None
