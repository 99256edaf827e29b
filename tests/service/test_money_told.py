"""What letters are told of an order's money: until when to pay, what came too much, whether anything is sent."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shopbell.domain.model.shop import PaymentTerms
from tests.world import OLENA, World, a_busy_shop, an_order


def placed(**changes: Any) -> World:
    world = World()
    world.tell("order.placed", an_order(**changes), OLENA)
    return world


def told(world: World) -> dict[str, Any]:
    """What the newest letter was made of."""
    return dict(world.renderer.said[-1])


@pytest.mark.parametrize(
    ("ships_by", "pay_by"),
    [
        ("2026-03-05", date(2026, 3, 4)),  # a Thursday
        ("2026-03-09", date(2026, 3, 6)),  # a Monday: the Friday before
        ("2026-03-02", date(2026, 3, 2)),  # today
        ("2026-02-27", None),  # over: it binds nobody who pays later
        (None, None),
    ],
)
def test_an_order_with_a_day_of_dispatch_says_until_when_to_pay(ships_by: str | None, pay_by: date | None) -> None:
    world = placed(**({"delivery.ships_by": ships_by} if ships_by else {}))
    assert told(world)["pay_by"] == pay_by
    world.tell("order.accepted")
    assert told(world)["pay_by"] == pay_by


def test_once_it_is_paid_or_is_paid_on_receipt_there_is_no_day_to_pay_by() -> None:
    days = {"delivery.ships_by": "2026-03-05"}
    assert told(placed(**days, **{"payment.paid_at": "2026-03-02T08:00:00Z"}))["pay_by"] is None
    assert told(placed(**days, **{"payment.method": "cash_on_delivery"}))["pay_by"] is None


def test_what_came_too_much_is_told_by_whichever_letter_says_that_it_is_paid() -> None:
    world = placed(**{"payment.method": "card"})
    world.tell("order.paid", payment={"id": "p", "amount": "1500.00"})
    world.tell("order.accepted")
    assert world.kinds == ["order_accepted"]
    assert told(world)["too_much"] == Decimal("1.00")


@pytest.mark.parametrize(
    ("changes", "sent"),
    [
        ({}, True),
        ({"delivery.method": "self_pickup"}, True),
        ({"delivery.method": "none"}, False),
        ({"delivery.method": None}, False),
        ({"items": [{"sku": "E", "name": "E-book", "quantity": "1", "unit_price": "9", "digital": True}]}, False),
    ],
)
def test_a_letter_knows_whether_anything_is_sent(changes: dict[str, Any], sent: bool) -> None:
    assert told(placed(**changes))["order"].sent is sent


@pytest.mark.parametrize(
    ("reason", "said"),
    [("Not enough money on the card", "Not enough money on the card"), ("card_declined", ""), ("05", ""), (None, "")],
)
def test_of_a_failed_payment_words_are_told_and_no_codes(reason: str | None, said: str) -> None:
    world = placed()
    world.tell("order.payment_failed", payment={"id": "p", "reason": reason})
    assert world.kinds[-1] == "payment_failed"
    assert told(world)["reason"] == said


def test_the_sum_of_a_refund_is_asked_for_though_the_order_was_called_off() -> None:
    world = World(shop=a_busy_shop())
    world.place(**{"payment.paid_at": "2026-03-02T08:00:00Z"})
    world.tell("order.cancelled")
    world.tell("order.refunded", refund={"id": "r"})
    assert "staff_facts_missing" in world.tasks
    assert "order_refunded" not in world.kinds
    world.tell("order.refunded", refund={"id": "r", "amount": "1499.00"})
    world.until("2026-03-03T10:00:00Z")
    assert world.kinds[-1] == "order_refunded"


def test_what_lacks_of_any_other_news_is_no_matter_once_the_order_is_called_off() -> None:
    world = World(shop=a_busy_shop(payment=PaymentTerms()))
    world.place()
    link = world.link("staff_facts_missing")
    world.tell("order.cancelled")
    assert world.visit(link)[1] == "staff_facts_missing en settled: "
    assert world.tasks.count("staff_facts_missing") == 1
