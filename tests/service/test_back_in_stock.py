"""Everybody who asked for a product hears that it is there again: once, the first to ask first, and not in vain."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from shopbell.domain.model.run import Run
from shopbell.domain.model.shop import Paused
from shopbell.domain.model.state import Conflict
from shopbell.storage.runs import Runs
from tests.world import MONDAY, OLENA, World, a_busy_shop, an_order

LATE_MARCH = datetime(2026, 3, 20, 9, tzinfo=MONDAY.tzinfo)
MUG: dict[str, Any] = {"sku": "MUG-1", "name": "Blue mug", "unit_price": "299.00", "url": "https://dobra.example/mug"}


def wish(world: World, number: int = 1, sku: str = "MUG-1", customer: dict[str, Any] | None = None) -> None:
    person = customer or {"email": f"b{number}@customer.example"}
    world.tell("product.wanted", None, person, customer_id=str(number), sku=sku)


def restock(world: World, quantity: str | None = None, **product: Any) -> None:
    said = MUG | product | ({} if quantity is None else {"quantity": quantity})
    world.tell("product.restocked", None, product=said)


def told(world: World) -> list[str]:
    return [message.customer.removeprefix("id:") for message in world.sent() if message.kind == "back_in_stock"]


def buy(world: World, number: str, *quantities: str, sku: str = "MUG-1") -> None:
    """A line each."""
    items = [{**MUG, "sku": sku, "quantity": quantity} for quantity in quantities or ("1",)]
    world.tell("order.placed", an_order(number=number, placed_at=None, items=items), OLENA, order_id=number)


def test_whoever_asked_hears_of_it_once_with_the_day_on_which_they_asked() -> None:
    world = World()
    wish(world)
    world.until(LATE_MARCH)
    restock(world)
    world.until(LATE_MARCH + timedelta(days=5))
    assert world.kinds == ["back_in_stock"]
    (thing,) = world.renderer.said[-1]["wished"]
    assert (thing.name, thing.sku, str(thing.asked_on), str(thing.unit_price)) == (
        "Blue mug",
        "MUG-1",
        "2026-03-02",
        "299.00",
    )


def test_half_a_year_is_not_too_long() -> None:
    world = World()
    wish(world)
    world.until("2026-09-01T09:00:00Z")
    restock(world)
    world.until("2026-09-01T12:00:00Z")
    assert world.kinds == ["back_in_stock"]


def test_another_variant_is_another_product() -> None:
    world = World()
    wish(world, sku="MUG-1-BLUE")
    restock(world, sku="MUG-1-RED")
    world.until(LATE_MARCH)
    assert world.kinds == []


@pytest.mark.parametrize("times", [2, 3])
def test_the_same_word_told_again_tells_nobody_again(times: int) -> None:
    world = World()
    wish(world)
    for number in range(times):
        world.tell("product.restocked", None, event_id="evt_same", at=MONDAY, product=MUG)
        world.until(MONDAY + timedelta(minutes=10 * (number + 1)))
    world.until(LATE_MARCH)
    assert world.kinds == ["back_in_stock"]


def test_in_out_and_in_again_within_a_day_is_one_letter() -> None:
    world = World()
    wish(world)
    restock(world)
    world.until(MONDAY + timedelta(hours=2))
    restock(world, "0")
    world.until(MONDAY + timedelta(hours=4))
    restock(world)
    world.until(LATE_MARCH)
    assert world.kinds == ["back_in_stock"]


def test_whoever_asks_again_is_told_again() -> None:
    world = World()
    wish(world)
    restock(world)
    world.until(MONDAY + timedelta(days=3))
    wish(world)
    world.until(MONDAY + timedelta(days=4))
    restock(world)
    world.until(LATE_MARCH)
    assert world.kinds == ["back_in_stock"] * 2


def test_three_of_each_thing_there_is_are_told_an_hour_the_first_to_ask_first() -> None:
    world = World()
    for number in range(1, 9):
        wish(world, number)
        world.now += timedelta(minutes=1)
    began = world.now
    restock(world, "1")
    world.until(began + timedelta(minutes=20))
    assert told(world) == ["1", "2", "3"]
    world.until(began + timedelta(minutes=80))
    assert told(world) == ["1", "2", "3", "4", "5", "6"]
    world.until(began + timedelta(hours=4))
    assert sorted(told(world)) == [str(number) for number in range(1, 9)]


def test_what_was_ordered_since_is_there_no_more_and_the_rest_wait_for_the_next() -> None:
    world = World()
    for number in range(1, 8):
        wish(world, number)
        world.now += timedelta(minutes=1)
    restock(world, "1")
    world.until(world.now + timedelta(minutes=20))
    buy(world, "77")
    world.until(world.now + timedelta(days=2))
    assert told(world) == ["1", "2", "3"]
    assert world.reasons("back_in_stock").count("held sold_out") == 4
    restock(world, "5")
    world.until(world.now + timedelta(days=1))
    assert sorted(told(world)) == [str(number) for number in range(1, 8)]


def test_two_lines_of_it_in_one_order_are_two_of_it() -> None:
    world = World()
    for number in range(1, 12):
        wish(world, number)
        world.now += timedelta(minutes=1)
    restock(world, "3")
    world.until(world.now + timedelta(minutes=20))
    buy(world, "77", "2", "1")
    world.until(world.now + timedelta(days=2))
    assert len(told(world)) == 9
    assert world.reasons("back_in_stock").count("held sold_out") == 2


def test_a_letter_that_waits_for_the_morning_does_not_leave_where_it_sold_out_at_night() -> None:
    world = World(now=MONDAY.replace(hour=20))  # ten at night in Kyiv
    wish(world)
    restock(world, "1")
    world.until(MONDAY.replace(hour=21))
    buy(world, "77")
    world.until(MONDAY.replace(day=4))
    assert told(world) == []
    assert world.reasons("back_in_stock")[-1] == "held sold_out"
    restock(world, "3")
    world.until(MONDAY.replace(day=5))
    assert told(world) == ["1"]


def test_an_order_called_off_gives_its_thing_back() -> None:
    world = World()
    for number in range(1, 6):
        wish(world, number)
        world.now += timedelta(minutes=1)
    restock(world, "1")
    buy(world, "77")
    world.tell("order.cancelled", order_id="77", reason="changed my mind")
    world.until(world.now + timedelta(hours=4))
    assert sorted(told(world)) == ["1", "2", "3", "4", "5"]


def test_whoever_bought_it_since_does_not_hear() -> None:
    world = World()
    wish(world, customer=OLENA)
    buy(world, "77")
    world.kinds.clear()
    restock(world)
    world.until(LATE_MARCH)
    assert "back_in_stock" not in world.kinds
    assert world.reasons("back_in_stock") == ["skipped no_longer_true"]


def test_several_that_came_together_are_one_letter() -> None:
    world = World()
    for sku in ("MUG-1", "BOWL-1", "VASE-1"):
        wish(world, sku=sku)
    restock(world)
    restock(world, sku="BOWL-1", name="Bowl")
    world.until(MONDAY + timedelta(hours=3))
    restock(world, sku="VASE-1", name="Vase")
    world.until(LATE_MARCH)
    assert world.kinds == ["back_in_stock"] * 2
    assert [[thing.name for thing in said["wished"]] for said in world.renderer.said] == [
        ["Bowl", "Blue mug"],
        ["Vase"],
    ]


def test_whoever_left_only_a_phone_and_agreed_to_no_sms_is_rung() -> None:
    world = World(shop=a_busy_shop())
    wish(world, customer={"name": "Olena", "phone": "+380445550101"})
    restock(world)
    world.until(LATE_MARCH)
    assert world.tasks == ["staff_callback.back_in_stock"]
    assert world.kinds == []


def test_whoever_agreed_to_sms_gets_one() -> None:
    world = World(shop=a_busy_shop())
    wish(world, customer={"phone": "+380445550101", "consent.sms_service": {"granted": True}})
    restock(world)
    world.until(LATE_MARCH)
    assert (world.kinds, world.tasks) == (["sms back_in_stock"], [])


def test_at_night_it_waits_for_the_send_hours() -> None:
    world = World(now=MONDAY.replace(hour=20))
    wish(world)
    restock(world)
    world.until(MONDAY.replace(day=4))
    assert world.sent_at("back_in_stock") == ["Tue 03 09:00"]


def test_a_pause_holds_the_run_and_its_end_lets_it_go_on() -> None:
    world = World()
    for number in range(1, 4):
        wish(world, number)
    world.store.save_pause("dobra", Paused.MARKETING)
    restock(world)
    world.until(MONDAY + timedelta(hours=2))
    assert world.kinds == []
    world.store.save_pause("dobra", Paused.NOTHING)
    world.until(MONDAY + timedelta(hours=3))
    assert len(told(world)) == 3


def test_who_was_forgotten_is_on_no_list() -> None:
    world = World()
    wish(world)
    world.tell("customer.erased", None, None, customer_id="1")
    assert not [key for key in world.table.items if "#wanted#" in key[0]]
    restock(world)
    world.until(LATE_MARCH)
    assert world.kinds == []


def test_a_guest_who_turned_out_to_be_somebody_is_told_as_that_customer() -> None:
    world = World()
    world.tell("product.wanted", None, OLENA, sku="MUG-1")
    world.tell("customer.updated", None, OLENA, customer_id="7")
    restock(world)
    world.until(LATE_MARCH)
    assert told(world) == ["7"]


def test_a_sold_out_item_of_an_order_ends_the_waves() -> None:
    world = World()
    for number in range(1, 8):
        wish(world, number)
        world.now += timedelta(minutes=1)
    restock(world, "2")
    world.until(world.now + timedelta(minutes=20))
    buy(world, "77")
    world.tell("order.item_unavailable", order_id="77", sku="MUG-1", alternatives=[])
    world.until(world.now + timedelta(days=1))
    assert len(told(world)) == 6


def test_an_order_of_a_product_for_which_nobody_waits_is_not_counted() -> None:
    world = World()
    wish(world)
    restock(world, "4")
    buy(world, "77", sku="BOWL-1")
    buy(world, "78")
    ordered = [key for key in world.table.items if key[1].startswith("ordered#")]
    assert len(ordered) == 1
    world.until(MONDAY + timedelta(days=3))
    assert world.store.shop("dobra").counted == frozenset()  # type: ignore[union-attr]  # it is there


CROWD = 1_000


def crowded(world: World) -> None:
    for number in range(CROWD):
        world.now += timedelta(seconds=1)
        wish(world, number)


class DyingRuns(Runs):
    """Each page is told, and every other time the process dies before that is noted."""

    saved = count()

    def save(self, shop: str, run: Run) -> None:
        if next(self.saved) % 2 == 0:
            raise Conflict("the process died")
        super().save(shop, run)


def test_a_run_through_many_survives_a_crash_at_every_page() -> None:
    world = World()
    crowded(world)
    restock(world)
    world.walk_runs = replace(world.walk_runs, runs=DyingRuns(world.table, 1))
    world.until(world.now + timedelta(hours=12))
    assert len(told(world)) == len(set(told(world))) == CROWD
