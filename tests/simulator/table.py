"""DynamoDB by its low-level API: one table, one index, every condition judged, a transaction all or nothing."""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.simulator.expressions import Attribute, Given, Invalid, Raw, condition, declared_and_used, update

Key = tuple[str, str]
Request = Mapping[str, Any]
Watch = Callable[[Key, Raw | None, Raw], None]
"""Told of every item written: its key, what was there, what is there now."""

_EXPRESSIONS = ("ConditionExpression", "UpdateExpression", "KeyConditionExpression", "FilterExpression")
_INDEX_KEYS = ("due_pk", "due_at")


class Refused(Exception):
    """An answer of the service that is not a success: its code, and for a transaction the reason of each part."""

    def __init__(self, code: str, reasons: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.code, self.reasons = code, reasons


@dataclass
class FakeTable:
    """`items` is the table; `page` how many items a query returns at once."""

    name: str
    watch: Watch
    items: dict[Key, Raw] = field(default_factory=dict)
    page: int = 7
    _due: dict[Key, Raw] = field(default_factory=dict)
    _sorted: dict[str, list[str]] = field(default_factory=dict)

    def batch_get_item(self, request: Request) -> dict[str, Any]:
        asked = request["RequestItems"][self.name]
        keys = [_key(each) for each in asked["Keys"]]
        _check(0 < len(keys) <= 100 and len(set(keys)) == len(keys), "keys: none, too many, or one twice")
        _check(asked["ConsistentRead"] is True, "only consistent reads are good enough to decide by")
        # A hundred keys may be too much for one answer; the rest has to be asked again.
        now, later = keys[:25], asked["Keys"][25:]
        found = [dict(self.items[key]) for key in now if key in self.items]
        rest = {self.name: {**asked, "Keys": later}} if later else {}
        return {"Responses": {self.name: found}, "UnprocessedKeys": rest}

    def get_item(self, request: Request) -> dict[str, Any]:
        found = self.items.get(_key(request["Key"]))
        return {"Item": dict(found)} if found else {}

    def query(self, request: Request) -> dict[str, Any]:
        _declared([request])
        judge = condition(request["KeyConditionExpression"])
        index = request.get("IndexName")
        _check(index in (None, "due"), f"there is no index {index}")
        found = list(self._matching(request, judge, _INDEX_KEYS if index else ("pk", "sk")))
        _check(request.get("ScanIndexForward", True), "backwards nobody reads yet")
        return self._paged(found, request)

    def _matching(self, request: Request, judge: Callable[[Given], bool], keys: Sequence[str]) -> Iterator[Raw]:
        names, values = request.get("ExpressionAttributeNames", {}), request.get("ExpressionAttributeValues", {})
        partition = values[request["KeyConditionExpression"].split()[2]]["S"]
        candidates = self._indexed() if keys is _INDEX_KEYS else self._of_partition(partition)
        for item in candidates:
            if judge(Given(item, names, values)):
                yield item

    def _indexed(self) -> Iterable[Raw]:
        """Keys only, as the index projects them; in the order of the sort key."""
        projected = [{key: item[key] for key in ("pk", "sk", *_INDEX_KEYS)} for item in self._due.values()]
        return sorted(projected, key=lambda item: (item["due_at"]["S"], item["pk"]["S"], item["sk"]["S"]))

    def _of_partition(self, partition: str) -> Iterator[Raw]:
        for sort in list(self._sorted.get(partition, ())):
            yield self.items[partition, sort]

    def _paged(self, found: list[Raw], request: Request) -> dict[str, Any]:
        size = min(self.page, request.get("Limit", self.page))
        names = (*_INDEX_KEYS[1:], "pk", "sk") if "IndexName" in request else ("sk",)
        start = request.get("ExclusiveStartKey")
        if start:  # what it names may be gone by now: what comes after its place goes on
            found = [item for item in found if _place(item, names) > _place(start, names)]
        page = found[:size]
        answer: dict[str, Any] = {"Items": [dict(item) for item in page], "Count": len(page)}
        if size < len(found):
            keys = ("pk", "sk", *_INDEX_KEYS) if "IndexName" in request else ("pk", "sk")
            answer["LastEvaluatedKey"] = {name: page[-1][name] for name in keys}
        return answer

    def transact_write_items(self, request: Request) -> dict[str, Any]:
        parts = [next(iter(part.items())) for part in request["TransactItems"]]
        keys = [_key(part.get("Item") or part["Key"]) for _, part in parts]
        _check(0 < len(keys) <= 100 and len(set(keys)) == len(keys), "parts: none, too many, or one item twice")
        _declared([part for _, part in parts])
        held = [self._holds(key, part) for key, (_, part) in zip(keys, parts, strict=True)]
        if not all(held):
            raise Refused(
                "TransactionCanceledException", ["None" if each else "ConditionalCheckFailed" for each in held]
            )
        for key, (action, part) in zip(keys, parts, strict=True):
            self._apply(action, key, part)
        return {}

    def update_item(self, request: Request) -> dict[str, Any]:
        return self._single("Update", request)

    def put_item(self, request: Request) -> dict[str, Any]:
        return self._single("Put", request)

    def delete_item(self, request: Request) -> dict[str, Any]:
        return self._single("Delete", request)

    def _single(self, action: str, request: Request) -> dict[str, Any]:
        _declared([request])
        key = _key(request.get("Item") or request["Key"])
        if not self._holds(key, request):
            raise Refused("ConditionalCheckFailedException")
        self._apply(action, key, request)
        changed = request.get("ReturnValues") in ("ALL_NEW", "UPDATED_NEW")
        return {"Attributes": dict(self.items[key])} if changed else {}

    def _holds(self, key: Key, part: Request) -> bool:
        text = part.get("ConditionExpression")
        names, values = part.get("ExpressionAttributeNames", {}), part.get("ExpressionAttributeValues", {})
        return text is None or condition(text)(Given(self.items.get(key, {}), names, values))

    def _apply(self, action: str, key: Key, part: Request) -> None:
        if action == "Put":
            self._store(key, dict(part["Item"]))
        elif action == "Delete":
            self._drop(key)
        elif action == "Update":
            self._store(key, self._updated(key, part))

    def _updated(self, key: Key, part: Request) -> Raw:
        before = self.items.get(key) or {"pk": {"S": key[0]}, "sk": {"S": key[1]}}
        item = dict(before)
        names, values = part.get("ExpressionAttributeNames", {}), part.get("ExpressionAttributeValues", {})
        update(part["UpdateExpression"])(Given(before, names, values), item)
        return item

    def _store(self, key: Key, item: Raw) -> None:
        for name in _INDEX_KEYS:
            _check(name not in item or bool(item[name].get("S")), f"{name} is a key of the index and no text")
        self.watch(key, self.items.get(key), item)
        if key not in self.items:
            insort(self._sorted.setdefault(key[0], []), key[1])
        self.items[key] = item
        self._due.pop(key, None)
        if all(name in item for name in _INDEX_KEYS):
            self._due[key] = item

    def _drop(self, key: Key) -> None:
        if self.items.pop(key, None) is not None:
            self._due.pop(key, None)
            sorts = self._sorted[key[0]]
            del sorts[bisect_left(sorts, key[1])]

    def earliest(self) -> dict[str, str]:
        """Each sweep that has anything in the index, with its earliest moment."""
        found: dict[str, str] = {}
        for item in self._due.values():
            sweep, at = item["due_pk"]["S"].split("#")[0], item["due_at"]["S"]
            found[sweep] = min(at, found.get(sweep, at))
        return found


def _declared(requests: Sequence[Request]) -> None:
    for request in requests:
        texts = (request[name] for name in _EXPRESSIONS if name in request)
        names, values = request.get("ExpressionAttributeNames", {}), request.get("ExpressionAttributeValues", {})
        declared_and_used(texts, names, values)


def _key(item: Mapping[str, Attribute]) -> Key:
    return item["pk"]["S"], item["sk"]["S"]


def _place(item: Mapping[str, Attribute], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(item[name]["S"] for name in names)


def _check(holds: bool, why: str) -> None:
    if not holds:
        raise Invalid(why)
