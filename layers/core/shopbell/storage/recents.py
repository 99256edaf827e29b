"""What each contact of a shop got of late, by conditional updates: whoever writes at the same time looks again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from shopbell.domain.deciding.turns import Recent, Turn
from shopbell.storage import keys
from shopbell.storage.documents import dumped, loaded
from shopbell.storage.items import version_of
from shopbell.storage.keys import Key
from shopbell.storage.table import Item, Table, Value

KEPT = timedelta(days=3)
"""Longer than a day and an hour, in any zone."""


@dataclass(frozen=True, slots=True)
class Recents:
    table: Table

    def read(self, shop: str, contact: str) -> Recent:
        place = key_of(shop, contact)
        return recent_of(self.table.get([place]).get(place))

    def save(self, shop: str, contact: str, recent: Recent, now: datetime) -> None:
        """Raises Conflict where somebody else wrote since it was read."""
        values: dict[str, Value] = {
            "doc": _dumped(recent),
            "next": recent.version + 1,
            "expires": int((now + KEPT).timestamp()),
        }
        condition = "v = :v" if recent.version else "attribute_not_exists(v)"
        seen = {"v": recent.version} if recent.version else {}
        change = "SET doc = :doc, v = :next, expires_at = :expires"
        self.table.update(key_of(shop, contact), change, condition, {**values, **seen})


def key_of(shop: str, contact: str) -> Key:
    return keys.contact_partition(shop, contact), keys.RECENT


def recent_of(item: Item | None) -> Recent:
    if item is None:
        return Recent()
    document = loaded(item["doc"])
    left = {name: _moment(at) for name, at in document["left"].items()}
    waiting = tuple(map(_turn_of, document["waiting"]))
    return Recent(left, waiting, document["day"], document["taken"], version_of(item))


def _dumped(recent: Recent) -> str:
    """Whole seconds: an attacked contact has hundreds of turns."""
    left = {name: _second(at) for name, at in recent.left.items()}
    waiting = [[turn.rank, _second(turn.born), turn.name, _second(turn.wakes)] for turn in recent.waiting]
    document: Mapping[str, Any] = {"left": left, "waiting": waiting, "day": recent.day, "taken": recent.taken}
    return dumped(document)


def _turn_of(stored: Any) -> Turn:
    rank, born, name, wakes = stored
    return Turn(rank, _moment(born), name, _moment(wakes))


def _second(moment: datetime) -> int:
    return int(moment.timestamp())


def _moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)
