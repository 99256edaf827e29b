"""What a batch reads: each item once, and all that is expected in one call."""

from collections.abc import Iterable, Mapping
from threading import RLock

from shopbell.storage.keys import Key
from shopbell.storage.table import Item, Table, Write


class Reads:
    """Shared by the sessions of a batch, which may run in several threads.

    What is expected is read when the first item is asked for that is not known yet. What a session has written is known
    to those that come after it.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self._items: dict[Key, Item | None] = {}
        self._expected: dict[Key, None] = {}
        self._lock = RLock()

    def expect(self, keys: Iterable[Key]) -> None:
        with self._lock:
            self._expected.update(dict.fromkeys(key for key in keys if key not in self._items))

    def item(self, key: Key) -> Item | None:
        """Consistent when it was read; None where there is none."""
        with self._lock:
            if key in self._items:
                return self._items[key]
            wanted, self._expected = {**self._expected, key: None}, {}
        return self._read(wanted)[key]  # none waits for another's read

    def read_expected(self) -> None:
        """Before several threads ask for it, each of which would read what another is just reading."""
        with self._lock:
            wanted, self._expected = self._expected, {}
        if wanted:
            self._read(wanted)

    def _read(self, wanted: Mapping[Key, None]) -> Mapping[Key, Item | None]:
        try:
            items = self.table.get(list(wanted))
        except Exception:
            self.expect(wanted)
            raise
        with self._lock:
            return {key: self._items.setdefault(key, items.get(key)) for key in wanted}

    def wrote(self, writes: Iterable[Write]) -> None:
        """What stands there now."""
        with self._lock:
            for write in writes:
                if write.item is not None:
                    self._items[write.key] = {"pk": write.key[0], "sk": write.key[1], **write.item}
                elif write.deletes:
                    self._items[write.key] = None

    def forget(self, keys: Iterable[Key] | None) -> None:
        """Somebody else has written there: read anew when asked for. None: all of it."""
        with self._lock:
            for key in list(self._items if keys is None else keys):
                self._items.pop(key, None)
