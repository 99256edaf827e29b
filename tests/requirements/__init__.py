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
    rules, later = ", ".join(map(_quoted, each.rules)), ", ".join(map(_quoted, each.later))
    kinds = ", ".join(map(_quoted, KINDS_OF.get(each.number, ())))
    answers = (kinds, rules, later and f"not yet: {later}", each.note)
    return each.name, each.asks, "; ".join(filter(None, answers))


def _quoted(name: str) -> str:
    return f"`{name}`"


__all__ = ["KINDS_OF", "REQUIREMENTS", "Requirement", "markdown", "named"]
