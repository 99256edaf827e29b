"""A shop's configuration: what it may leave out, and what is said of every mistake in it."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import yaml

from shopbell.configuration.reading import read_shop, secrets_of, stored_form
from shopbell.domain.model.bank import BankAccount
from shopbell.domain.model.holiday import HolidayMode
from shopbell.domain.model.problems import Refused
from shopbell.domain.model.shop import AskedBy, Bonus, Coupon, Digest, Figures, PaymentTerms, Shop, Tier
from shopbell.domain.model.vocabulary import Addressee
from shopbell.domain.time.calendar import Birthday, Hours
from shopbell.domain.time.span import Span, Unit, days, working_days, years

KINDS = ("order_unpaid_first", "review_request")
SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZg=="
"""Sixteen bytes, the fewest that do."""

WHOLE = f"""
name: Добра Крамниця
contacts:
  email: hello@dobra.example
  phone: "+380441234567"
  site: https://dobra.example
  address: Київ, вул. Зразкова, 1
  hours: пн–пт 9–18
sender: {{email: hello@dobra.example, name: Добра Крамниця, sms_id: DOBRA}}
staff: {{email: team@dobra.example, digest: off}}
locale: uk
timezone: Europe/Kyiv
country: UA
currency: UAH
working_hours: {{mon: "09:00-18:00", tue: "09:00-18:00", wed: "09:00-18:00", thu: "09:00-18:00", fri: "09:00-18:00"}}
days_off: [2026-08-24]
send_hours: "09:00-21:00"
payment: {{details: "IBAN UA00 0000", alternatives: [карткою на сайті, накладений платіж], absorb_increase: "50.00"}}
marketing: {{per_month: 2, holdout_percent: 0}}
sleeping: {{floor_days: 15}}
coupons:
  thank_you: {{percent: 5, days: 30, unique: true}}
  birthday: {{percent: "7.5", code: BDAY10}}
bonus: {{earned_per_1: 1, worth_of_unit: "0.01", tiers: [{{from_spent: 5000, earned_per_1: 2}}]}}
holidays: {{new_year: card, womens_day: offer, defenders_day: off}}
sms: {{transliterate: false, price_per_segment: 1.20, monthly_budget: "500.00"}}
journeys: {{order_unpaid_first: {{after: 2 working days}}, review_request: {{enabled: off}}}}
links: {{faq: "", review: https://dobra.example/reviews}}
accent: "#336699"
logo_url: https://dobra.example/logo.png
retention: 18 months
webhooks:
  native: [{SECRET}]
  woocommerce: [secret]
  shopify: {{secrets: [one, two], domain: dobra.myshopify.example}}
"""

LEAST = {
    "name": "Dobra",
    "contacts": {"email": "hello@dobra.example", "phone": "+380441234567", "site": "https://dobra.example"},
    "sender": {"email": "post@dobra.example", "name": "Dobra", "sms_id": "DOBRA"},
}


def whole() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(WHOLE)
    return document


def shop(**changes: Any) -> Shop:
    return read_shop("dobra", {**LEAST, **changes}, KINDS)


def wrong(document: Any, shop_id: str = "dobra") -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        read_shop(shop_id, document, KINDS, ("uk", "en"))
    return [(problem.pointer, problem.code) for problem in refused.value.problems]


def test_a_whole_configuration_says_all_that_the_rules_read() -> None:
    read = read_shop("dobra", whole(), KINDS)
    assert (read.id, read.name, read.locale, read.country, read.currency) == (
        "dobra",
        "Добра Крамниця",
        "uk",
        "UA",
        "UAH",
    )
    assert read.contacts.hours == "пн–пт 9–18"
    assert (read.sender.sms_id, read.staff.email, read.staff.digest) == ("DOBRA", "team@dobra.example", Digest.OFF)
    assert read.payment == PaymentTerms("IBAN UA00 0000", ("карткою на сайті", "накладений платіж"), Decimal(50))
    assert read.coupons == {
        "thank_you": Coupon(Decimal(5), 30, None, True),
        "birthday": Coupon(Decimal("7.5"), None, "BDAY10", False),
    }
    assert read.bonus == Bonus(Decimal(1), Decimal("0.01"), (Tier(Decimal(5000), Decimal(2)),))
    assert read.holidays["womens_day"].mode is HolidayMode.OFFER
    assert read.sms.price_per_segment == Decimal("1.2")
    assert read.journeys == {
        "order_unpaid_first": Figures(after=working_days(2)),
        "review_request": Figures(enabled=False),
    }
    assert (read.links.review, read.accent) == ("https://dobra.example/reviews", "#336699")
    assert read.logo_url == "https://dobra.example/logo.png"
    assert read.retention == Span(18, Unit.MONTHS)


def test_reviews_may_be_asked_for_on_the_phone() -> None:
    read = shop(journeys={"review_request": {"by": "call", "after": "4 days"}})
    assert read.journeys == {"review_request": Figures(after=days(4), by=AskedBy.CALL)}
    assert read.calls_instead_of("review_request", "staff_call_satisfaction")
    assert not shop(journeys={"review_request": {"by": "letter"}}).calls_instead_of(
        "review_request", "staff_call_satisfaction"
    )


def test_what_goes_with_a_product_is_said_by_codes() -> None:
    read = shop(accessories={"LAPTOP-1": ["MOUSE-2", 7], "MUG-1": None})
    assert read.accessories == {"LAPTOP-1": ("MOUSE-2", "7")}


def test_a_campaign_is_tied_to_a_day_of_the_year() -> None:
    dates = "[{name: Season, on: 09-01, before: 10 days, segment: all, campaign: season}, {on: 02-29, campaign: leap}]"
    document = yaml.safe_load(WHOLE + f"calendar: {dates}\n")
    season, leap = read_shop("dobra", stored_form(document), KINDS).season
    assert (season.name, season.on, season.before, season.segment) == ("Season", "09-01", days(10), ("all",))
    assert (leap.campaign, leap.on, leap.before, leap.segment) == ("leap", "02-29", days(14), ())


def test_everything_after_the_sender_has_a_default() -> None:
    read = shop()
    assert (read.locale, read.zone.key, read.country, read.currency) == ("uk", "Europe/Kyiv", "UA", "UAH")
    assert {read.staff.address_of(each) for each in Addressee} == {"hello@dobra.example"}
    assert read.calendar.hours == dict.fromkeys(range(5), Hours.parse("09:00-18:00"))
    assert read.send_hours == Hours.parse("09:00-21:00")
    assert read.payment == PaymentTerms("", (), Decimal(0))
    assert (read.marketing.per_month, read.marketing.holdout_percent, read.sleeping.floor_days) == (2, 0, 15)
    assert (read.coupons, read.journeys, read.accessories, read.links.faq) == ({}, {}, {}, "")
    assert read.bonus == Bonus(Decimal(1), Decimal("0.01"), ())
    assert {name: str(day.mode) for name, day in read.holidays.items()} == {
        "new_year": "card",
        "womens_day": "card",
        "defenders_day": "off",
    }
    assert (read.sms.transliterate, read.sms.monthly_budget) == (False, Decimal(500))
    assert read.retention == years(3)


def test_a_name_with_nothing_after_it_has_its_default() -> None:
    nothing = dict.fromkeys(("staff", "locale", "working_hours", "coupons", "bonus", "journeys", "links", "webhooks"))
    assert shop(**nothing) == shop()
    assert shop(payment={"details": None}) == shop()


def test_a_part_that_is_given_keeps_the_defaults_of_the_rest() -> None:
    read = shop(holidays={"womens_day": "offer"}, staff={"digest": "hourly"}, bonus={"earned_per_1": "0.5"})
    assert read.holidays["new_year"].mode is HolidayMode.CARD
    assert (read.staff.email, read.staff.digest) == ("hello@dobra.example", Digest.HOURLY)
    desk = shop(staff={"email": "team@dobra.example", "complaints": "desk@dobra.example"}).staff
    assert [desk.address_of(each) for each in (Addressee.OWNER, Addressee.COMPLAINTS)] == [
        "team@dobra.example",
        "desk@dobra.example",
    ]
    assert (read.bonus.earned_per_1, read.bonus.worth_of_unit) == (Decimal("0.5"), Decimal("0.01"))


def test_working_hours_that_are_given_are_all_there_are() -> None:
    read = shop(working_hours={"sat": "10:00-14:00", "sun": None})
    assert read.calendar.hours == {5: Hours.parse("10:00-14:00")}


@pytest.mark.parametrize(
    ("country", "day", "works"),
    [
        ("UA", date(2026, 8, 24), False),
        ("UA", date(2026, 8, 25), True),
        ("HU", date(2026, 8, 20), False),
        ("HU", date(2045, 8, 21), True),
        ("HU", date(2046, 3, 15), False),
    ],
)
def test_a_shop_does_not_work_on_its_own_days_off_and_its_countrys(country: str, day: date, works: bool) -> None:
    read = shop(
        country=country, days_off=["2026-08-24"], working_hours=dict.fromkeys(("mon", "tue", "thu"), "9:00-18:00")
    )
    assert day.weekday() in (0, 1, 3)
    assert read.calendar.is_working_day(day) is works


def test_what_yaml_makes_of_words_and_numbers_is_taken() -> None:
    read = read_shop(
        "dobra",
        yaml.safe_load(
            """
            name: Dobra
            contacts: {email: hello@dobra.example, phone: +380441234567, site: "https://dobra.example"}
            sender: {email: hello@dobra.example, name: Dobra, sms_id: DOBRA}
            country: NO
            days_off: [2026-12-31, "2027-01-02"]
            staff: {digest: off}
            holidays: {new_year: off}
            payment: {absorb_increase: 25}
            coupons: {winback: {percent: 12.5}}
            """
        ),
        KINDS,
    )
    assert (read.contacts.phone, read.country, read.staff.digest) == ("+380441234567", "NO", Digest.OFF)
    assert date(2026, 12, 31) in read.calendar.days_off
    assert read.holidays["new_year"].mode is HolidayMode.OFF
    assert (read.payment.absorb_increase, read.coupons["winback"].percent) == (Decimal(25), Decimal("12.5"))


def test_a_phone_of_the_shop_may_be_national() -> None:
    contacts = {**LEAST["contacts"], "phone": "06 20 123 4567"}  # type: ignore[dict-item]
    assert shop(contacts=contacts, country="HU").contacts.phone == "+36201234567"


@pytest.mark.parametrize("span", ["30 days", "3652 days", "1 month", "120 months", "1 year", "10 years", " 3  Years "])
def test_personal_data_is_kept_for_thirty_days_at_least_and_ten_years_at_most(span: str) -> None:
    assert shop(retention=span).retention == Span.parse(span)


def test_tiers_stand_in_the_order_of_their_sums() -> None:
    tiers = [{"from_spent": "900", "earned_per_1": "3"}, {"from_spent": "100", "earned_per_1": "2"}]
    assert [tier.from_spent for tier in shop(bonus={"tiers": tiers}).bonus.tiers] == [Decimal(100), Decimal(900)]


def test_the_stored_form_is_json_without_secrets_and_reads_as_the_same_shop() -> None:
    stored = json.loads(json.dumps(stored_form(whole())))
    assert "webhooks" not in stored
    assert SECRET not in json.dumps(stored)
    assert read_shop("dobra", stored, KINDS) == read_shop("dobra", whole(), KINDS)
    assert stored_form(stored) == stored


def test_secrets_are_found_by_scheme() -> None:
    assert secrets_of(whole()) == {
        "native": [SECRET],
        "woocommerce": ["secret"],
        "shopify": {"secrets": ["one", "two"], "domain": "dobra.myshopify.example"},
    }
    assert secrets_of(LEAST) == {}


OURS = {"on": "05-20", "as": "card", "name": {"uk": "День крамниці"}}
WRONG: list[tuple[str, Any, str, str]] = [
    ("contacts.email", "hello", "contacts/email", "not_an_email"),
    ("contacts.phone", "12", "contacts/phone", "not_a_phone"),
    ("contacts.site", "dobra.example", "contacts/site", "not_a_url"),
    ("contacts.fax", "1", "contacts/fax", "unknown_field"),
    ("contacts", "hello@dobra.example", "contacts", "wrong_type"),
    ("sender.email", None, "sender/email", "missing"),
    ("sender.email", "hello@dobra.example\nBcc: x@dobra.example", "sender/email", "not_an_email"),
    ("sender.name", "", "sender/name", "empty"),
    ("sender.sms_id", "ДОБРА", "sender/sms_id", "not_a_sender_id"),
    ("sender.sms_id", "12345", "sender/sms_id", "not_a_sender_id"),
    ("sender.sms_id", "TWELVELETTER", "sender/sms_id", "not_a_sender_id"),
    ("name", None, "name", "missing"),
    ("nmae", "Dobra", "nmae", "unknown_field"),
    ("staff.digest", "weekly", "staff/digest", "unknown_value"),
    ("locale", "de", "locale", "unknown_value"),
    ("locale", "uk-UA", "locale", "not_a_locale"),
    ("timezone", "Kyiv", "timezone", "not_a_zone"),
    ("country", "Ukraine", "country", "not_a_country"),
    ("currency", "грн", "currency", "not_a_currency"),
    ("working_hours.mon", "9-18", "working_hours/mon", "not_hours"),
    ("working_hours.monday", "09:00-18:00", "working_hours/monday", "unknown_field"),
    ("send_hours", "21:00-09:00", "send_hours", "not_hours"),
    ("days_off", ["2026-08-24", "2026-02-30"], "days_off/1", "not_a_day"),
    ("days_off", "2026-08-24", "days_off", "wrong_type"),
    ("payment.absorb_increase", "-1", "payment/absorb_increase", "negative"),
    ("payment.alternatives", ["card", 5], "payment/alternatives/1", "wrong_type"),
    ("marketing.per_month", -1, "marketing/per_month", "out_of_range"),
    ("marketing.holdout_percent", 101, "marketing/holdout_percent", "out_of_range"),
    ("sleeping.floor_days", 0, "sleeping/floor_days", "out_of_range"),
    ("coupons.birthday", {"code": "X"}, "coupons/birthday/percent", "missing"),
    ("coupons.birthday", {"percent": 0}, "coupons/birthday/percent", "not_a_percentage"),
    ("coupons.birthday", {"percent": "100.01"}, "coupons/birthday/percent", "not_a_percentage"),
    ("coupons.birthday", {"percent": 5, "days": 0}, "coupons/birthday/days", "out_of_range"),
    ("coupons.easter", {"percent": 5}, "coupons/easter", "unknown_field"),
    ("bonus.tiers", [{"from_spent": "1"}], "bonus/tiers/0/earned_per_1", "missing"),
    ("holidays.new_year", "party", "holidays/new_year", "unknown_value"),
    ("holidays.easter", "card", "holidays/easter", "unknown_field"),
    ("holidays.new_year", {"on": "12-31"}, "holidays/new_year", "unknown_value"),
    ("holidays.our day", OURS, "holidays/our day", "not_a_name"),
    ("holidays.ours", {**OURS, "at": "05-20"}, "holidays/ours/at", "unknown_field"),
    ("holidays.ours", {**OURS, "on": "20-05"}, "holidays/ours/on", "not_a_day"),
    ("holidays.ours", {**OURS, "on": "02-30"}, "holidays/ours/on", "not_a_day"),
    ("holidays.ours", {**OURS, "on": None}, "holidays/ours/on", "missing"),
    ("holidays.ours", {**OURS, "on": "03-08"}, "holidays/ours/on", "not_unique"),
    ("holidays.ours", {**OURS, "as": "letter"}, "holidays/ours/as", "unknown_value"),
    ("holidays.ours", {**OURS, "name": "День крамниці"}, "holidays/ours/name", "wrong_type"),
    ("holidays.ours", {**OURS, "name": None}, "holidays/ours/name", "missing"),
    ("holidays.ours", {**OURS, "name": {"uk": "День", "english": "Day"}}, "holidays/ours/name/english", "not_a_locale"),
    ("holidays.ours", {**OURS, "name": {}}, "holidays/ours/name/uk", "missing"),
    ("holidays.ours", {**OURS, "name": {"en": "Our day"}}, "holidays/ours/name/uk", "missing"),
    ("holidays.ours", {**OURS, "name": {"uk": " "}}, "holidays/ours/name/uk", "empty"),
    ("holidays.ours", {**OURS, "name": {"uk": "д" * 101}}, "holidays/ours/name/uk", "too_long"),
    ("holidays.ours", {**OURS, "name": {"uk": "День dobra.com"}}, "holidays/ours/name/uk", "not_a_name"),
    ("holidays.ours", {**OURS, "name": {"uk": "−20% на все"}}, "holidays/ours/name/uk", "not_a_name"),
    ("holidays", {f"day_{n}": {**OURS, "as": "off"} for n in range(21)}, "holidays", "too_many"),
    ("sms.monthly_budget", "much", "sms/monthly_budget", "not_an_amount"),
    ("sms.transliterate", "yes", "sms/transliterate", "wrong_type"),
    ("sms.countries", ["UA", "UK"], "sms/countries/1", "not_a_country"),
    ("sms.countries", ["GB-ENG"], "sms/countries/0", "not_a_country"),
    ("sms.countries", "UA", "sms/countries", "wrong_type"),
    ("journeys.order_unpaid_frist", {}, "journeys/order_unpaid_frist", "unknown_kind"),
    ("journeys.order_unpaid_first", {"after": "2 weeks"}, "journeys/order_unpaid_first/after", "not_a_span"),
    ("journeys.order_unpaid_first", {"before": "2 days"}, "journeys/order_unpaid_first/before", "unknown_field"),
    ("journeys.review_request", {"by": "phone"}, "journeys/review_request/by", "unknown_value"),
    ("journeys.order_unpaid_first", {"by": "call"}, "journeys/order_unpaid_first/by", "unknown_field"),
    ("journeys.order_unpaid_first", 2, "journeys/order_unpaid_first", "wrong_type"),
    ("accessories", ["MOUSE-2"], "accessories", "wrong_type"),
    ("accessories.LAPTOP-1", "MOUSE-2", "accessories/LAPTOP-1", "wrong_type"),
    ("accessories.LAPTOP-1", [""], "accessories/LAPTOP-1", "empty"),
    ("accessories.LAPTOP-1", ["M"] * 21, "accessories/LAPTOP-1", "too_many"),
    ("links.faq", "faq.html", "links/faq", "not_a_url"),
    ("calendar", [{"on": "09-01"}], "calendar/0/campaign", "missing"),
    ("calendar", [{"campaign": "season"}], "calendar/0/on", "missing"),
    ("calendar", [{"campaign": "season", "on": "02-30"}], "calendar/0/on", "not_a_day"),
    ("calendar", [{"campaign": "season", "on": "2026-09-01"}], "calendar/0/on", "not_a_day"),
    ("calendar", [{"campaign": "a", "on": "09-01", "segment": "loyals"}], "calendar/0/segment", "unknown_value"),
    ("calendar", [{"campaign": "a", "on": "09-01", "before": "soon"}], "calendar/0/before", "not_a_span"),
    ("calendar", [{"campaign": "a", "on": "09-01"}] * 51, "calendar", "too_many"),
    ("calendar", "09-01", "calendar", "wrong_type"),
    ("retention", "29 days", "retention", "out_of_range"),
    ("retention", "0 years", "retention", "out_of_range"),
    ("retention", "-3 years", "retention", "out_of_range"),
    ("retention", "3653 days", "retention", "out_of_range"),
    ("retention", "121 months", "retention", "out_of_range"),
    ("retention", "11 years", "retention", "out_of_range"),
    ("retention", "2000 hours", "retention", "not_a_span"),
    ("retention", "60 working days", "retention", "not_a_span"),
    ("retention", "for ever", "retention", "not_a_span"),
    ("retention", 3, "retention", "not_a_span"),
    ("accent", "red", "accent", "not_a_colour"),
    ("accent", "#777777", "accent", "too_light"),
    ("logo_url", "http://dobra.example/logo.png", "logo_url", "not_a_url"),
    ("logo_url", "logo.png", "logo_url", "not_a_url"),
    ("webhooks.native", [SECRET] * 3, "webhooks/native", "too_many"),
    ("webhooks.native", ["whsec_" + "A" * 20], "webhooks/native/0", "not_a_secret"),
    ("webhooks.native", [SECRET.removeprefix("whsec_")], "webhooks/native/0", "not_a_secret"),
    ("webhooks.native", [SECRET, "whsec_!"], "webhooks/native/1", "not_a_secret"),
    ("webhooks.woocommerce", [""], "webhooks/woocommerce/0", "not_a_secret"),
    ("webhooks.shopify", {"domain": "https://x.example"}, "webhooks/shopify/domain", "not_a_domain"),
    ("webhooks.magento", ["x"], "webhooks/magento", "unknown_field"),
]


@pytest.mark.parametrize(("path", "value", "where", "code"), WRONG)
def test_a_wrong_field_is_named_with_what_is_wrong(path: str, value: Any, where: str, code: str) -> None:
    document: dict[str, Any] = json.loads(json.dumps(LEAST))
    part, _, field = path.rpartition(".")
    (document.setdefault(part, {}) if part else document)[field] = value
    assert wrong(document) == [(f"#/{where}", code)]


def test_a_shop_has_days_of_its_own() -> None:
    ours = (
        "{ours: {on: 05-20, as: offer, name: {uk: День крамниці, en: Our day}}, quiet: {on: 02-29, name: {uk: Тиша}}}"
    )
    read = shop(holidays=yaml.safe_load(ours)).holidays
    assert [*read] == ["new_year", "womens_day", "defenders_day", "ours", "quiet"]
    assert (read["ours"].on, read["ours"].mode) == (Birthday(5, 20), HolidayMode.OFFER)
    assert [read["ours"].named(*locales) for locales in (("en", "uk"), ("hu", "uk"), ("hu",))] == [
        *("Our day", "День крамниці", "День крамниці")
    ]
    assert (read["quiet"].on, read["quiet"].mode) == (Birthday(2, 29), HolidayMode.CARD)


def test_a_day_that_is_off_takes_no_days_place() -> None:
    assert shop(holidays={"ours": {**OURS, "on": "02-23"}}).holidays["ours"].mode is HolidayMode.CARD
    assert shop(holidays={"ours": {**OURS, "on": "03-08", "as": "off"}}).holidays["ours"].mode is HolidayMode.OFF


def test_a_leap_day_is_no_other_day_in_any_year() -> None:
    both = {"ours": {**OURS, "on": "02-28"}, "quiet": {**OURS, "on": "02-29"}}
    assert wrong({**LEAST, "holidays": both}) == [("#/holidays/quiet/on", "not_unique")]


def test_all_mistakes_are_named_at_once() -> None:
    found = wrong({"nmae": "Dobra", "contacts": {"email": "x"}, "accent": "#fff", "journeys": {"x": {"after": "?"}}})
    assert sorted(found) == [
        ("#/accent", "not_a_colour"),
        ("#/contacts/email", "not_an_email"),
        ("#/contacts/phone", "missing"),
        ("#/contacts/site", "missing"),
        ("#/journeys/x", "unknown_kind"),
        ("#/journeys/x/after", "not_a_span"),
        ("#/name", "missing"),
        ("#/nmae", "unknown_field"),
        ("#/sender", "missing"),
    ]


@pytest.mark.parametrize("document", [[], None, 5, "name: Dobra", {1: 2}, {False: True}])
def test_what_is_no_configuration_is_refused_as_a_whole(document: Any) -> None:
    assert wrong(document) == [("#", "wrong_type")]


@pytest.mark.parametrize("shop_id", ["a", "0", "dobra-kramnytsia", "a" * 63])
def test_a_shop_is_named_in_small_letters_digits_and_hyphens(shop_id: str) -> None:
    assert read_shop(shop_id, LEAST, KINDS).id == shop_id


@pytest.mark.parametrize("shop_id", ["", "-a", "A", "добра", "a_b", "a/b", "..", "a b", "a\n", "a" * 64])
def test_another_name_is_no_shops_name(shop_id: str) -> None:
    assert wrong(LEAST, shop_id) == [("#", "not_a_shop_id")]


def test_a_journey_may_come_before_its_moment() -> None:
    assert shop(journeys={"review_request": {"after": "-7 days"}}).journeys["review_request"].after == days(-7)


ACCOUNT = {"iban": "de89 3704 0044 0532 0130 00", "name": " Good  Shop GmbH ", "bic": "COBADEFFXXX"}


def test_an_account_for_programs_has_one_spelling() -> None:
    terms = shop(payment={"account": ACCOUNT}).payment
    assert terms.account == BankAccount("DE89370400440532013000", "Good Shop GmbH", "COBADEFFXXX")
    assert terms.told == "Good Shop GmbH\nIBAN DE89370400440532013000\nBIC COBADEFFXXX"
    assert shop(payment={"account": ACCOUNT, "details": "Our words"}).payment.told == "Our words"
    assert shop().payment.told == ""


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"iban": "DE89370400440532013001"}, ("#/payment/account/iban", "not_an_iban")),
        ({"iban": "0000"}, ("#/payment/account/iban", "not_an_iban")),
        ({"bic": "X"}, ("#/payment/account/bic", "not_a_bic")),
        ({"name": "x" * 71}, ("#/payment/account/name", "too_long")),
        ({"name": None}, ("#/payment/account/name", "missing")),
        ({"iban": None}, ("#/payment/account/iban", "missing")),
    ],
)
def test_an_account_that_cannot_be_is_refused(changes: dict[str, Any], problem: tuple[str, str]) -> None:
    assert wrong({**LEAST, "payment": {"account": {**ACCOUNT, **changes}}}) == [problem]
