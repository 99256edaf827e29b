"""The product's own table, over one in memory that refuses what DynamoDB refuses."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from shopbell.storage.keys import Key
from shopbell.storage.table import Item, Table, plain
from tests.simulator.table import FakeTable, Refused
from tests.simulator.values import Invalid
from tests.simulator.wire import Exceptions, as_raised


@dataclass
class Client:
    """A low-level client whose calls always arrive, once; it notes their operations in `calls`."""

    table: FakeTable
    calls: list[str]
    exceptions: type[Exceptions] = Exceptions

    def __getattr__(self, operation: str) -> Callable[..., dict[str, Any]]:
        return partial(self._call, operation)

    def _call(self, operation: str, **request: Any) -> dict[str, Any]:
        self.calls.append(operation)
        try:
            answer: dict[str, Any] = getattr(self.table, operation)(request)
        except (Refused, Invalid) as error:
            raise as_raised(error, operation) from error
        return answer


class MemoryTable(Table):
    """`stored` is what stands behind it, in the low-level form; `calls` are the operations that would be billed."""

    __setattr__ = object.__setattr__
    """A test's own kind of table remembers what it likes."""

    def __init__(self, stored: FakeTable | None = None) -> None:
        self.stored, self.calls = stored or FakeTable("shopbell"), list[str]()
        super().__init__(Client(self.stored, self.calls), "shopbell", pause=lambda attempt: None)

    @property
    def items(self) -> dict[Key, Item]:
        """All of them as the product reads them; a copy."""
        return {key: plain(item) for key, item in self.stored.items.items()}
