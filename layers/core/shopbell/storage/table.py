"""DynamoDB in plain values: items of strings, whole numbers, bytes and lists of strings; nothing scans."""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count, islice
from typing import Any, Never

from botocore.exceptions import ClientError

from shopbell.domain.model.state import Conflict
from shopbell.pool import batches
from shopbell.storage.keys import Key

Value = str | int | bytes | list[str]
Item = dict[str, Value]
PAUSE = 0.05
"""Seconds, twice as many with each attempt: what DynamoDB did not get round to is not asked for again at once."""
MOST_READ, MOST_WRITTEN = 100, 25
"""Items in one call of DynamoDB's."""
Client = Any
"""A botocore client of DynamoDB; botocore has no types of its own."""


@dataclass(frozen=True, slots=True)
class Write:
    """One part of a transaction: put a whole item, delete it, or (neither) only check; under a condition.

    `version`: the number the attribute `guard` must have; 0: the item must not exist; None: no condition.
    """

    key: Key
    item: Item | None = None
    version: int | None = None
    guard: str = "v"
    deletes: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    client: Client
    name: str
    index: str = "due"
    pause: Callable[[int], None] = lambda attempt: time.sleep(random.uniform(0, PAUSE * 2 ** min(attempt, 6)))

    def get(self, keys: Sequence[Key]) -> dict[Key, Item]:
        """Consistent reads, a hundred keys a call."""
        wanted = list(dict.fromkeys(keys))
        batches = (wanted[start : start + MOST_READ] for start in range(0, len(wanted), MOST_READ))
        return {key: item for batch in batches for key, item in self._get(batch)}

    def _get(self, keys: Sequence[Key]) -> Iterator[tuple[Key, Item]]:
        request: Any = {self.name: {"Keys": [_key(key) for key in keys], "ConsistentRead": True}}
        for attempt in count():
            if attempt:
                self.pause(attempt)
            answer = self.client.batch_get_item(RequestItems=request)
            for item in map(plain, answer["Responses"].get(self.name, ())):
                yield (str(item["pk"]), str(item["sk"])), item
            request = answer.get("UnprocessedKeys")
            if not request:
                return

    def query(self, partition: str, prefix: str = "") -> Iterator[Item]:
        """The items of a partition whose sort key begins so, page by page, consistently."""
        condition, values = "pk = :pk", {":pk": {"S": partition}}
        if prefix:
            condition, values = f"{condition} AND begins_with(sk, :sk)", values | {":sk": {"S": prefix}}
        yield from self._pages(KeyConditionExpression=condition, ExpressionAttributeValues=values, ConsistentRead=True)

    def after(self, partition: str, sort: str, most: int) -> list[Item]:
        """So many items of a partition at most, those whose sort key comes after that one."""
        condition, values = "pk = :pk", {":pk": {"S": partition}}
        if sort:
            condition, values = f"{condition} AND sk > :after", values | {":after": {"S": sort}}
        pages = self._pages(
            KeyConditionExpression=condition, ExpressionAttributeValues=values, ConsistentRead=True, Limit=most
        )
        return list(islice(pages, most))

    def between(self, partition: str, first: str, last: str) -> Iterator[Item]:
        """The items of a partition whose sort key lies between these two."""
        values = {":pk": {"S": partition}, ":first": {"S": first}, ":last": {"S": last}}
        condition = "pk = :pk AND sk BETWEEN :first AND :last"
        yield from self._pages(KeyConditionExpression=condition, ExpressionAttributeValues=values, ConsistentRead=True)

    def due(self, partition: str, until: str) -> Iterator[Item]:
        """Keys of what is due in one partition of the index, the earliest first."""
        yield from self._pages(
            IndexName=self.index,
            KeyConditionExpression="due_pk = :pk AND due_at <= :until",
            ExpressionAttributeValues={":pk": {"S": partition}, ":until": {"S": until}},
        )

    def _pages(self, **request: Any) -> Iterator[Item]:
        while True:
            page = self.client.query(TableName=self.name, **request)
            yield from map(plain, page["Items"])
            if "LastEvaluatedKey" not in page:
                return
            request["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def write(self, writes: Iterable[Write]) -> None:
        """All or nothing; raises Conflict where a condition does not hold."""
        actions = [self._action(write) for write in writes]
        try:
            self.client.transact_write_items(TransactItems=actions)
        except ClientError as error:
            _raise_conflict(error)

    def _action(self, write: Write) -> dict[str, Any]:
        condition = _condition(write)
        if write.item is not None:
            return {"Put": {"TableName": self.name, "Item": _typed(write.item, write.key), **condition}}
        action = "Delete" if write.deletes else "ConditionCheck"
        return {action: {"TableName": self.name, "Key": _key(write.key), **condition}}

    def write_plainly(self, writes: Sequence[Write]) -> None:
        """Puts and deletes without conditions, each its own: some may be done and others not where it fails."""
        for start in range(0, len(writes), MOST_WRITTEN):
            self._write_plainly(writes[start : start + MOST_WRITTEN])

    def _write_plainly(self, writes: Sequence[Write]) -> None:
        request: Any = {self.name: [self._request(write) for write in writes]}
        for attempt in count():
            if attempt:
                self.pause(attempt)
            request = self.client.batch_write_item(RequestItems=request).get("UnprocessedItems")
            if not request:
                return

    def _request(self, write: Write) -> dict[str, Any]:
        if write.item is None:
            return {"DeleteRequest": {"Key": _key(write.key)}}
        return {"PutRequest": {"Item": _typed(write.item, write.key)}}

    def update(
        self, key: Key, change: str, condition: str, values: Mapping[str, Value], *, returns: bool = False
    ) -> Item:
        """One update, whatever stands there where the condition is ""; raises Conflict. Returns the item as it is then,
        if that is wanted."""
        names = {f"#{word}": word for word in ("status",) if f"#{word}" in change + condition}
        request: dict[str, Any] = {
            "TableName": self.name,
            "Key": _key(key),
            "UpdateExpression": change,
            "ExpressionAttributeValues": {f":{name}": _value(value) for name, value in values.items()},
        }
        if condition:
            request["ConditionExpression"] = condition
        if returns:
            request["ReturnValues"] = "ALL_NEW"
        if names:
            request["ExpressionAttributeNames"] = names
        try:
            answer = self.client.update_item(**request)
        except ClientError as error:
            _raise_conflict(error)
        return plain(answer.get("Attributes", {}))

    def add(self, key: Key, numbers: Mapping[str, int], expires_at: datetime) -> None:
        """So much more of each attribute, a few calls where there are many of them."""
        for some in batches(numbers.items(), MOST_ADDED):
            adds = ", ".join(f"#{number} :{number}" for number in range(len(some)))
            values = {f":{number}": _value(each) for number, (_, each) in enumerate(some)}
            self.client.update_item(
                TableName=self.name,
                Key=_key(key),
                UpdateExpression=f"ADD {adds} SET expires_at = :expires",
                ExpressionAttributeNames={f"#{number}": name for number, (name, _) in enumerate(some)},
                ExpressionAttributeValues={**values, ":expires": _value(int(expires_at.timestamp()))},
            )


MOST_ADDED = 100
"""Attributes of one update: its expression may have 4 KB and 300 operators."""
_CONFLICTS = frozenset({"ConditionalCheckFailedException", "TransactionConflictException"})
_CONFLICTING_REASONS = frozenset({"ConditionalCheckFailed", "TransactionConflict"})


def _raise_conflict(error: ClientError) -> Never:
    """Raises Conflict where somebody else wrote at the same time or before; what AWS refuses otherwise stays what it
    is: a transaction may be cancelled because it is too large, or because there is too much to do."""
    code, reasons = error.response["Error"]["Code"], _reasons(error)
    if code in _CONFLICTS or (code == "TransactionCanceledException" and reasons & _CONFLICTING_REASONS):
        raise Conflict(", ".join(sorted(reasons)) or code) from error
    raise error


def _condition(write: Write) -> dict[str, Any]:
    if write.version is None:
        return {}
    if write.version == 0:
        return {"ConditionExpression": "attribute_not_exists(pk)"}
    values = {":v": {"N": str(write.version)}}
    return {"ConditionExpression": f"{write.guard} = :v", "ExpressionAttributeValues": values}


def _reasons(error: ClientError) -> frozenset[str]:
    """Why the parts of a transaction were not done; of a part that could have been, "None"."""
    reasons: Any = error.response.get("CancellationReasons", [])
    return frozenset(reason.get("Code", "?") for reason in reasons)


def _key(key: Key) -> dict[str, Any]:
    return {"pk": {"S": key[0]}, "sk": {"S": key[1]}}


def _typed(item: Item, key: Key) -> dict[str, Any]:
    return _key(key) | {name: _value(value) for name, value in item.items()}


def _value(value: Value) -> dict[str, Any]:
    if isinstance(value, int):
        return {"N": str(value)}
    if isinstance(value, bytes):
        return {"B": value}
    return {"S": value} if isinstance(value, str) else {"L": [{"S": each} for each in value]}


def plain(raw: Mapping[str, Any]) -> Item:
    return {name: _unwrapped(value) for name, value in raw.items()}


def _unwrapped(value: Mapping[str, Any]) -> Value:
    if "N" in value:
        return int(value["N"])
    if "B" in value:
        return bytes(value["B"])
    return str(value["S"]) if "S" in value else [str(each["S"]) for each in value["L"]]
