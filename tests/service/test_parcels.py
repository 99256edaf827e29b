"""Orders in several parcels or in none, days that cannot be, and shops that tell of deliveries."""

from datetime import timedelta
from typing import Any

import pytest

from shopbell.domain.model.shop import DeliveriesTold, Paused, Shop
from shopbell.domain.time.calendar import parse_instant
from tests.world import MONDAY, OLENA, World, a_busy_shop, a_shop

DAY = timedelta(days=1)
MUGS = [{"sku": "MUG", "name": "Mug", "quantity": "2", "unit_price": "15.00"}]
DIGITAL = [{"sku": "EBOOK", "name": "E-book", "quantity": "1", "unit_price": "30.00", "digital": True}]


def paid(shop: Any = None, **order: Any) -> World:
    world = World(shop=shop or a_shop())
    world.place(OLENA, **{"items": MUGS, "delivery.method": "courier", **order})
    world.tell("order.paid")
    return world


def numbered(number: str, **delivery: str) -> dict[str, str]:
    return {"delivery.tracking_number": number, **{f"delivery.{name}": day for name, day in delivery.items()}}


def said(world: World, kind: str) -> list[Any]:
    return [letter for letter in world.renderer.said if letter["kind"] == kind]


# ---------------------------------------------------------------------------------------------- two parcels (case 13)


def test_each_parcel_is_told_with_its_own_number_and_days_and_the_second_does_not_silence_the_first() -> None:
    world = paid()
    world.tell("order.shipped", numbered("AAA1", arrives_by="2026-03-05"))
    world.tell("order.shipped", numbered("BBB2", arrives_by="2026-03-09"))
    assert world.kinds[-2:] == ["order_shipped", "order_shipped"]
    told = [
        (each["order"].delivery.tracking_number, each["order"].delivery.arrives_by)
        for each in said(world, "order_shipped")
    ]
    assert [(number, day.isoformat()) for number, day in told] == [("AAA1", "2026-03-05"), ("BBB2", "2026-03-09")]
    assert [each["parcel"].items for each in said(world, "order_shipped")] == [None, None]
    assert said(world, "order_shipped")[1]["parcel"].partial


def test_what_is_in_a_parcel_is_told_and_what_is_in_none_is_still_to_come() -> None:
    world = paid()
    world.tell("order.shipped", parcel={"id": "p1", "items": [{"sku": "MUG", "quantity": "1"}]})
    (letter,) = said(world, "order_shipped")
    assert [(item.name, item.quantity) for item in letter["parcel"].items] == [("Mug", 1)]
    assert [(item.name, item.quantity) for item in letter["parcel"].to_come] == [("Mug", 1)]


def test_the_first_parcel_that_is_delivered_does_not_end_the_story_of_the_second() -> None:
    world = paid(a_shop(deliveries_told=DeliveriesTold.ALWAYS))
    world.tell("order.shipped", numbered("AAA1", arrives_by="2026-03-04"))
    world.tell("order.shipped", numbered("BBB2", arrives_by="2026-03-09"))
    world.until("2026-03-04T12:00:00Z")
    world.tell("order.delivered", numbered("AAA1"))
    world.until("2026-03-12T12:00:00Z")
    assert "review_request" not in world.kinds
    assert world.sent_at("order_delayed.not_arrived") == ["Tue 10 09:00"]
    assert said(world, "order_delayed")[-1]["order"].delivery.tracking_number == "BBB2"
    world.tell("order.delivered", numbered("BBB2"))
    world.until("2026-03-16T12:00:00Z")
    assert world.sent_at("review_request") == ["Sun 15 14:00"]


def test_the_reminder_names_each_parcel_that_waits_at_the_earliest_day_and_comes_once() -> None:
    world = paid(**{"delivery.method": "pickup_point"})
    world.tell("order.ready_for_pickup", numbered("P1", pickup_until="2026-03-12"))
    world.now += timedelta(hours=1)
    world.tell("order.ready_for_pickup", numbered("P2", pickup_until="2026-03-14"))
    world.until(MONDAY + 12 * DAY)
    assert world.kinds.count("parcel_uncollected") == 1
    waiting = said(world, "parcel_uncollected")[0]["waiting"]
    assert [(each.number, each.pickup_until.day) for each in waiting] == [("P1", 12), ("P2", 14)]
    assert "skipped already_sent" in world.reasons("parcel_uncollected")


def test_a_parcel_that_was_collected_is_not_reminded_of_and_the_other_is() -> None:
    world = paid(**{"delivery.method": "pickup_point"})
    world.tell("order.ready_for_pickup", numbered("P1", pickup_until="2026-03-12"))
    world.tell("order.ready_for_pickup", numbered("P2", pickup_until="2026-03-14"))
    world.tell("order.delivered", numbered("P1"))
    world.until(MONDAY + 12 * DAY)
    assert [each.number for each in said(world, "parcel_uncollected")[0]["waiting"]] == ["P2"]


def test_a_parcel_that_was_collected_says_nothing_of_the_next() -> None:
    """Told at one moment: neither is stale by the other's news."""
    world = paid(**{"delivery.method": "pickup_point"})
    world.tell("order.delivered", numbered("P1"))
    world.tell("order.ready_for_pickup", numbered("P2"))
    assert world.kinds[-1] == "parcel_ready"


def test_what_is_to_be_paid_on_receipt_of_an_order_in_parts_is_said_of_the_order_once() -> None:
    world = World(shop=a_shop())
    world.place(OLENA, **{"items": MUGS, "payment.method": "cash_on_delivery", "total": "30.00"})
    world.tell("order.shipped", parcel={"id": "p1", "items": [{"sku": "MUG", "quantity": "1"}]})
    (letter,) = said(world, "order_shipped")
    assert (letter["amount_due"], str(letter["order_due"])) == (None, "30.00")


def test_what_is_still_to_be_sent_stays_promised_when_a_part_has_left() -> None:
    world = paid()
    world.tell("order.shipped", parcel={"id": "p1", "items": [{"sku": "MUG", "quantity": "1"}]})
    world.until(MONDAY + 5 * DAY)
    assert world.sent_at("order_delayed.unannounced") == ["Thu 05 18:00"]
    (letter,) = said(world, "order_delayed")
    assert letter["parcel"].partial
    assert [item.quantity for item in letter["parcel"].to_come] == [1]


# ------------------------------------------------------------------------------------------- nothing is sent (case 11)


@pytest.mark.parametrize(
    "order",
    [{"delivery.method": None}, {"delivery.method": "none"}, {"items": DIGITAL}],
    ids=["no delivery", "none", "digital"],
)
def test_where_nothing_is_sent_nobody_hears_of_packing_dispatch_or_arrival(order: dict[str, Any]) -> None:
    digital_is_not_sent(order)


def digital_is_not_sent(order: dict[str, Any]) -> None:
    world = paid(a_busy_shop(deliveries_told=DeliveriesTold.ALWAYS), **order)
    world.tell("order.shipped")
    world.until(MONDAY + 10 * DAY)
    assert not {"order_shipped", "order_delayed", "order_handed_over"} & {*world.kinds}
    assert not {name for name in world.tasks if name.startswith(("staff_pack", "staff_promise", "staff_dispatch"))}
    assert all(letter.get("ships_by") is None for letter in world.renderer.said)
    assert world.reasons("order_shipped") == ["skipped nothing_to_tell"]


# --------------------------------------------------------------------------------------- days that cannot be (case 14)


def test_a_day_that_is_over_or_comes_before_another_is_not_told_and_the_staff_hear() -> None:
    world = World(shop=a_busy_shop(), now=parse_instant("2026-03-30T08:00:00Z"))
    days = {"delivery.arrives_by": "2026-03-01", "delivery.ships_by": "2026-02-20"}
    world.place(OLENA, **{"items": MUGS, "delivery.method": "courier", "placed_at": "2026-03-30T08:00:00Z", **days})
    world.tell("order.paid")
    for letter in world.renderer.said:
        delivery = letter["order"].delivery
        assert (delivery.arrives_by, delivery.ships_by) == (None, None)
    assert said(world, "payment_received")[0]["ships_by"].isoformat() == "2026-04-02"
    named = {letter["impossible"].name for letter in said(world, "staff_promise_at_risk")}
    assert named == {"arrives_by", "ships_by"}
    world.tell("order.shipped", numbered("Q", shipped_on="2026-03-30", arrives_by="2026-03-25"))
    (letter,) = said(world, "order_shipped")
    assert (letter["shipped_on"].isoformat(), letter["order"].delivery.arrives_by) == ("2026-03-30", None)


def test_of_two_days_that_contradict_each_other_neither_is_told_and_the_staff_hear_which() -> None:
    world = paid(a_busy_shop(), **{"delivery.ships_by": "2026-03-12", "delivery.arrives_by": "2026-03-10"})
    assert [letter["ships_by"] for letter in said(world, "payment_received")] == [None]
    found = said(world, "staff_promise_at_risk")[0]["impossible"]
    assert (found.name, found.before) == ("ships_by", "arrives_by")


def test_dispatch_is_due_no_later_than_the_working_day_before_the_arrival() -> None:
    world = paid(**{"delivery.arrives_by": "2026-03-04"})
    assert said(world, "payment_received")[0]["ships_by"].isoformat() == "2026-03-03"


@pytest.mark.parametrize(
    ("window", "over"),
    [("18:00-20:00", "18:00"), ("10:00–12:00", "10:00"), ("in the evening", "19:00"), ("", "19:00")],
)
def test_a_parcel_is_asked_after_in_the_working_morning_after_its_hours(window: str, over: str) -> None:
    """The customer hears at that moment, by e-mail alone, and only where the shop tells of deliveries."""
    world = paid(a_busy_shop(deliveries_told=DeliveriesTold.ALWAYS), **{"delivery.time_window": window})
    world.tell("order.shipped", numbered("Q", arrives_by="2026-03-05"))
    world.until("2026-03-07T12:00:00Z")
    assert world.sent_at("order_delayed.not_arrived") == world.sent_at("staff_parcel_overdue") == ["Fri 06 09:00"]


def test_silence_of_a_shop_that_does_not_tell_of_deliveries_says_nothing() -> None:
    world = paid(a_busy_shop(deliveries_told=DeliveriesTold.NEVER))
    world.tell("order.shipped", numbered("Q", arrives_by="2026-03-05"))
    world.until("2026-03-07T12:00:00Z")
    assert world.sent_at("staff_parcel_overdue") == ["Fri 06 09:00"]
    assert "order_delayed" not in world.kinds
    assert world.reasons("order_delayed") == ["skipped nothing_to_tell"]


@pytest.mark.parametrize(
    ("told", "asked"), [(0, False), (2, False), (3, True), (10, True)], ids=["new", "two", "three", "all"]
)
def test_by_itself_a_shop_tells_of_deliveries_that_told_three_of_its_last_ten(told: int, asked: bool) -> None:
    world = World(shop=a_busy_shop())
    for number in range(10 if told else 0):
        sent(world, f"o{number}", f"T{number}", "2026-03-04", delivered=number < told)
    world.until("2026-03-06T12:00:00Z")
    sent(world, "last", "L", "2026-03-10", delivered=False)
    world.until("2026-03-12T12:00:00Z")
    assert (
        any(message.order == "last" for message in world.sent() if message.name == "order_delayed.not_arrived") == asked
    )


def test_of_more_than_ten_parcels_the_last_ten_count() -> None:
    world = World(shop=a_busy_shop())
    for number in range(10):
        sent(world, f"o{number}", f"T{number}", "2026-03-04", delivered=True)
    for number in range(9):
        sent(world, f"s{number}", f"S{number}", "2026-03-05", delivered=False)
    world.until("2026-03-08T12:00:00Z")
    assert sum(stored(world).recent_deliveries) == 1
    assert not stored(world).tells_deliveries


def stored(world: World) -> Shop:
    return world.store.shop("dobra") or world.shop


def sent(world: World, order: str, number: str, arrives_by: str, *, delivered: bool) -> None:
    placed = {
        "number": order,
        "total": "1.00",
        "items": MUGS,
        "payment.method": "cash_on_delivery",
        "delivery.method": "courier",
    }
    world.tell("order.placed", placed, OLENA, order_id=order)
    world.tell("order.shipped", numbered(number, arrives_by=arrives_by), order_id=order)
    if delivered:
        world.tell("order.delivered", numbered(number), order_id=order)


def test_what_is_counted_of_a_shop_outlives_a_pause_and_is_no_write_where_nothing_changes() -> None:
    world = World(shop=a_busy_shop())
    for number in range(10):
        sent(world, f"o{number}", f"T{number}", "2026-03-04", delivered=True)
    world.store.save_pause("dobra", Paused.MARKETING)
    world.store.save_pause("dobra", Paused.NOTHING)
    assert stored(world).tells_deliveries
    key = ("dobra#pause", "head")
    seen = dict(world.table.stored.items[key])
    sent(world, "more", "M", "2026-03-05", delivered=True)
    assert world.table.stored.items[key] == seen
