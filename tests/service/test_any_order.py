"""All orders in which five events can come: the same end, and no letter about a state already past."""

from datetime import timedelta
from itertools import permutations

import pytest

from tests.world import MONDAY, OLENA, World, an_order

HOUR = timedelta(hours=1)
STORY = ("order.placed", "order.accepted", "order.paid", "order.shipped", "order.delivered")
AT = {name: MONDAY + index * HOUR for index, name in enumerate(STORY)}
KIND_OF = {"order_accepted": 1, "payment_received": 2, "order_shipped": 3}


@pytest.fixture(scope="module")
def worlds() -> list[tuple[tuple[str, ...], World]]:
    return [(order, played(order)) for order in permutations(STORY)]


def played(order: tuple[str, ...]) -> World:
    world = World(now=MONDAY + 6 * HOUR)
    for name in order:
        whole = an_order() if name == "order.placed" else {}
        world.tell(name, whole, OLENA, at=AT[name], event_id=f"evt_{name}")
    return world


def test_they_end_in_the_same_state(worlds: list[tuple[tuple[str, ...], World]]) -> None:
    states = {str(world.store.session("dobra").order("1001").entity.record.fields.keys()) for _, world in worlds}
    moments = {
        tuple(sorted((kind, world.store.session("dobra").order("1001").entity.first(kind)) for kind in STORY))
        for _, world in worlds
    }
    assert (len(states), len(moments)) == (1, 1)


def test_nobody_hears_of_a_state_that_is_past(worlds: list[tuple[tuple[str, ...], World]]) -> None:
    for order, world in worlds:
        told = [KIND_OF[kind] for kind in world.kinds if kind in KIND_OF]
        assert told == sorted(told), order


def test_in_their_own_order_each_is_told(worlds: list[tuple[tuple[str, ...], World]]) -> None:
    assert worlds[0][1].kinds == ["order_received", "order_accepted", "payment_received", "order_shipped"]


def test_no_letter_is_sent_twice(worlds: list[tuple[tuple[str, ...], World]]) -> None:
    assert all(len(set(world.kinds)) == len(world.kinds) for _, world in worlds)
