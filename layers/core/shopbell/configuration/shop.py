"""From a checked document to the shop that the rules read, with the defaults of the contract."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from shopbell.configuration.days_off import DaysOff
from shopbell.domain.model.shop import (
    Bonus,
    Complaints,
    Contacts,
    Coupon,
    Digest,
    Figures,
    HolidayMode,
    Limits,
    Links,
    Marketing,
    PaymentTerms,
    Sender,
    Shop,
    SmsTerms,
    Staff,
    Tier,
)
from shopbell.domain.time.calendar import Hours, WorkingCalendar
from shopbell.domain.time.span import Span

Said = Mapping[str, Any]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DEFAULTS: Said = {
    "locale": "uk",
    "timezone": "Europe/Kyiv",
    "country": "UA",
    "currency": "UAH",
    "working_hours": dict.fromkeys(WEEKDAYS[:5], "09:00-18:00"),
    "send_hours": "09:00-21:00",
    "retention": "3 years",
}
HOLIDAYS: Said = {"new_year": "card", "womens_day": "card", "defenders_day": "off"}
"""What is not here is a default of the shop's own parts."""

_AMOUNTS = frozenset(
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


def shop_of(shop_id: str, document: Said) -> Shop:
    said = {**DEFAULTS, **document}
    return Shop(
        id=shop_id,
        name=said["name"],
        contacts=Contacts(**said["contacts"]),
        sender=Sender(**said["sender"]),
        staff=_staff(said),
        locale=said["locale"],
        zone=ZoneInfo(said["timezone"]),
        country=said["country"],
        currency=said["currency"],
        calendar=_calendar(said),
        send_hours=Hours.parse(said["send_hours"]),
        payment=_payment(said.get("payment", {})),
        marketing=Marketing(**said.get("marketing", {})),
        coupons={name: Coupon(**_typed(coupon)) for name, coupon in said.get("coupons", {}).items()},
        bonus=_bonus(said.get("bonus", {})),
        complaints=Complaints(**_typed(said.get("complaints", {}))),
        holidays=_holidays(said.get("holidays", {})),
        sms=SmsTerms(**_typed(said.get("sms", {}))),
        journeys={kind: _figures(figures) for kind, figures in said.get("journeys", {}).items()},
        links=Links(**said.get("links", {})),
        limits=Limits(**said.get("limits", {})),
        retention=Span.parse(said["retention"]),
        **({"accent": said["accent"]} if "accent" in said else {}),
    )


def _typed(said: Said) -> dict[str, Any]:
    return {name: Decimal(value) if name in _AMOUNTS else value for name, value in said.items()}


def _staff(said: Said) -> Staff:
    staff = {"email": said["contacts"]["email"], "digest": "off", **said.get("staff", {})}
    return Staff(staff["email"], Digest(staff["digest"]), staff.get("owner", ""))


def _calendar(said: Said) -> WorkingCalendar:
    week = said["working_hours"]
    hours = {number: Hours.parse(week[day]) for number, day in enumerate(WEEKDAYS) if day in week}
    own = frozenset(date.fromisoformat(day) for day in said.get("days_off", ()))
    days_off = DaysOff(said["country"], own)
    return WorkingCalendar(ZoneInfo(said["timezone"]), hours, days_off)


def _payment(said: Said) -> PaymentTerms:
    terms = _typed(said)
    return PaymentTerms(**{**terms, "alternatives": tuple(terms.get("alternatives", ()))})


def _bonus(said: Said) -> Bonus:
    terms = _typed(said)
    tiers = sorted((Tier(**_typed(tier)) for tier in terms.get("tiers", ())), key=lambda tier: tier.from_spent)
    return Bonus(**{**terms, "tiers": tuple(tiers)})


def _holidays(said: Said) -> Mapping[str, HolidayMode]:
    return {name: HolidayMode(mode) for name, mode in {**HOLIDAYS, **said}.items()}


def _figures(said: Said) -> Figures:
    after = said.get("after")
    return Figures(said.get("enabled"), Span.parse(after) if after else None)
