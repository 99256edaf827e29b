"""The table as the use cases see it: shops, sessions, and what falls due."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shopbell.domain.calendar import format_instant
from shopbell.domain.shop import Shop
from shopbell.domain.state import Due, Pointer
from shopbell.storage import keys
from shopbell.storage.documents import dumped, loaded
from shopbell.storage.items import due_of, pointer_of
from shopbell.storage.session import Session
from shopbell.storage.table import Table, Write


@dataclass(frozen=True, slots=True)
class Store:
    """`read_shop` turns a stored configuration into a Shop."""

    table: Table
    shards: int
    read_shop: Callable[[str, Mapping[str, Any]], Shop]

    def session(self, shop: str) -> Session:
        return Session(self.table, shop, self.shards)

    def configuration(self, shop: str) -> dict[str, Any] | None:
        """A shop's document as it was put, without its secrets; None for an unknown shop."""
        key = (keys.shop_partition(shop), keys.HEAD)
        item = self.table.get([key]).get(key)
        return loaded(item["doc"]) if item else None

    def shop(self, shop: str) -> Shop | None:
        document = self.configuration(shop)
        return None if document is None else self.read_shop(shop, document)

    def save_shop(self, shop: str, document: Mapping[str, Any]) -> None:
        key = (keys.shop_partition(shop), keys.HEAD)
        self.table.write([Write(key, {"doc": dumped(document)})])

    def due(self, sweep: str, now: datetime) -> Iterator[tuple[str, str]]:
        """The places of everything a sweep is to look at now, the earliest first."""
        for shard in range(self.shards):
            for item in self.table.due(f"{sweep}#{shard}", format_instant(now)):
                yield str(item["pk"]), str(item["sk"])

    def due_at(self, place: keys.Key) -> tuple[str, Due] | None:
        """The shop and the due item at a place of the table."""
        due = due_of(self.table.get([place]).get(place))
        return (place[0].split("#", 1)[0], due) if due else None

    def pointers(self, shop: str, customer: str) -> Iterator[Pointer]:
        """The orders of a customer, oldest first."""
        yield from map(pointer_of, self.table.query(keys.customer_partition(shop, customer), keys.ORDER))
