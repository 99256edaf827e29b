"""Of each sort of marketing some get none, for comparison: always the same ones, and it says so."""

from dataclasses import replace

import pytest

from shopbell.domain.model.customer import Contact, Customer
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.shop import Marketing
from shopbell.domain.rules.holdout import is_held_out
from tests.world import MONDAY, OLENA, World, a_shop

SHOP = a_shop(marketing=Marketing(holdout_percent=20))
READER = OLENA | {"consent.email_marketing": {"granted": True}, "birthday": "--03-16"}
SERIES = ("birthday", "winback", "replenishment")


def of(number: int) -> Facts:
    return Facts(SHOP, Customer(f"id:{number}"), Contact(f"c{number}"))


@pytest.mark.parametrize("series", SERIES)
def test_a_fifth_is_held_out_where_a_fifth_is_asked_for(series: str) -> None:
    assert 0.18 < sum(is_held_out(of(number), series) for number in range(5_000)) / 5_000 < 0.22


def test_for_each_sort_it_is_others() -> None:
    both = sum(all(is_held_out(of(number), series) for series in SERIES[:2]) for number in range(5_000))
    assert 0.03 < both / 5_000 < 0.05


def test_a_person_is_held_out_under_each_of_their_ids() -> None:
    for number in range(100):
        facts = of(number)
        other = replace(facts, customer=Customer("id:other"))
        assert is_held_out(facts, "winback") == is_held_out(other, "winback")


@pytest.mark.parametrize(("percent", "held_out"), [(0, False), (100, True)])
def test_nobody_and_everybody(percent: int, held_out: bool) -> None:
    shop = a_shop(marketing=Marketing(holdout_percent=percent))
    assert {is_held_out(replace(of(number), shop=shop), "winback") for number in range(200)} == {held_out}


def test_who_is_held_out_gets_no_letter_of_the_whole_series_and_the_reason_is_told() -> None:
    world = World(shop=a_shop(marketing=Marketing(holdout_percent=100)))
    world.tell("customer.updated", None, READER, customer_id="7")
    world.until(MONDAY.replace(day=20))
    assert world.kinds == []
    assert world.reasons("birthday_week") == ["skipped holdout"]
    (decision,) = [each for each in world.decisions() if each.kind == "birthday_today"]
    assert decision.detail == "100 % are held out for comparison"


def test_order_news_is_held_out_from_nobody() -> None:
    world = World(shop=a_shop(marketing=Marketing(holdout_percent=100)))
    world.place()
    assert world.kinds == ["order_received"]


def test_who_did_not_agree_is_not_counted_among_those_held_out() -> None:
    world = World(shop=a_shop(marketing=Marketing(holdout_percent=100)))
    world.tell("customer.updated", None, OLENA | {"birthday": "--03-16"}, customer_id="7")
    world.until(MONDAY.replace(day=20))
    assert world.reasons("birthday_week") == ["skipped no_consent"]
