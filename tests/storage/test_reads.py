"""Every page and every key is read; the table of the tests refuses a partition that is not read consistently."""

import pytest

from shopbell.domain.model.state import Conflict
from shopbell.storage.table import Item, Write
from tests.memory_table import MemoryTable
from tests.world import World

MANY = 60
"""More than one page of a query, and more than one answer's keys."""


def a_table_of_many() -> MemoryTable:
    table = MemoryTable()
    index = {"due_pk": "tasks#0"}
    items: dict[str, Item] = {f"item#{n:02}": {"doc": "{}", "due_at": f"{n:02}", **index} for n in range(MANY)}
    table.write_plainly([Write(("shop#part", name), item) for name, item in items.items()])
    return table


def test_a_query_reads_every_page() -> None:
    table = a_table_of_many()
    assert len(list(table.query("shop#part"))) == MANY
    assert len(list(table.due("tasks#0", "99"))) == MANY


def test_what_dynamodb_did_not_get_round_to_is_asked_for_again() -> None:
    table = a_table_of_many()
    assert len(table.get([("shop#part", f"item#{n:02}") for n in range(MANY)])) == MANY


def test_a_check_asks_what_is_known_and_not_what_comes_next() -> None:
    world = World()
    world.place()
    reading = world.store.session("dobra")
    order = reading.order("1001")
    reading.check(order)
    writing = world.store.session("dobra")
    writing.save(writing.order("1001"), has_new_facts=False)
    writing.commit()
    reading.commit()


def test_a_check_fails_where_something_new_is_known() -> None:
    world = World()
    world.place()
    reading = world.store.session("dobra")
    reading.check(reading.order("1001"))
    writing = world.store.session("dobra")
    writing.save(writing.order("1001"), has_new_facts=True)
    writing.commit()
    with pytest.raises(Conflict):
        reading.commit()
