"""What stands for AWS while the figures are taken, asked by the product's own clients over the wire."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from benchmarks.receipts import START
from benchmarks.stack import NotMeasured, Stack, stack
from shopbell import bootstrap

TABLE = "shopbell"


@pytest.fixture
def running() -> Iterator[Stack]:
    with stack(START) as cold:
        yield cold


def key(sort: str) -> dict[str, Any]:
    return {"pk": {"S": "dobra#order#1"}, "sk": {"S": sort}}


def parts(*actions: dict[str, Any]) -> list[dict[str, Any]]:
    return [{kind: {"TableName": TABLE, **part} for kind, part in action.items()} for action in actions]


NEW = {"ConditionExpression": "attribute_not_exists(pk)"}
STAMP = {"UpdateExpression": "SET due_at = :at", "ExpressionAttributeValues": {":at": {"S": "2026-03-05"}}}
DUE = {"due_pk": {"S": "tasks#0"}, "due_at": {"S": "2026-03-04"}}
HEAD = {**key("head"), "z": {"B": bytes(1500)}, "on": {"BOOL": True}, "none": {"NULL": True}, "v": {"N": "1"}}


def test_every_way_to_write_is_counted(running: Stack) -> None:
    client, table = bootstrap.client("dynamodb"), running.cloud.table
    counted: list[int] = []

    def count(call: Any, **request: Any) -> None:
        before = table.units
        call(**request)
        counted.append(table.units - before)

    count(client.put_item, TableName=TABLE, Item=HEAD)  # a kilobyte and a half
    count(client.put_item, TableName=TABLE, Item={**key("due"), **DUE})  # and its entry in the index
    count(client.update_item, TableName=TABLE, Key=key("due"), **STAMP)  # the entry goes, another comes
    count(client.transact_write_items, TransactItems=parts({"Put": {"Item": key("new"), **NEW}}))
    count(client.delete_item, TableName=TABLE, Key=key("due"))
    batch = [{"PutRequest": {"Item": key("one")}}, {"DeleteRequest": {"Key": key("head")}}]
    count(client.batch_write_item, RequestItems={TABLE: batch})
    assert counted == [2, 2, 3, 2, 2, 3]
    assert [call.operation for call in running.cloud.calls] == [
        *("put_item", "put_item", "update_item", "transact_write_items", "delete_item", "batch_write_item")
    ]


def test_binary_and_all_other_values_come_back_as_they_were_put(running: Stack) -> None:
    client = bootstrap.client("dynamodb")
    client.put_item(TableName=TABLE, Item=HEAD)
    assert client.get_item(TableName=TABLE, Key=key("head"), ConsistentRead=True)["Item"] == HEAD


def test_a_condition_that_fails_is_an_error_of_its_name_and_is_paid_for(running: Stack) -> None:
    client, table = bootstrap.client("dynamodb"), running.cloud.table
    client.put_item(TableName=TABLE, Item=HEAD)
    before = table.units
    with pytest.raises(client.exceptions.ConditionalCheckFailedException):
        client.put_item(TableName=TABLE, Item=key("head"), **NEW)
    check = {"ConditionCheck": {"Key": key("head"), **NEW}}
    with pytest.raises(client.exceptions.TransactionCanceledException) as refused:
        client.transact_write_items(TransactItems=parts(check, {"Put": {"Item": key("other")}}))
    assert [reason["Code"] for reason in refused.value.response["CancellationReasons"]] == [
        "ConditionalCheckFailed",
        "None",
    ]
    assert table.units - before == 2 + (4 + 2)


def test_a_long_list_of_keys_is_one_call(running: Stack) -> None:
    client = bootstrap.client("dynamodb")
    for number in range(40):
        client.put_item(TableName=TABLE, Item=key(f"{number:02}"))
    wanted = {TABLE: {"Keys": [key(f"{number:02}") for number in range(40)], "ConsistentRead": True}}
    answer = client.batch_get_item(RequestItems=wanted)
    assert (len(answer["Responses"][TABLE]), answer["UnprocessedKeys"]) == (40, {})


def test_an_sms_leaves_too(running: Stack) -> None:
    assert bootstrap.client("sns").publish(PhoneNumber="+380670000001", Message="…")["MessageId"]
    assert running.cloud.letters == ["+380670000001"]


def test_a_figure_is_not_taken_where_the_product_asked_what_is_not_answered(running: Stack) -> None:
    with pytest.raises(ClientError):
        bootstrap.client("dynamodb").scan(TableName=TABLE)
    with pytest.raises(NotMeasured, match="dynamodb scan"):
        running.tick("sweep_outbox")


def test_everything_is_as_before_afterwards() -> None:
    now = bootstrap.now
    with stack(START):
        assert bootstrap.now() == START
    assert bootstrap.now is now
