"""A sweep that does not run delays none but its own steps, and those by three ticks at most."""

from datetime import timedelta

from shopbell.domain.model.vocabulary import Sweep
from tests.world import MONDAY, OLENA, World


def test_what_a_stopped_sweep_leaves_lying_the_outbox_does_and_somebody_is_woken() -> None:
    world = World(stopped=frozenset({Sweep.UNPAID_ORDERS}))
    world.place()
    world.until(MONDAY + timedelta(days=2, hours=1))
    assert world.sent_at("order_unpaid_first") == ["Wed 04 10:15"]
    alarms = [facts for message, facts in world.log if message == "alarm"]
    assert [(facts["sweep"], facts["due_at"]) for facts in alarms] == [("unpaid_orders", "2026-03-04T08:00:00Z")]


def test_the_steps_of_other_sweeps_come_in_time() -> None:
    world = World(stopped=frozenset({Sweep.TASKS}))
    world.place()
    world.until(MONDAY + timedelta(days=2, hours=1))
    assert world.sent_at("order_unpaid_first") == ["Wed 04 10:00"]


def test_a_sweep_with_much_to_do_wakes_nobody() -> None:
    world = World()
    world.place()
    world.until(MONDAY + timedelta(days=2, hours=1))
    assert [message for message, _ in world.log if message == "alarm"] == []


def test_a_run_that_stands_still_wakes_somebody_and_goes_on_by_its_own_sweep_alone() -> None:
    world = World(stopped=frozenset({Sweep.RUNS}))
    world.tell("product.wanted", None, OLENA, customer_id="7", sku="MUG-1")
    world.tell("product.restocked", None, product={"sku": "MUG-1", "name": "Mug"})
    stopped_until = MONDAY + timedelta(hours=1)
    while world.now < stopped_until:
        world.now += timedelta(minutes=5)
        world.tick()
    alarms = [facts for message, facts in world.log if message == "alarm"]
    assert world.kinds == []
    assert {facts["sweep"] for facts in alarms} == {"runs"}
    world.stopped = frozenset()
    world.tick()
    assert world.kinds == ["back_in_stock"]
