"""How long to leave alone what failed: longer each time."""

from datetime import timedelta

FIRST = timedelta(minutes=5)
MOST_DOUBLINGS = 10
"""More than three days: nothing is left alone for as long, and the number stays small."""


def backoff(failures: int, longest: timedelta) -> timedelta:
    """`failures`: how often it has failed before. Twice as long after each of them."""
    wait: timedelta = FIRST * 2 ** min(failures, MOST_DOUBLINGS)
    return min(wait, longest)
