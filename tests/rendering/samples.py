"""Contents of letters for the tests: the usual one of every kind, and the worst."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import SimpleNamespace as Part
from typing import Any

from tests.rendering.parts import (
    MORNING,
    TODAY,
    customer,
    delivery,
    goods,
    item_context,
    money,
    parcel,
    payment,
    shop,
    step,
    waiting,
)
from tests.rendering.usual import usual

HOSTILE = '<b>Anna</b> "O\'Neil" {{7*7}} {% raw %}\r\n\u202eoidar 🎂 & Söhne'
LONG = "Hand-thrown stoneware breakfast mug with a wide handle, second edition, in all colours of the sea"


def bare(kind: str, locale: str) -> dict[str, Any]:
    """Nothing that may be absent is there; an hour before midnight, out of hours, paid on delivery."""
    said = usual(kind, locale)
    said["shop"] = shop(locale, phone="", hours="", address="", site="", faq_url="", delivery_url="", review_url="")
    said["customer"] = customer(locale, name="", email="", phone="")
    said.update({name: None for name in ("coupon", "ships_by", "pay_by") if name in said})
    said.update({name: None for name in ("answer_by",) if kind == "order_received"})
    if said["order"] is not None:
        said["order"] = _bare_order(said["order"], locale)
    return said | _unsaid(said)


def _bare_order(known: Part, locale: str) -> Part:
    days = dict.fromkeys(
        ("ships_by", "shipped_on", "arrives_from", "arrives_by", "pickup_until", "storage_fee", "price")
    )
    texts = dict.fromkeys(("method", "title", "address", "carrier", "tracking_number", "tracking_url"), "")
    pay = payment(locale, method="cash_on_delivery", prepaid=False, details="", url="", alternatives=[])
    pay.due = known.payment.due
    items = [item_context(locale, "Mug", "46.10", sku="", url="")]
    own = {
        "discount": None,
        "url": "",
        "items": items,
        "payment": pay,
        "delivery": delivery(locale, **days, **texts, progress=[step("received", present=True)]),
    }
    return Part(**{**vars(known), **own})


def _unsaid(said: Mapping[str, Any]) -> dict[str, Any]:
    emptied: dict[str, Any] = {
        "delay": Part(reason="", remedy="", new_date=None, of="dispatch"),
        "bonus": None,
        "companions": [],
        "recommended": [],
        "offer": None,
        "review": Part(url=""),
        "reason": "",
        "alternatives": [],
        "dispatch_days_after_payment": 3,
    }
    if "refund" in said:
        emptied["refund"] = Part(amount=said["refund"].amount, is_all=True, reason="")
    if said.get("repriced"):
        emptied["repriced"] = Part(**{**vars(said["repriced"]), "reason": ""})
    fewer: dict[str, dict[str, Any]] = {
        "reversal": {"amount": None, "reason": ""},
        "complaint": {"text": "", "outcome": "", "order": "", "total": None, "concede": False},
        "call": {"phone": "", "note": ""},
        "promise": {"next_date": None},
    }
    for name, less in fewer.items():
        if said.get(name):
            emptied[name] = Part(**{**vars(said[name]), **less})
    return {name: value for name, value in emptied.items() if name in said}


def hostile(kind: str, locale: str) -> dict[str, Any]:
    """Markup, template code, quotes, line breaks, right-to-left marks and emoji wherever a text can stand."""
    said = usual(kind, locale)
    said["customer"] = customer(locale, name=HOSTILE)
    said["shop"] = shop(locale, name=HOSTILE, hours=HOSTILE, address=HOSTILE, accent="red;}</style>")
    if said["order"] is not None:
        said["order"] = Part(
            **{**vars(said["order"]), "items": [item_context(locale, HOSTILE, "1.00", options=[(HOSTILE, HOSTILE)])]}
        )
        said["order"].delivery.address = HOSTILE
        said["order"].payment.title = HOSTILE
    said.update({name: HOSTILE for name in ("reason",) if name in said})
    if "campaign" in said:
        said["campaign"].subject = HOSTILE
    if "month" in said:
        said["month"].quiet[0].name = HOSTILE
    if "mailing" in said:
        said["mailing"].subject = said["mailing"].blocks[0].paragraphs[0] = HOSTILE
    for line in said["day"].lines if "day" in said else ():
        line.name = HOSTILE
    return said


def longest(kind: str, locale: str) -> dict[str, Any]:
    """Fifty things with the longest names, sums of eight figures, a long number; the whole letter at once."""
    said = usual(kind, locale)
    said["customer"] = customer(locale, name=" ".join(["Wolfeschlegelsteinhausenbergerdorff"] * 3))
    if said["order"] is not None:
        many = [
            item_context(locale, f"{LONG} {n}", "12345678.90", "12.25", options=[(LONG, LONG)], sku="S" * 40)
            for n in range(50)
        ]
        said["order"] = Part(**{**vars(said["order"]), "items": many, "number": "2026-03-000000000001001"})
    return said | {name: True for name in ("full",) if name in said}


def to_pay_there(kind: str, locale: str) -> dict[str, Any]:
    """Cash on delivery by a courier within hours agreed on; nothing is prepaid, no coupon."""
    said = usual(kind, locale)
    said.update({name: money(locale, "46.10") for name in ("amount_due",) if name in said})
    said.update({name: None for name in ("answer_by", "coupon", "pay_by") if name in said})
    said.update({name: None for name in ("refund_expected",) if name in said})
    if said["order"] is not None:
        pay = payment(locale, method="cash_to_courier", prepaid=False, details="", url="")
        brought = delivery(locale, method="courier", time_window="10:00–12:00", arrives_from=None, pickup_until=None)
        said["order"] = Part(**{**vars(said["order"]), "payment": pay, "delivery": brought, "paid": False})
    return said | {name: True for name in ("full",) if name in said}


def unpaid(kind: str, locale: str) -> dict[str, Any]:
    """Accepted before it is paid: the term counts from the payment."""
    said = usual(kind, locale)
    said.update({name: None for name in ("ships_by", "pay_by") if name in said})
    said.update({name: MORNING + timedelta(days=1) for name in ("answer_by",) if name in said})
    if said["order"] is not None:
        said["order"].delivery.ships_by = None
    return said


def collected(kind: str, locale: str) -> dict[str, Any]:
    """Fetched from the shop itself, though the order names days as for a parcel."""
    said = usual(kind, locale)
    if said["order"] is not None:
        own = {"method": "self_pickup", "address": "", "carrier": "", "tracking_number": "", "tracking_url": ""}
        said["order"].delivery = delivery(locale, **own, storage_fee=None)
    return said


def made_to_order(kind: str, locale: str) -> dict[str, Any]:
    """A thing with several parameters, one of them without a name."""
    said = usual(kind, locale)
    options = [("Colour", "white"), ("Size", "L"), ("", "gift box")]
    if said["order"] is not None:
        said["order"].items = [item_context(locale, "Mug", "46.10", options=options)]
    said.update({name: item_context(locale, "Mug", "46.10", options=options) for name in ("item",) if name in said})
    return said


def in_parts(kind: str, locale: str) -> dict[str, Any]:
    """One parcel of several, with what is in it and what is still to come; two of them wait, each at a place of its
    own; what was said of the days cannot be."""
    said = usual(kind, locale)
    known = {
        "parcel": parcel(locale, partial=True, items=goods(locale)[:1], to_come=goods(locale)[1:]),
        "order_due": money(locale, "46.10"),
        "waiting": [
            waiting(locale, address="1 Elm Rd", items=goods(locale)[:1]),
            waiting(locale, number="BBB2", address="2 Oak St", pickup_until=date(2026, 3, 14)),
        ],
        "impossible": Part(name="ships_by", day=date(2026, 3, 20), before="arrives_by", before_day=date(2026, 3, 12)),
        "said_on": TODAY,
    }
    if said.get("delay"):
        said["delay"].of = "arrival"
    return said | {name: value for name, value in known.items() if name in said}


def of_unknown_parts(kind: str, locale: str) -> dict[str, Any]:
    """One parcel of several of which nobody said what is in it, nor when it left; two of them wait at one place."""
    said = usual(kind, locale)
    known = {
        "parcel": parcel(locale, partial=True),
        "waiting": [waiting(locale, storage_fee=None), waiting(locale, number="", storage_fee=None, pickup_until=None)],
        "impossible": Part(name="arrives_by", day=date(2026, 3, 1), before="", before_day=None),
        "said_on": TODAY,
        "shipped_on": None,
    }
    if said.get("delay"):
        said["delay"].of = ""
    return said | {name: value for name, value in known.items() if name in said}


SAMPLES = {
    "usual": usual,
    "bare": bare,
    "hostile": hostile,
    "longest": longest,
    "to_pay_there": to_pay_there,
    "unpaid": unpaid,
    "collected": collected,
    "made_to_order": made_to_order,
    "in_parts": in_parts,
    "of_unknown_parts": of_unknown_parts,
}


def many(kind: str, locale: str, count: int) -> dict[str, Any]:
    """A usual letter with so many things in the order."""
    said = usual(kind, locale)
    if said["order"] is not None:
        said["order"].items = [(*said["order"].items,)[n % 3] for n in range(count)]
    return said
