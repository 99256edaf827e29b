"""Pausing a shop: what it holds back, for how long, and what becomes of it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from shopbell.domain.model.shop import Paused
from shopbell.domain.model.vocabulary import Status
from shopbell.service.operators.pause import pause
from shopbell.service.operators.wake_held import WakeHeld
from tests.world import MONDAY, OLENA, World

CELEBRATES = OLENA | {"consent.email_marketing": {"granted": True}, "birthday": "--03-05"}
ON_RECEIPT = {"payment.method": "cash_on_delivery"}


def set_pause(world: World, paused: Paused) -> int:
    wake_held = WakeHeld(world.store, world.ledger, world.enqueue)
    released = pause("dobra", paused, world.store, wake_held, world.now)
    world.deliver_requests()
    return released


def paused_world(paused: Paused) -> World:
    world = World()
    set_pause(world, paused)
    return world


def celebrate(world: World) -> None:
    """A birthday letter falls due on this Monday at ten, which is now: three days before the day."""
    world.tell("customer.updated", None, CELEBRATES, customer_id="7")
    world.until(MONDAY + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("paused", "leaves"),
    [
        (Paused.NOTHING, ["order_received", "birthday_soon"]),
        (Paused.MARKETING, ["order_received"]),
        (Paused.EVERYTHING, []),
    ],
)
def test_a_pause_holds_marketing_or_everything(paused: Paused, leaves: list[str]) -> None:
    world = paused_world(paused)
    world.place(**ON_RECEIPT)
    celebrate(world)
    assert world.kinds == leaves


def test_a_hold_for_a_pause_is_decided_once_however_often_it_is_looked_at() -> None:
    world = paused_world(Paused.EVERYTHING)
    world.place(**ON_RECEIPT)
    world.until(MONDAY + timedelta(hours=9))
    assert world.reasons("order_received") == ["held paused"]
    assert world.decisions()[0].detail == "email: everything paused by the operators"


def test_when_the_shop_goes_on_what_was_held_leaves_at_once_and_once() -> None:
    world = paused_world(Paused.EVERYTHING)
    world.place(**ON_RECEIPT)
    world.now += timedelta(minutes=20)
    assert set_pause(world, Paused.NOTHING) == 1
    assert world.kinds == ["order_received"]
    world.until(MONDAY + timedelta(days=1))
    assert world.kinds == ["order_received"]
    assert world.reasons("order_received") == ["held paused", "sent due"]


def test_without_a_request_it_leaves_within_the_hour() -> None:
    world = paused_world(Paused.EVERYTHING)
    world.place(**ON_RECEIPT)
    world.store.save_pause("dobra", Paused.NOTHING)
    world.until(MONDAY + timedelta(hours=1))
    assert world.kinds == ["order_received"]


def test_a_pause_of_marketing_lets_the_order_news_go_that_a_pause_of_everything_held() -> None:
    world = paused_world(Paused.EVERYTHING)
    world.place(**ON_RECEIPT)
    celebrate(world)
    set_pause(world, Paused.MARKETING)
    assert world.kinds == ["order_received"]
    assert world.reasons("birthday_soon") == ["held paused"]


def test_what_is_past_its_window_when_the_shop_goes_on_expires() -> None:
    world = paused_world(Paused.EVERYTHING)
    world.place(**ON_RECEIPT)
    world.until(MONDAY + timedelta(days=2, hours=2))
    set_pause(world, Paused.NOTHING)
    assert world.kinds == []
    assert world.reasons("order_received") == ["held paused", "skipped window_passed"]
    assert [m.status for m in world.messages()] == [Status.EXPIRED]


def test_a_reminder_that_came_due_in_a_pause_is_not_sent_when_the_payment_came_meanwhile() -> None:
    world = World()
    world.place()
    set_pause(world, Paused.EVERYTHING)
    world.until("2026-03-04T12:00:00Z")
    world.tell("order.paid")
    set_pause(world, Paused.NOTHING)
    assert "order_unpaid_first" not in world.kinds
    assert world.reasons("order_unpaid_first") == ["held paused", "skipped no_longer_true"]


@pytest.mark.parametrize("document", [{}, {"name": "Dobra again"}])
def test_a_configuration_put_later_keeps_the_pause(document: Mapping[str, Any]) -> None:
    world = paused_world(Paused.MARKETING)
    world.store.save_shop("dobra", document)
    shop = world.store.shop("dobra")
    assert shop is not None
    assert shop.paused is Paused.MARKETING


def test_a_pause_is_of_one_shop_alone() -> None:
    world = World()
    world.store.save_shop("other", {})
    world.store.save_pause("other", Paused.EVERYTHING)
    world.place(**ON_RECEIPT)
    assert world.kinds == ["order_received"]
