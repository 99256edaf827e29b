"""The parts of a sample letter: a shop, a customer, an order and what belongs to it, in each language."""

from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace as Part
from typing import Any
from zoneinfo import ZoneInfo

from shopbell.domain.model.vocabulary import OrderState
from tests.rendering.languages import SAMPLES_OF

Content = dict[str, Any]

TODAY = date(2026, 3, 3)
WEDNESDAY, THURSDAY = date(2026, 3, 4), date(2026, 3, 5)
MORNING = datetime(2026, 3, 4, 9, 0, tzinfo=ZoneInfo("Europe/London"))


def money(locale: str, pounds: str) -> Decimal:
    return (Decimal(pounds) * SAMPLES_OF[locale].to_the_pound).quantize(Decimal("0.01"))


def shop(locale: str, **changed: str) -> Part:
    known = dict(SAMPLES_OF[locale].shop, email="hello@shop.example", site="https://shop.example", accent="#1f5f8b")
    known["logo_url"] = ""
    links = {"faq_url": "https://shop.example/faq", "delivery_url": "https://shop.example/delivery"}
    return Part(**{**known, **links, "review_url": "https://shop.example/reviews", "locale": locale, **changed})


def customer(locale: str, **changed: Any) -> Part:
    known: dict[str, Any] = {**SAMPLES_OF[locale].customer, "gender": ""}
    known["greeting"] = changed.get("name", known["name"])
    written = {
        "can_be_written_to": bool(changed.get("email", known["email"])),
        "phone_written": "",
        "email_written": "",
        "email_meant": "",
    }
    return Part(**{**known, **written, **changed})


def item_context(locale: str, name: str, pounds: str, quantity: str = "1", **changed: Any) -> Part:
    price = money(locale, pounds)
    amount = (price * Decimal(quantity)).quantize(Decimal("0.01"))
    known = {"name": name, "sku": "MUG-01", "options": [], "quantity": Decimal(quantity), "unit_price": price}
    return Part(
        **{**known, "amount": amount, "by_price": True, "url": "https://shop.example/p/1", "image_url": "", **changed}
    )


def goods(locale: str) -> list[Part]:
    named = SAMPLES_OF[locale].goods
    return [
        item_context(locale, named["mug"], "14.90", "2", options=[(named["colour"], named["blue"])]),
        item_context(locale, named["towel"], "9.50", sku="TWL-7"),
        item_context(locale, named["yarn"], "3.20", "1.5", sku="YRN-3"),
    ]


def payment(locale: str, **changed: Any) -> Part:
    known = {
        "method": "bank_transfer",
        "title": "",
        "prepaid": True,
        "details": SAMPLES_OF[locale].payment_details,
        "other_details": "",
        "account": None,
        "due": money(locale, "46.10"),
        "paid": None,
    }
    return Part(
        **{
            **known,
            "url": "https://shop.example/pay/1001",
            "alternatives": SAMPLES_OF[locale].other_ways_to_pay,
            **changed,
        }
    )


def step(name: str, first: date | None = None, last: date | None = None, *, present: bool = False) -> Part:
    return Part(name=name, first=first, last=last, present=present)


def progress() -> list[Part]:
    arrives = step("arrives", date(2026, 3, 6), date(2026, 3, 7))
    return [step("received"), step("paid"), step("sent", last=TODAY, present=True), arrives]


def delivery(locale: str, **changed: Any) -> Part:
    texts = {
        "method": "pickup_point",
        "title": "",
        "address": SAMPLES_OF[locale].pickup_point,
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
    where: dict[str, Any] = {
        "progress": progress(),
        "time_window": "",
        "map_url": "https://www.google.com/maps/search/?api=1&query=x",
    }
    return Part(**{**texts, **tracking, **days, **fees, **where, **changed})


def order(locale: str, **changed: Any) -> Part:
    known = {
        "number": "1001",
        "url": "https://shop.example/o/1001",
        "currency": SAMPLES_OF[locale].currency,
        "placed_on": TODAY,
    }
    sums = {
        "total": money(locale, "46.10"),
        "discount": money(locale, "2.00"),
        "adjustments": [],
        "rest": None,
        "channel": "",
        "staff": "",
        "items": goods(locale),
    }
    state = {
        "state": OrderState.PROCESSING,
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
    said = {
        "id": "k-7",
        "is_question": False,
        "text": SAMPLES_OF[locale].reason,
        "outcome": SAMPLES_OF[locale].remedy,
    }
    about = {
        "order": "1001",
        "total": money(locale, "46.10"),
        "currency": SAMPLES_OF[locale].currency,
        "concede": False,
    }
    when = {"opened_on": TODAY, "answer_by": datetime(2026, 3, 3, 15, 40, tzinfo=ZoneInfo("Europe/London"))}
    own = {"concede_up_to": money(locale, "50.00"), "owner": "owner@shop.example"}
    return Part(**{**said, **about, **when, **own, **changed})


def call(locale: str, **changed: Any) -> Part:
    at = datetime(2026, 3, 4, 15, 30, tzinfo=ZoneInfo("Europe/London"))
    return Part(
        **{"at": at, "phone": SAMPLES_OF[locale].customer["phone"], "note": SAMPLES_OF[locale].reason, **changed}
    )


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
    said = {
        "old_total": money(locale, "46.10"),
        "new_total": money(locale, "52.00"),
        "reason": SAMPLES_OF[locale].reason,
    }
    return Part(**{**said, "absorbed": False, "rest": None, "back": None, **changed})


def dearer(locale: str) -> Part:
    new = money(locale, "52.00")
    return order(locale, total=new, payment=payment(locale, due=new), rest=money(locale, "5.90"))


def money_back(locale: str, **changed: Any) -> Part:
    said = {"amount": money(locale, "16.00"), "beyond": None, "why": "paid"}
    return Part(**{**said, "paid": money(locale, "62.10"), "given_back": money(locale, "0.00"), **changed})
