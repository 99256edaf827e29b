"""An order's day: what the customer hears at each turn."""

from tests.world import World


def test_the_customer_hears_at_every_turn() -> None:
    world = World()
    world.place()
    world.tell("order.paid")
    world.tell("order.shipped", {"delivery.tracking_number": "2045"})
    world.tell("order.ready_for_pickup", {"delivery.pickup_until": "2026-03-12"})
    assert world.kinds == ["order_received", "payment_received", "order_shipped", "parcel_ready"]


def test_the_same_event_told_twice_is_one_letter() -> None:
    world = World()
    world.place()
    world.tell("order.paid", event_id="evt_paid")
    world.tell("order.paid", event_id="evt_paid")
    world.tell("order.paid")
    assert world.kinds == ["order_received", "payment_received"]
    assert world.reasons("payment_received") == ["sent due", "skipped already_sent"]


def test_an_unpaid_order_is_reminded_twice_and_then_left_alone() -> None:
    world = World()
    world.place()
    world.until("2026-04-01T00:00:00Z")
    assert [(m.kind, f"{m.sent_at:%d %H:%M}") for m in world.sent()] == [
        ("order_received", "02 08:00"),
        ("order_unpaid_first", "04 08:00"),
        ("order_unpaid_final", "09 08:00"),
    ]
    assert world.reasons("order_unpaid_final") == ["sent due", "skipped lost"]
