"""Asks the table's index for the earliest due moment of each sweep, no more often than the table changes."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.table import Table

from local.cloudformation import ACCOUNT, REGION
from local.instants import instant
from local.overdue import with_overdue


class DueIndex:
    """Reads moto's tables where they lie: a query through the API costs a hundred times as much."""

    def __init__(self) -> None:
        self._known: dict[str, datetime] | None = None

    def changed(self) -> None:
        """The table was written to: what was known may not hold any more."""
        self._known = None

    def moments(self) -> dict[str, datetime]:
        """Each sweep that has anything in the index, with its earliest moment."""
        if self._known is None:
            self._known = _earliest()
        return self._known


def _earliest() -> dict[str, datetime]:
    found: dict[str, str] = {}
    for partition, moment in _entries():
        sweep = partition.split("#", 1)[0]
        found[sweep] = min(moment, found.get(sweep, moment))
    return with_overdue({sweep: instant(moment) for sweep, moment in found.items()})


def _entries() -> Iterator[tuple[str, str]]:
    for table in dynamodb_backends[ACCOUNT][REGION].tables.values():
        for partition, moment in _keys(table):
            for row in table.items.values():
                for item in row.values():
                    if partition in item.attrs and moment in item.attrs:
                        yield item.attrs[partition].value, item.attrs[moment].value


def _keys(table: Table) -> Iterator[tuple[str, str]]:
    for index in table.all_indexes():
        if index.name == "due":
            schema: list[dict[str, Any]] = index.schema
            by_type = {key["KeyType"]: key["AttributeName"] for key in schema}
            yield by_type["HASH"], by_type["RANGE"]
