"""Every row of the requirements with what answers it: `python -m tests.requirements` prints the table."""

from collections.abc import Iterator, Mapping

from shopbell.domain.journeys import JOURNEYS
from tests.requirements import customers, occasions, orders, parcels
from tests.requirements.row import Requirement, answering, named

REQUIREMENTS: tuple[Requirement, ...] = (
    *orders.ACCEPTING,
    *orders.PAYING,
    *parcels.DELIVERING,
    *parcels.AFTERWARDS,
    *occasions.CALENDAR,
    *occasions.REPEATING,
    *customers.SLEEPING,
    *customers.COMPLAINING,
)
KINDS_OF: Mapping[int, tuple[str, ...]] = answering(JOURNEYS)
HEAD = ("row", "what it asks", "what answers it")


def markdown() -> Iterator[str]:
    """A table, line by line."""
    for cells in (HEAD, ["---"] * len(HEAD), *map(_cells, REQUIREMENTS)):
        yield f"| {' | '.join(cells)} |"


def _cells(each: Requirement) -> tuple[str, ...]:
    kinds, rules = (", ".join(map(_quoted, names)) for names in (KINDS_OF.get(each.number, ()), each.rules))
    return each.name, each.asks, "; ".join(filter(None, (kinds, rules, each.note)))


def _quoted(name: str) -> str:
    return f"`{name}`"


__all__ = ["KINDS_OF", "REQUIREMENTS", "Requirement", "markdown", "named"]
