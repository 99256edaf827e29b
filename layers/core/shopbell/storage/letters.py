"""Letters of shops' own: a template each, and a head that says which there are, read beside the shop."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from shopbell.storage import keys
from shopbell.storage.documents import dumped, loaded
from shopbell.storage.items import version_of
from shopbell.storage.table import Item, Table, Write

MOST_CACHED = 500


@dataclass(frozen=True, slots=True)
class OwnLetters:
    """`_cache`: (shop, name) to the version and the template that were read last, the oldest going first."""

    table: Table
    _cache: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def of(self, shop: str, name: str, version: str) -> str:
        """The template; read anew where another version of it is known. Raises KeyError where it is gone by now."""
        cached = self._cache.get((shop, name))
        if cached is None or cached[0] != version:
            cached = self._read(shop, name)
            self._cache.pop((shop, name), None)
            self._cache[shop, name] = cached
            if len(self._cache) > MOST_CACHED:
                del self._cache[next(iter(self._cache))]
        return cached[1]

    def _read(self, shop: str, name: str) -> tuple[str, str]:
        key = (keys.letters_partition(shop), name)
        source = str(loaded(self.table.get([key])[key]["doc"])["source"])
        return version(source), source

    def names(self, shop: str) -> Mapping[str, str]:
        return letters_of(self._head(shop))

    def put(self, shop: str, name: str, source: str) -> None:
        """Raises Conflict where somebody else changes the shop's letters at this moment."""
        self._write(shop, {name: version(source)}, name, source)

    def remove(self, shop: str, name: str) -> None:
        """The shipped one counts again; what was written stays in the table, and nothing leads to it."""
        self._write(shop, {}, name, "")

    def _write(self, shop: str, named: Mapping[str, str], name: str, source: str) -> None:
        place, head = keys.letters_partition(shop), self._head(shop)
        rest = {each: of for each, of in letters_of(head).items() if each != name}
        index: Item = {"v": version_of(head) + 1, "doc": dumped({**rest, **named})}
        letter: Item = {"doc": dumped({"source": source})}
        self.table.write([Write((place, keys.HEAD), index, version_of(head)), Write((place, name), letter)])

    def _head(self, shop: str) -> Item | None:
        key = (keys.letters_partition(shop), keys.HEAD)
        return self.table.get([key]).get(key)


def version(source: str) -> str:
    return blake2b(source.encode(), digest_size=8).hexdigest()


def letters_of(head: Item | None) -> dict[str, str]:
    """Each letter of the shop's own, "<locale>/<kind>", and its version."""
    return loaded(head["doc"]) if head else {}
