"""One event of each type, as a shop would send it: they stand in the OpenAPI document, and tests send them."""

from collections.abc import Mapping
from typing import Any

ORDER_ID = "A-1001"


def _order(**changes: Any) -> dict[str, Any]:
    return {"order": {"id": ORDER_ID, **changes}}


_PLACED = _order(
    number="1001",
    url="https://dobra.example/orders/1001",
    placed_at="2026-03-02T10:00:00+02:00",
    currency="UAH",
    total="1499.00",
    discount_total="100.00",
    items=[
        {
            "sku": "MUG-GREEN",
            "name": "Чашка «Ранок»",
            "options": {"Колір": "зелений", "Об’єм": "350 мл"},
            "quantity": 2,
            "unit_price": "699.50",
            "url": "https://dobra.example/mug",
            "category": "kitchen",
        },
        {"sku": "TEA-50", "name": "Чай, 50 г", "quantity": "1", "unit_price": "200.00", "lasts_days": 30},
    ],
    payment={"method": "bank_transfer", "details": "IBAN UA00 0000\nДобра Крамниця"},
    delivery={"method": "pickup_point", "title": "Відділення 7", "address": "Київ, вул. Зразкова, 1", "price": "80.00"},
    customer={
        "id": "c-17",
        "name": "Олена Зразкова",
        "email": "olena@customer.example",
        "phone": "044 123 45 67",
        "locale": "uk-UA",
        "timezone": "Europe/Kyiv",
        "gender": "female",
        "birthday": "--05-14",
        "consent": {"email_marketing": True, "sms_service": True},
    },
)

_DATA: Mapping[str, dict[str, Any]] = {
    "order.placed": _PLACED,
    "order.accepted": _order(delivery={"ships_by": "2026-03-05"}),
    "order.paid": {**_order(), "payment": {"id": "p-1", "amount": "1499.00"}},
    "order.payment_failed": {**_order(), "payment": {"id": "p-0", "reason": "Картка не підтримує оплату в інтернеті"}},
    "order.payment_reversed": {
        **_order(),
        "payment": {"id": "p-1", "amount": "1499.00", "reason": "Банк повернув гроші платникові"},
    },
    "order.handed_over": _order(delivery={"carrier": "Парасоля Пошта"}),
    "order.shipped": _order(
        delivery={
            "tracking_number": "59000000000001",
            "tracking_url": "https://carrier.example/59000000000001",
            "shipped_on": "2026-03-04",
            "arrives_from": "2026-03-05",
            "arrives_by": "2026-03-06",
        }
    )
    | {"parcel": {"id": "f-1", "items": [{"sku": "MUG-GREEN", "quantity": 2}]}},
    "order.delayed": {
        **_order(),
        "delay": {"reason": "Паводок на дорозі", "remedy": "Везуть в обхід", "new_date": "2026-03-09"},
    },
    "order.ready_for_pickup": _order(delivery={"pickup_until": "2026-03-13", "storage_fee": "15.00"}),
    "order.delivered": _order(),
    "order.cancelled": {**_order(), "reason": "Не підійшов розмір"},
    "order.refunded": {**_order(), "refund": {"id": "r-1", "amount": "1499.00", "reason": "Повернення"}},
    "order.repriced": {
        **_order(total="1549.00"),
        "repriced": {"old_total": "1499.00", "new_total": "1549.00", "reason": "Ціна виробника"},
    },
    "order.item_unavailable": {
        **_order(),
        "sku": "TEA-50",
        "alternatives": [{"sku": "TEA-51", "name": "Чай із чебрецем, 50 г", "unit_price": "210.00"}],
    },
    "customer.updated": {
        "customer": {
            "id": "c-17",
            "consent": {
                "email_marketing": {
                    "granted": True,
                    "at": "2026-03-02T09:58:00+02:00",
                    "source": "checkout",
                    "wording": "Так, пишіть мені про новинки",
                }
            },
        }
    },
    "customer.erased": {"customer": {"email": "olena@customer.example"}},
    "review.posted": {"customer": {"id": "c-17"}, "order": ORDER_ID, "rating": 5, "text": "Чашка тепла на дотик"},
    "product.wanted": {"sku": "MUG-BLUE", "customer": {"id": "c-17", "email": "olena@customer.example"}},
    "product.restocked": {
        "product": {
            "sku": "MUG-BLUE",
            "name": "Чашка «Ранок», синя",
            "unit_price": "699.50",
            "url": "https://dobra.example/mug",
            "quantity": "12",
        }
    },
    "product.viewed": {"sku": "TEAPOT-1", "customer": {"id": "c-17"}},
    "cart.updated": {"customer": {"id": "c-17"}, "items": [{"sku": "MUG-BLUE"}, {"sku": "TEAPOT-1"}]},
    "coupon.redeemed": {"code": "K7QMW4XA", "order": ORDER_ID},
    "bonus.spent": {"customer": {"id": "c-17"}, "units": 500, "order": ORDER_ID},
    "callback.agreed": {
        "customer": {"id": "c-17"},
        "at": "2026-03-03T15:30:00+02:00",
        "phone": "044 123 45 67",
        "note": "Порадити чайник до чашок",
    },
    "call.missed": {"phone": "044 123 45 67", "at": "2026-03-02T09:58:00+02:00"},
    "call.done": {"task": "0123456789abcdef0123456789abcdef", "outcome": "reached"},
    "complaint.opened": {
        "complaint": {
            "id": "k-7",
            "kind": "complaint",
            "customer": {"id": "c-17"},
            "order": ORDER_ID,
            "text": "Чашка приїхала з тріщиною",
        }
    },
    "complaint.resolved": {"complaint": {"id": "k-7", "text": "Надіслали нову чашку"}},
    "campaign.requested": {
        "campaign": {
            "id": "spring",
            "segment": ["silent", "bought:kitchen"],
            "content": {
                "uk": {
                    "subject": "Чашки до весни",
                    "blocks": [
                        {
                            "is": "arrivals",
                            "text": "Приїхали нові чашки: легші й глибші.",
                            "items": [
                                {
                                    "name": "Чашка «Полудень»",
                                    "url": "https://dobra.example/noon",
                                    "unit_price": "749.00",
                                }
                            ],
                        },
                        {"is": "article", "text": "Як заварити чай, щоб він не гірчив."},
                    ],
                }
            },
            "coupon": "holiday",
            "valid_until": "2026-03-20",
            "dry_run": True,
        }
    },
}

EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    name: {"type": name, "timestamp": "2026-03-02T10:00:00+02:00", "data": data} for name, data in _DATA.items()
}
