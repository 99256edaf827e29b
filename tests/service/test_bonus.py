"""Bonus units: earned when paid, told, spent, taken back; whatever comes twice, late or in another order."""

import json
from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from shopbell.domain.model.shop import Bonus, Tier
from tests.world import OLENA, World, a_shop, an_order


def place(world: World, order_id: str, total: str, customer: dict[str, Any] | None = None) -> None:
    changes = an_order(number=order_id, total=total)
    world.tell("order.placed", changes, OLENA if customer is None else customer, order_id=order_id)


def buy(world: World, order_id: str, total: str) -> None:
    place(world, order_id, total)
    world.tell("order.paid", order_id=order_id)


def refund(world: World, amount: str, name: str = "r1", order_id: str = "1001") -> None:
    world.tell("order.refunded", order_id=order_id, refund={"id": name, "amount": amount})


def units(world: World) -> int:
    """The balance of all the ledgers there are."""
    stored = [item["doc"] for (_, sort), item in world.table.items.items() if sort.startswith("bonus#")]
    return sum(json.loads(str(entry))["units"] for entry in stored)


def told(world: World) -> Any:
    return world.renderer.said[-1].get("bonus")


def test_500_spent_are_500_units_worth_5() -> None:
    world = World()
    buy(world, "1001", "500.00")
    assert (told(world).earned, told(world).balance) == (500, 500)
    assert (str(told(world).worth), str(told(world).earned_worth)) == ("5.00", "5.00")


@pytest.mark.parametrize(
    ("total", "earned"), [("99.99", 99), ("1.00", 1), ("0.99", 0), ("0.00", 0), ("1234567.89", 1234567)]
)
def test_only_whole_units_are_earned(total: str, earned: int) -> None:
    world = World()
    buy(world, "1001", total)
    assert units(world) == earned
    assert bool(told(world)) == bool(earned)


def test_the_letter_tells_what_was_earned_before_as_well() -> None:
    world = World()
    buy(world, "1001", "500.00")
    buy(world, "1002", "20.00")
    assert (told(world).earned, told(world).balance, str(told(world).worth)) == (20, 520, "5.20")


def test_paid_twice_is_earned_once() -> None:
    world = World()
    buy(world, "1001", "500.00")
    world.tell("order.paid")
    place(world, "1001", "500.00")
    assert units(world) == 500


def test_what_was_spent_is_gone_once_however_often_it_is_told() -> None:
    world = World()
    buy(world, "1001", "500.00")
    for _ in range(2):
        world.tell("bonus.spent", customer=OLENA, said={"units": 300, "order": "1002"})
    assert units(world) == 200
    buy(world, "1002", "10.00")
    assert (told(world).earned, told(world).balance) == (10, 210)


def test_spent_without_an_order_it_counts_once_for_an_event() -> None:
    world = World()
    buy(world, "1001", "500.00")
    for event_id in ("e1", "e1", "e2"):
        world.tell("bonus.spent", customer=OLENA, said={"units": 100}, event_id=event_id)
    assert units(world) == 300


def test_spent_before_it_was_earned_comes_out_the_same() -> None:
    world = World()
    world.tell("bonus.spent", customer=OLENA, said={"units": 300, "order": "1002"})
    buy(world, "1001", "500.00")
    assert (units(world), told(world).balance) == (200, 200)


@pytest.mark.parametrize(
    ("refunds", "left"),
    [
        ([("100.00", "r1")], 400),
        ([("100.00", "r1"), ("100.00", "r1")], 400),
        ([("100.00", "r1"), ("100.00", "r2")], 300),
        ([("0.50", "r1")], 499),
        ([("500.00", "r1")], 0),
        ([("700.00", "r1")], 0),
        ([("300.00", "r1"), ("300.00", "r2")], 0),
    ],
)
def test_a_refund_takes_back_its_share_and_never_more_than_was_earned(
    refunds: list[tuple[str, str]], left: int
) -> None:
    world = World()
    buy(world, "1001", "500.00")
    for amount, name in refunds:
        refund(world, amount, name)
    assert units(world) == left


def test_a_cancellation_takes_back_the_rest() -> None:
    world = World()
    buy(world, "1001", "500.00")
    refund(world, "100.00")
    world.tell("order.cancelled")
    world.tell("order.cancelled")
    refund(world, "400.00", "r2")
    assert units(world) == 0


def test_an_order_cancelled_before_it_was_paid_earns_nothing() -> None:
    world = World()
    place(world, "1001", "500.00")
    world.tell("order.cancelled")
    assert units(world) == 0


@pytest.mark.parametrize("told_in", list(permutations(["order.placed", "order.paid", "order.refunded"])))
def test_in_whatever_order_it_is_told_the_ledger_is_the_same(told_in: tuple[str, ...]) -> None:
    world = World()
    for event in told_in:
        if event == "order.placed":
            place(world, "1001", "500.00")
        elif event == "order.paid":
            world.tell("order.paid")
        else:
            refund(world, "100.00")
    assert units(world) == 400


def test_a_guest_who_becomes_a_customer_keeps_what_they_earned() -> None:
    world = World()
    buy(world, "1001", "500.00")
    world.tell("customer.updated", customer=OLENA, customer_id="7")
    world.tell("order.placed", an_order(number="1002", total="20.00"), OLENA, order_id="1002", customer_id="7")
    world.tell("order.paid", order_id="1002")
    assert (told(world).earned, told(world).balance) == (20, 520)
    world.tell("bonus.spent", customer_id="7", said={"units": 120, "order": "1003"})
    refund(world, "500.00")
    assert units(world) == -100


def test_an_order_of_nobody_reachable_earns_all_the_same() -> None:
    world = World()
    place(world, "1001", "500.00", {"name": "Olena"})
    world.tell("order.paid")
    assert units(world) == 500


TIERS = Bonus(tiers=(Tier(Decimal("1000"), Decimal("2")), Tier(Decimal("5000"), Decimal("3"))))


def test_the_more_was_bought_the_more_a_purchase_earns() -> None:
    world = World(shop=a_shop(bonus=TIERS))
    earned = []
    for number, total in enumerate(("999.99", "0.01", "100.00", "4000.00", "10.00")):
        buy(world, f"{number}", total)
        earned.append(told(world).earned if told(world) else 0)
    assert earned == [999, 0, 100, 4100 - 100 + 4000, 30]


@pytest.mark.parametrize("taken_back", ["order.cancelled", "order.refunded"])
def test_what_was_given_back_brings_nobody_to_a_better_tier(taken_back: str) -> None:
    world = World(shop=a_shop(bonus=TIERS))
    buy(world, "1001", "2000.00")
    if taken_back == "order.cancelled":
        world.tell("order.cancelled")
    else:
        refund(world, "2000.00")
    buy(world, "1002", "100.00")
    assert units(world) == 100


def test_a_shop_that_gives_none_tells_of_none() -> None:
    world = World(shop=a_shop(bonus=Bonus(earned_per_1=Decimal(0))))
    buy(world, "1001", "500.00")
    assert (units(world), told(world)) == (0, None)


def test_what_was_earned_before_the_shop_stopped_is_taken_back_all_the_same() -> None:
    world = World()
    buy(world, "1001", "500.00")
    world.shop = replace(world.shop, bonus=Bonus(earned_per_1=Decimal(0)))
    refund(world, "500.00")
    assert units(world) == 0


def test_two_orders_whose_names_run_into_each_other_have_entries_of_their_own() -> None:
    world = World()
    buy(world, "1", "100.00")
    refund(world, "50.00", "2", order_id="1")
    buy(world, "1#2", "100.00")
    world.tell("order.cancelled", order_id="1#2")
    assert units(world) == 50


def test_what_was_spent_before_a_forgetting_brings_nobody_back() -> None:
    world = World()
    before = world.now
    world.tell("customer.erased", customer={"email": OLENA["email"]}, at=before.replace(hour=9))
    world.tell("bonus.spent", customer=OLENA, customer_id="7", said={"units": 5}, at=before)
    assert "Olena" not in world.stored()
    assert "olena@" not in world.stored()
