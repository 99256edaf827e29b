"""The simulator's table is as strict as the real one: what it would refuse is refused, and a transaction is whole."""

from typing import Any

import pytest

from tests.simulator.table import FakeTable, Refused
from tests.simulator.values import Invalid

KEY = {"pk": {"S": "dobra#order#1"}, "sk": {"S": "head"}}


def a_table() -> FakeTable:
    table = FakeTable("shopbell", lambda key, before, after: None)
    table.put_item({"Item": KEY | {"v": {"N": "1"}, "state": {"S": "new"}}})
    return table


def update(change: str, condition: str = "", **values: Any) -> dict[str, Any]:
    request: dict[str, Any] = {"Key": KEY, "UpdateExpression": change}
    request |= {"ConditionExpression": condition} if condition else {}
    given = {f":{name}": {"N": str(value)} for name, value in values.items()}
    return request | ({"ExpressionAttributeValues": given} if given else {})


@pytest.mark.parametrize(
    ("change", "condition", "values"),
    [
        ("SET status = :one", "", {"one": 1}),
        ("SET v = :one", "", {"one": 1, "two": 2}),
        ("SET v = :one, w = :two", "", {"one": 1}),
        ("SET v = :one", "v = ", {"one": 1}),
        ("SET v = :one; w = :one", "", {"one": 1}),
        ("SET v = state + :one", "", {"one": 1}),
        ("SET nested.deep = :one", "", {"one": 1}),
    ],
)
def test_what_dynamodb_would_not_understand_is_refused(change: str, condition: str, values: dict[str, int]) -> None:
    with pytest.raises(Invalid):
        a_table().update_item(update(change, condition, **values))


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("v = :one", True),
        ("v < :one", False),
        ("attribute_exists(pk) AND NOT v <> :one", True),
        ("attribute_not_exists(pk) OR (v >= :one AND v <= :one)", True),
        ("w = :one", False),
        ("w <> :one", True),
        ("v BETWEEN :one AND :one", True),
        ("v IN (:one, :one)", True),
    ],
)
def test_a_condition_is_judged(condition: str, holds: bool) -> None:
    table, request = a_table(), update("SET w = :one", condition, one=1)
    if holds:
        table.update_item(request)
        return
    with pytest.raises(Refused):
        table.update_item(request)


def test_of_a_transaction_everything_is_written_or_nothing() -> None:
    table = a_table()
    put = {"Put": {"Item": KEY | {"sk": {"S": "lines"}}}}
    check = {"ConditionCheck": {"Key": KEY, "ConditionExpression": "attribute_not_exists(pk)"}}
    with pytest.raises(Refused) as refused:
        table.transact_write_items({"TransactItems": [put, check]})
    assert refused.value.reasons == ["None", "ConditionalCheckFailed"]
    assert len(table.items) == 1


def test_a_counter_counts_and_what_is_removed_is_gone() -> None:
    table = a_table()
    for _ in range(2):
        table.update_item(update("ADD counted :one SET w = if_not_exists(w, :one) REMOVE v", one=1))
    assert set(table.items["dobra#order#1", "head"]) == {"pk", "sk", "state", "counted", "w"}
    assert table.items["dobra#order#1", "head"]["counted"] == {"N": "2"}


def test_pages_go_on_behind_what_was_taken_away_meanwhile() -> None:
    table = FakeTable("shopbell", lambda key, before, after: None, page=2)
    for number in range(5):
        due = {"due_pk": {"S": "outbox#0"}, "due_at": {"S": f"2026-03-02T10:0{number}:00Z"}}
        table.put_item({"Item": KEY | {"sk": {"S": f"message#{number}"}} | due})
    request = {
        "IndexName": "due",
        "KeyConditionExpression": "due_pk = :pk AND due_at <= :until",
        "ExpressionAttributeValues": {":pk": {"S": "outbox#0"}, ":until": {"S": "2026-03-03T00:00:00Z"}},
    }
    first = table.query(request)
    table.delete_item({"Key": KEY | {"sk": {"S": "message#1"}}})
    second = table.query(request | {"ExclusiveStartKey": first["LastEvaluatedKey"]})
    assert [item["sk"]["S"] for item in second["Items"]] == ["message#2", "message#3"]
