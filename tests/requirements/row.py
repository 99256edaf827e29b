"""A row of the requirements: what is asked, and what answers it beside the notifications that name it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from shopbell.domain.journeys.row import Journey


@dataclass(frozen=True, slots=True)
class Requirement:
    """`rules`: where in the code, or in which test, a policy or a figure lives. `note`: what of it is left to
    people, and why."""

    number: int
    asks: str
    rules: tuple[str, ...] = ()
    note: str = ""

    @property
    def name(self) -> str:
        return f"R{self.number:03d}"


def row(number: int, asks: str, *rules: str, note: str = "") -> Requirement:
    return Requirement(number, asks, rules, note)


def named(answers: str) -> Iterator[int]:
    """The numbers of "R002–R004, R016"."""
    for first, last in re.findall(r"R(\d{3})(?:–R(\d{3}))?", answers):
        yield from range(int(first), int(last or first) + 1)


def answering(journeys: Iterable[Journey]) -> Mapping[int, tuple[str, ...]]:
    """By the number of a requirement: the kinds that answer it, each once."""
    found: dict[int, dict[str, None]] = {}
    for journey in journeys:
        for number in named(journey.answers):
            found.setdefault(number, {})[journey.kind] = None
    return {number: tuple(kinds) for number, kinds in found.items()}
