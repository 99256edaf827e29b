"""The pace of letters, beside the provider's parking: the outbox's tick writes it, and every sender reads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shopbell.domain.deciding.pace import Pace
from shopbell.domain.model.vocabulary import ChannelName, Lane
from shopbell.domain.time.calendar import format_instant
from shopbell.storage import keys
from shopbell.storage.documents import dumped, loaded
from shopbell.storage.heads import number
from shopbell.storage.table import Item, Table, Write

PARTITION = keys.provider_partition(ChannelName.EMAIL)
KEY, MAILINGS = (PARTITION, keys.PACE), (PARTITION, keys.MAILINGS)


@dataclass(frozen=True, slots=True)
class Pacing:
    table: Table

    def read(self) -> Pace:
        items = self.table.get([KEY, MAILINGS])
        return pace_of(items.get(KEY), items.get(MAILINGS))

    def save(self, pace: Pace, now: datetime) -> None:
        """The last one counts; `at` is for people."""
        document: dict[str, Any] = {
            "rate": pace.rate,
            "waiting": {str(lane): number for lane, number in pace.waiting.items()},
        }
        document |= {"a_day": pace.a_day, "sent": pace.sent} if pace.a_day else {}
        self.table.write_plainly([Write(KEY, {"doc": dumped(document), "at": format_instant(now)})])

    def add_mailings(self, number: int, now: datetime) -> None:
        self.table.write_plainly([Write(MAILINGS, {"number": number, "at": format_instant(now)})])


def pace_of(item: Item | None, mailings: Item | None = None) -> Pace:
    """The usual one where none was written yet; a lane of another version than this one is left out. `mailings`: what
    a sweep has planned, which the queues do not tell before the next tick."""
    if item is None:
        return Pace()
    document: dict[str, Any] = loaded(item["doc"])
    waiting = {lane: document["waiting"][lane] for lane in Lane if lane in document["waiting"]}
    if mailings and str(mailings["at"]) >= str(item["at"]):
        waiting[Lane.MARKETING_EMAIL] = waiting.get(Lane.MARKETING_EMAIL, 0) + number(mailings, "number")
    return Pace(document["rate"], waiting, document.get("a_day", 0), document.get("sent", 0))
