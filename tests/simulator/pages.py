"""What a query asks for, and its answer, page by page."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.simulator.actions import PLACEHOLDERS, TABLE_KEYS, Request, check_placeholders, given, key_text, only
from tests.simulator.conditions import condition, key_condition
from tests.simulator.index import INDEX_KEYS
from tests.simulator.values import Attribute, Raw, check, size_of

LARGEST = 1024**2
_NAMES = {
    *("TableName", "IndexName", "KeyConditionExpression", "FilterExpression", *PLACEHOLDERS),
    *("Limit", "ScanIndexForward", "ConsistentRead", "ExclusiveStartKey"),
}


def partition_of(request: Request) -> str:
    """The one partition that a query is about; raises Invalid where the query is malformed."""
    only(request, _NAMES)
    check_placeholders(request)
    index = request.get("IndexName")
    check(index in (None, "due"), "there is no such index")
    check(
        request.get("ConsistentRead", False) is not bool(index), "the table is read consistently; its index cannot be"
    )
    keys = INDEX_KEYS if index else TABLE_KEYS
    names, values = request.get("ExpressionAttributeNames", {}), request["ExpressionAttributeValues"]
    partition, value, sort = key_condition(request["KeyConditionExpression"])
    check((names.get(partition, partition), names.get(sort, sort) or keys[1]) == keys, "they are other keys")
    return key_text(keys[0], values[value].get("S"))


def page_of(candidates: Iterable[Raw], request: Request, most: int) -> dict[str, Any]:
    """The answer, of at most so many items and a megabyte."""
    judge = condition(request["KeyConditionExpression"])
    found = [item for item in candidates if judge(given(item, request))]
    page, more = _page(_behind(found, request), min(most, request.get("Limit", most)))
    kept = _filtered(page, request)
    answer: dict[str, Any] = {"Items": [dict(item) for item in kept], "Count": len(kept), "ScannedCount": len(page)}
    if more:
        keys = (*TABLE_KEYS, *INDEX_KEYS) if "IndexName" in request else TABLE_KEYS
        answer["LastEvaluatedKey"] = {name: page[-1][name] for name in keys}
    return answer


def _page(found: Sequence[Raw], most: int) -> tuple[list[Raw], bool]:
    """A page that is full does not know whether anything comes after it: the next may be empty."""
    size, page = 0, list[Raw]()
    for item in found:
        size += size_of(item)
        if page and size > LARGEST:
            return page, True
        page.append(item)
        if len(page) == most:
            return page, True
    return page, False


def _behind(found: list[Raw], request: Request) -> list[Raw]:
    """In the order asked for, what comes after the place where the last page ended: what it names may be gone."""
    names = (INDEX_KEYS[1], *TABLE_KEYS) if "IndexName" in request else TABLE_KEYS[1:]
    forward, start = request.get("ScanIndexForward", True), request.get("ExclusiveStartKey")
    ordered = found if forward else found[::-1]
    if not start:
        return ordered
    last = _place(start, names)
    return [item for item in ordered if (_place(item, names) > last if forward else _place(item, names) < last)]


def _place(item: Mapping[str, Attribute], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(item[name]["S"] for name in names)


def _filtered(page: list[Raw], request: Request) -> list[Raw]:
    text = request.get("FilterExpression")
    return [item for item in page if condition(text)(given(item, request))] if text else page
