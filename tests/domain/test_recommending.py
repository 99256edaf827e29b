"""What goes with what, learnt from what was ordered together, and what of it suits somebody."""

from datetime import timedelta
from decimal import Decimal
from itertools import permutations

import pytest

from shopbell.domain.model.product import Product
from shopbell.domain.model.purchases import Bought, Purchase
from shopbell.domain.rules.recommending import (
    MOST_KEPT,
    MOST_PAIRED,
    SUPPORT,
    Basket,
    accessories_of,
    as_the_shop_says,
    basket_of,
    fit,
    learnt,
    recommended,
    suiting,
)
from tests.world import MONDAY

YEAR = timedelta(days=365)


def baskets(*named: tuple[str, int], ago: timedelta = timedelta(0)) -> list[Basket]:
    """ "mug tea" so many times."""
    return [Basket(MONDAY - ago, tuple(skus.split())) for skus, times in named for _ in range(times)]


@pytest.mark.parametrize(
    ("together", "one", "other", "expected"),
    [(5, 5, 5, 0.172), (5, 5, 500, 0.0172), (50, 500, 50, 0.0139), (1, 1, 1, 0.1111), (8, 8, 4, 0.25)],
)
def test_how_well_two_things_go_together(together: float, one: float, other: float, expected: float) -> None:
    assert fit(together, one, other) == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize(
    ("ordered", "found"),
    [
        ([], {}),
        ([("mug", 9)], {}),
        ([("mug tea", SUPPORT - 1)], {}),
        ([("mug tea", SUPPORT)], {"mug": ["tea"], "tea": ["mug"]}),
        ([("mug tea", 5), ("mug pot", 4), ("pot", 9)], {"mug": ["tea"], "tea": ["mug"]}),
        ([("mug tea", 6), ("mug pot", 5)], {"mug": ["tea", "pot"], "tea": ["mug"], "pot": ["mug"]}),
        # what everybody buys anyway says less than what is bought with this
        ([("mug tea", 6), ("mug pot", 5), ("tea", 50)], {"mug": ["pot", "tea"], "tea": ["mug"], "pot": ["mug"]}),
    ],
)
def test_what_was_ordered_together_often_enough_goes_together(
    ordered: list[tuple[str, int]], found: dict[str, list[str]]
) -> None:
    along = learnt(baskets(*ordered), MONDAY)
    assert {sku: [other for _, other in of] for sku, of in along.items()} == found


def test_a_year_halves_what_an_order_says() -> None:
    assert learnt(baskets(("mug tea", 9), ago=YEAR), MONDAY) == {}
    assert learnt(baskets(("mug tea", SUPPORT), ago=YEAR / 12), MONDAY).keys() == {"mug", "tea"}
    ((score, _),) = learnt(baskets(("mug tea", 10), ago=YEAR), MONDAY)["mug"]
    ((as_today, _),) = learnt(baskets(("mug tea", 5)), MONDAY)["mug"]
    assert score == as_today


def test_the_order_in_which_it_is_counted_changes_nothing() -> None:
    ordered = baskets(("mug tea", 6), ("tea pot mug", 6), ("pot mug", 7))
    assert len({str(sorted(learnt(list(each), MONDAY))) for each in permutations(ordered[4:8])}) == 1
    assert learnt(ordered, MONDAY) == learnt(ordered[::-1], MONDAY)


def test_a_product_keeps_what_goes_best_with_it() -> None:
    ordered = baskets(*((f"mug x{number:02}", 5 + number) for number in range(MOST_KEPT + 8)))
    along = learnt(ordered, MONDAY)["mug"]
    assert len(along) == MOST_KEPT
    assert [score for score, _ in along] == sorted((score for score, _ in along), reverse=True)


def test_of_a_large_order_the_dearest_are_paired() -> None:
    items = tuple(Bought(f"x{number}", unit_price=Decimal(number)) for number in range(500))
    basket = basket_of(Purchase("1", MONDAY, items=(*items, Bought("bag"))))
    assert (len(basket.skus), basket.skus[:2]) == (MOST_PAIRED, ("x499", "x498"))


ALONG = {"mug": [(0.4, "tea"), (0.3, "pot")], "tea": [(0.5, "pot"), (0.2, "spoon")], "fork": [(0.9, "spoon")]}


@pytest.mark.parametrize(
    ("liked", "never", "expected"),
    [
        ({}, [], []),
        ({"new": 1.0}, [], []),
        ({"mug": 1.0}, [], [("tea", "mug"), ("pot", "mug")]),
        ({"mug": 1.0}, ["tea"], [("pot", "mug")]),
        ({"mug": 1.0, "tea": 1.0}, ["mug", "tea"], [("pot", "tea"), ("spoon", "tea")]),
        ({"mug": 1.0, "tea": 0.1}, ["mug", "tea"], [("pot", "mug"), ("spoon", "tea")]),
        # what goes with what they dislike is told to nobody
        ({"mug": 1.0, "tea": -1.0}, ["mug", "tea"], []),
        ({"tea": 1.0, "fork": -1.0}, ["tea"], [("pot", "tea")]),
    ],
)
def test_what_suits_somebody_with_what_it_goes(
    liked: dict[str, float], never: list[str], expected: list[tuple[str, str]]
) -> None:
    assert suiting(liked, lambda sku: ALONG.get(sku, ()), never) == expected


def test_each_bears_the_name_of_what_it_goes_with() -> None:
    tea = {"sku": "tea", "name": "Tea", "url": "https://shop.example/tea"}
    known = {"mug": Product({"sku": "mug", "name": "Mug"}, ((0.4, tea),))}
    (one,) = recommended({"mug": 1.0, "new": 1.0}, known, ())
    assert (one.item, one.beside, one.learnt) == (tea, "Mug", True)


def test_what_the_shop_says_goes_with_it() -> None:
    said = {"mug": ("tea", "pot"), "fork": ("pot", "mug"), "bad": ("lid",)}
    assert accessories_of({"fork": 0.3, "mug": 1.0, "bad": -1.0}, said, ["mug"]) == {"tea": "mug", "pot": "mug"}
    known = {"mug": Product({"sku": "mug", "name": "Mug"}), "tea": Product({"sku": "tea", "name": "Tea"})}
    told = [(each.item["name"], each.beside, each.learnt) for each in as_the_shop_says({"tea": "mug", "p": "x"}, known)]
    assert told == [("Tea", "Mug", False), ("p", "x", False)]
