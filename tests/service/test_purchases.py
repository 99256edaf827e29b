"""What a customer's own record keeps of their orders: the same whatever order the events come in."""

from datetime import timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from shopbell.domain.model.purchases import Purchase, purchases
from tests.world import MONDAY, OLENA, World, a_shop, an_order

WATER: dict[str, Any] = {
    "sku": "WATER-19",
    "name": "Spring water, 19 l",
    "quantity": "2",
    "unit_price": "150.00",
    "category": "Water",
    "lasts_days": 14,
    "url": "https://dobra.example/water",
}


def bought(world: World) -> tuple[Purchase, ...]:
    customer = world.store.session("dobra").contact(world.contact_key("dobra", OLENA["email"])).contact.whose
    return purchases(world.store.session("dobra").customer(customer).entity)


def test_an_order_is_remembered_with_what_was_in_it() -> None:
    world = World()
    world.place(items=[WATER], total="300.00", planned_repeat_on="2026-04-01", staff="Iryna", channel="phone")
    (purchase,) = bought(world)
    assert (purchase.order, purchase.at, purchase.total, purchase.currency) == ("1001", MONDAY, Decimal(300), "UAH")
    assert (purchase.staff, purchase.channel, str(purchase.planned_repeat_on)) == ("Iryna", "phone", "2026-04-01")
    (water,) = purchase.items
    assert (water.sku, water.name, water.quantity, water.lasts_days) == ("WATER-19", WATER["name"], Decimal(2), 14)
    assert (water.category, water.url, water.unit_price) == ("Water", WATER["url"], Decimal(150))


def test_two_lines_of_one_product_count_together() -> None:
    world = World()
    world.place(items=[WATER, WATER | {"quantity": "3", "options": {"Bottle": "glass"}}], total="750.00")
    (purchase,) = bought(world)
    assert [(each.sku, each.quantity) for each in purchase.items] == [("WATER-19", Decimal(5))]


def test_a_transfer_still_to_come_is_unpaid_and_cash_on_delivery_is_not() -> None:
    world = World()
    world.place()
    assert [each.unpaid for each in bought(world)] == [True]
    world.tell("order.paid")
    world.tell("order.placed", an_order(number="2", **{"payment.method": "cash_on_delivery"}), OLENA, order_id="2")
    assert [each.unpaid for each in bought(world)] == [False, False]


def test_what_was_given_back_counts_no_more() -> None:
    world = World()
    world.place(total="300.00")
    world.tell("order.paid")
    world.tell("order.refunded", refund={"id": "r1", "amount": "100.00"})
    assert [each.total for each in bought(world)] == [Decimal(200)]


def test_what_was_called_off_is_no_purchase_until_it_is_brought_back() -> None:
    world = World()
    world.place()
    world.now += timedelta(hours=1)
    world.tell("order.cancelled", reason="changed my mind")
    assert bought(world) == ()
    world.now += timedelta(hours=1)
    world.tell("order.accepted")
    assert [each.order for each in bought(world)] == ["1001"]


EVENTS: list[tuple[str, dict[str, Any]]] = [
    ("order.paid", {"payment": {"id": "p1"}}),
    ("order.refunded", {"refund": {"id": "r1", "amount": "500.00"}}),
    ("order.cancelled", {"reason": "none left"}),
    ("order.accepted", {}),
]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_same_is_remembered_whatever_order_they_come_in(order: tuple[int, ...]) -> None:
    world = World()
    world.place()
    world.now += timedelta(days=1)
    for number in order:
        name, said = EVENTS[number]
        world.tell(name, at=MONDAY + timedelta(hours=1 + number), **said)
    (purchase,) = bought(world)
    # Brought back after the cancellation, of the price what was given back is due again.
    assert (purchase.total, purchase.unpaid) == (Decimal(999), True)


def test_an_edited_order_is_remembered_as_it_is_now() -> None:
    world = World()
    world.place()
    world.now += timedelta(hours=1)
    world.tell("order.accepted", {"items": [WATER], "total": "300.00"})
    assert [each.skus for each in bought(world)] == [{"WATER-19"}]


def test_a_guest_s_orders_are_those_of_whom_they_turn_out_to_be() -> None:
    world = World()
    world.place()
    world.tell("order.placed", an_order(number="2"), OLENA, order_id="2", customer_id="7")
    assert [each.order for each in bought(world)] == ["1001", "2"]


def test_nothing_of_what_was_bought_is_kept_of_who_is_forgotten() -> None:
    world = World()
    world.tell("order.placed", an_order(items=[WATER]), OLENA, customer_id="7")
    world.tell("customer.erased", customer_id="7", order_id=None)
    assert purchases(world.store.session("dobra").customer("id:7").entity) == ()
    assert "Spring water" not in world.stored()


def test_of_many_orders_the_newest_sixty_are_kept_with_what_was_in_them() -> None:
    world = World(shop=a_shop())
    for number in range(1, 64):
        world.now = MONDAY + timedelta(hours=number)
        order = an_order(number=str(number), placed_at=None, items=[WATER])
        world.tell("order.placed", order, OLENA, order_id=str(number))
    assert len(bought(world)) == 60
    assert all(each.skus == {"WATER-19"} for each in bought(world))
