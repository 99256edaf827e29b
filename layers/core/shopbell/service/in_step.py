"""Readers of a batch, which take each step together: what all of them expect by then is read in one call."""

from collections.abc import Callable, Generator, Sequence
from typing import TypeVar

from shopbell.pool import Failed

T = TypeVar("T")
Reader = Generator[None, None, T]
"""Says what it will ask for, and yields before it asks."""


def in_step(readers: Sequence[Reader[T]], is_outage: Callable[[Exception], bool]) -> list[T | Failed]:
    """What each returns. Where AWS cannot be had for one (`is_outage`), none of the others asks again."""
    results: dict[int, T | Failed] = {}
    while waiting := [number for number in range(len(readers)) if number not in results]:
        for number in waiting:
            try:
                next(readers[number])
            except StopIteration as end:
                results[number] = end.value
            except Exception as error:  # noqa: BLE001  # a reader's failure is its own
                if is_outage(error):
                    return [results.get(each, Failed(error)) for each in range(len(readers))]
                results[number] = Failed(error)
    return [results[number] for number in range(len(readers))]


def alone(reader: Reader[T]) -> T:
    """What one returns that is in no batch."""
    while True:
        try:
            next(reader)
        except StopIteration as end:
            result: T = end.value
            return result
