"""What a request asks to be done with one item, checked as far as that needs no table; and what comes of it."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from tests.simulator.conditions import condition, key_condition
from tests.simulator.expressions import Given, tokens
from tests.simulator.index import INDEX_KEYS, Key
from tests.simulator.updates import changes, updated
from tests.simulator.values import Attribute, Invalid, Raw, check, check_item, text_size

Request = Mapping[str, Any]
TABLE_KEYS = ("pk", "sk")
LONGEST = {"pk": 2048, "sk": 1024, "due_pk": 2048, "due_at": 1024}
"""So many bytes at most of each key."""
PLACEHOLDERS = {"ExpressionAttributeNames", "ExpressionAttributeValues"}
_KEY = frozenset(TABLE_KEYS)
_USUAL = {"TableName", "ConditionExpression", *PLACEHOLDERS}
_NAMES = {
    "Put": _USUAL | {"Item"},
    "Delete": _USUAL | {"Key"},
    "Update": _USUAL | {"Key", "UpdateExpression"},
    "ConditionCheck": _USUAL | {"Key"},
}
_READS = {
    "UpdateExpression": changes,
    "ConditionExpression": condition,
    "KeyConditionExpression": key_condition,
    "FilterExpression": condition,
}


class Result(NamedTuple):
    """What an item is after an action (None: it is gone), and the bytes that it counts."""

    item: Raw | None = None
    size: int = 0


GONE = Result()


class Action(NamedTuple):
    """`kind`: Put, Update, Delete or ConditionCheck."""

    kind: str
    key: Key
    request: Request

    def holds(self, before: Raw | None) -> bool:
        text = self.request.get("ConditionExpression")
        return text is None or condition(text)(given(before or {}, self.request))

    def result(self, before: Raw | None) -> Result:
        """Raises Invalid where the item may not be so."""
        if self.kind == "Delete" or (self.kind == "ConditionCheck" and before is None):
            return GONE
        item = self._item(before or {"pk": {"S": self.key[0]}, "sk": {"S": self.key[1]}})
        _check_keys(item, self.key)
        return Result(item, check_item(item))

    def _item(self, before: Raw) -> Raw:
        if self.kind == "Put":
            return dict(self.request["Item"])
        return (
            updated(self.request["UpdateExpression"], given(before, self.request)) if self.kind == "Update" else before
        )


def action(kind: str, request: Request, table: str, *more: str) -> Action:
    """Raises Invalid where it is malformed, whatever item it is about. `more`: other parameters that it may have."""
    check(kind in _NAMES, "it is no action")
    only(request, _NAMES[kind].union(more))
    check(request.get("TableName", table) == table, "it is about another table")
    check(kind != "ConditionCheck" or "ConditionExpression" in request, "a check without a condition")
    check_placeholders(request)
    return Action(kind, _key_of(request), request)


def the_one(part: Mapping[str, Request]) -> tuple[str, Request]:
    """What a part of a larger request asks for, by its kind."""
    check(len(part) == 1, "a part asks for one thing")
    return next(iter(part.items()))


def only(request: Mapping[str, Any], names: set[str]) -> None:
    if not request.keys() <= names:
        raise Invalid(f"{sorted(request.keys() - names)} is not understood")


def different(keys: list[Key], most: int) -> list[Key]:
    check(0 < len(keys) <= most, "no item, or too many in one call")
    check(len({*keys}) == len(keys), "one item twice in one call")
    return keys


def given(item: Raw, request: Request) -> Given:
    return Given(item, request.get("ExpressionAttributeNames", {}), request.get("ExpressionAttributeValues", {}))


def check_placeholders(request: Request) -> None:
    """Raises Invalid where an expression cannot be read, or a placeholder is used and not declared, or declared and not
    used."""
    names, values = request.get("ExpressionAttributeNames"), request.get("ExpressionAttributeValues")
    check(names != {} and values != {}, "names or values are declared, and none is there")
    used, declared = _placeholders(*map(request.get, _READS)), {*(names or ()), *(values or ())}
    if used != declared:
        raise Invalid(f"placeholders {sorted(used ^ declared)} are declared or used, but not both")


@cache
def _placeholders(*texts: str | None) -> frozenset[str]:
    found = set[str]()
    for read, text in zip(_READS.values(), texts, strict=True):
        if text is not None:
            read(text)
            found.update(token for token in tokens(text) if token[0] in ":#")
    return frozenset(found)


def _key_of(request: Request) -> Key:
    if "Item" in request:
        return _checked(*(request["Item"].get(name, {}).get("S") for name in TABLE_KEYS))
    return key_of(request["Key"])


def key_of(item: Mapping[str, Attribute]) -> Key:
    if item.keys() != _KEY:
        raise Invalid(f"a key is made of {TABLE_KEYS}, not of {sorted(item)}")
    return _checked(item["pk"].get("S"), item["sk"].get("S"))


@lru_cache
def _checked(partition: str | None, sort: str | None) -> Key:
    return key_text("pk", partition), key_text("sk", sort)


def key_text(name: str, text: str | None) -> str:
    if not text or text_size(text) > LONGEST[name]:
        raise Invalid(f"{name} is empty, too long or no text")
    return text


def _check_keys(item: Raw, key: Key) -> None:
    check(tuple(item.get(name, {}).get("S") for name in TABLE_KEYS) == key, "an item's key cannot be changed")
    for name in INDEX_KEYS:
        if name in item:
            key_text(name, item[name].get("S"))
