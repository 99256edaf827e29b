"""What goes with what: learnt from the orders, offered with another."""

from typing import Any

import pytest

from shopbell.domain.rules.companions import MOST_KEPT, MOST_LEARNT, OFFERED, learnt, offered, pairs


def item(sku: str, **more: Any) -> dict[str, Any]:
    return {"sku": sku, "name": sku.title(), "unit_price": "1.00", **more}


MUG, TEA, SPOON, POT = (item(sku) for sku in ("mug", "tea", "spoon", "pot"))


@pytest.mark.parametrize(
    ("items", "found"),
    [
        ([], []),
        ([MUG], []),
        ([MUG, MUG], []),
        ([MUG, {"name": "No code"}], []),
        ([MUG, TEA], [("mug", ["tea"]), ("tea", ["mug"])]),
        ([MUG, TEA, MUG], [("mug", ["tea"]), ("tea", ["mug"])]),
    ],
)
def test_each_thing_of_an_order_went_with_the_others(items: list[Any], found: list[Any]) -> None:
    assert [(sku, [each["sku"] for each in along]) for sku, along in pairs(items)] == found


def test_of_a_large_order_the_first_things_are_learnt() -> None:
    assert len(list(pairs([item(f"{number}") for number in range(500)]))) == MOST_LEARNT


@pytest.mark.parametrize(
    ("orders", "ordered", "offers"),
    [
        ([], ["mug"], []),
        ([[TEA]], ["mug"], ["tea"]),
        ([[TEA], [SPOON], [SPOON]], ["mug"], ["spoon", "tea"]),
        ([[TEA], [SPOON]], ["mug"], ["spoon", "tea"]),
        ([[TEA], [SPOON]], ["mug", "tea"], ["spoon"]),
        ([[item("tea", name="")], [SPOON]], ["mug"], ["spoon"]),
        ([[item("tea", unit_price=None)], [SPOON]], ["mug"], ["spoon"]),
        ([[TEA, SPOON, POT, item("cup")]], ["mug"], ["cup", "pot", "spoon"]),
    ],
)
def test_what_went_along_most_often_and_is_not_ordered_yet_is_offered(
    orders: list[list[Any]], ordered: list[str], offers: list[str]
) -> None:
    known: Any = {}
    for along in orders:
        known = learnt(known, along)
    assert [each["sku"] for each in offered([known], ordered)] == offers
    assert len(offers) <= OFFERED


def test_what_goes_with_two_things_of_the_order_counts_twice() -> None:
    with_mug = learnt(learnt({}, [TEA]), [TEA])
    with_pot = learnt(learnt({}, [SPOON]), [SPOON])
    both = [with_mug, with_pot, learnt({}, [SPOON])]
    assert [each["sku"] for each in offered(both, ["mug", "pot"])] == ["spoon", "tea"]


def test_a_thing_is_offered_as_it_was_called_last() -> None:
    known = learnt(learnt({}, [TEA]), [item("tea", name="Green tea", unit_price="2.00", quantity="7")])
    assert dict(offered([known], [])[0]) == {"sku": "tea", "name": "Green tea", "unit_price": "2.00"}


def test_a_product_remembers_so_many_and_the_oftenest() -> None:
    known: Any = {}
    for number in range(50):
        known = learnt(known, [TEA, item(f"{number}")])
    assert len(known) == MOST_KEPT
    assert known["tea"][0] == 50
