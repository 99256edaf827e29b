"""Money, dates, plurals and phones as each language writes them."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from shopbell.rendering.locale_templates import LocaleTemplates
from shopbell.rendering.phones import spaced
from shopbell.rendering.sandbox import Part

TEMPLATES = Path(__file__).parents[2] / "templates"
BY_LOCALE = {locale: LocaleTemplates(TEMPLATES, locale, Part.PLAIN) for locale in ("uk", "ru", "hu", "en")}


def said(locale: str, template: str, **names: object) -> str:
    return BY_LOCALE[locale].environment.from_string(template).render(**names)


@pytest.mark.parametrize(
    ("locale", "amount", "currency", "written"),
    [
        ("uk", "1499", "UAH", "1\xa0499,00\xa0₴"),
        ("ru", "1499", "RUB", "1\xa0499,00\xa0₽"),
        ("hu", "14990", "HUF", "14\xa0990\xa0Ft"),
        ("hu", "14990.50", "HUF", "14\xa0990,50\xa0Ft"),
        ("hu", "4990", "HUF", "4990\xa0Ft"),
        ("hu", "-9999.50", "HUF", "−9999,50\xa0Ft"),
        ("en", "14.9", "GBP", "£14.90"),
        ("en", "1234567.89", "GBP", "£1,234,567.89"),
        ("en", "1499", "PLN", "PLN\xa01,499.00"),
        ("uk", "14.90", "GBP", "14,90\xa0£"),
        ("en", "0", "GBP", "£0.00"),
    ],
)
def test_money_is_written_as_the_language_writes_it(locale: str, amount: str, currency: str, written: str) -> None:
    assert said(locale, "{{ amount | money(currency) }}", amount=Decimal(amount), currency=currency) == written


@pytest.mark.parametrize(
    ("locale", "currency", "written"),
    [("uk", "UAH", "4\xa0990,00\xa0₴"), ("hu", "HUF", "4\xa0990\xa0Ft"), ("en", "GBP", "£4,990.00")],
)
def test_sums_below_one_another_have_their_thousands_in_line(locale: str, currency: str, written: str) -> None:
    assert said(locale, "{{ amount | money_column(currency) }}", amount=Decimal(4990), currency=currency) == written


@pytest.mark.parametrize(
    ("locale", "amount", "currency", "written"),
    [
        ("uk", "1499.00", "UAH", "1499 грн"),
        ("ru", "1499.50", "RUB", "1499,50 руб"),
        ("hu", "14990", "HUF", "14990 Ft"),
        ("en", "14.90", "GBP", "£14.90"),
        ("en", "14.90", "PLN", "14.90 PLN"),
    ],
)
def test_money_in_an_sms_is_short(locale: str, amount: str, currency: str, written: str) -> None:
    assert said(locale, "{{ amount | money_short(currency) }}", amount=Decimal(amount), currency=currency) == written


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        ("uk", "3 березня 2026"),
        ("ru", "3 марта 2026 г."),
        ("hu", "2026. március 3."),
        ("en", "3 March 2026"),
    ],
)
def test_a_day_is_written_out(locale: str, written: str) -> None:
    assert said(locale, "{{ day | day }}", day=date(2026, 3, 3)).replace("\xa0", " ") == written


def test_a_moment_tells_its_local_time() -> None:
    moment = datetime.fromisoformat("2026-03-04T09:05:00+02:00")
    assert said("en", "{{ moment | weekday }} {{ moment | time }}", moment=moment) == "Wednesday 4\u00a0March 09:05"


@pytest.mark.parametrize(
    ("locale", "number", "form"),
    [
        ("uk", "1", "one"),
        ("uk", "2", "few"),
        ("uk", "5", "many"),
        ("uk", "11", "many"),
        ("uk", "21", "one"),
        ("uk", "1.5", "other"),
        ("ru", "22", "few"),
        ("ru", "12", "many"),
        ("hu", "5", "other"),
        ("en", "1", "one"),
        ("en", "1.5", "other"),
    ],
)
def test_a_number_takes_the_form_its_language_asks_for(locale: str, number: str, form: str) -> None:
    template = '{{ plural(n, one="one", few="few", many="many", other="other") }}'
    assert said(locale, template, n=Decimal(number)) == form


@pytest.mark.parametrize(
    ("locale", "number", "written"),
    [
        ("uk", "1.50", "1,5"),
        ("en", "2.000", "2"),
        ("en", "100", "100"),
        ("en", "12400", "12,400"),
        ("ru", "1246", "1\N{NO-BREAK SPACE}246"),
        ("uk", "12400.50", "12\N{NO-BREAK SPACE}400,5"),
        ("hu", "12400", "12\N{NO-BREAK SPACE}400"),
        ("hu", "1246.5", "1246,5"),
    ],
)
def test_a_quantity_has_no_idle_zeros_and_its_thousands_stand_apart(locale: str, number: str, written: str) -> None:
    assert said(locale, "{{ n | quantity }}", n=Decimal(number)) == written


@pytest.mark.parametrize(
    ("locale", "written"), [("uk", "12,5\xa0%"), ("ru", "12,5\xa0%"), ("hu", "12,5%"), ("en", "12.5%")]
)
def test_percents_stand_as_far_from_their_number_as_the_language_wants(locale: str, written: str) -> None:
    assert said(locale, "{{ n | percent }}", n=Decimal("12.50")) == written


def test_a_ukrainian_friday_has_the_apostrophe_that_the_letters_have() -> None:
    assert "п’ятниця" in said("uk", "{{ day | weekday }}", day=date(2026, 3, 6))


@pytest.mark.parametrize("format_", ["money('GBP')", "money_short('GBP')", "day", "weekday", "quantity", "percent"])
def test_what_is_not_there_is_written_as_nothing(format_: str) -> None:
    assert said("en", f"{{{{ none | {format_} }}}}", none=None) == ""


@pytest.mark.parametrize(
    ("phone", "written"),
    [
        ("+380441234567", "+380 44 123 45 67"),
        ("+74951234567", "+7 495 123 45 67"),
        ("+3612345678", "+36 1 234 5678"),
        ("+36301234567", "+36 30 123 4567"),
        ("+442079460958", "+44 20 7946 0958"),
        ("+441632960123", "+44 1632 960123"),
        ("+12025550123", "+1 202 555 0123"),
        ("+99812345678", "+998 123 456 78"),
        ("call us", "call us"),
        ("", ""),
    ],
)
def test_a_phone_number_can_be_read_aloud(phone: str, written: str) -> None:
    assert spaced(phone, " ") == written
