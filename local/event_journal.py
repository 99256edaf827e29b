"""The events that the product took, and what became of each; nothing personal is kept here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, auto
from typing import Any

from local.instants import instant, text
from local.log_lines import LogLine

PLACED = "order.placed"
NEWS_OF_ORDERS = ("order.", "review.posted")
"""How the types begin of events that are merged into the order they name, and wait until it is placed."""


class Outcome(StrEnum):
    MERGED = auto()
    WAITS = auto()
    REPEATED = auto()


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """`order` is the shop's id of the order that the event names; "": it names none."""

    shop: str
    id: str
    type: str
    at: datetime
    received_at: datetime
    platform: str
    order: str


@dataclass(slots=True)
class EventJournal:
    """The events that were taken, oldest first; `now` is the stack's clock."""

    now: Callable[[], datetime]
    _entries: list[JournalEntry] = field(default_factory=list)

    def add(self, lines: Sequence[LogLine]) -> None:
        """Reads from the product's log lines which event it took while it answered a request."""
        self._entries += [_entry(line.facts, self.now()) for line in lines if line.message == "event_taken"]

    def clear(self) -> None:
        self._entries.clear()

    def rows(self, shop: str = "", order: str = "") -> list[dict[str, Any]]:
        """The answer of GET /local/events for that shop and order; "" for any."""
        wanted = [entry for entry in self._entries if shop in ("", entry.shop) and order in ("", entry.order)]
        placed = {(entry.shop, entry.order) for entry in self._entries if entry.type == PLACED}
        # Reversed, so that of entries with one id the earliest remains.
        first = {(entry.shop, entry.id): entry for entry in reversed(self._entries)}
        return [
            _row(entry, _outcome(entry, first[entry.shop, entry.id] is entry, (entry.shop, entry.order) in placed))
            for entry in wanted
        ]


def _entry(facts: Mapping[str, Any], now: datetime) -> JournalEntry:
    return JournalEntry(
        shop=facts["shop"],
        id=facts["event"],
        type=facts["type"],
        at=instant(facts["at"]),
        received_at=now,
        platform=facts["platform"],
        order=facts["order"],
    )


def _outcome(entry: JournalEntry, first: bool, placed: bool) -> Outcome:
    if not first:
        return Outcome.REPEATED
    waits = entry.type.startswith(NEWS_OF_ORDERS) and entry.order and not placed
    return Outcome.WAITS if waits else Outcome.MERGED


def _row(entry: JournalEntry, outcome: Outcome) -> dict[str, Any]:
    return {
        "id": entry.id,
        "type": entry.type,
        "at": text(entry.at),
        "received_at": text(entry.received_at),
        "platform": entry.platform,
        "outcome": outcome,
    }
