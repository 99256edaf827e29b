"""DynamoDB by its low-level API: one table, one index, every condition judged, a transaction all or nothing."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from tests.simulator.actions import GONE, TABLE_KEYS, Action, Request, Result, action, different, key_of, only, the_one
from tests.simulator.index import INDEX_KEYS, DueIndex, Key
from tests.simulator.pages import page_of, partition_of
from tests.simulator.values import Invalid, Raw, check

Answer = dict[str, Any]
Watch = Callable[[Key, Raw | None, Raw], None]
"""Told of every item written: its key, what was there, what is there now."""

MOST_READ, MOST_WRITTEN, MOST_ACTIONS = 100, 25, 100
LARGEST_TRANSACTION = 4 * 1024**2
READ_AT_ONCE, WRITTEN_AT_ONCE = 25, 10
"""More than so many may be too much for one answer; the rest has to be asked again."""
REASONS = frozenset(
    {
        *("TransactionConflict", "ThrottlingError", "ValidationError"),
        *("ItemCollectionSizeLimitExceeded", "ProvisionedThroughputExceeded"),
    }
)
"""Why a transaction may be cancelled, beside its conditions."""
_UNCONDITIONAL = {"PutRequest": "Put", "DeleteRequest": "Delete"}


class Refused(Exception):
    """An answer of the service that is not a success: its code, and for a transaction the reason of each part."""

    def __init__(self, code: str, reasons: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.code, self.reasons = code, reasons


def _unwatched(key: Key, before: Raw | None, after: Raw) -> None:
    """Nobody wants to know."""


@dataclass
class FakeTable:
    """`items` is the table; `page` how many items a query returns at once; `unserved`: so many of the next batches
    come back whole."""

    name: str
    watch: Watch = _unwatched
    items: dict[Key, Raw] = field(default_factory=dict)
    page: int = 7
    unserved: int = 0
    index: DueIndex = field(default_factory=DueIndex)
    _sorted: dict[str, list[str]] = field(default_factory=dict)
    _refusals: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def refuse(self, operation: str, code: str, times: int = 1) -> None:
        """The next calls of it are not carried out, but answered with this error; a transaction is cancelled with this
        reason for its first part."""
        check(operation != "transact_write_items" or code in REASONS, f"no transaction is cancelled for {code}")
        self._refusals[operation] += [code] * times

    def hold(self, items: Iterable[Raw]) -> None:
        """Puts all of these, as another table has them."""
        for item in items:
            self.put_item({"Item": item})

    def earliest(self) -> dict[str, str]:
        """Each sweep that has anything in the index, with its earliest moment."""
        return self.index.earliest()

    def batch_get_item(self, request: Request) -> Answer:
        self._open("batch_get_item")
        asked = self._ours(request)
        only(asked, {"Keys", "ConsistentRead"})
        keys = different([key_of(each) for each in asked["Keys"]], MOST_READ)
        check(asked.get("ConsistentRead") is True, "only consistent reads are good enough to decide by")
        served = self._served(READ_AT_ONCE)
        found = [dict(self.items[key]) for key in keys[:served] if key in self.items]
        later = asked["Keys"][served:]
        rest = {self.name: {**asked, "Keys": later}} if later else {}
        return {"Responses": {self.name: found}, "UnprocessedKeys": rest}

    def batch_write_item(self, request: Request) -> Answer:
        """Each alone, under no condition."""
        self._open("batch_write_item")
        asked = self._ours(request)
        actions = [self._unconditional(part) for part in asked]
        different([each.key for each in actions], MOST_WRITTEN)
        results = [self._result(each) for each in actions]
        served = self._served(WRITTEN_AT_ONCE)
        for each, result in list(zip(actions, results, strict=True))[:served]:
            self._store(each.key, result.item)
        later = asked[served:]
        return {"UnprocessedItems": {self.name: later} if later else {}}

    def _unconditional(self, part: Mapping[str, Request]) -> Action:
        kind, request = the_one(part)
        check(kind in _UNCONDITIONAL, "it is no request")
        only(request, {"Item", "Key"})
        return action(_UNCONDITIONAL[kind], request, self.name)

    def _ours(self, request: Request) -> Any:
        only(request, {"RequestItems"})
        check(request["RequestItems"].keys() == {self.name}, "it is about another table")
        return request["RequestItems"][self.name]

    def _served(self, at_once: int) -> int:
        if self.unserved:
            self.unserved -= 1
            return 0
        return at_once

    def get_item(self, request: Request) -> Answer:
        self._open("get_item")
        only(request, {"TableName", "Key", "ConsistentRead"})
        check(request.get("ConsistentRead") is True, "only consistent reads are good enough to decide by")
        found = self.items.get(key_of(request["Key"]))
        return {"Item": dict(found)} if found else {}

    def query(self, request: Request) -> Answer:
        self._open("query")
        partition = partition_of(request)
        candidates = self.index.of(partition) if "IndexName" in request else self._of_partition(partition)
        return page_of(candidates, request, self.page)

    def _of_partition(self, partition: str) -> Iterator[Raw]:
        for sort in list(self._sorted.get(partition, ())):
            yield self.items[partition, sort]

    def scan(self, request: Request) -> Answer:
        """All items, a partition's one after another in the order of their sort keys, the partitions in no order."""
        self._open("scan")
        only(request, {"TableName", "ConsistentRead", "ExclusiveStartKey", "Limit"})
        check(request.get("ConsistentRead") is True, "only consistent reads are good enough to decide by")
        start = request.get("ExclusiveStartKey")
        places = sorted((_hashed(key), key) for key in self.items)
        if start:
            places = [place for place in places if place > (_hashed(key_of(start)), key_of(start))]
        most = min(self.page, request.get("Limit", self.page))
        page = [self.items[key] for _, key in places[:most]]
        answer: Answer = {"Items": [dict(item) for item in page], "Count": len(page), "ScannedCount": len(page)}
        if len(page) == most:  # a page that is full does not know whether anything comes after it
            answer["LastEvaluatedKey"] = {name: page[-1][name] for name in TABLE_KEYS}
        return answer

    def transact_write_items(self, request: Request) -> Answer:
        only(request, {"TransactItems", "ClientRequestToken"})
        actions = [action(*the_one(part), self.name) for part in request["TransactItems"]]
        different([each.key for each in actions], MOST_ACTIONS)
        self._open("transact_write_items", len(actions))
        outcomes = [self._outcome(each) for each in actions]
        reasons = [reason for reason, _ in outcomes]
        if {*reasons} != {"None"}:
            raise Refused("TransactionCanceledException", reasons)
        check(sum(result.size for _, result in outcomes) <= LARGEST_TRANSACTION, "the transaction has more than 4 MB")
        for each, (_, result) in zip(actions, outcomes, strict=True):
            if each.kind != "ConditionCheck":
                self._store(each.key, result.item)
        return {}

    def _outcome(self, of: Action) -> tuple[str, Result]:
        """Of a transaction's part: why it cancels the whole, and what comes of it."""
        if not of.holds(self.items.get(of.key)):
            return "ConditionalCheckFailed", GONE
        try:
            return "None", self._result(of)
        except Invalid:
            return "ValidationError", GONE

    def _result(self, of: Action) -> Result:
        return of.result(self.items.get(of.key))

    def update_item(self, request: Request) -> Answer:
        self._open("update_item")
        return self._single("Update", request)

    def put_item(self, request: Request) -> Answer:
        self._open("put_item")
        return self._single("Put", request)

    def delete_item(self, request: Request) -> Answer:
        self._open("delete_item")
        return self._single("Delete", request)

    def _single(self, kind: str, request: Request) -> Answer:
        asked = action(kind, request, self.name, "ReturnValues")
        before = self.items.get(asked.key)
        if not asked.holds(before):
            raise Refused("ConditionalCheckFailedException")
        after = asked.result(before).item
        self._store(asked.key, after)
        return _returned(request.get("ReturnValues", "NONE"), before, after)

    def _open(self, operation: str, parts: int = 1) -> None:
        """Raises Refused where it was told to."""
        if not self._refusals[operation]:
            return
        code = self._refusals[operation].pop(0)
        if operation != "transact_write_items":
            raise Refused(code)
        raise Refused("TransactionCanceledException", [code, *["None"] * (parts - 1)])

    def _store(self, key: Key, item: Raw | None) -> None:
        if item is None:
            self._drop(key)
            return
        self.watch(key, self.items.get(key), item)
        if key not in self.items:
            insort(self._sorted.setdefault(key[0], []), key[1])
        self.items[key] = item
        due = all(name in item for name in INDEX_KEYS)
        self.index.put(key, (item["due_pk"]["S"], item["due_at"]["S"]) if due else None)

    def _drop(self, key: Key) -> None:
        if self.items.pop(key, None) is not None:
            self.index.put(key, None)
            sorts = self._sorted[key[0]]
            del sorts[bisect_left(sorts, key[1])]


def _hashed(key: Key) -> bytes:
    return blake2b(key[0].encode(), digest_size=8).digest()


def _returned(what: str, before: Raw | None, after: Raw | None) -> Answer:
    check(what in ("NONE", "ALL_OLD", "ALL_NEW"), "that is not returned")
    item = {"NONE": None, "ALL_OLD": before, "ALL_NEW": after}[what]
    return {"Attributes": dict(item)} if item else {}
