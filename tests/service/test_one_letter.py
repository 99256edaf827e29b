"""One letter for what comes together: received and paid, received and accepted, paid and accepted, called off and paid
back."""

from datetime import timedelta
from typing import Any

import pytest

from shopbell.domain.model.shop import Figures
from tests.world import MONDAY, OLENA, World, a_shop, an_order

SECOND = timedelta(seconds=1)
MINUTE = 60 * SECOND
CARD = {"payment.method": "card", "total": "30.00"}
REFUND = {"id": "r", "amount": "30.00"}


def placed(world: World | None = None, /, **changes: Any) -> World:
    world = world or World()
    world.tell("order.placed", an_order(**{**CARD, **changes}), OLENA)
    return world


def told(world: World) -> dict[str, Any]:
    """What the newest letter was made of."""
    return dict(world.renderer.said[-1])


@pytest.mark.parametrize("method", ["card", "other"])
def test_a_card_order_waits_a_minute_and_says_that_it_is_paid(method: str) -> None:
    world = placed(None, **{"payment.method": method})
    world.now += 20 * SECOND
    world.tell("order.paid")
    assert world.kinds == []
    world.until(MONDAY + MINUTE)
    assert world.kinds == ["order_received"]
    assert (told(world)["order"].paid, told(world)["ships_by"] is not None) == (True, True)
    assert world.reasons("payment_received") == ["skipped superseded"]


def test_paid_in_the_same_second_and_told_three_times_it_is_one_letter() -> None:
    world = placed()
    for _ in range(3):
        world.tell("order.paid")
    world.until(MONDAY + timedelta(hours=1))
    assert world.kinds == ["order_received"]


@pytest.mark.parametrize("method", ["card", "bank_transfer"])
def test_paid_before_it_was_placed_it_is_one_letter(method: str) -> None:
    world = World()
    world.tell("order.paid", order_id="1001")
    placed(world, **{"payment.method": method})
    world.until(MONDAY + timedelta(hours=1))
    assert world.kinds == ["order_received"]
    assert told(world)["order"].paid


def test_with_the_checkout_s_word_of_the_payment_it_leaves_at_once() -> None:
    world = placed(None, **{"payment.paid_at": "2026-03-02T08:00:00Z"})
    assert world.kinds == ["order_received"]
    assert told(world)["order"].paid
    world.tell("order.paid", payment={"id": "p", "amount": "30.00"})
    world.until(MONDAY + timedelta(hours=1))
    assert world.kinds == ["order_received"]
    assert "skipped nothing_to_tell" in world.reasons("payment_received")


def test_in_the_night_it_waits_a_minute_too_and_no_longer() -> None:
    world = placed(World(now=MONDAY + timedelta(hours=15)))
    world.until(MONDAY + timedelta(hours=15) + MINUTE)
    assert world.kinds == ["order_received"]


def test_not_paid_by_then_it_says_what_is_due_and_the_payment_is_a_letter_of_its_own() -> None:
    world = placed()
    world.until(MONDAY + MINUTE)
    assert str(told(world)["order"].payment.due) == "30.00"
    world.now += SECOND
    world.tell("order.paid")
    assert world.kinds == ["order_received", "payment_received"]


def test_a_payment_that_arrives_when_the_letter_has_left_is_told_whatever_its_moment() -> None:
    world = placed()
    world.until(MONDAY + 2 * MINUTE)
    world.tell("order.paid", at=MONDAY + 10 * SECOND)
    assert world.kinds == ["order_received", "payment_received"]


def test_a_transfer_s_letter_waits_for_nothing() -> None:
    world = placed(None, **{"payment.method": "bank_transfer"})
    assert world.kinds == ["order_received"]


def test_accepted_by_then_the_acceptance_leaves_at_once_with_all_of_it() -> None:
    world = placed()
    world.now += 20 * SECOND
    world.tell("order.accepted")
    assert world.kinds == ["order_accepted"]
    assert told(world)["full"]
    world.until(MONDAY + timedelta(hours=1))
    assert world.kinds == ["order_accepted"]
    assert world.reasons("order_received") == ["skipped superseded"]


def test_paid_and_then_accepted_by_then_the_acceptance_says_all_three() -> None:
    world = placed()
    world.now += 10 * SECOND
    world.tell("order.paid")
    world.now += 10 * SECOND
    world.tell("order.accepted")
    world.until(MONDAY + timedelta(hours=1))
    assert world.kinds == ["order_accepted"]
    assert (told(world)["full"], told(world)["order"].paid) == (True, True)


def test_what_came_before_the_order_itself_is_one_letter() -> None:
    world = World()
    world.tell("order.accepted", order_id="1001", at=MONDAY - MINUTE)
    world.tell("order.paid", order_id="1001", at=MONDAY - MINUTE)
    placed(world)
    world.until(MONDAY + timedelta(hours=1))
    assert world.kinds == ["order_accepted"]
    assert (told(world)["full"], told(world)["order"].paid) == (True, True)


def test_a_shop_that_turned_the_receipt_off_tells_of_the_payment() -> None:
    world = placed(World(shop=a_shop(journeys={"order_received": Figures(enabled=False)})))
    world.tell("order.paid")
    world.until(MONDAY + timedelta(hours=1))
    assert world.kinds == ["payment_received"]


def test_called_off_and_paid_back_before_it_was_placed_is_one_letter() -> None:
    world = World(now=MONDAY + 3 * MINUTE)
    world.tell("order.cancelled", order_id="1001", at=MONDAY + 2 * MINUTE)
    world.tell("order.refunded", order_id="1001", refund=REFUND, at=MONDAY + 2 * MINUTE)
    world.tell("order.paid", order_id="1001", at=MONDAY + MINUTE)
    world.tell("order.placed", an_order(**CARD), OLENA, at=MONDAY)
    world.until(MONDAY + timedelta(hours=1))
    assert world.kinds == ["order_cancelled"]
    assert (str(told(world)["given_back"]), told(world)["refund_expected"]) == ("30.00", None)


def test_a_refund_that_comes_after_the_cancellation_is_told_by_itself() -> None:
    world = placed(None, **{"payment.method": "bank_transfer"})
    world.now += MINUTE
    world.tell("order.paid")
    world.now += MINUTE
    world.tell("order.cancelled")
    assert str(told(world)["refund_expected"]) == "30.00"
    world.now += MINUTE
    world.tell("order.refunded", refund=REFUND)
    assert world.kinds == ["order_received", "payment_received", "order_cancelled", "order_refunded"]
