"""Redrive: dead letters go back to their queue, as many as there were, and no more."""

from collections.abc import Sequence
from typing import Any, Protocol

EMPTY_HANDED = 10
"""So often in a row a queue that counts letters may give none, for it asks only some of its servers."""


class DeadLetters(Protocol):
    def waiting(self) -> int: ...
    def take(self, most: int) -> Sequence[Any]: ...
    def put_back(self, letters: Sequence[Any]) -> int: ...


def redrive(dead_letters: DeadLetters) -> int:
    """Returns how many went back; what dies again meanwhile waits for the next time.

    Whether a letter may still be acted on is decided by who hears it, as with any other.
    """
    wanted, moved, empty = dead_letters.waiting(), 0, 0
    while moved < wanted and empty < EMPTY_HANDED:
        letters = dead_letters.take(wanted - moved)
        back = dead_letters.put_back(letters) if letters else 0
        moved, empty = moved + back, 0 if back else empty + 1
    return moved
