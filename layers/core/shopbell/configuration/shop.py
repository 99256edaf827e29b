"""From a checked document to the shop that the rules read, with its defaults."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from shopbell.configuration.days_off import DaysOff
from shopbell.configuration.mobile_numbers import MobileNumbers
from shopbell.domain.model.bank import BankAccount
from shopbell.domain.model.holiday import USUAL, Holiday, HolidayMode
from shopbell.domain.model.shop import (
    AskedBy,
    Bonus,
    CalendarEntry,
    Complaints,
    Contacts,
    Coupon,
    DeliveriesTold,
    Digest,
    Figures,
    Limits,
    Links,
    Marketing,
    PaymentTerms,
    Sender,
    Shop,
    Sleeping,
    SmsTerms,
    Staff,
    Tier,
)
from shopbell.domain.time.calendar import Birthday, Hours, WorkingCalendar
from shopbell.domain.time.span import Span

Fields = Mapping[str, Any]
"""Of a checked document, or of a part of it."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DEFAULTS: Fields = {
    "locale": "uk",
    "timezone": "Europe/Kyiv",
    "country": "UA",
    "currency": "UAH",
    "working_hours": dict.fromkeys(WEEKDAYS[:5], "09:00-18:00"),
    "send_hours": "09:00-21:00",
    "retention": "3 years",
    "deliveries_told": "auto",
}
"""Other parts have their defaults in domain.model."""

_DECIMALS = frozenset(
    {
        "absorb_increase",
        "earned_per_1",
        "worth_of_unit",
        "from_spent",
        "price_per_segment",
        "monthly_budget",
        "percent",
        "concede_up_to",
    }
)
"""Fields that are text in JSON, in whatever part they stand."""


def shop_of(shop_id: str, document: Fields) -> Shop:
    fields = {**DEFAULTS, **document}
    return Shop(
        id=shop_id,
        name=fields["name"],
        contacts=Contacts(**fields["contacts"]),
        sender=Sender(**fields["sender"]),
        staff=_staff(fields),
        locale=fields["locale"],
        zone=ZoneInfo(fields["timezone"]),
        country=fields["country"],
        currency=fields["currency"],
        calendar=_calendar(fields),
        send_hours=Hours.parse(fields["send_hours"]),
        payment=_payment(fields.get("payment", {})),
        marketing=Marketing(**fields.get("marketing", {})),
        coupons={name: Coupon(**_typed(coupon)) for name, coupon in fields.get("coupons", {}).items()},
        bonus=_bonus(fields.get("bonus", {})),
        complaints=Complaints(**_typed(fields.get("complaints", {}))),
        accessories={sku: tuple(along) for sku, along in fields.get("accessories", {}).items()},
        holidays=_holidays(fields.get("holidays", {})),
        sms=_sms(fields),
        journeys={kind: _figures(figures) for kind, figures in fields.get("journeys", {}).items()},
        sleeping=Sleeping(**fields.get("sleeping", {})),
        links=Links(**fields.get("links", {})),
        season=tuple(_entry(each) for each in fields.get("calendar", ())),
        limits=Limits(**fields.get("limits", {})),
        retention=Span.parse(fields["retention"]),
        deliveries_told=DeliveriesTold(fields["deliveries_told"]),
        **{name: fields[name] for name in ("accent", "logo_url") if name in fields},
    )


def _typed(part: Fields) -> dict[str, Any]:
    return {name: Decimal(value) if name in _DECIMALS else value for name, value in part.items()}


def _staff(fields: Fields) -> Staff:
    staff = {"email": fields["contacts"]["email"], "digest": "daily", **fields.get("staff", {})}
    return Staff(**{**staff, "digest": Digest(staff["digest"])})


def _calendar(fields: Fields) -> WorkingCalendar:
    week = fields["working_hours"]
    hours = {number: Hours.parse(week[day]) for number, day in enumerate(WEEKDAYS) if day in week}
    own = frozenset(date.fromisoformat(day) for day in fields.get("days_off", ()))
    days_off = DaysOff(fields["country"], own)
    return WorkingCalendar(ZoneInfo(fields["timezone"]), hours, days_off)


def _payment(part: Fields) -> PaymentTerms:
    terms = _typed(part)
    account = {"account": BankAccount(**terms["account"])} if terms.get("account") else {}
    return PaymentTerms(**{**terms, "alternatives": tuple(terms.get("alternatives", ())), **account})


def _bonus(part: Fields) -> Bonus:
    terms = _typed(part)
    tiers = sorted((Tier(**_typed(tier)) for tier in terms.get("tiers", ())), key=lambda tier: tier.from_spent)
    return Bonus(**{**terms, "tiers": tuple(tiers)})


def _holidays(part: Fields) -> Mapping[str, Holiday]:
    """Those that everybody has first."""
    usual = {name: replace(day, mode=HolidayMode(part.get(name, day.mode))) for name, day in USUAL.items()}
    return usual | {name: _own_holiday(name, own) for name, own in part.items() if name not in USUAL}


def _own_holiday(name: str, own: Fields) -> Holiday:
    mode = HolidayMode(own.get("as", HolidayMode.CARD))
    return Holiday(name, Birthday.parse(f"--{own['on']}"), mode, names=dict(own["name"]))


def _sms(fields: Fields) -> SmsTerms:
    """A country may name a part of it, as "GB-ENG"; numbers are those of the whole."""
    terms = {"countries": [fields["country"].partition("-")[0]], **fields.get("sms", {})}
    return SmsTerms(numbers=MobileNumbers(tuple(terms.pop("countries"))), **_typed(terms))


def _entry(part: Fields) -> CalendarEntry:
    before, segment = Span.parse(part.get("before", "14 days")), tuple(part.get("segment", ()))
    return CalendarEntry(part.get("name", ""), part["on"], before, part["campaign"], segment)


def _figures(part: Fields) -> Figures:
    after = part.get("after")
    return Figures(part.get("enabled"), Span.parse(after) if after else None, AskedBy(part.get("by", AskedBy.LETTER)))
