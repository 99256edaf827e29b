"""moto is quicker here, and answers as it did."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest

from local.stack import Stack
from tests.local.fixture_stack.serve import Tiny
from tests.local.outsider import FIXTURE

TABLE = "shopbell-local-Table"


@pytest.fixture(scope="module")
def table() -> Iterator[Any]:
    """A client of the fixture's table, in a stack of this process."""
    template, now = FIXTURE / "template.yaml", datetime(2026, 3, 2, 10, tzinfo=UTC)
    with Stack(now, template=template, product=Tiny()):
        yield boto3.client("dynamodb")


def put(table: Any, pk: str, sk: str, **more: str) -> None:
    item = {"pk": pk, "sk": sk, **more}
    table.put_item(TableName=TABLE, Item={name: {"S": value} for name, value in item.items()})


def found(table: Any, **query: Any) -> list[tuple[str, str]]:
    items = table.query(TableName=TABLE, **query)["Items"]
    return [(item["pk"]["S"], item["sk"]["S"]) for item in items]


def key(pk: str, sk: str) -> dict[str, Any]:
    return {"TableName": TABLE, "Key": {"pk": {"S": pk}, "sk": {"S": sk}}}


def test_a_query_finds_its_partition_in_order_and_nothing_else(table: Any) -> None:
    for pk, sk in (("a", "2"), ("b", "1"), ("a", "1"), ("a", "10"), ("aa", "1")):
        put(table, pk, sk)
    of_a = {"KeyConditionExpression": "pk = :a", "ExpressionAttributeValues": {":a": {"S": "a"}}}
    assert found(table, **of_a) == [("a", "1"), ("a", "10"), ("a", "2")]
    assert found(table, **of_a, ScanIndexForward=False, Limit=1) == [("a", "2")]
    nobody = {"KeyConditionExpression": "pk = :a", "ExpressionAttributeValues": {":a": {"S": "nobody"}}}
    assert found(table, **nobody) == []


def test_a_query_of_the_index_finds_what_is_due_by_moment(table: Any) -> None:
    put(table, "x", "1", due_pk="s#0", due_at="2026-03-02T11:00:00Z")
    put(table, "y", "1", due_pk="s#0", due_at="2026-03-02T10:00:00Z")
    put(table, "z", "1", due_pk="s#0", due_at="2026-03-02T12:00:00Z")
    put(table, "w", "1", due_pk="t#0", due_at="2026-03-02T10:00:00Z")
    values = {":s": {"S": "s#0"}, ":now": {"S": "2026-03-02T11:00:00Z"}}
    condition = "due_pk = :s AND due_at <= :now"
    due = {"IndexName": "due", "KeyConditionExpression": condition, "ExpressionAttributeValues": values}
    assert found(table, **due) == [("y", "1"), ("x", "1")]
    page = table.query(TableName=TABLE, Limit=1, **due)
    rest = table.query(TableName=TABLE, ExclusiveStartKey=page["LastEvaluatedKey"], **due)
    assert [item["pk"]["S"] for item in page["Items"] + rest["Items"]] == ["y", "x"]


def test_a_transaction_that_fails_leaves_everything_as_it_was(table: Any) -> None:
    put(table, "kept", "1", word="old")
    put(table, "deleted", "1")
    actions = [
        {
            "Update": {
                **key("kept", "1"),
                "UpdateExpression": "SET word = :new",
                "ExpressionAttributeValues": {":new": {"S": "new"}},
            }
        },
        {"Delete": key("deleted", "1")},
        {"Put": {"TableName": TABLE, "Item": {"pk": {"S": "added"}, "sk": {"S": "1"}}}},
        {"ConditionCheck": {**key("nobody", "1"), "ConditionExpression": "attribute_exists(pk)"}},
    ]
    with pytest.raises(table.exceptions.TransactionCanceledException):
        table.transact_write_items(TransactItems=actions)
    assert table.get_item(**key("kept", "1"))["Item"]["word"] == {"S": "old"}
    assert "Item" in table.get_item(**key("deleted", "1"))
    assert "Item" not in table.get_item(**key("added", "1"))
    table.transact_write_items(TransactItems=actions[:3])
    assert table.get_item(**key("kept", "1"))["Item"]["word"] == {"S": "new"}
    assert "Item" not in table.get_item(**key("deleted", "1"))
    assert "Item" in table.get_item(**key("added", "1"))
