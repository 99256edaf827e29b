"""Counters: never over their cap, never below what left."""

from collections.abc import Callable
from typing import Any

import pytest

from shopbell import bootstrap
from shopbell.storage.counters import Counters
from tests.simulator.faults import Fault
from tests.simulator.play import Play, live
from tests.world import MONDAY

DAY = "per_shop#2026-03-02"


@pytest.mark.parametrize(
    ("amounts", "cap", "taken"),
    [
        ([1, 1, 1], 2, [True, True, False]),
        ([2, 2, 1], 3, [True, False, True]),
        ([2], 1, [False]),
        ([1], 0, [False]),
        ([0], 0, [True]),
    ],
)
def test_no_counter_passes_its_cap(amounts: list[int], cap: int, taken: list[bool]) -> None:
    with live(MONDAY):
        counters = Counters(bootstrap.table())
        assert [counters.take("dobra", DAY, MONDAY, amount, cap) for amount in amounts] == taken


@pytest.mark.parametrize("fault", [Fault.TIMEOUT_BEFORE, Fault.TIMEOUT_AFTER, Fault.THROTTLE])
def test_what_is_given_back_is_given_back_once_whatever_is_tried_again(fault: Fault) -> None:
    with live(MONDAY) as world:
        counters = Counters(bootstrap.table())
        assert counters.take("dobra", DAY, MONDAY, 2, 2)
        world.cloud.wire.at_call = {1: fault}
        world.cloud.invoke("", lambda event, context: counters.give_back("dobra", DAY, 1), {}, 60_000)
        assert len(world.cloud.wire.calls) == 2
        assert [counters.take("dobra", DAY, MONDAY, 1, 2) for _ in range(2)] == [True, False]


def calls(world: Play, use: Callable[[], Any]) -> int:
    """How many it asks of the table."""
    before = world.cloud.wire.number
    use()
    return world.cloud.wire.number - before


def ahead(counters: Counters, times: int, cap: int) -> int:
    return sum(counters.take_ahead("dobra", DAY, MONDAY, cap) for _ in range(times))


@pytest.mark.parametrize(("times", "cap", "taken", "asked"), [(10, 100, 10, 1), (11, 100, 11, 2), (20, 100, 20, 2)])
def test_of_a_shop_ten_are_counted_at_once(times: int, cap: int, taken: int, asked: int) -> None:
    with live(MONDAY) as world:
        counters = Counters(bootstrap.table())
        assert calls(world, lambda: ahead(counters, times, cap)) == asked
        assert ahead(counters, 0, cap) == 0


@pytest.mark.parametrize("cap", [0, 1, 9, 10, 13, 20])
def test_what_is_counted_ahead_passes_no_cap_however_many_processes_count(cap: int) -> None:
    with live(MONDAY):
        processes = [Counters(bootstrap.table()) for _ in range(3)]
        taken = sum(ahead(each, 1, cap) for _ in range(30) for each in processes)
        assert cap - 2 * 9 <= taken <= cap
        assert ahead(Counters(bootstrap.table()), 1, cap) == 0


def test_one_process_uses_all_that_the_cap_allows() -> None:
    with live(MONDAY):
        assert ahead(Counters(bootstrap.table()), 50, 37) == 37


def test_what_was_counted_ahead_for_a_day_is_not_used_on_the_next() -> None:
    with live(MONDAY) as world:
        counters = Counters(bootstrap.table())
        ahead(counters, 1, 100)
        assert calls(world, lambda: counters.take_ahead("dobra", "per_shop#2026-03-03", MONDAY, 100)) == 1


def test_what_is_put_back_is_used_next() -> None:
    with live(MONDAY) as world:
        counters = Counters(bootstrap.table())
        ahead(counters, 10, 100)
        counters.put_back("dobra", DAY)
        assert calls(world, lambda: ahead(counters, 1, 100)) == 0


def test_nothing_is_given_back_that_was_never_taken() -> None:
    with live(MONDAY):
        counters = Counters(bootstrap.table())
        counters.give_back("dobra", DAY, 1)
        assert [counters.take("dobra", DAY, MONDAY, 1, 1) for _ in range(2)] == [True, False]
