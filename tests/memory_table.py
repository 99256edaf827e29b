"""A table in memory that is stricter than moto: every condition is judged, and a transaction is all or nothing."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from shopbell.domain.model.state import Conflict
from shopbell.storage.keys import Key
from shopbell.storage.table import Item, Value, Write

_ASSIGNED = re.compile(r"(#?\w+) = (list_append\(\w+, :(\w+)\)|:(\w+))")

_ADDED = re.compile(r"ADD (\w+) :(\w+)")


@dataclass
class MemoryTable:
    """Speaks the product's own Table; `calls` counts what would be billed as calls."""

    items: dict[Key, Item] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)

    def get(self, keys: Sequence[Key]) -> dict[Key, Item]:
        self.calls.append("get")
        assert len(set(keys)) <= 100
        return {key: dict(self.items[key]) for key in keys if key in self.items}

    def query(self, partition: str, prefix: str = "") -> Iterator[Item]:
        self.calls.append("query")
        for key in sorted(self.items):
            if key[0] == partition and key[1].startswith(prefix):
                yield dict(self.items[key])

    def due(self, partition: str, until: str) -> Iterator[Item]:
        self.calls.append("due")
        found = [item for item in self.items.values() if item.get("due_pk") == partition]
        ready = [item for item in found if str(item["due_at"]) <= until]
        projected = [{name: item[name] for name in ("pk", "sk", "due_pk", "due_at")} for item in ready]
        yield from sorted(projected, key=lambda item: str(item["due_at"]))

    def write(self, writes: Iterable[Write]) -> None:
        self.calls.append("write")
        listed = list(writes)
        assert len({write.key for write in listed}) == len(listed) <= 100
        self._judge(listed)
        for write in listed:
            if write.item is not None:
                self._put(write.key, write.item)

    def _judge(self, writes: Sequence[Write]) -> None:
        for write in writes:
            there = self.items.get(write.key)
            if write.version is not None and (there["v"] if there else 0) != write.version:
                raise Conflict(f"{write.key}: not version {write.version}")

    def _put(self, key: Key, item: Item) -> None:
        assert all(value != "" or name == "doc" for name, value in item.items() if name.startswith("due"))
        self.items[key] = item | {"pk": key[0], "sk": key[1]}

    def update(
        self, key: Key, change: str, condition: str, values: Mapping[str, Value], checks: Sequence[Write] = ()
    ) -> None:
        self.calls.append("update")
        assert len({key, *(check.key for check in checks)}) == len(checks) + 1 <= 100
        there = self.items.get(key)
        if not CONDITIONS[condition](there, values):
            raise Conflict(f"{key}: not {condition}")
        self._judge(checks)
        self.items[key] = _changed(there or {}, change, values) | {"pk": key[0], "sk": key[1]}
        for check in checks:
            if check.item is not None:
                self._put(check.key, check.item)


def _as_read(item: Item | None, values: Mapping[str, Value]) -> bool:
    return item is not None and (item["status"], item["attempts"]) == (values["from"], values["attempts"])


def _room(item: Item | None, values: Mapping[str, Value]) -> bool:
    return item is None or _number(item.get("taken", 0)) <= _number(values["room"])


def _given(item: Item | None, values: Mapping[str, Value]) -> bool:
    taken = _number(item.get("taken", 0)) if item else 0
    return item is not None and taken >= _number(values["least"]) and item.get("given_back") != values["mark"]


def _number(value: Value) -> int:
    assert isinstance(value, int)
    return value


def _never_parked(item: Item | None, values: Mapping[str, Value]) -> bool:
    return item is None or "parked_until" not in item


def _parked_as_seen(item: Item | None, values: Mapping[str, Value]) -> bool:
    return item is None or item.get("parked_until", values["seen"]) == values["seen"]


def _as_looked_at(item: Item | None, values: Mapping[str, Value]) -> bool:
    return _as_read(item, values) and item is not None and item.get("due_at") == values["seen"]


CONDITIONS = {
    "attribute_not_exists(pk)": lambda item, values: item is None,
    "#status = :from AND attempts = :attempts AND due_at = :seen": _as_looked_at,
    "attribute_not_exists(parked_until)": _never_parked,
    "attribute_not_exists(parked_until) OR parked_until = :seen": _parked_as_seen,
    "#status = :from AND attempts = :attempts": _as_read,
    "attribute_not_exists(taken) OR taken <= :room": _room,
    "taken >= :least AND given_back <> :mark": _given,
}


def _changed(item: Item, change: str, values: Mapping[str, Value]) -> Item:
    assignments, _, removed = change.partition(" REMOVE ")
    result = dict(item)
    for name, value in _ADDED.findall(change):
        result[name] = _number(item.get(name, 0)) + _number(values[value])
    for name, _, appended, value in _ASSIGNED.findall(assignments):
        field_name, said = name.removeprefix("#"), values[appended or value]
        before = result.get(field_name)
        result[field_name] = (
            [*before, *said] if appended and isinstance(before, list) and isinstance(said, list) else said
        )
    return {name: value for name, value in result.items() if name not in removed.split(", ")}
