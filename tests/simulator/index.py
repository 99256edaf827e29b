"""The index of what is due: keys only, each partition in the order of its moments, and a little behind the table."""

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.simulator.values import Raw

Key = tuple[str, str]
Place = tuple[str, str]
"""Partition and moment in the index."""
INDEX_KEYS = ("due_pk", "due_at")


@dataclass
class DueIndex:
    """While it `lags`, a reader sees it as it was when it last caught up: what was written since is not there yet,
    what was taken away still is."""

    lags: bool = False
    _places: dict[Key, Place] = field(default_factory=dict)
    _sorted: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    _before: dict[Key, Place | None] = field(default_factory=dict)

    def put(self, key: Key, place: Place | None) -> None:
        """`place` None: it is not, or no more, in the index."""
        before = self._places.pop(key, None)
        if self.lags:
            self._before.setdefault(key, before)
        if before:
            entries = self._sorted[before[0]]
            del entries[bisect_left(entries, (before[1], *key))]
        if place:
            self._places[key] = place
            insort(self._sorted.setdefault(place[0], []), (place[1], *key))

    def catch_up(self) -> None:
        self._before.clear()

    def of(self, partition: str) -> Iterator[Raw]:
        """As its readers see it, the earliest first."""
        for at, *key in self._seen(partition):
            names = ("pk", "sk", *INDEX_KEYS)
            yield {name: {"S": text} for name, text in zip(names, (*key, partition, at), strict=True)}

    def _seen(self, partition: str) -> list[tuple[str, str, str]]:
        entries = list(self._sorted.get(partition, ()))
        if not self._before:
            return entries
        known = [entry for entry in entries if entry[1:] not in self._before]
        stale = [(place[1], *key) for key, place in self._before.items() if place and place[0] == partition]
        return sorted([*known, *stale])

    def first(self, partition: str) -> str:
        """Its earliest moment, "" for none."""
        entries = self._sorted.get(partition)
        return entries[0][0] if entries else ""

    def earliest(self) -> dict[str, str]:
        """Each sweep that has anything in it, with its earliest moment."""
        found: dict[str, str] = {}
        for partition in self._sorted:
            if at := self.first(partition):
                sweep = partition.split("#")[0]
                found[sweep] = min(at, found.get(sweep, at))
        return found
