"""Contents of letters for the tests: a usual one and the worst ones of every kind, built plainly."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace as Part
from typing import Any
from zoneinfo import ZoneInfo

Content = Mapping[str, Any]

TODAY = date(2026, 3, 3)
FRIDAY = date(2026, 3, 6)
MORNING = datetime(2026, 3, 4, 9, 0, tzinfo=ZoneInfo("Europe/London"))
HOSTILE = '<b>Anna</b> "O\'Neil" {{7*7}} {% raw %}\r\n\u202eoidar 🎂 & Söhne'
LONG = "Hand-thrown stoneware breakfast mug with a wide handle, second edition, in the colours of the winter sea"

BIRTHDAYS = ("birthday_week", "birthday_soon", "birthday_today", "birthday_last_days")

SHOPS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "name": "Good Shop",
        "phone": "+442079460958",
        "hours": "Mon–Fri 9–18",
        "address": "12 Mill Lane, Frome",
    },
    "uk": {
        "name": "Добра Крамниця",
        "phone": "+380441234567",
        "hours": "пн–пт 9–18",
        "address": "Київ, вул. Садова, 5",
    },
    "ru": {
        "name": "Тёплый дом",
        "phone": "+74951234567",
        "hours": "пн–пт 9–18",
        "address": "Тула, ул. Садовая, 5",
    },
    "hu": {
        "name": "Jó Bolt",
        "phone": "+3612345678",
        "hours": "h–p 9–18",
        "address": "1052 Budapest, Kert u. 5.",
    },
}
PEOPLE: Mapping[str, tuple[str, str, str]] = {
    "en": ("Anna Hill", "anna@example.org", "+442079460321"),
    "uk": ("Олена Гай", "olena@example.org", "+380501234567"),
    "ru": ("Пётр Луговой", "petr@example.org", "+79161234567"),
    "hu": ("Kovács Anna", "anna@example.org", "+36301234567"),
}
CURRENCY = {"en": "GBP", "uk": "UAH", "ru": "RUB", "hu": "HUF"}
RATE = {"en": 1, "uk": 50, "ru": 100, "hu": 450}
GOODS: Mapping[str, tuple[str, str, str, str, str]] = {
    "en": ("Stoneware mug", "Colour", "sea blue", "Linen tea towel", "Yarn, by the metre"),
    "uk": ("Глиняний кухоль", "Колір", "морський", "Лляний рушник", "Пряжа на метри"),
    "ru": ("Глиняная кружка", "Цвет", "морской", "Льняное полотенце", "Пряжа на метры"),
    "hu": ("Agyagbögre", "Szín", "tengerkék", "Len konyharuha", "Fonal méterre"),
}
PLACES = {
    "en": "Pick-up point 12, 4 Station Road, Frome, daily 8–20",
    "uk": "Відділення № 12, вул. Вокзальна, 4, Київ, щодня 8–20",
    "ru": "Пункт выдачи № 12, ул. Вокзальная, 4, Тула, ежедневно 8–20",
    "hu": "12. csomagpont, Állomás u. 4., Budapest, naponta 8–20",
}
WAYS = {
    "en": ["card on our site", "cash on delivery"],
    "uk": ["карткою на сайті", "післяплатою"],
    "ru": ["картой на сайте", "наложенным платежом"],
    "hu": ["bankkártyával az oldalunkon", "utánvéttel"],
}
DETAILS = {
    "en": "Good Shop Ltd\nSort code 00-00-00\nAccount 00000000",
    "uk": "ФОП Гай О. П.\nIBAN UA000000000000000000000000000",
    "ru": "ИП Луговой П. П.\nСчёт 00000000000000000000\nБИК 000000000",
    "hu": "Jó Bolt Kft.\nSzámlaszám 00000000-00000000-00000000",
}


def money(locale: str, pounds: str) -> Decimal:
    return (Decimal(pounds) * RATE[locale]).quantize(Decimal("0.01"))


def shop(locale: str, **changed: str) -> Part:
    known = dict(SHOPS[locale], email="hello@shop.example", site="https://shop.example", accent="#1f5f8b")
    links = {"faq_url": "https://shop.example/faq", "delivery_url": "https://shop.example/delivery"}
    return Part(
        **{**known, **links, "review_url": "https://shop.example/reviews", "locale": locale, **changed}
    )


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
        "ships_by": FRIDAY,
        "shipped_on": TODAY,
        "arrives_from": date(2026, 3, 5),
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
    reason = {"en": "It came later", "uk": "Надійшло пізніше", "ru": "Пришло позже", "hu": "Később érkezett"}[
        locale
    ]
    settled = {"order": paid(locale)}
    facts: dict[str, dict[str, Any]] = {
        "order_received": {"answer_by": MORNING, "coupon": coupon("5")},
        "order_accepted": {"ships_by": FRIDAY, "dispatch_days_after_payment": 3, "full": False},
        "payment_received": {"ships_by": FRIDAY, "amount": money(locale, "46.10"), **settled},
        "order_shipped": {"shipped_on": TODAY, **settled},
        "order_handed_over": settled,
        "order_delayed": {"delay": Part(reason=reason, remedy=reason, new_date=date(2026, 3, 9)), **settled},
        "parcel_ready": {"amount_due": None, **settled},
        "order_delivered": settled,
        "order_cancelled": {"reason": reason, "refund_expected": True, "order": paid(locale, cancelled=True)},
        "order_refunded": {"refund": Part(amount=money(locale, "9.50"), reason=reason), **settled},
        "order_repriced": {
            "repriced": Part(
                old_total=money(locale, "46.10"), new_total=money(locale, "52.00"), reason=reason
            )
        },
        "item_unavailable": {"item": goods(locale)[1], "alternatives": goods(locale)[:2]},
        "parcel_uncollected": {"amount_due": None, **settled},
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


def bare(kind: str, locale: str) -> dict[str, Any]:
    """Nothing that may be absent is there; an hour before midnight, out of hours, paid on delivery."""
    said = usual(kind, locale)
    said["shop"] = shop(
        locale, phone="", hours="", address="", site="", faq_url="", delivery_url="", review_url=""
    )
    said["customer"] = customer(locale, name="", email="", phone="")
    said.update({name: None for name in ("coupon", "answer_by", "ships_by") if name in said})
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
    items = [thing(locale, "Mug", "46.10", sku="", url="")]
    own = {
        "discount": None,
        "url": "",
        "items": items,
        "payment": pay,
        "delivery": delivery(locale, **days, **texts),
    }
    return Part(**{**vars(known), **own})


def _unsaid(said: Mapping[str, Any]) -> dict[str, Any]:
    emptied: dict[str, Any] = {
        "delay": Part(reason="", remedy="", new_date=None),
        "reason": "",
        "alternatives": [],
        "dispatch_days_after_payment": 3,
    }
    if "refund" in said:
        emptied["refund"] = Part(amount=said["refund"].amount, reason="")
    if "repriced" in said:
        emptied["repriced"] = Part(**{**vars(said["repriced"]), "reason": ""})
    return {name: value for name, value in emptied.items() if name in said}


def hostile(kind: str, locale: str) -> dict[str, Any]:
    """Markup, template code, quotes, line breaks, right-to-left marks and emoji wherever a text can stand."""
    said = usual(kind, locale)
    said["customer"] = customer(locale, name=HOSTILE)
    said["shop"] = shop(locale, name=HOSTILE, hours=HOSTILE, address=HOSTILE, accent="red;}</style>")
    if said["order"] is not None:
        said["order"] = Part(
            **{**vars(said["order"]), "items": [thing(locale, HOSTILE, "1.00", options=[(HOSTILE, HOSTILE)])]}
        )
        said["order"].delivery.address = HOSTILE
        said["order"].payment.title = HOSTILE
    said.update({name: HOSTILE for name in ("reason",) if name in said})
    return said


def longest(kind: str, locale: str) -> dict[str, Any]:
    """Fifty things with the longest names, sums of eight figures, a long number; the whole letter at once."""
    said = usual(kind, locale)
    said["customer"] = customer(locale, name="Wolfeschlegelsteinhausenbergerdorff " * 3)
    if said["order"] is not None:
        many = [
            thing(locale, f"{LONG} {n}", "12345678.90", "12.25", options=[(LONG, LONG)], sku="S" * 40)
            for n in range(50)
        ]
        said["order"] = Part(**{**vars(said["order"]), "items": many, "number": "2026-03-000000000001001"})
    return said | {name: True for name in ("full",) if name in said}


def to_pay_there(kind: str, locale: str) -> dict[str, Any]:
    """Cash on delivery by a courier within hours agreed on; nothing is prepaid, no coupon."""
    said = usual(kind, locale)
    said.update({name: money(locale, "46.10") for name in ("amount_due",) if name in said})
    said.update({name: None for name in ("answer_by", "coupon") if name in said})
    said.update({name: False for name in ("refund_expected",) if name in said})
    if said["order"] is not None:
        pay = payment(locale, method="cash_to_courier", prepaid=False, details="", url="")
        brought = delivery(
            locale, method="courier", time_window="10:00–12:00", arrives_from=None, pickup_until=None
        )
        said["order"] = Part(**{**vars(said["order"]), "payment": pay, "delivery": brought, "paid": False})
    return said | {name: True for name in ("full",) if name in said}


def late_accepted(kind: str, locale: str) -> dict[str, Any]:
    """Accepted before it is paid: the term counts from the payment."""
    said = usual(kind, locale)
    said.update({name: None for name in ("ships_by",) if name in said})
    said.update({name: MORNING + timedelta(days=1) for name in ("answer_by",) if name in said})
    return said


SAMPLES = {
    "usual": usual,
    "bare": bare,
    "hostile": hostile,
    "longest": longest,
    "to_pay_there": to_pay_there,
    "unpaid": late_accepted,
}
