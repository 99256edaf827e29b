"""Work that a batch does side by side: in threads; in tests one after another, so that a story is told twice alike."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor

T = TypeVar("T")
R = TypeVar("R")
SIZE = 10
"""Threads: as many as Lambda brings records at once (template.yaml, BatchSize)."""


@dataclass(frozen=True, slots=True)
class Failed:
    """What came of a piece of work that raised."""

    error: Exception


class Pool(Protocol):
    def each(self, work: Callable[[T], R], items: Sequence[T]) -> list[R | Failed]:
        """What came of each, in the order of `items`: one that fails keeps no other."""
        ...


@dataclass(frozen=True, slots=True)
class OneAfterAnother:
    def each(self, work: Callable[[T], R], items: Sequence[T]) -> list[R | Failed]:
        return [attempted(work, item) for item in items]


@dataclass(frozen=True, slots=True)
class Threads:
    executor: "Executor"

    def each(self, work: Callable[[T], R], items: Sequence[T]) -> list[R | Failed]:
        if len(items) == 1:  # a thread of its own would only cost time
            return [attempted(work, items[0])]
        return list(self.executor.map(lambda item: attempted(work, item), items))


def batches(items: Iterable[T], size: int = SIZE) -> Iterator[list[T]]:
    """So many together, none more than may be done side by side."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def attempted(work: Callable[[T], R], item: T) -> R | Failed:
    try:
        return work(item)
    except Exception as error:  # noqa: BLE001  # handed back: one failure is none of the others'
        return Failed(error)
