"""DynamoDB's published rule of what a write costs, for items as the low-level API writes them.

A write unit is a started kilobyte of the larger of the item before and after the write, whatever part of it changes;
an item that is not there has no size, and one unit is the least. In a transaction everything costs twice, a condition
check like a write. An entry of an index costs a unit for each started kilobyte whenever it is put or deleted, and that
is not doubled in a transaction. A condition that fails costs what the write would have cost the table.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Attribute = Mapping[str, Any]
"""A value as the API writes it: {"S": "text"}, {"N": "1"}, {"B": b"bytes"}, {"L": […]}, …"""
Item = Mapping[str, Attribute]

KILOBYTE = 1024
IN_A_TRANSACTION = 2
CONTAINER, MEMBER = 3, 1
"""Bytes that a list or a map costs by itself, and for each of its members."""


@dataclass(frozen=True, slots=True)
class Index:
    """A secondary index that projects keys only: `keys` are its own, `table_keys` those of its table."""

    keys: tuple[str, ...]
    table_keys: tuple[str, ...]

    def entry(self, item: Item | None) -> Item | None:
        """The index's entry of an item; None where the item lacks one of the index's keys."""
        if item is None or not all(name in item for name in self.keys):
            return None
        return {name: item[name] for name in (*self.table_keys, *self.keys)}


def size(item: Item) -> int:
    """The bytes of an item: the names of its attributes and their values."""
    return sum(_text(name) + _value(attribute) for name, attribute in item.items())


def write_units(before: Item | None, after: Item | None, *, transaction: bool = False) -> int:
    """The units that one put, update, deletion or condition check costs on the table itself."""
    units = started_kilobytes(max(size(before or {}), size(after or {})))
    return units * IN_A_TRANSACTION if transaction else units


def index_units(before: Item | None, after: Item | None, index: Index) -> int:
    """The units that the same write costs on an index."""
    # A key that changes is an old entry deleted and a new one put, so both cost.
    old, new = index.entry(before), index.entry(after)
    if old == new:
        return 0
    return sum(started_kilobytes(size(entry)) for entry in (old, new) if entry is not None)


def started_kilobytes(length: int) -> int:
    return max(1, -(-length // KILOBYTE))  # rounded up


def _value(attribute: Attribute) -> int:
    ((kind, content),) = attribute.items()
    return _SIZES[kind](content)


def _text(text: str) -> int:
    return len(text.encode())


def _number(text: str) -> int:
    """The bytes of a number: one for every two significant digits, and one more."""
    digits = "".join(map(str, Decimal(text).as_tuple().digits)).strip("0")
    return -(-len(digits) // 2) + 1


def _list(members: list[Attribute]) -> int:
    return CONTAINER + sum(MEMBER + _value(member) for member in members)


def _map(members: Item) -> int:
    return CONTAINER + MEMBER * len(members) + size(members)


_SIZES: Mapping[str, Callable[[Any], int]] = {
    "S": _text,
    "N": _number,
    "B": len,
    "BOOL": lambda content: 1,
    "NULL": lambda content: 1,
    "L": _list,
    "M": _map,
}
