"""A shop with letters of its own: whose words leave, and that something always does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shopbell.domain.model.state import Conflict
from shopbell.storage import keys
from shopbell.storage.keys import Key
from shopbell.storage.letters import OwnLetters
from shopbell.storage.table import Item, Write
from tests.memory_table import MemoryTable
from tests.rendering.letters import RENDERER
from tests.world import MONDAY, OLENA, World, an_order

OWN = "{% block subject %}Hurrah, {{ order.number }} is ours to pack{% endblock %}"
BROKEN = "{% block subject %}Hurrah, {{ coupon.code }}{% endblock %}"
NAME = "en/order_received"


def world_with(*letters: str) -> World:
    """A shop that put these letters of its own, one after another, under the same name."""
    world = World()
    world.send = world.sending_with(RENDERER)
    for source in letters:
        world.own_letters.put("dobra", NAME, source)
    return world


def subjects(world: World) -> list[str]:
    return [letter.subject for letter in world.email.taken]


def alarms(world: World) -> list[dict[str, object]]:
    return [facts for said, facts in world.log if said == "alarm"]


def test_a_shops_own_words_reach_its_customers_and_nobody_elses() -> None:
    world = world_with(OWN)
    world.store.save_shop("other", {})
    world.place()
    assert subjects(world) == ["Hurrah, 1001 is ours to pack"]
    assert world.store.shop("other") == replace(world.shop, letters={})


def test_a_letter_that_cannot_be_made_gives_way_to_the_shipped_one_and_somebody_is_woken() -> None:
    world = world_with(BROKEN)
    world.place()
    assert subjects(world) == subjects(placed(world_with()))
    told = {"shop": "dobra", "kind": "order_received", "locale": "en", "error": "UndefinedError"}
    (alarm,) = alarms(world)
    assert alarm.items() >= {"own_letter": "email", **told}.items()
    assert ":" in str(alarm["at"])
    assert world.reasons("order_received") == ["sent due"]


def placed(world: World) -> World:
    world.place()
    return world


@pytest.mark.parametrize("stored", [{}, {"doc": "broken"}, {"doc": '{"source": 7}'}, {"doc": '{"source": ""}'}])
def test_whatever_stands_in_the_table_the_customer_gets_a_letter(stored: dict[str, Any]) -> None:
    world = world_with(OWN)
    world.table.write([Write((keys.letters_partition("dobra"), NAME), stored)])
    world.place()
    assert subjects(world) == subjects(placed(world_with()))


def test_a_letter_counts_at_once_and_so_does_the_next_and_its_end() -> None:
    world = world_with(OWN)
    world.place()
    world.own_letters.put("dobra", NAME, OWN.replace("Hurrah", "Thank you"))
    again(world, "1002")
    OwnLetters(world.table).remove("dobra", NAME)
    again(world, "1003")
    assert [subject.split(" ")[0] for subject in subjects(world)] == ["Hurrah,", "Thank", "We’ve"]
    assert world.store.shop("dobra") == world.shop


def again(world: World, number: str) -> None:
    world.tell("order.placed", an_order(number=number), OLENA, order_id=number)


def test_shops_without_letters_of_their_own_cost_no_call_more_and_others_one_a_letter() -> None:
    calls = {}
    for name, letters in {"none": (), "own": (OWN,)}.items():
        world = world_with(*letters)
        world.table.calls.clear()
        world.place()
        calls[name] = world.table.calls.copy()
        world.table.calls.clear()
        again(world, "1002")
        calls[f"{name} again"] = world.table.calls.copy()
    assert len(calls["own"]) == len(calls["none"]) + 1
    assert len(calls["own again"]) == len(calls["none again"])


class Meanwhile(MemoryTable):
    """Between a read of its owner's and the write that follows, somebody else puts a letter, once."""

    def get(self, keys: Sequence[Key]) -> dict[Key, Item]:
        found = super().get(keys)
        if not self.items:
            somebody = MemoryTable(self.stored)
            OwnLetters(somebody).put("dobra", "en/order_shipped", OWN)
        return found


def test_two_who_change_a_shops_letters_at_once_do_not_overwrite_each_other() -> None:
    letters = OwnLetters(Meanwhile())
    with pytest.raises(Conflict):
        letters.put("dobra", NAME, OWN)
    assert list(letters.names("dobra")) == ["en/order_shipped"]


def test_configuring_and_pausing_keep_the_letters() -> None:
    world = world_with(OWN)
    world.store.save_shop("dobra", {})
    world.until(MONDAY + timedelta(minutes=5))
    found = world.store.shop("dobra")
    assert found is not None
    assert list(found.letters) == [NAME]
