"""The usual content of every kind of letter in four languages, built plainly."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace as Part
from typing import Any
from zoneinfo import ZoneInfo

from tests.rendering.countries import CURRENCY, DETAILS, FAILURES, GOODS, PEOPLE, PLACES, RATE, REASONS, SHOPS, WAYS

Content = Mapping[str, Any]

TODAY = date(2026, 3, 3)
WEDNESDAY, THURSDAY = date(2026, 3, 4), date(2026, 3, 5)
MORNING = datetime(2026, 3, 4, 9, 0, tzinfo=ZoneInfo("Europe/London"))

BIRTHDAYS = ("birthday_week", "birthday_soon", "birthday_today", "birthday_last_days")


def money(locale: str, pounds: str) -> Decimal:
    return (Decimal(pounds) * RATE[locale]).quantize(Decimal("0.01"))


def shop(locale: str, **changed: str) -> Part:
    known = dict(SHOPS[locale], email="hello@shop.example", site="https://shop.example", accent="#1f5f8b")
    links = {"faq_url": "https://shop.example/faq", "delivery_url": "https://shop.example/delivery"}
    return Part(**{**known, **links, "review_url": "https://shop.example/reviews", "locale": locale, **changed})


def customer(locale: str, **changed: Any) -> Part:
    name, email, phone = PEOPLE[locale]
    known: dict[str, Any] = {"name": name, "email": email, "phone": phone, "gender": ""}
    known["greeting"] = changed.get("name", name)
    written = {"can_be_written_to": bool(changed.get("email", email)), "phone_written": "", "email_written": ""}
    return Part(**{**known, **written, **changed})


def item_context(locale: str, name: str, pounds: str, quantity: str = "1", **changed: Any) -> Part:
    price = money(locale, pounds)
    amount = (price * Decimal(quantity)).quantize(Decimal("0.01"))
    known = {"name": name, "sku": "MUG-01", "options": [], "quantity": Decimal(quantity), "unit_price": price}
    return Part(
        **{**known, "amount": amount, "by_price": True, "url": "https://shop.example/p/1", "image_url": "", **changed}
    )


def goods(locale: str) -> list[Part]:
    mug, colour, sea, towel, yarn = GOODS[locale]
    return [
        item_context(locale, mug, "14.90", "2", options=[(colour, sea)]),
        item_context(locale, towel, "9.50", sku="TWL-7"),
        item_context(locale, yarn, "3.20", "1.5", sku="YRN-3"),
    ]


def payment(locale: str, **changed: Any) -> Part:
    known = {
        "method": "bank_transfer",
        "title": "",
        "prepaid": True,
        "details": DETAILS[locale],
        "other_details": "",
        "due": money(locale, "46.10"),
        "paid": None,
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
    where = {"time_window": "", "map_url": "https://www.google.com/maps/search/?api=1&query=x"}
    return Part(**{**texts, **tracking, **days, **fees, **where, **changed})


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
        "adjustments": [],
        "rest": None,
        "channel": "",
        "items": goods(locale),
    }
    state = {
        "cancelled": False,
        "delayed": False,
        "paid": False,
        "sent": True,
        "payment": payment(locale),
        "delivery": delivery(locale),
    }
    return Part(**{**known, **sums, **state, **changed})


def coupon(percent: str = "10", **changed: Any) -> Part:
    return Part(
        **{"percent": Decimal(percent), "code": "BDAY10", "until": date(2026, 3, 12), "personal": False, **changed}
    )


def bonus(locale: str) -> Part:
    return Part(earned=46, balance=1246, worth=money(locale, "12.46"), earned_worth=money(locale, "0.46"))


def complaint(locale: str, **changed: Any) -> Part:
    said = {"id": "k-7", "is_question": False, "text": REASONS[locale][0], "outcome": REASONS[locale][1]}
    about = {"order": "1001", "total": money(locale, "46.10"), "currency": CURRENCY[locale], "concede": False}
    when = {"opened_on": TODAY, "answer_by": datetime(2026, 3, 3, 15, 40, tzinfo=ZoneInfo("Europe/London"))}
    own = {"concede_up_to": money(locale, "50.00"), "owner": "owner@shop.example"}
    return Part(**{**said, **about, **when, **own, **changed})


def call(locale: str, **changed: Any) -> Part:
    at = datetime(2026, 3, 4, 15, 30, tzinfo=ZoneInfo("Europe/London"))
    return Part(**{"at": at, "phone": PEOPLE[locale][2], "note": REASONS[locale][0], **changed})


def promise(**changed: Any) -> Part:
    return Part(**{"what": "dispatch", "day": THURSDAY, "next_date": date(2026, 3, 9), **changed})


def parcel(locale: str, **changed: Any) -> Part:
    return Part(**{"partial": False, "items": None, "to_come": [], **changed})


def waiting(locale: str, **changed: Any) -> Part:
    known = {"number": "20451234567890", "url": "", "pickup_until": date(2026, 3, 12)}
    return Part(**{**known, "storage_fee": money(locale, "1.50"), "address": "", "items": None, **changed})


def paid(locale: str, **changed: Any) -> Part:
    settled = payment(locale, due=None, paid=money(locale, "46.10"))
    return order(locale, **{"paid": True, "payment": settled, **changed})


def repriced(locale: str, **changed: Any) -> Part:
    said = {"old_total": money(locale, "46.10"), "new_total": money(locale, "52.00"), "reason": REASONS[locale][0]}
    return Part(**{**said, "absorbed": False, "rest": None, "back": None, **changed})


def dearer(locale: str) -> Part:
    new = money(locale, "52.00")
    return order(locale, total=new, payment=payment(locale, due=new))


def money_back(locale: str, **changed: Any) -> Part:
    said = {"amount": money(locale, "16.00"), "beyond": None, "why": "paid"}
    return Part(**{**said, "paid": money(locale, "62.10"), "given_back": money(locale, "0.00"), **changed})


def packed(kind: str, locale: str) -> dict[str, Any]:
    return {"ships_by": THURSDAY, "order": paid(locale)}


def own(kind: str, locale: str) -> dict[str, Any]:
    """What a kind's letter gets beside the shop, the customer and the order."""
    reason, remedy = REASONS[locale]
    settled = {"order": paid(locale)}
    left = {"parcel": parcel(locale), "amount_due": None, "order_due": None}
    facts: dict[str, dict[str, Any]] = {
        "order_received": {
            **{"answer_by": MORNING, "ships_by": None, "pay_by": WEDNESDAY, "too_much": None, "bonus": None},
            "coupon": coupon("5", personal=True, code="K7QMW4XA"),
        },
        "order_accepted": {
            **{"answer_by": MORNING, "ships_by": THURSDAY, "pay_by": WEDNESDAY, "too_much": None, "bonus": None},
            **{"dispatch_days_after_payment": 3, "full": False},
        },
        "payment_received": {
            "ships_by": THURSDAY,
            "amount": money(locale, "46.10"),
            **{"rest": None, "too_much": None, "called_off": False, "accepted": False, "answer_by": MORNING},
            "bonus": bonus(locale),
            **settled,
        },
        "payment_failed": {
            "reason": FAILURES[locale],
            "order": order(locale, payment=payment(locale, method="card", details="")),
        },
        "order_shipped": {"shipped_on": TODAY, **left, **settled},
        "order_handed_over": {**left, **settled},
        "order_delayed": {
            "delay": Part(reason=reason, remedy=remedy, new_date=date(2026, 3, 9), of="dispatch"),
            "promise": None,
            "parcel": parcel(locale),
            **settled,
        },
        "parcel_ready": {"waiting": [waiting(locale)], **left, **settled},
        "order_delivered": {"parcel": parcel(locale), **settled},
        "order_cancelled": {
            "reason": reason,
            "refund_expected": money(locale, "46.10"),
            "given_back": None,
            "order": paid(locale, cancelled=True),
        },
        "order_refunded": {"refund": Part(amount=money(locale, "9.50"), is_all=False, reason=reason), **settled},
        "order_repriced": {
            "repriced": repriced(locale),
            "companions": goods(locale)[1:],
            "item": None,
            "alternatives": [],
            "coupon": coupon("5", personal=True, code="K7QMW4XA"),
            "order": dearer(locale),
        },
        "item_unavailable": {
            "item": goods(locale)[1],
            "alternatives": [goods(locale)[0], goods(locale)[2]],
            "repriced": None,
            "companions": [],
        },
        "parcel_uncollected": {"waiting": [waiting(locale)], **left, **settled},
        "review_request": {"review": Part(url="https://shop.example/reviews?order=1001"), **settled},
        "complaint_received": {"complaint": complaint(locale), "order": None},
        "complaint_resolved": {"complaint": complaint(locale), "order": None},
        "complaint_followup": {"complaint": complaint(locale), "order": None},
        "staff_confirm_order": {"answer_by": None},
        "staff_order_late": {"answer_by": None, "step": "1_hour"},
        "staff_pack": {"coupon": coupon("5", personal=True, code="K7QMW4XA"), **packed(kind, locale)},
        "staff_refusal_risk": {
            "repriced": repriced(locale),
            "companions": [],
            "item": None,
            "alternatives": [],
            "order": dearer(locale),
        },
        "staff_money_back": {"money_back": money_back(locale), **settled},
        "staff_payment_reversed": {"reversal": Part(amount=money(locale, "46.10"), reason=reason)},
        "staff_stop_packing": {"reason": reason, "order": paid(locale, cancelled=True)},
        "staff_promise_at_risk": {
            "promise": promise(),
            "impossible": None,
            "said_on": None,
            "parcel": parcel(locale),
            **settled,
        },
        "staff_dispatch_overdue": {"promise": promise(), "parcel": parcel(locale), **settled},
        "staff_parcel_overdue": {"promise": promise(what="arrival"), "parcel": parcel(locale), **settled},
        "staff_call_satisfaction": settled,
        "staff_complaint": {"complaint": complaint(locale, concede=True), "order": None},
        "staff_callback": {"call": call(locale), "order": None},
        "staff_missed_call": {"call": call(locale, note=""), "order": None},
        "staff_facts_missing": {"lacking": Part(news="payment_received", facts=["total"])},
        "staff_unreachable_customer": {
            "undelivered": Part(news=["order_shipped"], channel="email", why="bounced"),
            **settled,
        },
    }
    if kind == "profile_completion":
        profile = Part(birthday=True, gender=True, phone=True)
        return {"profile": profile, "order": None, "unsubscribe_url": "https://go.example/u/1"}
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
        "step": "",
        "again": 0,
        "happened_at": datetime(2026, 3, 3, 14, 40, tzinfo=ZoneInfo("Europe/London")),
        "coupon": None,
        "unsubscribe_url": "",
        "task_url": "https://go.example/t/1" if kind.startswith("staff_") else "",
    }
    known = {"open_complaint": None, "paid_instead": None} if kind.startswith("staff_") else {}
    return {**common, **known, "order": order(locale), **own(kind, locale)}
