"""A shop whose clock is a few minutes fast: nothing is late because of it, and its newest word still counts."""

from datetime import timedelta

from shopbell.domain.time.calendar import format_instant
from tests.world import MONDAY, OLENA, World, a_busy_shop, an_order

FAST = timedelta(minutes=4)


def test_an_order_of_a_fast_clock_is_received_at_once_and_its_reminders_count_from_now() -> None:
    world = World()
    fast = an_order(placed_at=format_instant(MONDAY + FAST))
    world.tell("order.placed", fast, OLENA, at=MONDAY + FAST)
    assert world.sent_at("order_received") == ["Mon 02 10:00"]
    world.until("2026-03-10T08:00:00Z")
    assert world.sent_at("order_unpaid_first") == ["Wed 04 10:00"]
    assert world.sent_at("order_unpaid_final") == ["Mon 09 10:00"]


def test_an_order_told_late_is_reminded_of_from_when_it_was_placed() -> None:
    world = World()
    world.now += timedelta(hours=3)
    world.tell("order.placed", an_order(), OLENA, at=MONDAY)
    world.until("2026-03-04T08:00:00Z")
    assert world.sent_at("order_unpaid_first") == ["Wed 04 10:00"]


def test_of_two_words_by_one_fast_clock_the_newer_counts_whichever_comes_first() -> None:
    for first, then in ((1, 2), (2, 1)):
        world = World()
        world.place()
        for number in (first, then):
            address = {"email": f"olena{number}@customer.example"}
            world.tell("order.accepted", {}, address, at=world.now + FAST + timedelta(seconds=number))
        world.now += timedelta(hours=1)
        world.tell("order.paid")
        assert world.email.taken[-1].to == "olena2@customer.example"


def test_an_event_told_twice_counts_from_when_it_first_came() -> None:
    world = World()
    fast = an_order(placed_at=format_instant(MONDAY + FAST))
    for event_id in ("evt_1", "evt_1"):
        world.tell("order.placed", fast, OLENA, at=MONDAY + FAST, event_id=event_id)
        world.now += timedelta(minutes=2)
    assert world.kinds == ["order_received"]
    world.until("2026-03-04T08:00:00Z")
    assert world.sent_at("order_unpaid_first") == ["Wed 04 10:00"]


def test_a_missed_call_told_twice_by_a_fast_clock_is_one_call() -> None:
    world = World(shop=a_busy_shop())
    for _ in range(2):
        world.tell("call.missed", None, {"phone": "+380445550101"}, at=MONDAY + FAST, event_id="evt_1")
        world.now += timedelta(minutes=1)
    assert world.tasks == ["staff_missed_call"]


def test_whoever_is_forgotten_by_a_fast_clock_stays_forgotten() -> None:
    world = World()
    world.tell("order.placed", an_order(), OLENA, customer_id="7", at=MONDAY + FAST)
    world.now += timedelta(minutes=1)
    world.tell("customer.erased", None, {}, customer_id="7", at=MONDAY + FAST + timedelta(minutes=1))
    assert OLENA["email"] not in world.stored()
    assert OLENA["name"] not in world.stored()
