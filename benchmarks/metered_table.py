"""A table that answers as DynamoDB does and counts the write units of what it is asked."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from benchmarks.write_units import Index, index_units, write_units
from tests.simulator.actions import Request
from tests.simulator.table import FakeTable, Refused

DUE = Index(keys=("due_pk", "due_at"), table_keys=("pk", "sk"))
"""The table's one index, as template.yaml declares it (a test compares them)."""
PAGE_ITEMS = 10_000
"""Items in one page of a query: more than any query here has. DynamoDB's own limit, a megabyte, holds about as many."""

Answer = dict[str, Any]


@dataclass
class MeteredTable:
    """`units` are the write units of everything so far, those of the index included."""

    name: str
    units: int = 0
    table: FakeTable = field(init=False)

    def __post_init__(self) -> None:
        self.table = FakeTable(self.name, lambda key, before, after: None, page=PAGE_ITEMS)

    def answer(self, operation: str, request: Request) -> Answer:
        """Answers one call ("put_item"); raises what the simulator's table raises."""
        match operation:
            case "put_item" | "update_item" | "delete_item":
                return self._metered([request], lambda: self._perform(operation, request))
            case "transact_write_items":
                parts = [part for action in request["TransactItems"] for part in action.values()]
                return self._metered(parts, lambda: self._perform(operation, request), transaction=True)
            case "batch_write_item":
                return self._batch_write(request)
            case "batch_get_item":
                return self._batch_get(request)
            case _:
                return self._perform(operation, request)

    def next_due(self) -> str:
        """The earliest moment in the index; "" where there is none."""
        return min(self.table.earliest().values(), default="")

    def _perform(self, operation: str, request: Request) -> Answer:
        answer: Answer = getattr(self.table, operation)(request)
        return answer

    def _metered(self, parts: Sequence[Request], perform: Callable[[], Answer], *, transaction: bool = False) -> Answer:
        keys = [_key(part) for part in parts]
        # Copies, for an update changes the item where it lies.
        before = [deepcopy(self.table.items.get(key)) for key in keys]
        try:
            answer = perform()
        except Refused:
            # A write whose condition fails costs what it would have cost the table, and the index nothing.
            attempted = [part.get("Item") for part in parts]
            pairs = zip(before, attempted, strict=True)
            self.units += sum(write_units(old, new, transaction=transaction) for old, new in pairs)
            raise
        for old, key in zip(before, keys, strict=True):
            new = self.table.items.get(key)
            self.units += write_units(old, new, transaction=transaction) + index_units(old, new, DUE)
        return answer

    def _batch_write(self, request: Request) -> Answer:
        """A batch of writes has no conditions: each counts as a write by itself."""
        for action in request["RequestItems"][self.name]:
            ((kind, part),) = action.items()
            operation = {"PutRequest": "put_item", "DeleteRequest": "delete_item"}[kind]
            self.answer(operation, {"TableName": self.name, **part})
        return {"UnprocessedItems": {}}

    def _batch_get(self, request: Request) -> Answer:
        """All items in one answer: DynamoDB leaves keys unprocessed only under load or beyond sixteen megabytes, the
        simulator's table does so with every long list."""
        items: list[Any] = []
        rest: Any = request["RequestItems"]
        while rest:
            answer = self.table.batch_get_item({"RequestItems": rest})
            items += answer["Responses"][self.name]
            rest = answer["UnprocessedKeys"]
        return {"Responses": {self.name: items}, "UnprocessedKeys": {}}


def _key(part: Request) -> tuple[str, str]:
    """The partition and sort key of a put's item, or of another action's key."""
    key = part.get("Item") or part["Key"]
    return key["pk"]["S"], key["sk"]["S"]
