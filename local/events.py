"""What the door took, and what became of it; nothing personal is kept here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, auto
from typing import Any

from local.instants import instant, text
from local.notes import Note

PLACED = "order.placed"
NEWS_OF_ORDERS = ("order.", "review.posted")
"""How the types begin that are merged into the order they name, and wait until it is placed."""


class Outcome(StrEnum):
    MERGED = auto()
    WAITS = auto()
    REPEATED = auto()


@dataclass(frozen=True, slots=True)
class Event:
    """`order` is the shop's id of the order that it names; empty: it names none."""

    shop: str
    id: str
    type: str
    at: datetime
    received_at: datetime
    platform: str
    order: str


@dataclass(slots=True)
class Events:
    """The journal of the door, oldest first."""

    now: Callable[[], datetime]
    _taken: list[Event] = field(default_factory=list)

    def add(self, notes: Sequence[Note]) -> None:
        """What the product noted while it answered a request."""
        self._taken += [_event(note.facts, self.now()) for note in notes if note.message == "event_taken"]

    def clear(self) -> None:
        self._taken.clear()

    def rows(self, shop: str = "", order: str = "") -> list[dict[str, Any]]:
        """The contract's events of that shop and order; of all where none is named."""
        wanted = [e for e in self._taken if shop in ("", e.shop) and order in ("", e.order)]
        placed = {(event.shop, event.order) for event in self._taken if event.type == PLACED}
        first = {(event.shop, event.id): event for event in reversed(self._taken)}
        return [_row(e, _outcome(e, first[e.shop, e.id] is e, (e.shop, e.order) in placed)) for e in wanted]


def _event(facts: Mapping[str, Any], now: datetime) -> Event:
    return Event(
        shop=facts["shop"],
        id=facts["event"],
        type=facts["type"],
        at=instant(facts["at"]),
        received_at=now,
        platform=facts["platform"],
        order=facts["order"],
    )


def _outcome(event: Event, first: bool, placed: bool) -> Outcome:
    if not first:
        return Outcome.REPEATED
    waits = event.type.startswith(NEWS_OF_ORDERS) and event.order and not placed
    return Outcome.WAITS if waits else Outcome.MERGED


def _row(event: Event, outcome: Outcome) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type,
        "at": text(event.at),
        "received_at": text(event.received_at),
        "platform": event.platform,
        "outcome": outcome,
    }
