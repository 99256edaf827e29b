"""Groups of customers that fall silent together, because of whom or what they came for."""

from datetime import date, timedelta
from decimal import Decimal
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.model.purchases import Bought, Purchase
from shopbell.domain.model.rhythm import QuietGroup
from shopbell.domain.rules.forecast import forecast, forecasts
from shopbell.domain.rules.quiet import Seen, at_least, quiet_groups
from tests.world import MONDAY

TODAY = date(2026, 3, 2)


def of(staff: str, *skus: str, slept: int, orders: int = 4) -> Seen:
    """A customer of that employee's, who fell asleep so many days ago, or (below nothing) will."""
    items = tuple(Bought(sku) for sku in skus)
    bought = [Purchase(f"{n}", MONDAY - timedelta(days=n), items=items, staff=staff) for n in range(orders)]
    return Seen(bought, TODAY - timedelta(days=slept))


def shop(*groups: tuple[str, str, int, int]) -> list[Seen]:
    """By employee and product: so many who fell asleep of late, and so many who did not."""
    return [
        of(staff, sku, slept=10 if each < asleep else -10)
        for staff, sku, asleep, awake in groups
        for each in range(asleep + awake)
    ]


def test_whose_customers_fall_silent_together_is_told() -> None:
    """The master of a salon left."""
    found = quiet_groups(shop(("Oksana", "CUT", 14, 4), ("Iryna", "CUT", 3, 40), ("Petro", "CUT", 4, 35)), TODAY)
    assert found == (QuietGroup("staff", "Oksana", 18, 14, 9),)


def test_so_is_a_product_that_lost_its_customers() -> None:
    found = quiet_groups(shop(("", "COFFEE", 12, 3), ("", "TEA", 3, 60), ("", "MILK", 2, 40)), TODAY)
    assert found == (QuietGroup("sku", "COFFEE", 15, 12, 5),)


@pytest.mark.parametrize(
    "customers",
    [
        shop(("Oksana", "CUT", 4, 0), ("Iryna", "CUT", 1, 80)),  # four may have their reasons
        shop(("Oksana", "CUT", 30, 20), ("Iryna", "CUT", 32, 20)),  # the whole shop sleeps
        shop(("Oksana", "CUT", 5, 12), ("Iryna", "CUT", 6, 30)),  # as chance will have it
        shop(("Oksana", "CUT", 20, 2)),  # nobody to compare with
        [*(of("Oksana", slept=90) for _ in range(20)), *shop(("Iryna", "CUT", 2, 40))],  # told months ago
        [*(of("Oksana", slept=10, orders=2) for _ in range(20)), *shop(("Iryna", "CUT", 2, 40))],  # came twice
        [],
    ],
)
def test_chance_and_what_is_old_is_not_told(customers: list[Seen]) -> None:
    assert quiet_groups(customers, TODAY) == ()


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_the_chance_of_so_many_is_that_of_drawing_them(drawn: int, marked: int, seen: int) -> None:
    of_all = 40
    ways = sum(comb(marked, n) * comb(of_all - marked, drawn - n) for n in range(seen, min(drawn, marked) + 1))
    assert at_least(seen, drawn, marked, of_all) == pytest.approx(ways / comb(of_all, drawn), abs=1e-9)


def test_what_sleepers_would_bring_is_reckoned_as_the_documents_do() -> None:
    """40 a week, of whom 30 of a hundred wake, at 800 each."""
    week = forecast(40, Decimal(800), 30)
    assert (week, 4 * week) == (Decimal(9_600), Decimal(38_400))
    assert forecasts(40, Decimal(800)) == {5: 1_600, 10: 3_200, 25: 8_000, 30: 9_600}
    assert forecasts(40, Decimal(800), measured=Decimal("12.5")) == {Decimal("12.5"): 4_000}
