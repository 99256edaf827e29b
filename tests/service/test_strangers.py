"""Whoever orders in another's name sends them the shop's own letters, and nothing of theirs in them."""

from typing import Any

import pytest

from tests.world import OLENA, World, a_busy_shop, an_order

LINK = "http://evil.example/win"
OPTIONS = {"Engraving": f"For Anna, see {LINK}", "Colour": "blue"}
HOSTILE = {
    "number": f"{LINK}",
    "delivery.address": f"Sample St 1, {LINK}, Kyiv",
    "items": [{"sku": "MUG-1", "name": "Mug", "quantity": "1", "unit_price": "1499.00", "options": OPTIONS}],
}


def said_of(world: World, kind: str) -> Any:
    return next(said for said in world.renderer.said if said["kind"] == kind)


def test_a_letter_says_who_and_where_without_the_links() -> None:
    world = World()
    world.place(OLENA | {"name": f"Olena {LINK} {'a' * 1_000}"}, **HOSTILE)
    said = said_of(world, "order_received")
    assert (said["customer"].name[:7], len(said["customer"].name) <= 100) == ("Olena a", True)
    assert said["order"].number == "1001"
    assert said["order"].delivery.address == "Sample St 1, Kyiv"
    assert said["order"].items[0].options == [("Engraving", "For Anna, see"), ("Colour", "blue")]
    assert "evil" not in str(said)


def test_what_a_stranger_complains_of_is_told_them_in_short_and_the_staff_in_full() -> None:
    world = World(shop=a_busy_shop())
    text = f"You won, see {LINK}, {'quickly ' * 100}"
    world.tell("complaint.opened", customer=OLENA, customer_id="8", said={"complaint": {"id": "q-1", "text": text}})
    told, asked = said_of(world, "complaint_received")["complaint"], said_of(world, "staff_complaint")["complaint"]
    assert ("evil" in told.text, len(told.text) <= 500) == (False, True)
    assert asked.text == text


@pytest.mark.parametrize("name", ["J.R. Smith", "Anna-Maria", "О.В. Шевченко", "Acme Co.Ltd"])
def test_an_ordinary_name_is_told_as_it_is(name: str) -> None:
    world = World()
    world.tell("order.placed", an_order(), OLENA | {"name": name})
    assert said_of(world, "order_received")["customer"].name == name
