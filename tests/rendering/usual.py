"""The usual content of every kind of letter in four languages, built plainly."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace as Part
from typing import Any
from zoneinfo import ZoneInfo

from tests.rendering.countries import CURRENCY, DETAILS, GOODS, PEOPLE, PLACES, RATE, REASONS, SHOPS, WAYS

Content = Mapping[str, Any]

TODAY = date(2026, 3, 3)
THURSDAY = date(2026, 3, 5)
MORNING = datetime(2026, 3, 4, 9, 0, tzinfo=ZoneInfo("Europe/London"))

BIRTHDAYS = ("birthday_week", "birthday_soon", "birthday_today", "birthday_last_days")


def money(locale: str, pounds: str) -> Decimal:
    return (Decimal(pounds) * RATE[locale]).quantize(Decimal("0.01"))


def shop(locale: str, **changed: str) -> Part:
    known = dict(SHOPS[locale], email="hello@shop.example", site="https://shop.example", accent="#1f5f8b")
    links = {"faq_url": "https://shop.example/faq", "delivery_url": "https://shop.example/delivery"}
    return Part(**{**known, **links, "review_url": "https://shop.example/reviews", "locale": locale, **changed})


def customer(locale: str, **changed: str) -> Part:
    name, email, phone = PEOPLE[locale]
    return Part(**{"name": name, "email": email, "phone": phone, "gender": "", **changed})


def thing(locale: str, name: str, pounds: str, quantity: str = "1", **changed: Any) -> Part:
    price = money(locale, pounds)
    amount = (price * Decimal(quantity)).quantize(Decimal("0.01"))
    known = {"name": name, "sku": "MUG-01", "options": [], "quantity": Decimal(quantity), "unit_price": price}
    return Part(**{**known, "amount": amount, "url": "https://shop.example/p/1", "image_url": "", **changed})


def goods(locale: str) -> list[Part]:
    mug, colour, sea, towel, yarn = GOODS[locale]
    return [
        thing(locale, mug, "14.90", "2", options=[(colour, sea)]),
        thing(locale, towel, "9.50", sku="TWL-7"),
        thing(locale, yarn, "3.20", "1.5", sku="YRN-3"),
    ]


def payment(locale: str, **changed: Any) -> Part:
    known = {
        "method": "bank_transfer",
        "title": "",
        "prepaid": True,
        "details": DETAILS[locale],
        "due": money(locale, "46.10"),
    }
    return Part(**{**known, "url": "https://shop.example/pay/1001", "alternatives": WAYS[locale], **changed})


def delivery(locale: str, **changed: Any) -> Part:
    texts = {
        "method": "pickup_point",
        "title": "",
        "address": PLACES[locale],
        "carrier": "Parcel Post",
        "courier": "",
    }
    tracking = {"tracking_number": "20451234567890", "tracking_url": "https://parcel.example/20451234567890"}
    days = {
        "ships_by": THURSDAY,
        "shipped_on": TODAY,
        "arrives_from": date(2026, 3, 6),
        "arrives_by": date(2026, 3, 7),
    }
    fees = {
        "pickup_until": date(2026, 3, 12),
        "storage_fee": money(locale, "1.50"),
        "price": money(locale, "4.00"),
    }
    return Part(**{**texts, **tracking, **days, **fees, "time_window": "", **changed})


def order(locale: str, **changed: Any) -> Part:
    known = {
        "number": "1001",
        "url": "https://shop.example/o/1001",
        "currency": CURRENCY[locale],
        "placed_on": TODAY,
    }
    sums = {
        "total": money(locale, "46.10"),
        "discount": money(locale, "2.00"),
        "channel": "",
        "items": goods(locale),
    }
    state = {"cancelled": False, "paid": False, "payment": payment(locale), "delivery": delivery(locale)}
    return Part(**{**known, **sums, **state, **changed})


def coupon(percent: str = "10") -> Part:
    return Part(percent=Decimal(percent), code="BDAY10", until=date(2026, 3, 12))


def paid(locale: str, **changed: Any) -> Part:
    return order(locale, **{"paid": True, "payment": payment(locale, due=None), **changed})


def own(kind: str, locale: str) -> dict[str, Any]:
    """What a kind's letter gets beside the shop, the customer and the order."""
    reason, remedy = REASONS[locale]
    settled = {"order": paid(locale)}
    facts: dict[str, dict[str, Any]] = {
        "order_received": {"answer_by": MORNING, "coupon": coupon("5")},
        "order_accepted": {"ships_by": THURSDAY, "dispatch_days_after_payment": 3, "full": False},
        "payment_received": {"ships_by": THURSDAY, "amount": money(locale, "46.10"), **settled},
        "order_shipped": {"shipped_on": TODAY, **settled},
        "order_handed_over": settled,
        "order_delayed": {"delay": Part(reason=reason, remedy=remedy, new_date=date(2026, 3, 9)), **settled},
        "parcel_ready": {"amount_due": None, **settled},
        "order_delivered": settled,
        "order_cancelled": {"reason": reason, "refund_expected": True, "order": paid(locale, cancelled=True)},
        "order_refunded": {"refund": Part(amount=money(locale, "9.50"), reason=reason), **settled},
        "order_repriced": {
            "repriced": Part(old_total=money(locale, "46.10"), new_total=money(locale, "52.00"), reason=reason)
        },
        "item_unavailable": {"item": goods(locale)[1], "alternatives": goods(locale)[:2]},
        "parcel_uncollected": {"amount_due": None, **settled},
        "staff_unreachable_customer": {
            "undelivered": Part(news="order_shipped", channel="email", why="bounced"),
            **settled,
        },
    }
    if kind in BIRTHDAYS:
        return {
            "birthday": date(2026, 3, 9),
            "coupon": coupon(),
            "order": None,
            "unsubscribe_url": "https://go.example/u/1",
        }
    return facts.get(kind, {})


def usual(kind: str, locale: str) -> dict[str, Any]:
    common = {
        "locale": locale,
        "kind": kind,
        "today": TODAY,
        "shop": shop(locale),
        "customer": customer(locale),
    }
    return {**common, "unsubscribe_url": "", "order": order(locale), **own(kind, locale)}
