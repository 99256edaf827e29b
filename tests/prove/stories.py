"""Figure 30: stories of seeds that were never run before, told side by side."""

from collections.abc import Callable, Iterable, Iterator
from random import SystemRandom

from tests.prove.figure import Figure, Reached
from tests.simulator.stories import failing

NUMBER = 30
USUAL = 400
FIRST, LAST = 10_000, 100_000_000
"""The suite's own seeds are smaller."""
CHUNK = 10
Chunks = Iterable[list[str]]
Play = Callable[[Callable[[range], list[str]], list[range]], Chunks]
"""Plays the stories of each of these seeds, as `map` does."""


def fresh(count: int) -> range:
    first = SystemRandom().randrange(FIRST, LAST)
    return range(first, first + count)


def chunks(seeds: range) -> list[range]:
    return [seeds[start : start + CHUNK] for start in range(0, len(seeds), CHUNK)]


def judged(seeds: range, told: list[str]) -> Reached:
    """`told`: of each story that broke a promise, what `report` says."""
    text = f"broken {len(told)} in {len(seeds)} stories, seeds {seeds.start}…{seeds.stop - 1}"
    return Reached(text, not told)


def played(seeds: range, play: Play = map) -> Iterator[list[str]]:
    yield from play(failing, chunks(seeds))


def _some() -> Reached:
    seeds = fresh(CHUNK)
    return judged(seeds, [each for told in played(seeds) for each in told])


FIGURES = (
    Figure(
        NUMBER,
        "stories",
        "seeds never run before, printed: payments, parcels, people, and what can break",
        "broken 0, false alarms 0",
        _some,
    ),
)
