"""`shopbell upgrade`: what the former version stored is brought to the present form, and loses nothing."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import Any

import pytest
from botocore.exceptions import ClientError

from shopbell import bootstrap
from shopbell.domain.time.calendar import format_instant, parse_instant
from shopbell.pool import OneAfterAnother
from shopbell.service.operators.upgrade import Upgrade, Upgraded
from shopbell.service.subjects.work import Workplace
from shopbell.storage.heads import document_of
from shopbell.storage.ledger import read_ledger
from shopbell.storage.store import Store
from shopbell.storage.table import Item, Write
from shopbell.storage.whole_table import WholeTable
from tests.memory_table import MemoryTable
from tests.simulator.play import Play
from tests.simulator.story import Tell
from tests.test_former_version import (
    LOOKS,
    PLAYED_TO,
    STOOD_AT,
    Entry,
    is_in_time,
    items_of,
    stored,
    the_stored_stack,
)

DAY = timedelta(days=1)
RETENTION = timedelta(days=1095)
NOT_OF_PERSONS = ("#staff#", "#shop", "#pause", "#letters", "#run#")
READS = {"scan", "batch_get_item", "query"}


class Operator:
    """Runs the command's use case on the stack of a play, by a table of its own whose calls are counted."""

    def __init__(self, world: Play, table: MemoryTable | None = None) -> None:
        self.table = table or MemoryTable(world.cloud.table)
        self.store: Store = replace(bootstrap.store(), table=self.table)
        self.log: list[tuple[str, dict[str, object]]] = []
        workplace = Workplace(self.store, bootstrap.contact_key, lambda *line: self.log.append(line), OneAfterAnother())
        self.use_case = Upgrade(workplace, WholeTable(self.table), lambda error: isinstance(error, Outage))

    def pages(self) -> Iterator[Upgraded]:
        self.table.calls.clear()
        return self.use_case(STOOD_AT)

    def run(self) -> Upgraded:
        *_, done = self.pages()
        return done


class Outage(Exception):
    """The table cannot be had."""


@pytest.fixture(scope="module")
def upgraded() -> Iterator[Play]:
    with the_stored_stack() as world:
        Operator(world).run()
        yield world


def subjects(world: Play) -> list[Item]:
    """Items of orders, complaints and customers."""
    kinds = ("#order#", "#complaint#", "#customer#")
    return [item for item in items_of(world) if any(kind in str(item["pk"]) for kind in kinds)]


def left_of_the_former(world: Play) -> list[str]:
    items = subjects(world)
    dues = [item for item in items if str(item["sk"]).startswith("due#")]
    return [place(item) for item in (*dues, *(item for item in items if item["sk"] == "head" and "z" not in item))]


def stored_in(world: Play) -> dict[Any, Any]:
    """All items; how often a customer was written goes by how often the walk came past an order of theirs."""
    counted = {"v", "facts_v"}
    return {
        key: {name: value for name, value in item.items() if "#customer#" not in key[0] or name not in counted}
        for key, item in world.cloud.table.items.items()
    }


def place(item: Item) -> str:
    return f"{item['pk']!s} {item['sk']!s}"


def test_nothing_of_the_former_form_is_left() -> None:
    with the_stored_stack() as world:
        assert len(left_of_the_former(world)) == 108
        done = Operator(world).run()
        assert (done.moved, done.failed) == (47, 0)  # four more are written with their orders
        assert left_of_the_former(world) == []
        assert {str(item["sk"]) for item in subjects(world) if str(item["sk"]).startswith("lines")} != {"lines"}


def test_everything_of_a_person_has_an_end(upgraded: Play) -> None:
    personal = [item for item in items_of(upgraded) if not any(part in str(item["pk"]) for part in NOT_OF_PERSONS)]
    assert [place(item) for item in personal if "expires_at" not in item] == []
    soonest = (STOOD_AT + RETENTION).timestamp()
    own = ("message#", "decision#", "count#")
    kept = [item for item in subjects(upgraded) if not str(item["sk"]).startswith(own)]
    assert [place(item) for item in kept if int(str(item["expires_at"])) < soonest] == []


@pytest.mark.parametrize(
    ("shop", "customers"),
    [
        ("dobra", {f"id:c-{number}" for number in (*range(1, 11), *range(12, 17), 18, 19, 21, 22)}),
        ("kert", {"id:k-1", "id:k-2"}),
    ],
)
def test_each_customer_is_listed_who_is_neither_merged_nor_erased(
    upgraded: Play, shop: str, customers: set[str]
) -> None:
    listed = list(Operator(upgraded).store.customers(shop))
    assert {key for key in listed if key.startswith("id:")} == customers
    guests = {key[:10] for key in listed if key.startswith("guest:")}
    assert guests == ({"guest:32b8", "guest:d890"} if shop == "dobra" else set())
    assert len(listed) == len(set(listed))


@pytest.fixture(scope="module")
def played_on() -> Iterator[Play]:
    with the_stored_stack() as world:
        Operator(world).run()
        world.until(PLAYED_TO)
        yield world


@pytest.mark.parametrize("entry", LOOKS, ids=lambda entry: f"{entry['subject'][-12:]} {entry['step']}")
def test_what_was_to_come_still_comes_at_its_moment(played_on: Play, entry: Entry) -> None:
    assert is_in_time(played_on, entry)


def test_from_then_on_its_people_are_told_of_each_day(played_on: Play) -> None:
    messages, _ = read_ledger(items_of(played_on))
    assert "staff_day" in {message.name for message in messages}


def test_what_is_next_of_a_subject_is_what_was_next(upgraded: Play) -> None:
    """A customer is looked at at once: their orders may have told of more."""
    for name in {(entry["shop"], entry["subject"]) for entry in LOOKS}:
        soonest = min(entry["due_at"] for entry in LOOKS if (entry["shop"], entry["subject"]) == name)
        agenda = Operator(upgraded).store.session(name[0]).subject(name[1]).agenda
        assert agenda.next
        woken = name[1].startswith("customer/") and agenda.next.at == STOOD_AT
        assert woken or format_instant(agenda.next.at) == soonest, name


def test_done_twice_the_second_time_nothing_is_written() -> None:
    with the_stored_stack() as world:
        operator = Operator(world)
        operator.run()
        before = dict(world.cloud.table.items)
        again = operator.run()
        assert set(operator.table.calls) <= READS
        assert again == Upgraded(looked=again.looked)
        assert dict(world.cloud.table.items) == before


def test_broken_off_after_any_page_and_begun_again_it_ends_the_same(upgraded: Play) -> None:
    expected = stored_in(upgraded)
    for pages in range(1, 12):
        with the_stored_stack() as world:
            operator = Operator(world)
            world.cloud.table.page = 40
            list(islice(operator.pages(), pages))
            operator.run()
            assert stored_in(world) == expected, pages


class Dying(MemoryTable):
    """Its process dies before a call that writes."""

    calls_left: int = 0

    def write(self, writes: Iterable[Write]) -> None:
        self._count()
        super().write(writes)

    def write_plainly(self, writes: Any) -> None:
        if writes:
            self._count()
        super().write_plainly(writes)

    def update(self, *change: Any, **more: Any) -> Item:
        self._count()
        return super().update(*change, **more)

    def _count(self) -> None:
        self.calls_left -= 1
        if self.calls_left < 0:
            raise Outage


@pytest.mark.parametrize("calls", [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144])
def test_broken_off_in_the_midst_of_a_subject_and_begun_again_it_ends_the_same(upgraded: Play, calls: int) -> None:
    with the_stored_stack() as world:
        table = Dying(world.cloud.table)
        table.calls_left = calls
        with pytest.raises(Outage):
            Operator(world, table).run()
        Operator(world).run()
        left = {key: item for key, item in stored_in(world).items() if not is_orphan(key, world)}
        assert left == stored_in(upgraded)


def is_orphan(key: tuple[str, str], world: Play) -> bool:
    """Items of an order that no head names any more: they have an end, and go by themselves."""
    if not key[1].startswith("lines"):
        return False
    item = world.cloud.table.items[key]
    head = document_of(next(i for i in items_of(world) if (i["pk"], i["sk"]) == (key[0], "head")))
    return key[1] != f"lines#{head['lines']}" and "expires_at" in item


class Interrupted(MemoryTable):
    """Something happens just before the next write that decides."""

    meanwhile: Callable[[], None] | None = None

    def write(self, writes: Iterable[Write]) -> None:
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile:
            meanwhile()
        super().write(writes)


@pytest.mark.parametrize("order", ["o-unpaid", "o-promised", "o-not-placed"])
def test_what_is_told_meanwhile_is_not_lost(order: str) -> None:
    with the_stored_stack() as world:
        table = Interrupted(world.cloud.table)
        news = Tell(STOOD_AT, "dobra", "evt-meanwhile", "order.accepted", STOOD_AT, {"order": {"id": order}})
        table.meanwhile = lambda: world.act(news)
        # Of all partitions this order's alone is looked at, whole, so that the interruption meets it.
        world.cloud.table.page = 1_000
        operator = Operator(world, table)
        only = Only(operator.use_case.table, f"dobra#order#{order}")
        *_, done = replace(operator.use_case, table=only)(STOOD_AT)
        assert (done.looked, done.failed) == (1, 0)
        after = operator.store.session("dobra").order(order)
        assert after.entity.happened("order.accepted")
        assert not [line for line in left_of_the_former(world) if f"#{order} " in line]


class Only:
    """Of the whole table one partition."""

    def __init__(self, table: Any, partition: str) -> None:
        self.table, self.partition = table, partition

    def pages(self) -> Iterator[Any]:
        for page in self.table.pages():
            if parts := [part for part in page if part.partition == self.partition]:
                yield parts


def test_a_customer_who_is_forgotten_meanwhile_is_not_listed() -> None:
    with the_stored_stack() as world:
        Operator(world).run()  # in the present form, and listed
        listed = next(key for key in world.cloud.table.items if key[0].startswith("dobra#customers#"))
        customer = str(MemoryTable(world.cloud.table).items[listed]["key"])
        world.cloud.table.delete_item({"Key": {"pk": {"S": listed[0]}, "sk": {"S": listed[1]}}})
        table = Interrupted(world.cloud.table)
        gone = {"customer": {"id": customer.removeprefix("id:")}}
        table.meanwhile = lambda: world.act(Tell(STOOD_AT, "dobra", "evt-gone", "customer.erased", STOOD_AT, gone))
        done = Operator(world, table).run()
        assert (done.listed, done.failed) == (0, 0)
        assert listed not in world.cloud.table.items


def owned_by(customer: str, order: str, world: Play) -> None:
    """As the former version stored news of an order that is not placed yet, and whose it is."""
    key = (f"dobra#order#{order}", "head")
    document = json.loads(world.cloud.table.items[key]["doc"]["S"])
    head = world.cloud.table.items[key] | {"doc": {"S": json.dumps(document | {"customer": customer})}}
    world.cloud.table.put_item({"Item": head})


def test_an_erasure_finds_orders_that_were_never_placed_and_complaints() -> None:
    with the_stored_stack() as world:
        owned_by("id:c-9", "o-not-placed", world)
        assert Operator(world).run().pointed == 5
        for customer in ("c-9", "c-8"):
            at = STOOD_AT + timedelta(minutes=1)
            gone = {"customer": {"id": customer}}
            world.act(Tell(at, "dobra", f"evt-gone-{customer}", "customer.erased", STOOD_AT, gone))
        session = Operator(world).store.session("dobra")
        assert session.order("o-not-placed").entity.erased
        assert session.complaint("q-content").entity.erased


def test_a_pointer_of_the_former_form_is_not_written_again(upgraded: Play) -> None:
    sorts = [str(item["sk"]) for item in subjects(upgraded) if str(item["sk"]).startswith("order#")]
    assert len(sorts) == 21
    assert all(sort.count("#") == 2 for sort in sorts)


def test_a_due_item_that_the_former_version_wrote_beside_a_new_head_goes_into_it() -> None:
    with the_stored_stack() as world:
        operator = Operator(world)
        operator.run()
        for item in stored():
            if item["pk"]["S"] == "dobra#order#o-unpaid" and item["sk"]["S"].startswith("due#"):
                world.cloud.table.put_item({"Item": item})
        done = operator.run()
        assert (done.moved, left_of_the_former(world)) == (1, [])


def test_what_cannot_be_read_stays_as_it_is_and_keeps_nobody_else() -> None:
    with the_stored_stack() as world:
        key = ("dobra#order#o-unpaid", "head")
        sound = world.cloud.table.items[key]
        world.cloud.table.put_item({"Item": sound | {"doc": {"S": "broken"}}})
        operator = Operator(world)
        done = operator.run()
        assert done.failed >= 1
        assert world.cloud.table.items[key]["doc"] == {"S": "broken"}
        line, facts = operator.log[0]
        assert operator.log == [(line, facts)] * done.failed  # the walk may come past it on two pages
        assert (line, facts["shop"], facts["place"]) == ("not_upgraded", "dobra", "dobra#order#o-unpaid")
        assert facts["error"] == "DecodeError"
        assert str(facts["at"]).startswith("loaded:")
        world.cloud.table.put_item({"Item": sound})
        assert operator.run().failed == 0
        assert left_of_the_former(world) == []


def test_what_belongs_to_no_shop_is_counted_as_failed() -> None:
    with the_stored_stack() as world:
        world.cloud.table.put_item({"Item": {"pk": {"S": "gone#contact#1"}, "sk": {"S": "head"}, "v": {"N": "1"}}})
        operator = Operator(world)
        assert operator.run().failed == 1
        assert operator.log[0][1]["place"] == "gone#contact#1"


def test_the_ends_are_counted_from_the_upgrade(upgraded: Play) -> None:
    """What a former version stored has no other moment: it is kept longer rather than shorter."""
    heads = [item for item in subjects(upgraded) if item["sk"] == "head"]
    ends = {int(str(item["expires_at"])) for item in heads}
    assert ends == {int((parse_instant("2029-03-12T20:04:00Z") + 90 * DAY).timestamp())}


def test_a_refused_scan_is_no_failure_of_a_subject() -> None:
    with the_stored_stack() as world:
        world.cloud.table.refuse("scan", "AccessDeniedException")
        with pytest.raises(ClientError, match="AccessDenied"):
            Operator(world).run()
