"""What falls due is looked at by its moment, in however many parts the index is split."""

from datetime import timedelta

from shopbell.domain.model.vocabulary import Sweep
from shopbell.domain.time.calendar import format_instant
from shopbell.storage.store import Store
from shopbell.storage.table import Write
from tests.memory_table import MemoryTable
from tests.world import MONDAY, a_shop


def a_store(shards: int, moments: dict[int, int]) -> Store:
    """By its minute, the shard in which a message stands."""
    table = MemoryTable()
    for minute, shard in moments.items():
        at = format_instant(MONDAY + timedelta(minutes=minute))
        key = (f"dobra#order#{minute}", "message#m")
        table.write([Write(key, {"due_pk": f"outbox#{shard}", "due_at": at})])
    return Store(table, shards, lambda shop, document: a_shop())


def test_the_earliest_comes_first_whichever_shard_it_stands_in() -> None:
    store = a_store(3, {1: 2, 2: 0, 3: 1, 4: 2, 5: 0, 9: 1})
    found = [place.key[0].rpartition("#")[2] for place in store.due(Sweep.OUTBOX, MONDAY + timedelta(minutes=5))]
    assert found == ["1", "2", "3", "4", "5"]


def test_all_that_waits_in_a_shop_comes_by_its_moment_too() -> None:
    store = a_store(3, {1: 2, 2: 0, 3: 1})
    assert [place.key[0] for place in store.waiting(Sweep.OUTBOX, "dobra")] == [f"dobra#order#{n}" for n in (1, 2, 3)]
    assert list(store.waiting(Sweep.OUTBOX, "other")) == []
