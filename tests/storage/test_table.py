"""The table as the product speaks to it: whatever DynamoDB leaves undone is asked again, and a conflict is one."""

import pytest
from botocore.exceptions import ClientError

from shopbell.domain.model.state import Conflict
from shopbell.storage.table import Write
from tests.memory_table import MemoryTable

PLACE = "dobra#order#1"
SORTS = [f"message#{number:02}" for number in range(30)]
HEAD = (PLACE, "head")


def a_table() -> MemoryTable:
    table = MemoryTable()
    table.write(
        Write((PLACE, sort), {"v": 1, "due_pk": "outbox#0", "due_at": "2026-03-02T10:00:00Z"}) for sort in SORTS
    )
    table.write([Write(HEAD, {"v": 1, "decisions": ["one"]})])
    table.calls.clear()
    return table


def test_everything_that_is_there_is_read_however_many_answers_it_takes() -> None:
    table = a_table()
    table.stored.unserved = 1
    found = table.get([HEAD, *((PLACE, sort) for sort in SORTS), (PLACE, "nowhere"), HEAD])
    assert {sort for _, sort in found} == {"head", *SORTS}
    assert table.calls == ["batch_get_item"] * 3


def test_a_partition_and_the_index_are_read_to_their_last_page() -> None:
    table = a_table()
    assert [str(item["sk"]) for item in table.query(PLACE)] == ["head", *SORTS]
    assert [str(item["sk"]) for item in table.query(PLACE, "message#1")] == SORTS[10:20]
    assert [str(item["sk"]) for item in table.due("outbox#0", "2026-03-02T10:00:00Z")] == SORTS


def test_what_somebody_else_wrote_is_a_conflict_and_nothing_is_written() -> None:
    table = a_table()
    before = table.items
    for refused in ([Write(HEAD, {"v": 2}, 2)], [Write(HEAD, {"v": 2}, 1), Write((PLACE, SORTS[0]), None, 2)]):
        with pytest.raises(Conflict, match="ConditionalCheckFailed"):
            table.write(refused)
    with pytest.raises(Conflict):
        table.update(HEAD, "SET v = :v", "attribute_not_exists(v)", {"v": 2})
    assert table.items == before


def test_a_transaction_that_meets_another_is_a_conflict() -> None:
    table = a_table()
    table.stored.refuse("transact_write_items", "TransactionConflict")
    with pytest.raises(Conflict):
        table.write([Write(HEAD, {"v": 2}, 1)])


def test_an_update_that_meets_a_transaction_is_a_conflict() -> None:
    table = a_table()
    table.stored.refuse("update_item", "TransactionConflictException")
    with pytest.raises(Conflict):
        table.update(HEAD, "SET v = :v", "attribute_exists(v)", {"v": 2})


@pytest.mark.parametrize(
    "reason",
    ["ThrottlingError", "ValidationError", "ItemCollectionSizeLimitExceeded", "ProvisionedThroughputExceeded"],
)
def test_a_transaction_cancelled_for_another_reason_is_no_conflict(reason: str) -> None:
    table = a_table()
    table.stored.refuse("transact_write_items", reason)
    with pytest.raises(ClientError):
        table.write([Write(HEAD, {"v": 2}, 1)])
