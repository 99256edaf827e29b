"""Breaks what can break, counts, and prints the table of figures: `make prove`."""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain

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
    letters,
    money,
    month,
    own_letters,
    people,
    sending,
    withdrawing,
)
from tests.prove.figure import Figure, Reached
from tests.simulator.stories import failing

ROOMS = (door, sending, letters, clock, people, month, bounds, erasure, abuse, own_letters, withdrawing, money, days)
FIGURES: dict[int, Figure] = {figure.number: figure for figure in chain.from_iterable(room.FIGURES for room in ROOMS)}
Row = tuple[int, Reached, float]
"""A figure's number, what was reached, and in how many seconds."""
CHUNK = 10
console = Console()


def reach(number: int) -> Row:
    began = time.monotonic()
    try:
        reached = FIGURES[number].reach()
    except Exception as error:
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


def run(seeds: int, only: list[int], workers: int) -> bool:
    numbers = only or sorted(FIGURES)
    with ProcessPoolExecutor(workers) as pool, Progress(console=console, transient=True) as progress:
        task = progress.add_task("Breaking things", total=len(numbers) + (0 if only else seeds))
        found = list(_watched(pool.map(reach, numbers), progress, task))
        told = [] if only else list(chain.from_iterable(_seeds(pool, seeds, progress, task)))
    console.print(table(found))
    if not only:
        console.print(f"{seeds} stories of the simulator: {len(told)} broke a promise")
    for each in told[:3]:
        console.print(each, markup=False, highlight=False)
    return not told and all(reached.holds for _, reached, _ in found)


def _watched(found: Iterable[Row], progress: Progress, task: TaskID) -> Iterator[Row]:
    for each in found:
        progress.advance(task)
        yield each


def _seeds(pool: ProcessPoolExecutor, seeds: int, progress: Progress, task: TaskID) -> Iterator[list[str]]:
    chunks = [range(start, min(start + CHUNK, seeds)) for start in range(0, seeds, CHUNK)]
    for chunk, told in zip(chunks, pool.map(failing, chunks), strict=True):
        progress.advance(task, len(chunk))
        yield told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=400, help="how many stories the simulator plays")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("only", type=int, nargs="*", help="figures to reach; all of them, and the stories, without")
    given = parser.parse_args()
    sys.exit(0 if run(given.seeds, given.only, given.workers) else 1)


if __name__ == "__main__":
    main()
