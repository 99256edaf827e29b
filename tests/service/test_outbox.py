"""The outbox: asks for what waits, a hundred at a time, and leaves alone for a while what it has asked for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from shopbell.domain.model.letter import DeliveryError, FailureKind
from shopbell.domain.model.state import Conflict, DuePlace, Message, SendRequest
from shopbell.domain.model.vocabulary import Status, Sweep
from shopbell.domain.time.calendar import format_instant
from shopbell.storage import keys
from shopbell.storage.keys import Key
from shopbell.storage.ledger import Ledger
from shopbell.storage.table import Item, Value
from tests.memory_table import MemoryTable
from tests.simulator.table import FakeTable
from tests.world import MONDAY, World

DOUBT = DeliveryError(FailureKind.UNKNOWN, "ReadTimeoutError")
MINUTE = timedelta(minutes=1)


def unheard(orders: int) -> World:
    """So many receipts are planned, and nobody has heard of them."""
    world = World(deaf=True)
    for number in range(orders):
        customer = {"name": "Olena", "email": f"olena{number}@customer.example"}
        world.tell(
            "order.placed", {"number": str(number), "total": "1.00", "items": [{}]}, customer, order_id=str(number)
        )
    return world


def look(world: World, minutes: int) -> Sequence[SendRequest]:
    """What the outbox asks for at a tick so many minutes after the beginning."""
    asked: list[SendRequest] = []
    outbox = replace(world.outbox, enqueue=asked.extend)
    outbox(MONDAY + minutes * MINUTE)
    return asked


class Counting(MemoryTable):
    """How many items were asked for together."""

    def __init__(self, stored: FakeTable) -> None:
        super().__init__(stored)
        self.asked: list[int] = []

    def get(self, keys: Sequence[Key]) -> dict[Key, Item]:
        self.asked.append(len(keys))
        return super().get(keys)


def test_it_reads_a_hundred_at_a_time() -> None:
    world = unheard(101)
    table = Counting(world.table.stored)
    world.outbox = replace(world.outbox, ledger=Ledger(table))
    assert len(look(world, 6)) == 101
    assert table.asked == [100, 1]


def test_it_does_not_ask_again_at_the_next_tick_and_does_at_the_one_after() -> None:
    world = unheard(3)
    assert [len(look(world, minutes)) for minutes in (5, 10, 15, 20, 25)] == [3, 0, 3, 0, 3]


def test_what_was_asked_for_is_due_all_the_same() -> None:
    world = unheard(1)
    (request,) = look(world, 5)
    world.now = MONDAY + 5 * MINUTE
    world.deliver([request])
    assert [message.status for message in world.messages()] == [Status.SENT]


def test_what_a_sender_has_in_hand_is_left_to_it() -> None:
    world = unheard(2)
    claimed, other = world.messages()
    world.ledger.claim(claimed, MONDAY + 4 * MINUTE, None)
    assert [request.message for request in look(world, 5)] == [other.id]


def test_what_was_written_to_since_the_index_was_read_is_left_alone() -> None:
    world = unheard(1)
    (message,) = world.messages()
    world.ledger.hold(message, MONDAY + 60 * MINUTE, MONDAY + 60 * MINUTE, None)
    moved = world.messages()[0]
    with pytest.raises(Conflict):
        world.ledger.asked_for(message, MONDAY + 11 * MINUTE)
    assert look(world, 6) == []
    assert world.messages() == [moved]


def test_what_is_in_doubt_is_asked_for_with_the_rest() -> None:
    world = unheard(3)
    world.email.failures = [DOUBT]
    first = world.messages()[0]
    world.ask_for(first)
    assert len(look(world, 5)) == 3


class OutageError(Exception):
    """The table cannot be had."""


class OneRefused(Ledger):
    """The first order's message cannot be written to."""

    def asked_for(self, message: Message, look_at: datetime) -> None:
        if message.order == "0":
            raise OutageError
        super().asked_for(message, look_at)


def test_one_that_cannot_be_asked_for_stands_in_the_way_of_nobody() -> None:
    world = unheard(3)
    world.outbox = replace(world.outbox, ledger=OneRefused(world.table))
    assert [request.subject for request in look(world, 6)] == ["order/1", "order/2"]
    (failed,) = [facts for name, facts in world.log if name == "alarm"]
    assert (failed["shop"], failed["error"]) == ("dobra", "OutageError")


def test_an_outage_ends_the_tick_once_the_others_are_asked_for_and_the_next_one_goes_on() -> None:
    world = unheard(3)
    asked: list[SendRequest] = []
    broken = replace(world.outbox, ledger=OneRefused(world.table), is_outage=lambda error: True, enqueue=asked.extend)
    with pytest.raises(OutageError):
        broken(MONDAY + 6 * MINUTE)
    assert [request.subject for request in asked] == ["order/1", "order/2"]
    assert [request.subject for request in look(world, 10)] == ["order/0"]


def test_a_subject_that_waits_among_the_messages_is_advanced() -> None:
    world = unheard(2)
    partition = keys.due_partition(Sweep.OUTBOX, keys.order_partition("dobra", "0"), 1)
    head = (keys.order_partition("dobra", "0"), keys.HEAD)
    values: dict[str, Value] = {"outbox": partition, "at": format_instant(MONDAY)}
    world.table.update(head, "SET due_pk = :outbox, due_at = :at", "attribute_exists(pk)", values)
    advanced: list[DuePlace] = []
    world.outbox = replace(world.outbox, advance_due=lambda places, now: advanced.extend(places))
    assert len(look(world, 6)) == 2
    assert [place.key for place in advanced] == [head]


def test_it_stops_when_time_is_short_and_says_how_many_it_has_looked_at() -> None:
    world = unheard(3)
    assert world.outbox(MONDAY + 6 * MINUTE, lambda: True) == 0
    assert world.outbox(MONDAY + 6 * MINUTE) == 3
