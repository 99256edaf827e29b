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
ONE_ANSWER = 10_000
"""Items that one page of a query may have: what a megabyte holds, which is DynamoDB's own limit, and more than any
query of these figures finds."""

Answer = dict[str, Any]


@dataclass
class MeteredTable:
    """`units` grows with every write, the index included."""

    name: str
    units: int = 0
    table: FakeTable = field(init=False)

    def __post_init__(self) -> None:
        self.table = FakeTable(self.name, lambda key, before, after: None, page=ONE_ANSWER)

    def answer(self, operation: str, request: Request) -> Answer:
        """One call ("put_item"); raises what the simulator's table raises."""
        match operation:
            case "put_item" | "update_item" | "delete_item":
                return self._metered([request], lambda: self._carry(operation, request))
            case "transact_write_items":
                parts = [part for action in request["TransactItems"] for part in action.values()]
                return self._metered(parts, lambda: self._carry(operation, request), transaction=True)
            case "batch_write_item":
                return self._batch_write(request)
            case "batch_get_item":
                return self._batch_get(request)
            case _:
                return self._carry(operation, request)

    def next_due(self) -> str:
        """The earliest moment in the index; "" where there is none."""
        return min(self.table.earliest().values(), default="")

    def _carry(self, operation: str, request: Request) -> Answer:
        answer: Answer = getattr(self.table, operation)(request)
        return answer

    def _metered(self, parts: Sequence[Request], carry: Callable[[], Answer], *, transaction: bool = False) -> Answer:
        keys = [_key(part) for part in parts]
        before = [deepcopy(self.table.items.get(key)) for key in keys]
        try:
            answer = carry()
        except Refused:
            # Nothing changed, and the index saw nothing of it; the table is paid for all the same.
            attempted = [part.get("Item") for part in parts]
            pairs = zip(before, attempted, strict=True)
            self.units += sum(write_units(old, new, transaction=transaction) for old, new in pairs)
            raise
        for old, key in zip(before, keys, strict=True):
            new = self.table.items.get(key)
            self.units += write_units(old, new, transaction=transaction) + index_units(old, new, DUE)
        return answer

    def _batch_write(self, request: Request) -> Answer:
        """Each alone, without conditions: that is all that a batch of writes is."""
        for action in request["RequestItems"][self.name]:
            ((kind, part),) = action.items()
            operation = {"PutRequest": "put_item", "DeleteRequest": "delete_item"}[kind]
            self.answer(operation, {"TableName": self.name, **part})
        return {"UnprocessedItems": {}}

    def _batch_get(self, request: Request) -> Answer:
        """The simulator's table leaves a part of a long list to be asked for again; DynamoDB does so only under load
        or beyond sixteen megabytes."""
        found: list[Any] = []
        rest: Any = request["RequestItems"]
        while rest:
            answer = self.table.batch_get_item({"RequestItems": rest})
            found += answer["Responses"][self.name]
            rest = answer["UnprocessedKeys"]
        return {"Responses": {self.name: found}, "UnprocessedKeys": {}}


def _key(part: Request) -> tuple[str, str]:
    named = part.get("Item") or part["Key"]
    return named["pk"]["S"], named["sk"]["S"]
