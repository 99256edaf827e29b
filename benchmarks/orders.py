"""What the figures are taken with: a shop, its customers, orders of ten items, and events that place them."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from benchmarks.stack import NotMeasured, Stack
from shopbell import bootstrap

SHOP, STAFF = "dobra", "team@dobra.example"
KEY = bytes(range(24))  # as short as Standard Webhooks allows
SECRET = "whsec_" + base64.b64encode(KEY).decode()
SHOP_CONFIGURATION: Mapping[str, Any] = {
    "name": "Добра Крамниця",
    "contacts": {"email": "hello@dobra.example", "phone": "+380441234567", "site": "https://dobra.example"},
    "sender": {"email": "hello@dobra.example", "name": "Добра Крамниця", "sms_id": "DOBRA"},
    "staff": {"email": STAFF},
    "locale": "uk",
    "timezone": "Europe/Kyiv",
    "payment": {"details": "IBAN UA00 0000 0000 0000, ТОВ «Добра Крамниця»", "alternatives": ["карткою на сайті"]},
    "coupons": {"thank_you": {"percent": 5, "days": 30, "unique": True}},
    "webhooks": {"native": [SECRET]},
}
GOODS = (
    ("Чашка керамічна, 350 мл", "349.00"),
    ("Чайник заварювальний, 700 мл", "899.00"),
    ("Тарілка десертна, 21 см", "279.00"),
    ("Тарілка обідня, 27 см", "379.00"),
    ("Миска для салату, 1,5 л", "459.00"),
    ("Цукорниця з кришкою", "239.00"),
    ("Молочник, 250 мл", "219.00"),
    ("Підставка під гаряче", "129.00"),
    ("Ложка для меду, бук", "89.00"),
    ("Рушник кухонний, льон", "189.00"),
)


def put_shop(journeys: Mapping[str, Any] | None = None) -> None:
    bootstrap.put_shop(SHOP, {**SHOP_CONFIGURATION, "journeys": dict(journeys or {})})


def customer(number: int) -> dict[str, Any]:
    """A customer with every field that a shop may know, so that what is stored is as large as in production."""
    return {
        "id": f"c-{number}",
        "name": "Орися Зразкова",
        "first_name": "Орися",
        "email": f"orysia.{number}@customer.example",
        "phone": f"+38067{number:07}",
        "locale": "uk",
        "timezone": "Europe/Kyiv",
        "gender": "female",
        "consent": {
            "email_marketing": _consent("Надсилайте мені новини й пропозиції електронною поштою"),
            "sms_service": _consent("Сповіщайте мене про замовлення SMS-повідомленнями"),
        },
    }


def _consent(wording: str) -> dict[str, Any]:
    return {"granted": True, "at": "2026-03-02T09:55:00+02:00", "source": "checkout", "wording": wording}


def order(number: int, person: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """An order of ten items, to be paid by bank transfer: while it is not, its customer is reminded."""
    return {
        "id": f"{number}",
        "number": f"{number}",
        "url": f"https://dobra.example/orders/{number}",
        "placed_at": at.isoformat(),
        "currency": "UAH",
        "total": "3305.00",
        "items": [_item(number, *goods) for number, goods in enumerate(GOODS, 1)],
        "payment": {"method": "bank_transfer", "title": "Банківський переказ"},
        "delivery": {
            "method": "pickup_point",
            "title": "Відділення № 12",
            "address": "Київ, вул. Яблунева, 12",
            "price": "75.00",
        },
        "customer": person,
    }


def _item(number: int, name: str, price: str) -> dict[str, Any]:
    return {
        "sku": f"GOOD-{number:04}",
        "name": name,
        "quantity": 1,
        "unit_price": price,
        "url": f"https://dobra.example/goods/{number:04}",
        "image_url": f"https://dobra.example/pictures/{number:04}.jpg",
    }


def place(stack: Stack, placed: Mapping[str, Any]) -> None:
    """Posts `order.placed` to the webhook's function, which puts it into the events queue."""
    body = json.dumps({"type": "order.placed", "timestamp": stack.now.isoformat(), "data": {"order": placed}})
    request = {
        "pathParameters": {"shop": SHOP},
        "headers": _signed(f"evt-{placed['id']}", stack.now, body),
        "body": body,
    }
    answer, _ = stack.invoke("receive_webhook", request)
    if answer["statusCode"] != 200:
        raise NotMeasured(f"the door answered {answer['statusCode']}: {answer['body']}")


def _signed(event_id: str, at: datetime, body: str) -> dict[str, str]:
    """The headers of Standard Webhooks."""
    seconds = str(int(at.timestamp()))
    digest = hmac.new(KEY, f"{event_id}.{seconds}.{body}".encode(), hashlib.sha256).digest()
    signature = f"v1,{base64.b64encode(digest).decode()}"
    return {"webhook-id": event_id, "webhook-timestamp": seconds, "webhook-signature": signature}
