"""End a shop and all that it kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


class Shops(Protocol):
    def remove_shop(self, shop: str) -> None: ...


class Secrets(Protocol):
    def remove(self, shop: str) -> int: ...


class WholeTable(Protocol):
    def delete(self, shop: str) -> Iterator[int]:
        """How many items each page of the table had of the shop."""
        ...


@dataclass(frozen=True, slots=True)
class RemoveShop:
    """The use case. First nobody can tell it anything, then nobody finds it; the items go last."""

    secrets: Secrets
    shops: Shops
    table: WholeTable

    def __call__(self, shop: str) -> Iterator[int]:
        """So many items are gone so far, after each page. May be broken off anywhere, and run again; also for a shop
        that is gone, of which something may be left."""
        self.secrets.remove(shop)
        self.shops.remove_shop(shop)
        gone, before = 0, -1
        while before < gone:  # what was in hand meanwhile is found the next time
            before = gone
            for found in self.table.delete(shop):
                gone += found
                yield gone
