"""When a customer is told of what they bought before, and how long it lasts them."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.journeys.again import REPLENISHMENT
from shopbell.domain.model.agenda import Agenda, StepDecided
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.record import Occurrence, Record, version_at
from shopbell.domain.model.vocabulary import Outcome
from shopbell.domain.rules.buying_again import (
    OfPurchases,
    not_ordered_since,
    not_told_along,
    runs_out,
    to_replace,
    wanted_again,
)
from shopbell.domain.rules.supplies import Supply, spread, supplies
from tests.domain.stories import SHOP, clock, timed, whole
from tests.domain.tables import each_row
from tests.world import MONDAY

COMES = """
what         | what_happened                                                        | called
runs out     | bought water                                                         | WATER-19@1001 on Mon 09 10:00
runs out     | bought water, Fri 06 10:00 bought water again                        | WATER-19@1002 on Fri 13 10:00
runs out     | bought water, bought water and did not pay                           |
runs out     | bought a cup                                                         |
runs out     | bought a cup, Mon 16 10:00 bought a cup again                        | CUP-1@1005 on Fri 27 10:00
wanted again | bought water until 16 March                                          | 1008@2026-03-16 on Fri 13 10:00
wanted again | bought water until 16 March, bought coffee                           | 1008@2026-03-16 on Fri 13 10:00
wanted again | bought water until 16 March, Fri 06 10:00 bought water again         |
wanted again | Sun 15 12:00 bought water until 16 March                             | 1008@2026-03-16 on Mon 16 10:00
wanted again | Tue 17 12:00 bought water until 16 March                             |
to replace   | bought a phone                                                       | PHONE-1@1006 on Sun 22 10:00
to replace   | bought a phone, Fri 06 10:00 bought a newer phone                    | PHONE-2@1007 on Thu 26 10:00
to replace   | bought water                                                         |
"""
TRIGGERS: Mapping[str, OfPurchases] = {
    "runs out": runs_out,
    "wanted again": wanted_again,
    "to replace": to_replace,
}


@each_row(COMES, "{what} after {what_happened}: {called}")
def test_each_comes_in_its_time_and_is_named_by_the_order(what: str, what_happened: str, called: str) -> None:
    came = TRIGGERS[what](whole(what_happened), timed(what_happened)[-1][0])
    assert "; ".join(f"{each.occurrence_id} on {clock(each.at)}" for each in came) == called


def buyer(*days: int, lasts_days: int | None = None, quantity: str = "1") -> Supply:
    """Who bought water on these days, counted from a Monday."""
    item = {"name": "Water", "quantity": quantity, **({"lasts_days": lasts_days} if lasts_days else {})}
    bought = {
        str(day): Occurrence(at := MONDAY + timedelta(days=day), version_at(at, "e"), {"items": {"W": item}})
        for day in days
    }
    customer = Customer("id:7", Record(occurrences={EventType.CUSTOMER_BOUGHT: bought}))
    (supply,) = supplies(Facts(SHOP, customer))
    return supply


@pytest.mark.parametrize(
    ("days", "lasts_days", "lasts", "irregular"),
    [
        ((0,), None, None, ""),
        ((0,), 30, 30, ""),
        ((0, 14), None, 14, "1 gap"),
        ((0, 14), 30, 30, ""),
        ((0, 14, 28, 42), None, 14, "3 gaps, spread 0.00"),
        ((0, 14, 28, 42, 56), None, 14, ""),
        ((0, 14, 28, 42, 56), 30, 14, ""),
        ((0, 10, 24, 38, 54), None, 14, ""),
        ((0, 3, 33, 38, 90), None, 18, "4 gaps, spread 1.38"),
        ((0, 3, 33, 38, 90), 30, 30, ""),
    ],
)
def test_a_regular_customer_knows_best_then_the_maker(
    days: tuple[int, ...], lasts_days: int | None, lasts: int | None, irregular: str
) -> None:
    supply = buyer(*days, lasts_days=lasts_days)
    assert (supply.lasts, supply.irregular) == (None if lasts is None else timedelta(days=lasts), irregular)


def test_two_bottles_last_twice_as_long_as_one() -> None:
    assert buyer(0, lasts_days=14, quantity="2").ends_on == date(2026, 3, 30)


@pytest.mark.parametrize(
    ("lasts", "told_on"),
    [(3, None), (4, date(2026, 3, 3)), (14, date(2026, 3, 13)), (20, date(2026, 3, 19)), (100, date(2026, 5, 26))],
)
def test_one_is_told_fifteen_hundredths_before_and_three_days_at_least(lasts: int, told_on: date | None) -> None:
    assert buyer(0, lasts_days=lasts).told_on == told_on


@given(st.sets(st.integers(0, 700), min_size=1, max_size=12), st.none() | st.integers(1, 400))
def test_nobody_is_told_before_the_day_after_nor_after_it_has_run_out(days: set[int], lasts_days: int | None) -> None:
    supply = buyer(*days, lasts_days=lasts_days)
    if supply.told_on is not None and supply.ends_on is not None:
        assert supply.last_on < supply.told_on < supply.ends_on


def test_the_spread_is_of_ratios_so_that_a_week_more_counts_for_less_in_a_year() -> None:
    assert spread([10, 20]) == pytest.approx(spread([100, 200]))
    assert spread([7, 7, 7]) == 0


def test_quantity_is_kept_as_a_decimal() -> None:
    assert buyer(0, lasts_days=10, quantity="1.5").bought.quantity == Decimal("1.5")


class Counted(dict[str, StepDecided]):
    """How often it was looked into."""

    looks = 0

    def get(self, key: str, default: StepDecided | None = None) -> StepDecided | None:  # type: ignore[override]  # of one use
        self.looks += 1
        return super().get(key, default)


@pytest.mark.parametrize("products", [40, 80])
@pytest.mark.parametrize("told", [0, 1, 40])
def test_whatever_runs_out_with_others_each_of_them_is_looked_at_once(products: int, told: int) -> None:
    """All of an order last as long: the first of them tells of all, unless it is told along with another."""
    items = {f"W{number:02}": {"name": "Water", "lasts_days": 14} for number in range(products)}
    bought = {"1": Occurrence(MONDAY, version_at(MONDAY, "e"), {"items": items})}
    customer = Customer("id:7", Record(occurrences={EventType.CUSTOMER_BOUGHT: bought}))
    sent = {f"replenishment|W{number:02}@1": StepDecided(Outcome.SENT, MONDAY) for number in range(told)}
    facts = Facts(SHOP, customer, agenda=Agenda(decided=(decided := Counted(sent))))
    triggers = list(runs_out(facts, MONDAY))
    along = [not_told_along(REPLENISHMENT)(facts, each) for each in triggers]
    since = [not_ordered_since(runs_out)(facts, each) for each in triggers]
    assert (len(triggers), any(since), decided.looks) == (products, False, products)
    assert [bool(each) for each in along] == [told > 1 or number > 0 for number in range(products)]
    assert runs_out.named(facts) is runs_out.named(facts)
