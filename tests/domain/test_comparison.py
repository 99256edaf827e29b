"""A share that stays within its interval however often one looks, and when one can tell that a letter works."""

import random

import pytest

from shopbell.domain.rules.comparison import Arm, compared, interval


@pytest.mark.parametrize(
    ("number", "returned", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (10, 0, 0.0, 0.456),
        (10, 10, 0.544, 1.0),
        (100, 25, 0.124, 0.414),
        (10_000, 2_500, 0.233, 0.268),
    ],
)
def test_the_interval_narrows_with_what_was_seen(number: int, returned: int, low: float, high: float) -> None:
    assert interval(Arm(number, returned)) == pytest.approx((low, high), abs=0.001)


@pytest.mark.parametrize(
    ("told", "held_out", "works"),
    [
        (Arm(0, 0), Arm(0, 0), None),
        (Arm(160, 40), Arm(40, 4), None),
        (Arm(1_600, 400), Arm(400, 40), True),
        (Arm(1_600, 160), Arm(400, 100), False),
        (Arm(1_600, 400), Arm(400, 100), None),
    ],
)
def test_one_can_tell_once_the_intervals_do_not_meet(told: Arm, held_out: Arm, works: bool | None) -> None:
    assert compared(told, held_out).works is works


def test_a_quarter_against_a_tenth_of_160_a_month_is_told_within_a_year() -> None:
    comparison = compared(Arm(128, 32), Arm(32, 3))
    assert comparison.works is None
    assert comparison.months is not None
    assert 4 <= comparison.months <= 12


def test_a_fifth_against_an_eighth_is_not_told_for_long() -> None:
    assert (compared(Arm(128, 26), Arm(32, 4)).months or 99) > 12


def test_where_nothing_works_it_is_hardly_ever_said_that_it_does_though_one_looks_each_month() -> None:
    draw = random.Random(1)  # the same draws in every run
    said = sum(_says_so(draw) for _ in range(200))
    assert said <= 2


def _says_so(draw: random.Random) -> bool:
    told, held_out = Arm(0, 0), Arm(0, 0)
    for _ in range(12):
        told = Arm(told.number + 128, told.returned + sum(draw.random() < 0.15 for _ in range(128)))
        held_out = Arm(held_out.number + 32, held_out.returned + sum(draw.random() < 0.15 for _ in range(32)))
        if compared(told, held_out).works is not None:
            return True
    return False
