"""The whole table, page by page. Operators' commands alone may look at it so: no function has the right to scan."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from shopbell.domain.model.state import DuePlace, StoredPart
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.storage import keys
from shopbell.storage.heads import is_former
from shopbell.storage.table import Item, Table, Write, plain


@dataclass(frozen=True, slots=True)
class WholeTable:
    table: Table

    def pages(self) -> Iterator[Sequence[StoredPart]]:
        """What a page shows is read anew by whoever changes it."""
        for items in self._pages():
            yield list(_parts(items))

    def delete(self, shop: str) -> Iterator[int]:
        """All that stands in a shop's partitions, a page of the table after another; how many items were in each."""
        for items in self._pages():
            ours = [(str(item["pk"]), str(item["sk"])) for item in items if keys.is_of(shop, str(item["pk"]))]
            self.table.write_plainly([Write(key, deletes=True) for key in ours])
            yield len(ours)

    def _pages(self) -> Iterator[list[Item]]:
        request: dict[str, Any] = {"TableName": self.table.name, "ConsistentRead": True}
        while True:
            page = self.table.client.scan(**request)
            yield list(map(plain, page["Items"]))
            if "LastEvaluatedKey" not in page:
                return
            request["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def _parts(items: Iterable[Item]) -> Iterator[StoredPart]:
    """Of what is personal, a part for each partition: its items come one after another."""
    for partition, ours in groupby(items, key=itemgetter("pk")):
        if keys.is_personal(str(partition)):
            yield _part(str(partition), list(ours))


def _part(partition: str, items: Sequence[Item]) -> StoredPart:
    former = {str(item["sk"]) for item in items if _is_former(partition, item)}
    stored = [item for item in items if item["sk"] in former or _is_head(partition, item)]
    endless = [str(item["sk"]) for item in items if item["sk"] not in former and "expires_at" not in item]
    return StoredPart(
        keys.shop_of(partition),
        partition,
        tuple(_place(partition, item) for item in stored),
        bool(former),
        tuple((partition, sort) for sort in endless),
    )


def _is_head(partition: str, item: Item) -> bool:
    """Of a subject; contacts and codes have a head, too."""
    return item["sk"] == keys.HEAD and keys.kind_name(partition) in {*SubjectKind}


def _is_former(partition: str, item: Item) -> bool:
    """A head without an agenda, or what the former version kept beside it."""
    return str(item["sk"]).startswith(keys.DUE) or (_is_head(partition, item) and is_former(item))


def _place(partition: str, item: Item) -> DuePlace:
    return DuePlace(keys.shop_of(partition), (partition, str(item["sk"])), str(item.get("due_at", "")), False)
