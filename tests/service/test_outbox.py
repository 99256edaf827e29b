"""The outbox: asks for what waits, a hundred at a time, and leaves alone for a while what it has asked for."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from shopbell.domain.model.letter import DeliveryError, FailureKind
from shopbell.domain.model.state import SendRequest
from shopbell.domain.model.vocabulary import Status
from shopbell.service.delivery.outbox import Outbox
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
    outbox = Outbox(world.store, world.ledger, asked.extend, world.reroute, world.note, ())
    outbox(MONDAY + minutes * MINUTE)
    return asked


def test_it_reads_a_hundred_at_a_time() -> None:
    world = unheard(101)
    before = world.table.calls.count("get")
    assert len(look(world, 6)) == 101
    assert world.table.calls.count("get") - before == 2


def test_it_does_not_ask_again_at_the_next_tick_and_does_at_the_one_after() -> None:
    world = unheard(3)
    assert [len(look(world, minutes)) for minutes in (5, 10, 15, 20, 25)] == [3, 0, 3, 0, 3]


def test_what_was_asked_for_is_due_all_the_same() -> None:
    world = unheard(1)
    (request,) = look(world, 5)
    world.send("dobra", request.subject, request.message, MONDAY + 5 * MINUTE)
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
    with pytest.raises(Exception, match="due_at"):
        world.ledger.asked_for(message, MONDAY + 11 * MINUTE)
    assert look(world, 6) == []
    assert world.messages() == [moved]


def test_what_is_in_doubt_is_asked_for_with_the_rest() -> None:
    world = unheard(3)
    world.email.failures = [DOUBT]
    first = world.messages()[0]
    world.send("dobra", first.subject, first.id, MONDAY)
    assert len(look(world, 5)) == 3


def test_it_stops_when_time_is_short_and_says_how_many_it_has_looked_at() -> None:
    world = unheard(3)
    outbox = Outbox(world.store, world.ledger, world.enqueue, world.reroute, world.note, ())
    assert outbox(MONDAY + 6 * MINUTE, lambda: True) == 0
    assert outbox(MONDAY + 6 * MINUTE) == 3
