"""A price that rose before it was paid: what the customer hears, and what the staff do."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from shopbell.domain.model.shop import Coupon, PaymentTerms
from shopbell.domain.rules.recommending import SUPPORT
from tests.world import MONDAY, OLENA, World, a_busy_shop, a_shop, an_order

TERMS = PaymentTerms("IBAN UA00 0000", absorb_increase=Decimal("50.00"))
YES = {"consent.email_marketing": {"granted": True}}


def reprice(world: World, new: str, old: str = "1499.00", **more: Any) -> None:
    world.tell("order.repriced", said={"repriced": {"old_total": old, "new_total": new, "reason": "Maker"}}, **more)


def busy() -> World:
    world = World(shop=a_busy_shop(payment=TERMS))
    world.place()
    world.now += timedelta(minutes=10)
    return world


@pytest.mark.parametrize("new", ["1499.01", "1549.00"])
def test_a_small_increase_is_borne_by_the_shop_and_the_staff_are_told_so(new: str) -> None:
    world = busy()
    reprice(world, new)
    assert world.kinds == ["order_received"]
    assert world.reasons("order_repriced") == ["skipped absorbed"]
    assert world.tasks[-1] == "staff_refusal_risk"
    assert world.renderer.said[-1]["repriced"].absorbed is True


def test_what_the_shop_bears_is_never_asked_for() -> None:
    world = World(shop=a_shop(payment=TERMS))
    world.place()
    world.now += timedelta(minutes=10)
    reprice(world, "1549.00", order={"total": "1549.00"})
    world.until("2026-03-05T00:00:00Z")
    assert world.kinds == ["order_received", "order_unpaid_first"]
    assert str(world.renderer.said[-1]["order"].payment.due) == "1499.00"


def test_a_cent_more_is_told_with_an_apology_and_the_staff_call() -> None:
    world = busy()
    reprice(world, "1549.01")
    assert world.kinds == ["order_received", "order_repriced"]
    assert world.tasks[-1] == "staff_refusal_risk"
    assert world.renderer.said[-1]["repriced"].absorbed is False
    assert [str(said["order"].total) for said in world.renderer.said[-2:]] == ["1549.01"] * 2


def test_a_lower_price_is_good_news_and_no_risk() -> None:
    world = busy()
    reprice(world, "1400.00")
    assert world.kinds[-1] == "order_repriced"
    assert "staff_refusal_risk" not in world.tasks


def test_the_same_price_told_twice_is_one_letter_and_another_one_a_second() -> None:
    world = busy()
    for new in ("1600.00", "1600.00", "1700.00"):
        reprice(world, new)
        world.now += timedelta(minutes=5)
    assert world.kinds.count("order_repriced") == 2
    assert world.tasks.count("staff_refusal_risk") == 2


def test_once_it_is_paid_a_higher_price_asks_for_the_difference_and_the_staff_call() -> None:
    world = busy()
    world.tell("order.paid")
    world.now += timedelta(minutes=1)
    reprice(world, "1600.00")
    assert (world.kinds[-1], world.tasks[-1]) == ("order_repriced", "staff_refusal_risk")
    assert [str(said["repriced"].rest) for said in world.renderer.said[-2:]] == ["101.00"] * 2


def test_once_it_is_paid_a_lower_price_says_what_is_given_back_and_the_staff_do_so() -> None:
    world = busy()
    world.tell("order.paid")
    world.now += timedelta(minutes=1)
    reprice(world, "1400.00")
    assert (world.kinds[-1], world.tasks[-1]) == ("order_repriced", "staff_money_back")
    assert str(world.renderer.said[-2]["repriced"].back) == "99.00"
    assert str(world.renderer.said[-1]["money_back"].amount) == "99.00"


def test_a_new_price_that_comes_before_the_order_is_told_after_it() -> None:
    world = World(shop=a_busy_shop(payment=TERMS))
    world.now += timedelta(minutes=5)
    reprice(world, "1600.00", at=MONDAY + timedelta(minutes=1))
    assert (world.kinds, world.tasks) == ([], [])
    world.tell("order.placed", an_order(), OLENA, at=MONDAY)
    assert "order_repriced" in world.kinds
    assert str(world.renderer.said[-1]["order"].total) == "1600.00"


def test_a_call_that_nobody_answered_comes_back_and_one_that_was_does_not() -> None:
    world = busy()
    reprice(world, "1600.00")
    world.now += timedelta(minutes=5)
    world.close("staff_refusal_risk", "no_answer")
    world.until("2026-03-02T15:59:00Z")
    assert world.tasks.count("staff_refusal_risk") == 2
    world.close("staff_refusal_risk", "reached")
    world.until("2026-03-06T12:00:00Z")
    assert world.tasks.count("staff_refusal_risk") == 2


def test_what_others_took_along_is_offered_with_it() -> None:
    world = World(shop=a_shop(payment=TERMS))
    mug = {"sku": "MUG-1", "name": "Mug", "quantity": "1", "unit_price": "1499.00"}
    tea = {"sku": "TEA-1", "name": "Tea", "quantity": "1", "unit_price": "200.00", "url": "https://dobra.example/tea"}
    for number in range(SUPPORT):
        contact = {"email": f"anna{number}@customer.example"}
        world.tell("order.placed", an_order(items=[mug, tea]), contact, order_id=f"92{number}")
    world.learn()
    world.place()
    reprice(world, "1600.00")
    assert [companion.sku for companion in world.renderer.said[-1]["companions"]] == ["TEA-1"]


@pytest.mark.parametrize(("customer", "offered"), [(OLENA, False), (OLENA | YES, True)])
def test_the_discount_on_it_is_for_those_who_agreed(customer: dict[str, Any], offered: bool) -> None:
    world = World(shop=a_shop(payment=TERMS, coupons={"thank_you": Coupon(Decimal(5), days=30, unique=True)}))
    world.place(customer)
    reprice(world, "1600.00")
    assert bool(world.renderer.said[-1]["coupon"]) == offered
