"""The table as the use cases see it: shops, sessions, and what falls due."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import merge
from typing import Any

from shopbell.domain.model.shop import Paused, Shop
from shopbell.domain.model.state import Conflict, CouponState, Due, Pointer
from shopbell.domain.rules.companions import Item as OrderedItem
from shopbell.domain.rules.companions import learnt, pairs
from shopbell.domain.time.calendar import format_instant
from shopbell.storage import keys
from shopbell.storage.documents import dumped, loaded
from shopbell.storage.items import companions_item, companions_of, coupon_item, due_of, pointer_of
from shopbell.storage.letters import letters_of
from shopbell.storage.session import Session
from shopbell.storage.table import Item, Table, Write

_THE_LAST_MOMENT = "9999"
"""Sorts after every moment."""


@dataclass(frozen=True, slots=True)
class Store:
    """`read_shop` turns a stored configuration, as its text stands in the table, into a Shop."""

    table: Table
    shards: int
    read_shop: Callable[[str, str], Shop]

    def session(self, shop: str) -> Session:
        return Session(self.table, shop, self.shards)

    def configuration(self, shop: str) -> dict[str, Any] | None:
        """A shop's document as it was put, without its secrets; None for an unknown shop."""
        key = (keys.shop_partition(shop), keys.HEAD)
        item = self.table.get([key]).get(key)
        return loaded(item["doc"]) if item else None

    def shop(self, shop: str) -> Shop | None:
        """With what is paused of it, and which letters of its own it has."""
        partitions = (keys.shop_partition, keys.pause_partition, keys.letters_partition)
        head, pause, letters = ((partition(shop), keys.HEAD) for partition in partitions)
        found = self.table.get([head, pause, letters])
        if head not in found:
            return None
        paused = loaded(found[pause]["doc"])["paused"] if pause in found else Paused.NOTHING
        known = self.read_shop(shop, str(found[head]["doc"]))
        return replace(known, paused=Paused(paused), letters=letters_of(found.get(letters)))

    def save_pause(self, shop: str, paused: Paused) -> None:
        """A configuration put later keeps it."""
        self.table.write([Write((keys.pause_partition(shop), keys.HEAD), {"doc": dumped({"paused": paused})})])

    def save_shop(self, shop: str, document: Mapping[str, Any]) -> None:
        key = (keys.shop_partition(shop), keys.HEAD)
        self.table.write([Write(key, {"doc": dumped(document)})])

    def due(self, sweep: str, now: datetime) -> Iterator[tuple[str, str]]:
        """The places of everything a sweep is to look at now, the earliest first."""
        for item in self._indexed(sweep, format_instant(now)):
            yield str(item["pk"]), str(item["sk"])

    def waiting(self, sweep: str, shop: str) -> Iterator[tuple[str, str]]:
        """The places of all that a sweep will ever look at in a shop, whatever their moment."""
        for item in self._indexed(sweep, _THE_LAST_MOMENT):
            if keys.is_of(shop, str(item["pk"])):
                yield str(item["pk"]), str(item["sk"])

    def _indexed(self, sweep: str, until: str) -> Iterator[Item]:
        """The earliest first, whichever shard it stands in: else what waits in the last one waits longest."""
        shards = (self.table.due(f"{sweep}#{shard}", until) for shard in range(self.shards))
        return merge(*shards, key=lambda item: str(item["due_at"]))

    def due_at(self, place: keys.Key) -> tuple[str, Due] | None:
        """The shop and the due item at a place of the table."""
        due = due_of(self.table.get([place]).get(place))
        return (place[0].split("#", 1)[0], due) if due else None

    def issue(self, shop: str, coupon: CouponState) -> None:
        """A personal code is written before its letter is claimed, by its name, and once whoever writes it."""
        item = coupon_item(coupon)
        change = "SET " + ", ".join(f"{name} = :{name}" for name in item)
        with suppress(Conflict):
            key = (keys.coupon_partition(shop, coupon.code), keys.HEAD)
            self.table.update(key, change, "attribute_not_exists(pk)", item)

    def learn(self, shop: str, items: Iterable[OrderedItem]) -> None:
        """What was ordered together; whoever counts at the same moment may be forgotten."""
        along = dict(pairs(items))
        places = {sku: (keys.product_partition(shop, sku), keys.WITH) for sku in along}
        found = self.table.get(list(places.values())) if places else {}
        writes = [
            Write(place, companions_item(learnt(companions_of(found.get(place)), along[sku])))
            for sku, place in places.items()
        ]
        if writes:
            self.table.write(writes)

    def pointers(self, shop: str, customer: str) -> Iterator[Pointer]:
        """The orders of a customer, oldest first."""
        yield from map(pointer_of, self.table.query(keys.customer_partition(shop, customer), keys.ORDER))
