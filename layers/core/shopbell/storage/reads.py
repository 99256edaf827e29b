"""What a batch reads: each item once, and all that is expected in one call."""

from collections.abc import Collection, Iterable
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
            if key not in self._items:
                self._read({**self._expected, key: None})
            return self._items[key]

    def _read(self, keys: Collection[Key]) -> None:
        items = self.table.get(list(keys))
        self._items.update({key: items.get(key) for key in keys})
        self._expected.clear()

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
