"""What whoever confirms an order may offer by the way: what goes with it, and the shop's coupon."""

from decimal import Decimal
from typing import Any

import pytest

from shopbell.domain.model.shop import Coupon
from shopbell.domain.rules.recommending import SUPPORT
from tests.service.test_late_facts import Broken
from tests.world import MONDAY, OLENA, World, a_busy_shop, an_order

CONFIRM = "staff_confirm_order"
LAPTOP, MOUSE, BAG = (
    {"sku": sku, "name": name, "quantity": "1", "unit_price": price}
    for sku, name, price in (
        ("LAPTOP-1", "Laptop", "30000.00"),
        ("MOUSE-2", "Mouse", "600.00"),
        ("BAG-7", "Bag", "900"),
    )
)
YES = {"consent.email_marketing": {"granted": True}}


def said(customer: dict[str, Any] = OLENA, items: Any = (LAPTOP,), *, bought: Any = (), **shop: Any) -> Any:
    """What the task of an order says; `bought`: together, in as many orders before as it takes."""
    world = World(shop=a_busy_shop(**shop))
    for number in range(SUPPORT if bought else 0):
        earlier = an_order(number=f"200{number}", items=list(bought))
        world.tell("order.placed", earlier, {"email": f"ivan{number}@customer.example"}, order_id=f"200{number}")
    world.learn()
    world.place(customer, items=list(items))
    return next(each for each in reversed(world.renderer.said) if each["kind"] == CONFIRM)


def along(content: Any) -> list[tuple[str, Decimal | None]]:
    return [(item.name, item.unit_price) for item in content["companions"]]


KNOWN: Any = {"accessories": {"LAPTOP-1": ("MOUSE-2", "BAG-7"), "MOUSE-2": ("MAT-1", "BAG-7", "PAD-4")}}


def test_what_others_took_along_is_offered_with_its_price() -> None:
    assert along(said(bought=(LAPTOP, MOUSE))) == [("Mouse", Decimal("600.00"))]


def test_where_nothing_is_learnt_yet_what_the_shop_says_goes_with_it() -> None:
    assert along(said()) == []
    assert along(said(**KNOWN)) == [("MOUSE-2", None), ("BAG-7", None)]
    assert along(said(bought=(LAPTOP, BAG), **KNOWN)) == [("Bag", Decimal(900))]


def test_three_at_most_and_nothing_that_is_ordered_already() -> None:
    assert along(said(items=(LAPTOP, MOUSE), **KNOWN)) == [("BAG-7", None), ("MAT-1", None), ("PAD-4", None)]
    many = {"accessories": {"LAPTOP-1": tuple(f"A{number}" for number in range(9))}}
    assert len(along(said(**many))) == 3


@pytest.mark.parametrize(
    ("coupon", "customer", "offer"),
    [
        (None, OLENA, None),
        (Coupon(Decimal(5)), OLENA | YES, None),  # the shop has no code for it
        (Coupon(Decimal(5), days=30, code="TY5"), OLENA, ("5", "TY5", "2026-04-01")),
        (Coupon(Decimal(5), days=30, unique=True), OLENA, None),  # no letter will bring the code
        (Coupon(Decimal(5), days=30, unique=True), OLENA | YES, ("5", "", "None")),
    ],
)
def test_the_shop_s_coupon_is_named_where_the_customer_gets_it(
    coupon: Coupon | None, customer: dict[str, Any], offer: tuple[str, str, str] | None
) -> None:
    told = said(customer, coupons={"thank_you": coupon} if coupon else {})["offer"]
    assert (told and (str(told.percent), told.code, str(told.until))) == offer


def test_whoever_waits_for_an_answer_is_offered_nothing() -> None:
    world = World(shop=a_busy_shop(coupons={"thank_you": Coupon(Decimal(5), code="TY5")}, **KNOWN), now=MONDAY)
    complaint = {"id": "c1", "kind": "complaint", "text": "It came cracked."}
    world.tell("complaint.opened", None, OLENA, said={"complaint": complaint})
    world.place(OLENA, items=[LAPTOP])
    content = next(each for each in world.renderer.said if each["kind"] == CONFIRM)
    assert (content["companions"], content["offer"]) == ([], None)


def test_what_cannot_be_read_leaves_the_call_as_it_is() -> None:
    world = World(shop=a_busy_shop(**KNOWN), table=Broken(part="along"))
    world.place(OLENA, items=[LAPTOP])
    content = next(each for each in world.renderer.said if each["kind"] == CONFIRM)
    assert along(content) == [("MOUSE-2", None), ("BAG-7", None)]
