"""Amounts of money as they come and as they are kept."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.model.money import format_amount, is_currency, parse_amount


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1499.00", "1499.00"),
        ("1499", "1499.00"),
        ("1499.5", "1499.50"),
        ("1499.5000", "1499.50"),
        ("0", "0.00"),
        ("0.00", "0.00"),
        ("0.0125", "0.0125"),
        ("0.010", "0.01"),
        ("007.10", "7.10"),
        ("14990", "14990.00"),
        ("999999999999.9999", "999999999999.9999"),
    ],
)
def test_an_amount_has_one_spelling_however_the_shop_writes_it(text: str, kept: str) -> None:
    assert format_amount(parse_amount(text)) == kept


@pytest.mark.parametrize(
    "text",
    ["", " ", "-1.00", "+1.00", "1,499.00", "1 499.00", "1499,00", "1e3", "NaN", "nan", "Infinity", "-0",
     ".50", "5.",
     "1.23456", "1234567890123", "1_000", "0x10", "١٢", "1499.00 ", "1499.00\n", "1.2.3", "₴5"],
)  # fmt: skip
def test_what_is_not_a_plain_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="amount as a decimal string"):
        parse_amount(text)


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (Decimal("1E+3"), "1000.00"),
        (Decimal("-50"), "-50.00"),
        (Decimal("33.33335"), "33.3334"),
        (Decimal("0.00001"), "0.00"),
        (Decimal("1499") * 5 / 100, "74.95"),
    ],
)
def test_what_was_reckoned_is_written_without_exponents_and_endless_fractions(amount: Decimal, written: str) -> None:
    assert format_amount(amount) == written


@pytest.mark.parametrize("amount", [Decimal("NaN"), Decimal("Infinity"), Decimal("-Infinity")])
def test_what_is_no_number_is_never_written_as_money(amount: Decimal) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        format_amount(amount)


@given(st.decimals(min_value=0, max_value=Decimal("999999999999"), places=4))
def test_what_is_written_reads_as_the_same_amount(amount: Decimal) -> None:
    assert parse_amount(format_amount(amount)) == amount


@pytest.mark.parametrize(
    ("code", "right"),
    [("UAH", True), ("HUF", True), ("uah", False), ("UA", False), ("UAHS", False), ("₴", False), ("ЕUR",
     False),
     ("EUR\n", False), ("", False)],
)  # fmt: skip
def test_a_currency_is_three_capital_latin_letters(code: str, right: bool) -> None:
    assert is_currency(code) is right
