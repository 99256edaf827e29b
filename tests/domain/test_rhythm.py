"""How long customers usually let pass between two orders, and what a shop's own past tells of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.model.purchases import Bought, Purchase
from shopbell.domain.model.rhythm import Rhythm
from shopbell.domain.rules.learning import LEARNT_FOR, is_to_be_learnt, learn_rhythm
from shopbell.domain.rules.rhythm import pace, turn, usual_time
from tests.world import KYIV, MONDAY

ONE_DAY = timedelta(days=1)
NOTHING = Rhythm()
GAPS = st.lists(st.integers(1, 500), min_size=2, max_size=59)
FLOORS = st.integers(1, 60)


def orders(*days: int, sku: str = "CUP-1", category: str = "", total: str = "100.00") -> list[Purchase]:
    """On so many days before Monday."""
    items = (Bought(sku, category=category),)
    placed = sorted(days, reverse=True)
    return [Purchase(f"{day}", MONDAY - day * ONE_DAY, Decimal(total), "UAH", items) for day in placed]


@pytest.mark.parametrize(
    ("gaps", "category", "shop", "usual"),
    [
        ((), None, None, 45),
        ((), None, 20, 45),  # the shop's own time says nothing of whoever ordered once
        ((), 60, None, 60),
        ((9,), 60, 20, 60),
        ((9,), 7, None, 15),
        ((31, 58), None, None, 58),
        ((31, 58), 300, None, 58),
        ((31, 58), None, 30, 44),  # (2 × 58 + 2 × 30) / 4
        ((31, 58, 31, 31, 31, 31), None, 30, 51),  # (6 × 58 + 2 × 30) / 8
        ((2, 3), None, None, 15),
        ((2, 3), None, 9, 15),
        ((2, 3), None, 99, 51),  # who buys in a burst does not sleep after a week
    ],
)
def test_the_usual_time_is_the_longest_gap_drawn_to_the_shops_own(
    gaps: Sequence[int], category: float | None, shop: float | None, usual: float
) -> None:
    assert usual_time(gaps, category, shop, 15) == usual


@given(GAPS, st.floats(1, 500), FLOORS)
def test_it_lies_between_ones_own_and_the_shops_but_never_under_the_floor(
    gaps: list[int], shop: float, floor: int
) -> None:
    usual = usual_time(gaps, None, shop, floor)
    assert usual >= floor
    least, most = sorted((float(max(gaps)), shop))
    assert max(least, floor) - 1e-6 <= usual <= max(most, floor) + 1e-6


@given(GAPS, st.floats(1, 500))
def test_the_more_one_ordered_the_less_one_is_drawn(gaps: list[int], shop: float) -> None:
    drawn = [abs(usual_time(some, None, shop, 0) - max(gaps)) for some in (gaps, [*gaps, max(gaps)])]
    assert drawn[1] <= drawn[0] + 1e-6


def test_two_orders_of_one_day_are_one() -> None:
    known = pace(orders(70, 70, 40), Rhythm(), 15, KYIV)
    assert known is not None
    assert (len(known.days), known.usual, known.longest) == (2, 45, None)


def test_what_was_never_paid_for_says_only_that_they_were_here() -> None:
    unpaid = [replace(each, unpaid=True) for each in orders(5)]
    known = pace([*orders(90, 60, 40), *unpaid], Rhythm(), 15, KYIV)
    assert known is not None
    assert (known.usual, known.often, known.last_on) == (30, 25, date(2026, 2, 25))
    assert pace(unpaid, Rhythm(), 15, KYIV) is None


def test_a_day_that_was_agreed_on_counts_from_itself() -> None:
    agreed = [replace(each, planned_repeat_on=date(2026, 6, 1)) for each in orders(10)]
    known = pace(agreed, Rhythm(), 15, KYIV)
    assert known is not None
    assert (known.last_on, known.silent_for(2)) == (date(2026, 2, 20), date(2026, 8, 30))


def test_of_several_categories_the_longest_counts() -> None:
    both = replace(orders(10)[0], items=(Bought("A", category="Coffee"), Bought("B", category="Phones"), Bought("C")))
    known = pace([both], Rhythm(categories={"Coffee": 20.0, "Phones": 400.0}), 15, KYIV)
    assert known is not None
    assert known.usual == 400


def learnt(customers: Sequence[Sequence[Purchase]], before: Rhythm = NOTHING, share: float = 1.0) -> Rhythm:
    return learn_rhythm(customers, before, MONDAY, floor_days=15, zone=KYIV, currency="UAH", share=share)


def regulars(number: int, gap: int = 20, **of: str) -> list[list[Purchase]]:
    """Each let one more day pass than the one before."""
    return [orders(10, 10 + gap, 10 + 2 * gap + each, **of) for each in range(number)]


def test_a_shop_has_a_usual_time_once_thirty_customers_have_three_orders() -> None:
    assert learnt(regulars(29)).usual_days is None
    assert learnt(regulars(30)).usual_days == 34.5
    assert learnt([*regulars(29), *[orders(3, 90)] * 50]).usual_days is None


def test_so_has_a_category() -> None:
    shop = learnt([*regulars(30, category="Coffee"), *regulars(29, 90, category="Phones")])
    assert shop.categories == {"Coffee": 34.5}
    assert shop.usual_days == 49


def test_nothing_is_expected_before_there_are_thirty_customers() -> None:
    assert learnt([orders(10)] * 29).fit is None
    assert learnt([*regulars(20), *[orders(10)] * 10]).fit is not None


def test_a_tenth_have_spent_the_most() -> None:
    spent = [orders(10, total=f"{total}.00") for total in range(1, 21)]
    assert learnt(spent).big_from == 19
    assert learnt(spent[:9]).big_from is None
    assert learnt([orders(10)] * 20).big_from is None


def test_who_sleeps_at_the_first_time_takes_their_turn_by_what_is_expected_of_them() -> None:
    """The shop began 600 days ago; those who were here of late make it likely that some come back."""
    asleep = [orders(100 + each, 120 + each, 140 + each) for each in range(120)]
    first = learnt([*asleep, *regulars(60), *[orders(600)] * 40])
    assert first.since == MONDAY
    assert len(first.letters) == 3  # 160 at fifty a day
    assert list(first.letters) == sorted(first.letters, reverse=True)
    later = learnt([*asleep, *regulars(60)], before=replace(first, since=MONDAY - 30 * ONE_DAY))
    assert (later.since, later.letters, later.calls) == (MONDAY - 30 * ONE_DAY, first.letters, first.calls)


def test_of_many_a_tenth_are_told_a_day_and_of_a_sample_as_many_fewer() -> None:
    asleep = [orders(100 + each % 400, 120 + each % 400, 140 + each % 400) for each in range(1_000)]
    assert len(learnt(asleep).letters) == 9
    assert len(learnt(asleep[:50], share=0.1).letters) == 9


@given(st.floats(0, 2), st.lists(st.floats(0, 2), max_size=9).map(lambda lasts: sorted(lasts, reverse=True)))
def test_more_expected_is_sooner(expected: float, lasts: list[float]) -> None:
    day = turn(expected, lasts)
    assert day <= len(lasts)
    assert turn(expected + 0.1, lasts) <= day
    assert all(last > expected for last in lasts[:day])
    assert all(last <= expected for last in lasts[day:])


def test_it_is_learnt_anew_after_a_month() -> None:
    known = Rhythm(learnt_at=MONDAY)
    assert is_to_be_learnt(Rhythm(), MONDAY)
    assert not is_to_be_learnt(known, MONDAY + LEARNT_FOR - timedelta(seconds=1))
    assert is_to_be_learnt(known, MONDAY + LEARNT_FOR)


def test_what_is_learnt_of_nobody_is_nothing() -> None:
    assert learnt([]) == Rhythm(learnt_at=MONDAY, since=MONDAY)
    assert learnt([[], []]) == learnt([])
