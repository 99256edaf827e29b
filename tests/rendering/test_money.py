"""Sums of money as letters write them: every currency in every language reads back as the sum that was meant."""

import re
from decimal import Decimal

import pytest
from babel.numbers import get_currency_precision, list_currencies
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbell.domain.model.money import DECIMALS, decimals_of
from tests.rendering.facts import plain_templates
from tests.rendering.letters import LOCALES, every_locale
from tests.rendering.reading_sums import read_money

CURRENCIES = sorted(list_currencies())
AMOUNTS = st.integers(0, 4).flatmap(
    lambda places: st.decimals(min_value=-1_000_000, max_value=Decimal("999999999999"), places=places)
)


def money(locale: str, amount: Decimal, currency: str, *, short: bool = False) -> str:
    filters = plain_templates(locale).environment.filters
    return str(filters["money_short" if short else "money"](amount, currency))


def test_each_currency_has_the_decimals_that_babel_knows_and_the_forint_none() -> None:
    known = {currency: get_currency_precision(currency) for currency in CURRENCIES} | {"HUF": 0}
    assert {currency: decimals_of(currency) for currency in CURRENCIES} == known
    assert set(DECIMALS) <= set(CURRENCIES)


@settings(deadline=None)
@given(AMOUNTS, st.sampled_from(CURRENCIES), st.sampled_from(LOCALES), st.booleans())
def test_what_is_written_reads_as_the_sum_that_is_meant(
    amount: Decimal, currency: str, locale: str, short: bool
) -> None:
    assert read_money(money(locale, amount, currency, short=short), locale) == amount


@every_locale
def test_no_currency_gets_cents_that_it_does_not_have(locale: str) -> None:
    written = {currency: money(locale, Decimal(3111), currency) for currency in CURRENCIES}
    cents = {currency: re.search(r"[.,](0+)\D*$", text) for currency, text in written.items()}
    told = {currency: len(found[1]) if found else 0 for currency, found in cents.items()}
    assert told == {currency: decimals_of(currency) for currency in CURRENCIES}


@pytest.mark.parametrize(
    ("locale", "amount", "currency", "written", "short"),
    [
        ("en", "3.575", "KWD", "KWD 3.575", "3.575 KWD"),
        ("ru", "12.345", "BHD", "12,345 BHD", "12,345 BHD"),
        ("en", "3000", "JPY", "JP¥3,000", "3000 JPY"),
        ("uk", "250000", "VND", "250 000 VND", "250000 VND"),
        ("hu", "4990", "ISK", "4990 ISK", "4990 ISK"),
        ("en", "100", "XAF", "FCFA 100", "100 XAF"),
        ("en", "100.5", "JPY", "JP¥100.50", "100.50 JPY"),
        ("en", "12", "TND", "TND 12.000", "12 TND"),
        ("en", "0.0125", "GBP", "£0.0125", "£0.0125"),
        ("en", "-4.5", "GBP", "−£4.50", "£-4.50"),
        ("uk", "-4.5", "UAH", "−4,50 ₴", "-4,50 грн"),
    ],
)
def test_a_sum_is_written_with_the_currencys_own_decimals(
    locale: str, amount: str, currency: str, written: str, short: str
) -> None:
    assert money(locale, Decimal(amount), currency).replace("\xa0", " ") == written
    assert money(locale, Decimal(amount), currency, short=True) == short
