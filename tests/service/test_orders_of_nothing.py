"""An order that costs nothing, from the beginning or by a new price, is paid: nobody is reminded, and it is packed."""

from datetime import timedelta

import pytest

from tests.world import MONDAY, OLENA, World, a_busy_shop, an_order

DUNNING = {"order_unpaid_first", "order_unpaid_final", "staff_call_unpaid", "payment_received"}


def heard(world: World) -> set[str]:
    return {message.kind for message in world.sent()}


@pytest.mark.parametrize("method", ["bank_transfer", "card", "other"])
def test_an_order_of_nothing_is_packed_and_nobody_is_asked_to_pay(method: str) -> None:
    world = World(shop=a_busy_shop())
    world.tell("order.placed", an_order(total="0.00", discount_total="1499.00", **{"payment.method": method}), OLENA)
    world.tell("order.paid")
    world.until(MONDAY + timedelta(days=12))
    assert "staff_pack" in heard(world)
    assert heard(world) & DUNNING == set()
    assert world.renderer.said[0]["order"].payment.due is None
    assert "skipped lost" not in world.reasons("order_unpaid_final")
    assert world.reasons("payment_received") == ["skipped nothing_to_tell"]


def test_a_price_that_became_nothing_is_paid_from_then_on() -> None:
    world = World(shop=a_busy_shop())
    world.place()
    world.now += timedelta(hours=1)
    world.tell("order.repriced", {"total": "0.00"}, repriced={"old_total": "1499.00", "new_total": "0.00"})
    world.until(MONDAY + timedelta(days=12))
    assert {"order_repriced", "staff_pack"} <= heard(world)
    assert heard(world) & DUNNING == set()


def test_on_receipt_nothing_is_due_either() -> None:
    world = World(shop=a_busy_shop())
    world.tell("order.placed", an_order(total="0.00", **{"payment.method": "cash_on_delivery"}), OLENA)
    world.tell("order.accepted")
    assert "staff_pack" in heard(world)
    assert world.renderer.said[0]["order"].payment.due is None


def test_what_costs_something_again_before_the_task_left_is_not_packed_unpaid() -> None:
    world = World(shop=a_busy_shop())
    world.deaf = True
    world.tell("order.placed", an_order(total="0.00"), OLENA)
    world.now += timedelta(minutes=2)
    world.tell("order.repriced", {"total": "90.00"}, repriced={"old_total": "0.00", "new_total": "90.00"})
    world.deaf = False
    world.until(MONDAY + timedelta(hours=1))
    assert "staff_pack" not in heard(world)
