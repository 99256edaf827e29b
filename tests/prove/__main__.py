"""Breaks what can break, counts, and prints the table of figures: `make prove`."""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from itertools import chain
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table

from tests.prove import (
    abuse,
    bounds,
    clock,
    days,
    door,
    erasure,
    fairness,
    letters,
    money,
    month,
    own_letters,
    people,
    sending,
    stories,
    withdrawing,
)
from tests.prove.figure import Figure, Reached

ROOMS = (
    *(door, sending, letters, clock, people, month, bounds),
    *(erasure, abuse, own_letters, withdrawing, money, days, fairness, stories),
)
FIGURES: dict[int, Figure] = {figure.number: figure for figure in chain.from_iterable(room.FIGURES for room in ROOMS)}
Each = TypeVar("Each")
Row = tuple[int, Reached, float]
"""A figure's number, what was reached, and in how many seconds."""
console = Console()


def reach(number: int) -> Row:
    began = time.monotonic()
    try:
        reached = FIGURES[number].reach()
    except Exception as error:  # noqa: BLE001  # a row that raises is a row that failed
        reached = Reached(f"failed: {type(error).__name__}: {error}"[:200], False)
    return number, reached, time.monotonic() - began


def table(found: Iterable[Row]) -> Table:
    shown = Table(
        "#", "at", "we break it so", "promised", "reached", "s", title="What was promised, and what was reached"
    )
    for number, reached, seconds in sorted(found, key=lambda each: each[0]):
        figure = FIGURES[number]
        colour = "green" if reached.holds else "red"
        row = (str(number), figure.at, figure.broken, figure.wanted, f"[{colour}]{reached.text}", f"{seconds:.0f}")
        shown.add_row(*row)
    return shown


def run(seeds: range, only: list[int], workers: int) -> bool:
    numbers = only or sorted(FIGURES)
    with ProcessPoolExecutor(workers) as pool, Progress(console=console, transient=True) as progress:
        plays = stories.NUMBER in numbers
        alone = [number for number in numbers if number != stories.NUMBER]
        task = progress.add_task("Breaking things", total=len(alone) + (len(stories.chunks(seeds)) if plays else 0))
        found = list(_watched(pool.map(reach, alone), progress, task))
        told = _told(pool, seeds, progress, task, found) if plays else []
    console.print(table(found))
    for each in told[:3]:
        console.print(each, markup=False, highlight=False, soft_wrap=True)
    return all(reached.holds for _, reached, _ in found)


def _watched(found: Iterable[Each], progress: Progress, task: TaskID) -> Iterator[Each]:
    for each in found:
        progress.advance(task)
        yield each


def _told(pool: Executor, seeds: range, progress: Progress, task: TaskID, found: list[Row]) -> list[str]:
    """The stories of the seeds, side by side: the only figure that takes so long; what broke a promise."""
    began = time.monotonic()
    told = list(chain.from_iterable(_watched(stories.played(seeds, pool.map), progress, task)))
    found.append((stories.NUMBER, stories.judged(seeds, told), time.monotonic() - began))
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=stories.USUAL, help="how many stories the simulator plays")
    parser.add_argument("--first", type=int, help="the first of their seeds; drawn anew without")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("only", type=int, nargs="*", help="figures to reach; all of them without")
    given = parser.parse_args()
    seeds = stories.fresh(given.seeds) if given.first is None else range(given.first, given.first + given.seeds)
    sys.exit(0 if run(seeds, given.only, given.workers) else 1)


if __name__ == "__main__":
    main()
