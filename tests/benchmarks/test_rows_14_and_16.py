"""What the figures of rows 14 and 16 are made of."""

from datetime import timedelta

import pytest

from benchmarks.row_14 import Asked, best_sellers, first_times, hits, split, suggested
from benchmarks.row_16 import letters, share
from shopbell.domain.model.purchases import Bought, Purchase
from tests.world import MONDAY


def basket(household: str, *groups: str, day: int = 0) -> tuple[str, Purchase]:
    items = tuple(map(Bought, groups))
    return household, Purchase(f"{household}-{day}", MONDAY + timedelta(days=day), items=items)


TOGETHER = [basket(f"h{number}", "mug", "tea") for number in range(9)]
SOLD = [basket(f"h{number}", "bread") for number in range(20, 40)]


def asked(*before: tuple[str, Purchase], later: tuple[str, Purchase]) -> list[Asked]:
    return list(first_times(before, [later]))


def test_of_the_later_baskets_those_are_asked_that_hold_something_new() -> None:
    before = [basket("a", "mug"), basket("b", "tea")]
    (one,) = asked(*before, later=basket("a", "mug", "tea", day=1))
    assert [sorted(each) for each in (one.owned, one.basket.skus, one.new)] == [["mug"], ["mug"], ["tea"]]
    assert asked(*before, later=basket("a", "mug", day=1)) == []


def test_what_came_later_is_known_then_and_not_before() -> None:
    later = [basket("a", "mug", day=1), basket("a", "mug", "tea", day=2)]
    assert [(sorted(each.owned), sorted(each.new)) for each in first_times([], later)] == [
        ([], ["mug"]),
        (["mug"], ["tea"]),
    ]


def test_the_first_four_fifths_are_learnt_from() -> None:
    before, later = split([*TOGETHER, basket("z", "mug")])
    assert (len(before), len(later)) == (8, 2)


def test_what_goes_with_what_they_know_is_a_hit_where_the_best_seller_is_none() -> None:
    (one,) = asked(basket("a", "mug", "bread"), later=basket("a", "mug", "tea", day=1))
    suits = suggested(TOGETHER + SOLD)
    assert suits(one) == ["tea"]
    assert best_sellers(TOGETHER + SOLD)(one) == ["tea"]  # the only thing that is left
    (other,) = asked(basket("a", "mug"), later=basket("a", "mug", "tea", day=1))
    assert best_sellers(TOGETHER + SOLD)(other) == ["bread", "tea"]
    assert hits([one, other], suits) == 1
    assert hits([one, other], lambda each: ["bread"]) == 0


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ((0, 30, 60), []),  # none came after the third, and nobody knows what would have
        ((0, 30, 60, 90, 120, 150), [(False, True), (False, True), (True, True)]),
        ((0, 30, 60, 90, 120, 141), [(False, True), (False, True), (True, False)]),  # before the letter
        ((0, 30, 60, 90, 120, 199), [(False, True), (False, True), (True, False)]),  # long after it
    ],
)
def test_a_letter_is_in_time_where_it_is_bought_soon_after_it(
    days: tuple[int, ...], told: list[tuple[bool, bool]]
) -> None:
    found = list(letters([basket("a", "beans", day=day) for day in days]))
    assert [(each.is_regular, each.is_in_time) for each in found] == told
    if found:
        assert share(found) == pytest.approx(sum(in_time for _, in_time in told) / len(told))
