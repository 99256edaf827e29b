"""Money, dates, plurals and phones as each language writes them."""

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from shopbell.commands.samples import any_shop
from shopbell.domain.journeys import BY_NAME
from shopbell.domain.letter_context.build import letter_context
from shopbell.domain.letter_context.common import shop_context
from shopbell.domain.letter_context.opening import for_a_reader_in, opening, week_for_a_reader_in
from shopbell.domain.time.calendar import Hours, WorkingCalendar
from shopbell.rendering.locale_templates import LocaleTemplates
from shopbell.rendering.phones import spaced
from shopbell.rendering.sandbox import Part
from tests.domain.stories import known, whole
from tests.rendering.letters import RENDERER
from tests.rendering.usual import usual
from tests.world import MONDAY

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
        ("ru", "1499.50", "RUB", "1499,50 ₽"),
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
    ("locale", "written"),
    [
        ("uk", "9:05 (UTC+2)"),
        ("ru", "9:05 (UTC+2)"),
        ("hu", "UTC+2 szerint 9:05"),
        ("en", "09:05 (UTC+2)"),
    ],
)
def test_a_reader_by_another_clock_is_told_whose_time_it_is(locale: str, written: str) -> None:
    kyiv, new_york = ZoneInfo("Europe/Kyiv"), ZoneInfo("America/New_York")
    moment = datetime(2026, 3, 4, 9, 5, tzinfo=kyiv)
    here, there = (said(locale, "{{ at | time }}", at=for_a_reader_in(zone, moment)) for zone in (kyiv, new_york))
    assert there.replace("\xa0", " ") == written
    assert here == written.split(" ")[-1 if locale == "hu" else 0]
    assert said(locale, "{{ at | weekday }}", at=for_a_reader_in(new_york, moment)) == said(
        locale, "{{ at | weekday }}", at=moment
    )


@pytest.mark.parametrize(
    ("zone", "written"),
    [("Asia/Kolkata", "UTC+5:30"), ("America/St_Johns", "UTC−3:30"), ("Europe/London", "UTC+0")],
)
def test_a_zone_is_told_by_its_distance(zone: str, written: str) -> None:
    moment = datetime(2026, 1, 4, 9, 5, tzinfo=ZoneInfo(zone))
    assert written in said("en", "{{ at | time }}", at=for_a_reader_in(ZoneInfo("Asia/Tokyo"), moment))


def test_clocks_that_show_the_same_need_no_zone() -> None:
    moment = datetime(2026, 3, 4, 9, 5, tzinfo=ZoneInfo("Europe/Kyiv"))
    assert for_a_reader_in(ZoneInfo("Europe/Bucharest"), moment) is moment


WEEKS = {
    "workdays": dict.fromkeys(range(5), "09:00-18:00"),
    "Saturday too": {**dict.fromkeys(range(5), "09:00-18:30"), 5: "10:00-14:00"},
    "with a gap": {0: "09:00-18:00", 2: "09:00-18:00", 3: "09:00-24:00"},
    "every day": dict.fromkeys(range(7), "00:00-24:00"),
    "no day": {},
}


@pytest.mark.parametrize(
    ("week", "locale", "written"),
    [
        ("workdays", "uk", "пн–пт 9:00–18:00"),
        ("workdays", "ru", "пн–пт 9:00–18:00"),
        ("workdays", "hu", "H–P 9:00–18:00"),
        ("workdays", "en", "Mon–Fri 9:00–18:00"),
        ("Saturday too", "en", "Mon–Fri 9:00–18:30, Sat 10:00–14:00"),
        ("Saturday too", "uk", "пн–пт 9:00–18:30, сб 10:00–14:00"),
        ("with a gap", "hu", "H 9:00–18:00, Sze 9:00–18:00, Cs 9:00–24:00"),
        ("every day", "en", "Mon–Sun 0:00–24:00"),
        ("no day", "en", ""),
    ],
)
def test_a_week_is_written_as_the_language_writes_it(week: str, locale: str, written: str) -> None:
    hours = {day: Hours.parse(text) for day, text in WEEKS[week].items()}
    opened = opening(WorkingCalendar(ZoneInfo("Europe/Kyiv"), hours))
    assert BY_LOCALE[locale].formats.opening(opened) == written


@pytest.mark.parametrize(
    ("locale", "written"), [("en", "Mon–Fri 9:00–18:00 (UTC+2)"), ("hu", "UTC+2 szerint H–P 9:00–18:00")]
)
def test_a_reader_by_another_clock_is_told_whose_week_it_is(locale: str, written: str) -> None:
    now = datetime(2026, 3, 4, 9, 5, tzinfo=ZoneInfo("Europe/Kyiv"))
    week = week_for_a_reader_in(ZoneInfo("Asia/Tokyo"), opening(any_shop().calendar), now)
    assert BY_LOCALE[locale].formats.opening(week) == written


@pytest.mark.parametrize(
    ("row", "zone", "told"),
    [
        ("complaint_received", "America/New_York", "(UTC+2)"),
        ("complaint_received", "Europe/Kyiv", ""),
        ("staff_complaint", "America/New_York", ""),
    ],
)
def test_only_customers_who_live_by_another_clock_are_told_the_zone(row: str, zone: str, told: str) -> None:
    facts = known(timezone=zone)(whole("opened", any_shop()), MONDAY)
    trigger = next(iter(BY_NAME[row].on(facts, MONDAY)))
    names = letter_context(facts, BY_NAME[row], trigger, MONDAY)
    letter = RENDERER.render(
        BY_NAME[row].kind, "en", "email", names | {"locale": "en", "unsubscribe_url": "", "task_url": ""}
    )
    times = re.findall(r"\d:\d\d(?: \(UTC\+2\))?(?!\S*–)", letter.text.replace("\u2060", ""))
    assert times
    assert all(time.endswith(told) and ("UTC" in time) is bool(told) for time in times)


@pytest.mark.parametrize("own", ["", "daily but Mondays"])
def test_a_letter_tells_the_shops_own_words_or_else_its_week(own: str) -> None:
    plain = any_shop()
    content = usual("order_shipped", "hu")
    content["shop"] = shop_context(replace(plain, contacts=replace(plain.contacts, hours=own)))
    letter = RENDERER.render("order_shipped", "hu", "email", content)
    told = own or "H–P 9:00–\u206018:00"
    assert told in letter.text
    assert told in letter.html


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
