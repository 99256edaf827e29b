"""What the lines of an order come to, and what they leave open of its total."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.letter_context.order_table import (
    LONGEST_NAME,
    MOST_ADJUSTMENTS,
    is_by_price,
    line_amount,
    shown_name,
    shown_options,
    sums_of,
)
from shopbell.domain.model.order import Order
from shopbell.domain.model.record import FieldVersion, Record

MUG = {"name": "Mug", "quantity": "2", "unit_price": "15.00"}


def an_order(**told: Any) -> Order:
    fields = {"total": "30.00", "items": [MUG], **{name.replace("__", "."): value for name, value in told.items()}}
    return Order("1001", Record({name: FieldVersion(value, "1") for name, value in fields.items()}))


def sums(order: Order, currency: str = "GBP") -> Any:
    return sums_of(order, order.amount("total"), currency)


def rest(**told: Any) -> Any:
    return sums(an_order(**told))["rest"]


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ({}, None),
        ({"total": "36.00"}, "6.00"),
        ({"total": "25.00"}, "-5.00"),
        ({"total": "34.00", "delivery__price": "4.00"}, None),
        ({"total": "31.00", "delivery__price": "4.00", "discount_total": "3.00"}, None),
        ({"total": "36.00", "adjustments": [{"name": "VAT", "amount": "6.00"}]}, None),
        ({"total": "20.00", "adjustments": [{"name": "Gift card", "amount": "-10.00"}]}, None),
        ({"total": "20.00", "adjustments": [{"name": "", "amount": "-10.00"}]}, "-10.00"),
        ({"items": [MUG | {"total": "28.00"}]}, "2.00"),
        ({"items": [MUG | {"total": "28.00"}], "total": "28.00"}, None),
        ({"total": None}, None),
        ({"items": []}, None),
        ({"items": [MUG, {"name": "Towel", "quantity": "1"}]}, None),
    ],
)
def test_what_the_lines_leave_open_is_known(told: dict[str, Any], left: str | None) -> None:
    assert rest(**told) == (None if left is None else Decimal(left))


def test_a_discount_that_the_prices_have_already_is_not_taken_off_twice() -> None:
    found = sums(an_order(discount_total="3.00"))
    assert (found["discount"], found["rest"]) == (None, None)


def test_of_many_adjustments_the_last_are_told_in_one_sum() -> None:
    fees = [{"name": f"Fee {n}", "amount": "1.00"} for n in range(MOST_ADJUSTMENTS + 3)]
    found = sums(an_order(total="43.00", adjustments=fees))
    assert [each.name for each in found["adjustments"]] == [f"Fee {n}" for n in range(MOST_ADJUSTMENTS)]
    assert found["rest"] == 3


@pytest.mark.parametrize(
    ("quantity", "price", "currency", "amount"),
    [
        ("2", "15.00", "GBP", "30.00"),
        ("1", "3.575", "KWD", "3.575"),
        ("2", "1500.00", "JPY", "3000"),
        ("0.333", "14.99", "GBP", "4.99"),
        ("0.333", "100.00", "JPY", "33"),
        ("0.5", "99.90", "JPY", "49.95"),
        ("3", "0.0125", "GBP", "0.0375"),
    ],
)
def test_a_line_is_its_quantity_times_its_price_in_coins(quantity: str, price: str, currency: str, amount: str) -> None:
    item = {"quantity": quantity, "unit_price": price}
    assert line_amount(item, currency) == Decimal(amount)
    assert is_by_price(item, currency)


def test_the_shops_own_total_of_a_line_goes_before_the_reckoned_one() -> None:
    item = MUG | {"total": "28.00"}
    assert line_amount(item, "GBP") == 28
    assert not is_by_price(item, "GBP")
    assert is_by_price(MUG | {"total": "30.00"}, "GBP")


def test_what_has_no_end_is_cut() -> None:
    assert shown_name({"name": "x" * LONGEST_NAME}) == "x" * LONGEST_NAME
    assert shown_name({"name": "x" * 1000}) == "x" * (LONGEST_NAME - 1) + "…"
    options = {f"Line {n}": "y" * 1000 for n in range(50)}
    assert sum(len(word) for option in shown_options({"options": options}) for word in option) < 2_200


AMOUNTS = st.decimals(min_value=0, max_value=100_000, places=2).map(str)
ITEMS = st.lists(
    st.fixed_dictionaries({"quantity": st.integers(1, 9).map(str), "unit_price": AMOUNTS}, optional={"total": AMOUNTS}),
    min_size=1,
    max_size=5,
)
CHANGES = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from(["VAT", "Tip", ""]), "amount": st.decimals(-99, 99, places=2).map(str)}
    ),
    max_size=14,
)


@given(ITEMS, CHANGES, AMOUNTS, st.none() | AMOUNTS, st.none() | AMOUNTS)
def test_the_lines_of_any_order_add_up_to_its_total(
    items: list[dict[str, str]], changes: list[dict[str, str]], total: str, price: str | None, discount: str | None
) -> None:
    order = an_order(items=items, adjustments=changes, total=total, delivery__price=price, discount_total=discount)
    found = sums(order, "UAH")
    lines = sum(line_amount(item, "UAH") or 0 for item in items)
    named = sum(each.amount for each in found["adjustments"])
    charged = lines + Decimal(price or 0) - (found["discount"] or 0) + named
    assert charged + (found["rest"] or 0) == Decimal(total)
