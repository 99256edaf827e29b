"""How many orders may be expected of a customer: the figures of the model's authors, and what must hold of any."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.model.rhythm import Fit
from shopbell.domain.rules.expectation import (
    History,
    expected_orders,
    fitted,
    log_likelihood,
    lowest,
    probability_alive,
)

CDNOW = Fit(0.243, 4.414, 0.793, 2.426)
"""In weeks: Fader, Hardie and Lee's figures for 2 357 customers."""
SIZES = st.floats(0.01, 50)
FITS = st.builds(Fit, SIZES, st.floats(0.5, 500), SIZES, SIZES)


@st.composite
def histories(draw: st.DrawFn) -> History:
    now = draw(st.floats(1, 1_000))
    again = draw(st.integers(0, 59))
    return History(again, draw(st.floats(0, 1)) * now if again else 0.0, now)


@pytest.mark.parametrize(
    ("again", "last", "now", "weeks", "expected"),
    [(2, 30.43, 38.86, 39, 1.226), (0, 0, 38.86, 39, 0.195), (20, 30.43, 38.86, 39, 3.567)],
)
def test_the_orders_of_the_next_weeks_are_those_of_the_authors(
    again: int, last: float, now: float, weeks: float, expected: float
) -> None:
    assert round(expected_orders(CDNOW, History(again, last, now), weeks), 3) == expected


def test_of_whoever_ordered_once_one_cannot_say_that_they_left() -> None:
    assert probability_alive(CDNOW, History(0, 0, 500)) == 1
    assert probability_alive(CDNOW, History(20, 30, 500)) < 0.01


def test_the_mean_over_all_who_stay_is_what_chance_makes_of_many() -> None:
    fit, history, rng, number = Fit(0.5, 40, 20, 400), History(3, 60, 200), Random(1), 20_000
    drawn = 0.0
    for _ in range(number):
        rate = rng.gammavariate(fit.r + history.again, 1 / (fit.alpha + history.now))
        share = rng.betavariate(fit.a, fit.b + history.again)
        drawn += _orders(rng, rate, share) / number
    expected = expected_orders(fit, history, 182) / probability_alive(fit, history)
    assert drawn == pytest.approx(expected, rel=0.03)


def _orders(rng: Random, rate: float, leaves: float) -> int:
    at, number = rng.expovariate(rate), 0
    while at < 182:
        number += 1
        if rng.random() < leaves:
            break
        at += rng.expovariate(rate)
    return number


@given(FITS, histories())
def test_more_is_expected_of_more_time_and_never_more_than_of_who_stays_for_ever(fit: Fit, history: History) -> None:
    half, year = (expected_orders(fit, history, days) for days in (182, 365))
    for_ever = 365 * (fit.r + history.again) / (fit.alpha + history.now)
    assert 0 <= half <= year * (1 + 1e-6) + 1e-9
    assert year <= for_ever * (1 + 1e-6)


@given(FITS, histories(), st.floats(1, 500))
def test_who_is_silent_longer_is_less_likely_to_come(fit: Fit, history: History, more: float) -> None:
    silent = history._replace(now=history.now + more)
    assert 0 <= probability_alive(fit, silent) <= probability_alive(fit, history) <= 1
    assert expected_orders(fit, silent) <= expected_orders(fit, history) * (1 + 1e-6)


def drawn_customers(fit: Fit, number: int, rng: Random) -> list[History]:
    """Each began within a year and a half."""
    return [_drawn(fit, rng.uniform(30, 540), rng) for _ in range(number)]


def _drawn(fit: Fit, days: float, rng: Random) -> History:
    rate, leaves = rng.gammavariate(fit.r, 1 / fit.alpha), rng.betavariate(fit.a, fit.b)
    at, again, last = rng.expovariate(rate), 0, 0.0
    while at < days:
        again, last = again + 1, at
        if rng.random() < leaves:
            break
        at += rng.expovariate(rate)
    return History(again, last, days)


def test_what_chance_made_of_known_figures_is_found_again() -> None:
    true = Fit(0.8, 40.0, 0.9, 3.0)
    known = drawn_customers(true, 2_000, Random(7))
    found = fitted(known)
    total = [sum(log_likelihood(fit, each) for each in known) for fit in (found, true)]
    assert total[0] >= total[1]
    means = [fit.r / fit.alpha for fit in (found, true)]
    leaving = [fit.a / (fit.a + fit.b) for fit in (found, true)]
    assert means[0] == pytest.approx(means[1], rel=0.25)
    assert leaving[0] == pytest.approx(leaving[1], rel=0.25)


@pytest.mark.parametrize(
    "known",
    [
        [History(0, 0, 30.0)] * 40,
        [History(5, 100.0, 100.0)] * 40,
        [History(59, 59.0, 1_000.0)] * 40,
        [History(1, 1.0, 1.0), *[History(0, 0, 1.0)] * 40],
    ],
)
def test_of_customers_who_are_all_alike_something_is_expected_too(known: list[History]) -> None:
    fit = fitted(known)
    assert all(value > 0 for value in fit)
    assert 0 <= expected_orders(fit, known[0]) < 1_000


def test_the_lowest_place_of_a_bent_valley_is_found() -> None:
    def valley(at: list[float]) -> float:
        return (1 - at[0]) ** 2 + 100 * (at[1] - at[0] ** 2) ** 2

    found = lowest(valley, [-1.2, 1.0])  # type: ignore[arg-type]  # a list is what it is given
    assert found == pytest.approx([1.0, 1.0], abs=1e-3)
