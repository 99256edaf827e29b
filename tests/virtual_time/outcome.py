"""What came of a mailing in virtual time."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """`left`: birthday letters or cards, the last of them `seconds` after all were due; `waits`: seconds of each
    receipt and of each task of the other shop, from the moment at which it told; `refused`: calls that the provider
    refused; `looked`: customers that a tick looked at, and in how many seconds; `parked`: partitions of channels that
    were parked; `merged`: imported orders; `alarms`: lines of the log."""

    left: int
    seconds: float
    waits: Sequence[float]
    refused: int
    looked: Sequence[tuple[int, float]]
    parked: Sequence[str]
    merged: int
    alarms: int = 0


def p99(waits: Sequence[float]) -> float:
    """That one in a hundred is longer than."""
    return sorted(waits)[int(len(waits) * 0.99)] if waits else 0.0
