"""Channels that serve nobody just now, of a shop or of all: what one message has found out, the others need not."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from shopbell.domain.model.state import ChannelHealth, Conflict, Healths
from shopbell.domain.model.vocabulary import ChannelName
from shopbell.domain.time.calendar import format_instant, parse_instant
from shopbell.storage import keys
from shopbell.storage.documents import loaded
from shopbell.storage.reads import Reads
from shopbell.storage.table import Item, Table, Value


@dataclass(frozen=True, slots=True)
class Parking:
    """Each change is made to what was read; where somebody else has parked or opened meanwhile, their word counts."""

    table: Table

    def of(self, shop: str, channel: ChannelName, reads: Reads | None = None) -> Healths:
        """Of the provider, and of the shop with it."""
        reads = reads or Reads(self.table)
        reads.expect(health_keys(shop, channel))
        provider, own = (_read(each, reads.item(_key(each)) or {}) for each in _blank(shop, channel))
        return Healths(provider, own)

    def park(self, health: ChannelHealth, until: datetime) -> None:
        """Once more in vain."""
        with suppress(Conflict):
            self._set(health, until, health.failures + 1)

    def go_alone(self, health: ChannelHealth, until: datetime) -> ChannelHealth:
        """The others wait until then, when the next may try; raises Conflict where somebody goes already."""
        self._set(health, until, health.failures)
        return replace(health, parked_until=until)

    def _set(self, health: ChannelHealth, until: datetime, failures: int) -> None:
        change = "SET parked_until = :until, failures = :failures REMOVE doc"
        self._update(health, change, {"until": format_instant(until), "failures": failures})

    def doubt(self, health: ChannelHealth) -> int:
        """A call without an answer; returns how many there are by now, one after another."""
        try:
            return int(str(self._update(health, "ADD doubts :one", {"one": 1}, returns=True)["doubts"]))
        except Conflict:  # somebody else has parked it or opened it meanwhile
            return 0

    def open(self, health: ChannelHealth) -> None:
        """It serves again."""
        with suppress(Conflict):
            self._update(health, "SET failures = :none REMOVE parked_until, doubts, doc", {"none": 0})

    def _update(self, health: ChannelHealth, change: str, values: dict[str, Value], *, returns: bool = False) -> Item:
        condition = "attribute_not_exists(parked_until)"
        if health.parked_until:  # an item of the former version has no such attribute
            condition = f"{condition} OR parked_until = :seen"
            values = values | {"seen": format_instant(health.parked_until)}
        return self.table.update(_key(health), change, condition, values, returns=returns)


def _blank(shop: str, channel: ChannelName) -> tuple[ChannelHealth, ChannelHealth]:
    return ChannelHealth("", channel.provider), ChannelHealth(shop, channel)


def health_keys(shop: str, channel: ChannelName) -> list[keys.Key]:
    return [_key(each) for each in _blank(shop, channel)]


def _key(health: ChannelHealth) -> keys.Key:
    if health.shop:
        return keys.shop_partition(health.shop), keys.CHANNEL + health.channel
    return keys.provider_partition(health.channel), keys.PARKING


def _read(blank: ChannelHealth, item: Item) -> ChannelHealth:
    document = item | (loaded(item["doc"]) if "doc" in item else {})  # as the former version wrote it
    until = document.get("parked_until") or document.get("until")
    failures, doubts = int(str(document.get("failures", 0))), int(str(document.get("doubts", 0)))
    parked = "parked_until" in document or failures
    return replace(
        blank,
        parked_until=parse_instant(str(until)) if until and parked else None,
        failures=failures,
        doubts=doubts,
    )
