"""The tests' table is as strict as the real one: what AWS would refuse is refused, and a transaction is whole."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.simulator.table import FakeTable, Refused
from tests.simulator.values import LARGEST_ITEM, Attribute, Invalid, Raw, size_of

KEY = {"pk": {"S": "dobra#order#1"}, "sk": {"S": "head"}}
HEAD = ("dobra#order#1", "head")
MANY = [f"message#{number:03}" for number in range(101)]


def a_table(*items: Raw, **more: Any) -> FakeTable:
    table = FakeTable("shopbell", **more)
    table.hold(items or [KEY | {"v": {"N": "1"}, "doc": {"S": "new"}}])
    return table


def at(sort: str) -> Raw:
    return KEY | {"sk": {"S": sort}}


def update(change: str, condition: str = "", **values: Any) -> dict[str, Any]:
    request: dict[str, Any] = {"Key": KEY, "UpdateExpression": change}
    request |= {"ConditionExpression": condition} if condition else {}
    given = {f":{name}": value if isinstance(value, dict) else {"N": str(value)} for name, value in values.items()}
    return request | ({"ExpressionAttributeValues": given} if given else {})


def query(condition: str, index: str = "", **values: str) -> dict[str, Any]:
    given = {f":{name}": {"S": value} for name, value in values.items()}
    request = {"KeyConditionExpression": condition, "ExpressionAttributeValues": given}
    return request | ({"IndexName": index} if index else {"ConsistentRead": True})


def sorts(answer: dict[str, Any]) -> list[str]:
    return [item["sk"]["S"] for item in answer["Items"]]


@pytest.mark.parametrize(
    ("change", "condition", "values"),
    [
        ("SET status = :one", "", {"one": 1}),
        ("SET v = :one", "", {"one": 1, "two": 2}),
        ("SET v = :one, w = :two", "", {"one": 1}),
        ("SET v = :one", "v = ", {"one": 1}),
        ("SET v = :one; w = :one", "", {"one": 1}),
        ("SET v = doc + :one", "", {"one": 1}),
        ("SET nested.deep = :one", "", {"one": 1}),
        ("SET w = nowhere", "", {}),
        ("SET w = size(doc)", "", {}),
        ("SET w = if_not_exists(:one, :one)", "", {"one": 1}),
        ("SET w = list_append(doc, :one)", "", {"one": 1}),
        ("SET 1w = :one", "", {"one": 1}),
        ("SET v = :one, v = :one", "", {"one": 1}),
        ("SET v = :one REMOVE v", "", {"one": 1}),
        ("SET v = :one SET w = :one", "", {"one": 1}),
        ("SET pk = :one", "", {"one": {"S": "dobra#order#2"}}),
        ("REMOVE sk", "", {}),
        ("ADD doc :one", "", {"one": 1}),
        ("DELETE v :one", "", {"one": 1}),
        ("", "", {}),
        ("SET v = :one", "list_append(v, :one) = :one", {"one": 1}),
        ("SET v = :one", "attribute_exists(:one)", {"one": 1}),
        ("SET v = :one", "begins_with(doc, :one)", {"one": 1}),
        ("SET v = :one", "v IN (" + ", ".join([":one"] * 101) + ")", {"one": 1}),
        ("SET v = :one", " AND ".join(["v = :one"] * 400), {"one": 1}),
    ],
)
def test_what_dynamodb_would_not_understand_is_refused(change: str, condition: str, values: dict[str, Any]) -> None:
    table = a_table()
    before = dict(table.items)
    with pytest.raises(Invalid):
        table.update_item(update(change, condition, **values))
    assert table.items == before


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("v = :one", True),
        ("v < :one", False),
        ("attribute_exists(pk) AND NOT v <> :one", True),
        ("attribute_not_exists(pk) OR (v >= :one AND v <= :one)", True),
        ("attribute_not_exists(pk) OR v = :one", True),
        ("w = :one", False),
        ("w <> :one", True),
        ("w <= :one", False),
        ("v BETWEEN :one AND :one", True),
        ("v IN (:one, :one)", True),
        ("size(doc) > :one", True),
        ("doc > :one", False),
    ],
)
def test_a_condition_is_judged(condition: str, holds: bool) -> None:
    table, request = a_table(), update("SET w = :one", condition, one=1)
    if holds:
        table.update_item(request)
        return
    with pytest.raises(Refused, match="ConditionalCheckFailedException"):
        table.update_item(request)


def test_a_counter_counts_and_what_is_removed_is_gone() -> None:
    table = a_table()
    for _ in range(2):
        table.update_item(update("ADD counted :one SET w = if_not_exists(w, :one) REMOVE v", one=1))
    assert set(table.items[HEAD]) == {"pk", "sk", "doc", "counted", "w"}
    assert table.items[HEAD]["counted"] == {"N": "2"}


def test_an_update_reads_what_stood_there_before() -> None:
    table = a_table()
    table.update_item(update("SET v = :two, w = v", two=2))
    assert (table.items[HEAD]["v"], table.items[HEAD]["w"]) == ({"N": "2"}, {"N": "1"})


def test_an_item_is_put_or_deleted_under_a_condition() -> None:
    table = a_table()
    new = {"Item": KEY | {"z": {"B": b"\x00\xff"}}, "ConditionExpression": "attribute_not_exists(pk)"}
    with pytest.raises(Refused):
        table.put_item(new)
    old = {"Key": KEY, "ConditionExpression": "v = :v", "ExpressionAttributeValues": {":v": {"N": "1.0"}}}
    assert table.delete_item(old | {"ReturnValues": "ALL_OLD"})["Attributes"]["doc"] == {"S": "new"}
    with pytest.raises(Refused):
        table.delete_item(old)
    assert table.put_item(new) == {}
    assert table.get_item({"Key": KEY, "ConsistentRead": True})["Item"]["z"] == {"B": b"\x00\xff"}


@pytest.mark.parametrize(
    ("attribute", "size"),
    [
        ({"S": "abc"}, 3),
        ({"S": "Глечик"}, 12),
        ({"B": b"\x00\x01"}, 2),
        ({"N": "0"}, 2),
        ({"N": "100"}, 2),
        ({"N": "12345"}, 4),
        ({"N": "-12345"}, 5),
        ({"BOOL": True}, 1),
        ({"NULL": True}, 1),
        ({"L": [{"S": "abc"}, {"N": "1"}]}, 3 + 4 + 3),
        ({"M": {"ab": {"S": "abc"}}}, 3 + 1 + 2 + 3),
    ],
)
def test_a_value_counts_as_many_bytes_as_dynamodb_says(attribute: Attribute, size: int) -> None:
    assert size_of({"name": attribute}) == len("name") + size


def nested(depth: int) -> Attribute:
    return {"L": [nested(depth - 1)]} if depth else {"S": ""}


Put = Callable[[FakeTable, Raw], object]


def alone(table: FakeTable, item: Raw) -> None:
    table.put_item({"Item": item})


def together(table: FakeTable, item: Raw) -> None:
    table.transact_write_items({"TransactItems": [{"Put": {"Item": item}}]})


FREE = LARGEST_ITEM - size_of(KEY) - len("doc")


@pytest.mark.parametrize(
    ("attributes", "taken"),
    [
        ({"doc": {"S": "x" * FREE}}, True),
        ({"doc": {"S": "x" * (FREE + 1)}}, False),
        ({"doc": {"S": "ї" * (FREE // 2 + 1)}}, False),
        ({"doc": {"S": ""}}, True),
        ({"pk": {"S": "x" * 2048}}, True),
        ({"pk": {"S": "x" * 2049}}, False),
        ({"sk": {"S": "ї" * 513}}, False),
        ({"sk": {"S": ""}}, False),
        ({"sk": {"N": "1"}}, False),
        ({"due_pk": {"S": "outbox#0"}}, True),
        ({"due_pk": {"S": ""}}, False),
        ({"due_at": {"N": "1"}}, False),
        ({"due_at": {"S": "x" * 1025}}, False),
        ({"v": {"N": "9" * 38}}, True),
        ({"v": {"N": "9" * 39}}, False),
        ({"v": {"N": "1e126"}}, False),
        ({"v": {"N": "one"}}, False),
        ({"v": {"N": 1}}, False),
        ({"v": {"S": 1}}, False),
        ({"v": {"S": "1", "N": "1"}}, False),
        ({"v": {}}, False),
        ({"v": {"X": "1"}}, False),
        ({"v": nested(31)}, True),
        ({"v": nested(32)}, False),
    ],
    ids=str,
)
@pytest.mark.parametrize("put", [alone, together])
def test_an_item_has_bounds(put: Put, attributes: Raw, taken: bool) -> None:
    table = a_table()
    if taken:
        put(table, KEY | attributes)
        return
    with pytest.raises((Invalid, Refused)):
        put(table, KEY | attributes)
    assert list(table.items) == [HEAD]


def test_an_item_cannot_grow_past_its_bound() -> None:
    half = {"S": "x" * (LARGEST_ITEM // 2 - 200)}
    table = a_table(KEY | {"decisions": {"L": [half]}})
    grow = update("SET decisions = list_append(decisions, :more)", more={"L": [half]})
    table.update_item(grow)
    with pytest.raises(Invalid, match="bytes"):
        table.update_item(grow)
    put = {"Put": {"Item": at("lines")}}
    with pytest.raises(Refused) as refused:
        table.transact_write_items({"TransactItems": [put, {"Update": grow}]})
    assert (refused.value.reasons, len(table.items)) == (["None", "ValidationError"], 1)


def test_of_a_transaction_everything_is_written_or_nothing() -> None:
    table = a_table()
    put = {"Put": {"Item": at("lines")}}
    check = {"ConditionCheck": {"Key": KEY, "ConditionExpression": "attribute_not_exists(pk)"}}
    with pytest.raises(Refused) as refused:
        table.transact_write_items({"TransactItems": [put, check]})
    assert refused.value.reasons == ["None", "ConditionalCheckFailed"]
    assert len(table.items) == 1


def puts(sorts: list[str], **attributes: Attribute) -> list[dict[str, Any]]:
    return [{"Put": {"Item": at(sort) | attributes}} for sort in sorts]


@pytest.mark.parametrize(
    "parts",
    [
        [],
        puts(MANY),
        puts(["lines", "lines"]),
        [*puts(["head"]), {"ConditionCheck": {"Key": KEY, "ConditionExpression": "attribute_exists(pk)"}}],
        [{"ConditionCheck": {"Key": KEY}}],
        [{"Get": {"Key": KEY}}],
        [{**puts(["lines"])[0], "Delete": {"Key": KEY}}],
        [{"Put": {"Item": at("lines"), "ReturnValues": "ALL_OLD"}}],
        [{"Put": {"Item": at("lines"), "TableName": "another"}}],
        puts(MANY[:11], doc={"S": "x" * (390 * 1024)}),
    ],
    ids=["none", "101", "twice", "put and checked", "no condition", "a read", "two in one", "values", "table", "4 MB"],
)
def test_a_transaction_has_bounds(parts: list[dict[str, Any]]) -> None:
    table = a_table()
    with pytest.raises(Invalid):
        table.transact_write_items({"TransactItems": parts})
    assert len(table.items) == 1


def test_a_transaction_may_have_a_hundred_parts() -> None:
    table = a_table()
    table.transact_write_items({"TransactItems": puts(MANY[:100])})
    assert len(table.items) == 101


def test_a_call_is_refused_where_the_table_was_told_to_and_then_no_more() -> None:
    table = a_table()
    table.refuse("transact_write_items", "TransactionConflict")
    with pytest.raises(Refused) as cancelled:
        table.transact_write_items({"TransactItems": puts(["lines", "more"])})
    assert (cancelled.value.code, cancelled.value.reasons) == (
        "TransactionCanceledException",
        ["TransactionConflict", "None"],
    )
    table.refuse("update_item", "TransactionConflictException", 2)
    for _ in range(2):
        with pytest.raises(Refused, match="TransactionConflictException"):
            table.update_item(update("SET w = :one", one=1))
    assert set(table.items) == {HEAD}
    table.update_item(update("SET w = :one", one=1))
    table.transact_write_items({"TransactItems": puts(["lines", "more"])})
    assert len(table.items) == 3


def read(keys: list[Raw], **more: Any) -> dict[str, Any]:
    return {"RequestItems": {"shopbell": {"Keys": keys, "ConsistentRead": True} | more}}


@pytest.mark.parametrize(
    "request_",
    [
        read([]),
        read([at(sort) for sort in MANY]),
        read([KEY, KEY]),
        read([KEY], ConsistentRead=False),
        read([KEY], ProjectionExpression="pk"),
        read([KEY | {"v": {"N": "1"}}]),
        {"RequestItems": {"another": {"Keys": [KEY], "ConsistentRead": True}}},
    ],
    ids=["none", "101", "twice", "eventually", "projected", "no key", "table"],
)
def test_a_batch_of_reads_has_bounds(request_: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        a_table().batch_get_item(request_)


def test_a_batch_may_come_back_whole_and_what_is_over_comes_back() -> None:
    table = a_table(*(at(sort) for sort in MANY))
    table.unserved, request = 1, read([at(sort) for sort in MANY[:100]])
    answer = table.batch_get_item(request)
    assert (answer["Responses"], answer["UnprocessedKeys"]) == ({"shopbell": []}, request["RequestItems"])
    answer = table.batch_get_item(request)
    assert len(answer["Responses"]["shopbell"]) + len(answer["UnprocessedKeys"]["shopbell"]["Keys"]) == 100


def written(sorts: list[str], **more: Any) -> dict[str, Any]:
    return {"RequestItems": {"shopbell": [{"PutRequest": {"Item": at(sort)} | more} for sort in sorts]}}


@pytest.mark.parametrize(
    "request_",
    [
        written([]),
        written(MANY[:26]),
        written(["lines", "lines"]),
        written(["lines"], ConditionExpression="attribute_not_exists(pk)"),
        {"RequestItems": {"shopbell": [{"Update": {"Key": KEY}}]}},
    ],
    ids=["none", "26", "twice", "condition", "update"],
)
def test_a_batch_of_writes_has_bounds(request_: dict[str, Any]) -> None:
    table = a_table()
    with pytest.raises(Invalid):
        table.batch_write_item(request_)
    assert len(table.items) == 1


def test_a_batch_of_writes_is_done_in_part_and_the_rest_comes_back() -> None:
    table, request = a_table(), written(MANY[:24])
    request["RequestItems"]["shopbell"].append({"DeleteRequest": {"Key": KEY}})
    calls = 0
    while request["RequestItems"]:
        request = {"RequestItems": table.batch_write_item(request)["UnprocessedItems"]}
        calls += 1
    assert (calls, [sort for _, sort in sorted(table.items)]) == (3, MANY[:24])


OF_ORDER = query("pk = :pk", pk="dobra#order#1")


@pytest.mark.parametrize(
    "request_",
    [
        query("begins_with(pk, :pk)", pk="dobra"),
        query("pk = :pk OR pk = :pk", pk="dobra"),
        query("pk = :pk AND sk <> :sk", pk="dobra", sk="head"),
        query("pk = :pk AND v = :v", pk="dobra", v="1"),
        query("sk = :sk", sk="head"),
        query("pk = :pk", pk=""),
        query("pk = :pk", "due", pk="dobra"),
        query("pk = :pk", "another", pk="dobra"),
        query("due_pk = :pk", "due", pk="outbox#0") | {"ConsistentRead": True},
        OF_ORDER | {"ConsistentRead": False},
        OF_ORDER | {"ProjectionExpression": "pk"},
    ],
    ids=lambda request: f"{request['KeyConditionExpression']} {[*request][-1]}",
)
def test_a_query_asks_for_one_partition_of_the_table_or_the_index(request_: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        a_table().query(request_)


def test_a_query_reads_the_sort_keys_of_a_partition_in_order() -> None:
    table = a_table(*(at(sort) for sort in ("message#2", "head", "message#1")), KEY | {"pk": {"S": "dobra#order#10"}})
    prefix = query("pk = :pk AND begins_with(sk, :sk)", pk="dobra#order#1", sk="message#")
    assert sorts(table.query(OF_ORDER)) == ["head", "message#1", "message#2"]
    assert sorts(table.query(prefix)) == ["message#1", "message#2"]
    assert sorts(table.query(prefix | {"ScanIndexForward": False, "Limit": 1})) == ["message#2"]
    between = query("pk = :pk AND sk BETWEEN :low AND :high", pk="dobra#order#1", low="i", high="message#1")
    assert sorts(table.query(between)) == ["message#1"]


def all_pages(table: FakeTable, request: dict[str, Any]) -> list[list[str]]:
    pages, answer = [], table.query(request)
    pages.append(sorts(answer))
    while "LastEvaluatedKey" in answer:
        answer = table.query(request | {"ExclusiveStartKey": answer["LastEvaluatedKey"]})
        pages.append(sorts(answer))
    return pages


@pytest.mark.parametrize("forward", [True, False])
def test_a_page_has_few_items_and_the_last_may_have_none(forward: bool) -> None:
    table = a_table(*(at(sort) for sort in MANY[:4]), page=2)
    expected = [MANY[:2], MANY[2:4], []] if forward else [MANY[3:1:-1], MANY[1::-1], []]
    assert all_pages(table, OF_ORDER | {"ScanIndexForward": forward}) == expected


def test_a_page_has_a_megabyte_at_most() -> None:
    large = {"doc": {"S": "x" * (300 * 1024)}}
    table = a_table(*(at(sort) | large for sort in MANY[:5]), page=100)
    assert all_pages(table, OF_ORDER) == [MANY[:3], MANY[3:5]]


def test_what_is_filtered_out_takes_room_on_its_page() -> None:
    table = a_table(*(at(sort) | {"v": {"N": sort[-1]}} for sort in MANY[:4]), page=2)
    request = OF_ORDER | {"FilterExpression": "v = :v"}
    request["ExpressionAttributeValues"] = OF_ORDER["ExpressionAttributeValues"] | {":v": {"N": "3"}}
    assert all_pages(table, request) == [[], [MANY[3]], []]


def due(sort: str, moment: str) -> Raw:
    return at(sort) | {"due_pk": {"S": "outbox#0"}, "due_at": {"S": moment}}


DUE = query("due_pk = :pk AND due_at <= :until", "due", pk="outbox#0", until="2026-03-03T00:00:00Z")


def test_pages_go_on_behind_what_was_taken_away_meanwhile() -> None:
    table = a_table(*(due(sort, f"2026-03-02T10:0{sort[-1]}:00Z") for sort in MANY[:5]), page=2)
    first = table.query(DUE)
    table.delete_item({"Key": at(MANY[1])})
    second = table.query(DUE | {"ExclusiveStartKey": first["LastEvaluatedKey"]})
    assert sorts(second) == MANY[2:4]


def test_the_index_has_keys_only_in_the_order_of_their_moments() -> None:
    late, early, never = due("late", "2026-03-02T12:00:00Z"), due("early", "2026-03-02T11:00:00Z"), at("never")
    table = a_table(late | {"doc": {"S": "x"}}, early, never, due("after", "2026-03-04T11:00:00Z"))
    assert table.query(DUE)["Items"] == [early, late]
    assert table.earliest() == {"outbox": "2026-03-02T11:00:00Z"}


def test_an_index_that_lags_misses_what_was_just_written_and_still_has_what_was_just_removed() -> None:
    table = a_table(due("moved", "2026-03-02T10:00:00Z"), due("removed", "2026-03-02T10:30:00Z"))
    table.index.lags = True
    table.put_item({"Item": due("moved", "2026-03-02T12:00:00Z")})
    table.put_item({"Item": at("removed")})
    table.put_item({"Item": due("new", "2026-03-02T11:00:00Z")})
    before = [due("moved", "2026-03-02T10:00:00Z"), due("removed", "2026-03-02T10:30:00Z")]
    assert table.query(DUE)["Items"] == before
    table.index.catch_up()
    assert sorts(table.query(DUE)) == ["new", "moved"]
