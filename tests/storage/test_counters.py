"""Counters: never over their cap, never below what left."""

import pytest

from shopbell import bootstrap
from shopbell.storage.counters import Counters
from tests.simulator.faults import Fault
from tests.simulator.play import live
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
        assert [counters.take("dobra", "", DAY, MONDAY, amount, cap) for amount in amounts] == taken


@pytest.mark.parametrize("fault", [Fault.TIMEOUT_BEFORE, Fault.TIMEOUT_AFTER, Fault.THROTTLE])
def test_what_is_given_back_is_given_back_once_whatever_is_tried_again(fault: Fault) -> None:
    with live(MONDAY) as world:
        counters = Counters(bootstrap.table())
        assert counters.take("dobra", "", DAY, MONDAY, 2, 2)
        world.cloud.wire.at_call = {1: fault}
        world.cloud.invoke("", lambda event, context: counters.give_back("dobra", "", DAY, 1), {}, 60_000)
        assert len(world.cloud.wire.calls) == 2
        assert [counters.take("dobra", "", DAY, MONDAY, 1, 2) for _ in range(2)] == [True, False]


def test_nothing_is_given_back_that_was_never_taken() -> None:
    with live(MONDAY):
        counters = Counters(bootstrap.table())
        counters.give_back("dobra", "", DAY, 1)
        assert [counters.take("dobra", "", DAY, MONDAY, 1, 1) for _ in range(2)] == [True, False]
