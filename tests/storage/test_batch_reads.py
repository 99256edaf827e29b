"""What a batch reads it reads once, and together; what one of its sessions writes the next one knows."""

import pytest

from shopbell.domain.model.state import Conflict
from shopbell.storage.reads import Reads
from shopbell.storage.session import Session
from shopbell.storage.table import Write
from tests.memory_table import MemoryTable

PLACES = [(f"dobra#order#{number}", "head") for number in range(150)]


def a_table(stored: int = 150) -> MemoryTable:
    table = MemoryTable()
    table.write_plainly([Write(place, {"v": 1, "doc": "{}"}) for place in PLACES[:stored]])
    table.calls.clear()
    return table


def test_all_that_is_expected_is_read_with_the_first_that_is_asked_for() -> None:
    table = a_table(stored=20)
    reads = Reads(table)
    reads.expect(PLACES[:10])
    reads.expect(PLACES[5:25])
    assert table.calls == []
    assert [reads.item(place) is not None for place in PLACES[:25]] == [True] * 20 + [False] * 5
    assert table.calls == ["batch_get_item"]


def test_what_was_read_is_not_read_again_until_it_is_forgotten() -> None:
    table = a_table()
    reads = Reads(table)
    for _ in range(2):
        reads.expect(PLACES[:2])
        assert reads.item(PLACES[0])
    assert len(table.calls) == 1
    reads.forget(PLACES[:1])
    assert reads.item(PLACES[1])
    assert len(table.calls) == 1
    assert reads.item(PLACES[0])
    assert len(table.calls) == 2


def test_what_a_session_wrote_is_known_to_the_next_one_of_its_batch() -> None:
    table = a_table(stored=0)
    reads = Reads(table)
    first, second, third = (Session(reads, "dobra", 1) for _ in range(3))
    for session in (first, third):
        assert session.order("1").version == 0
    first.save(first.order("1"), has_new_facts=True)
    first.commit()
    assert second.order("1").version == 1
    assert third.order("1").version == 0
    assert table.calls.count("batch_get_item") == 1


def test_what_somebody_else_wrote_is_read_anew_after_the_conflict() -> None:
    table = a_table(stored=0)
    reads = Reads(table)
    ours, theirs = Session(reads, "dobra", 1), Session(Reads(table), "dobra", 1)
    for session in (ours, theirs):
        session.save(session.order("1"), has_new_facts=True)
    theirs.commit()
    with pytest.raises(Conflict):
        ours.commit()
    assert Session(reads, "dobra", 1).order("1").version == 1


def test_a_look_sees_news_of_what_was_decided_on_and_no_agenda() -> None:
    table = a_table(stored=0)
    for has_new_facts, stands in ((True, False), (False, True)):
        decided = Session(Reads(table), "dobra", 1)
        order = decided.order("1")
        meanwhile = Session(Reads(table), "dobra", 1)
        meanwhile.save(meanwhile.order("1"), has_new_facts=has_new_facts or not order.version)
        meanwhile.commit()
        assert decided.stands(table.get([PLACES[1]])) is stands
