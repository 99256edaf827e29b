"""What a write costs, by DynamoDB's published rule."""

from typing import Any

import pytest

from benchmarks.metered_table import DUE
from benchmarks.write_units import index_units, size, write_units
from local.cloudformation import load
from tests.simulator.stage import ROOT


def text(length: int) -> dict[str, Any]:
    """An item of so many bytes."""
    return {"a": {"S": "x" * (length - 1)}}


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({}, 0),
        ({"name": {"S": ""}}, 4),
        ({"name": {"S": "mug"}}, 7),
        ({"name": {"S": "чашка"}}, 14),
        ({"имя": {"S": "mug"}}, 9),
        ({"v": {"N": "0"}}, 2),
        ({"v": {"N": "7"}}, 3),
        ({"v": {"N": "42"}}, 3),
        ({"v": {"N": "-123"}}, 4),
        ({"v": {"N": "1772438401"}}, 7),
        ({"v": {"N": "1772000000"}}, 4),
        ({"v": {"N": "0.0012"}}, 3),
        ({"v": {"N": "12345678901234567890123456789012345678"}}, 21),
        ({"z": {"B": bytes(500)}}, 501),
        ({"on": {"BOOL": True}}, 3),
        ({"off": {"NULL": True}}, 4),
        ({"l": {"L": []}}, 4),
        ({"l": {"L": [{"S": "ab"}, {"N": "1"}]}}, 10),
        ({"m": {"M": {}}}, 4),
        ({"m": {"M": {"ab": {"S": "cde"}, "f": {"L": [{"BOOL": False}]}}}}, 17),
        ({"pk": {"S": "dobra#order#1"}, "sk": {"S": "head"}, "v": {"N": "1"}}, 24),
    ],
)
def test_an_item_is_as_large_as_its_names_and_values(item: dict[str, Any], expected: int) -> None:
    assert size(item) == expected


@pytest.mark.parametrize(
    ("what", "before", "after", "alone", "together"),
    [
        ("a kilobyte is one unit", None, text(1024), 1, 2),
        ("a byte more is two", None, text(1025), 2, 4),
        ("an empty item is one all the same", None, {}, 1, 2),
        ("a put pays for the larger, which is the old one", text(3000), text(10), 3, 6),
        ("an update pays for the whole item, which grew", text(1020), text(1030), 2, 4),
        ("a deletion pays for what was there", text(2100), None, 3, 6),
        ("a deletion of nothing is one", None, None, 1, 2),
        ("a check pays for the item as it is", text(1500), text(1500), 2, 4),
    ],
)
def test_a_write_costs_its_started_kilobytes_and_twice_in_a_transaction(
    what: str, before: dict[str, Any] | None, after: dict[str, Any] | None, alone: int, together: int
) -> None:
    assert (write_units(before, after), write_units(before, after, transaction=True)) == (alone, together), what


def due(at: str, **more: str) -> dict[str, Any]:
    """An item that is looked at then."""
    return {
        name: {"S": value} for name, value in {"pk": "p", "sk": "s", "due_pk": "tasks", "due_at": at, **more}.items()
    }


@pytest.mark.parametrize(
    ("what", "before", "after", "expected"),
    [
        ("it enters", None, due("1"), 1),
        ("it leaves", due("1"), {"pk": {"S": "p"}, "sk": {"S": "s"}}, 1),
        ("it is deleted", due("1"), None, 1),
        ("it moves: one goes, one comes", due("1"), due("2"), 2),
        ("what is not projected may change", due("1", doc="old"), due("1", doc="new"), 0),
        ("half a key is no entry", None, {"pk": {"S": "p"}, "sk": {"S": "s"}, "due_pk": {"S": "tasks"}}, 0),
        ("it was not there and is not", None, text(100), 0),
        ("a long key starts another kilobyte", None, due("1" * 1100), 2),
    ],
)
def test_an_index_costs_a_unit_for_each_entry_that_comes_or_goes(
    what: str, before: dict[str, Any] | None, after: dict[str, Any] | None, expected: int
) -> None:
    assert index_units(before, after, DUE) == expected, what


def test_the_index_that_is_counted_is_the_one_that_is_deployed() -> None:
    """Keys only: with more projected, a change of that would cost as well."""
    (table,) = (found for found in load(ROOT / "template.yaml")["Resources"].values() if "Table" in found["Type"])
    (index,) = table["Properties"]["GlobalSecondaryIndexes"]
    assert index["Projection"] == {"ProjectionType": "KEYS_ONLY"}
    assert tuple(key["AttributeName"] for key in index["KeySchema"]) == DUE.keys
