"""Channels that serve nobody just now, a shop each: what one message has found out, the others need not."""

from dataclasses import dataclass

from shopbell.domain.model.state import Parked
from shopbell.domain.model.vocabulary import ChannelName
from shopbell.domain.time.calendar import format_instant, parse_instant
from shopbell.storage import keys
from shopbell.storage.documents import dumped, loaded
from shopbell.storage.table import Table, Write


@dataclass(frozen=True, slots=True)
class Parking:
    table: Table

    def of(self, shop: str, channel: ChannelName) -> Parked | None:
        key = _key(shop, channel)
        item = self.table.get([key]).get(key)
        document = loaded(item["doc"]) if item else {}
        return Parked(parse_instant(document["until"]), document["failures"]) if document.get("failures") else None

    def park(self, shop: str, channel: ChannelName, parked: Parked) -> None:
        document = {"until": format_instant(parked.until), "failures": parked.failures}
        self.table.write([Write(_key(shop, channel), {"doc": dumped(document)})])

    def open(self, shop: str, channel: ChannelName) -> None:
        """It serves again."""
        self.table.write([Write(_key(shop, channel), {"doc": dumped({"failures": 0})})])


def _key(shop: str, channel: ChannelName) -> keys.Key:
    return keys.shop_partition(shop), keys.CHANNEL + channel
