"""What a row of the scoreboard is, and how it is shown."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from statistics import fmean, median
from typing import Any

HEADINGS = ("#", "figure", "value", "goal", "spread", "", "reference")
NUMBERS = frozenset({"value", "goal", "spread"})


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is a mean or a median, `spread` the difference between the largest and the smallest of what it is of;
    `goal` is the most that `value` should be, or the least (`at_least`), and `reference` says how it was measured."""

    row: str
    figure: str
    value: float
    goal: float
    reference: str
    spread: float
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        return self.value >= self.goal if self.at_least else self.value <= self.goal


def mean_of(row: str, figure: str, counts: Sequence[float], *, goal: float, reference: str) -> Figure:
    return Figure(
        row=row,
        figure=figure,
        value=round(fmean(counts), 2),
        goal=goal,
        reference=reference,
        spread=round(float(max(counts) - min(counts)), 2),
    )


def median_of(row: str, figure: str, ratios: Sequence[float], *, goal: float, reference: str) -> Figure:
    return replace(mean_of(row, figure, ratios, goal=goal, reference=reference), value=round(median(ratios), 2))


def as_json(figures: Iterable[Figure]) -> str:
    return json.dumps([_document(figure) for figure in figures], ensure_ascii=False, indent=2)


def _document(figure: Figure) -> dict[str, Any]:
    """`at_least` stands only where it holds."""
    return {name: value for name, value in asdict(figure).items() if name != "at_least" or value}


def as_table(figures: Iterable[Figure]) -> str:
    """One line for each figure, with "met" or "missed"; not cut to the width of the terminal."""
    rows = [HEADINGS, *map(_cells, figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def _cells(figure: Figure) -> tuple[str, ...]:
    verdict = "met" if figure.is_met else "missed"
    numbers = (f"{figure.value:g}", f"{'≥' if figure.at_least else '≤'} {figure.goal:g}", f"{figure.spread:g}")
    return (figure.row, figure.figure, *numbers, verdict, figure.reference)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (
        cell.rjust(width) if heading in NUMBERS else cell.ljust(width)
        for heading, cell, width in zip(HEADINGS, row, widths, strict=True)
    )
    return "  ".join(cells).rstrip()
