"""The pace of letters, beside the provider's parking: the outbox's tick writes it, and every sender reads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shopbell.domain.deciding.pace import Pace
from shopbell.domain.model.vocabulary import ChannelName, Lane
from shopbell.domain.time.calendar import format_instant
from shopbell.storage import keys
from shopbell.storage.documents import dumped, loaded
from shopbell.storage.table import Item, Table, Write

KEY: keys.Key = (keys.provider_partition(ChannelName.EMAIL), keys.PACE)


@dataclass(frozen=True, slots=True)
class Pacing:
    table: Table

    def read(self) -> Pace:
        return pace_of(self.table.get([KEY]).get(KEY))

    def save(self, pace: Pace, now: datetime) -> None:
        """The last one counts; `at` is for people."""
        document = {"rate": pace.rate, "waiting": {str(lane): number for lane, number in pace.waiting.items()}}
        self.table.write_plainly([Write(KEY, {"doc": dumped(document), "at": format_instant(now)})])


def pace_of(item: Item | None) -> Pace:
    """The usual one where none was written yet; a lane of another version than this one is left out."""
    if item is None:
        return Pace()
    document: dict[str, Any] = loaded(item["doc"])
    waiting = document["waiting"]
    return Pace(document["rate"], {lane: waiting[lane] for lane in Lane if lane in waiting})
