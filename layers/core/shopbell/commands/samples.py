"""What a letter is tried with before a shop may have it: an order with all that can be said of one, and the barest."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from shopbell.configuration.reading import read_shop
from shopbell.domain.deciding.reach import PROMOTIONAL
from shopbell.domain.journeys import JOURNEYS, KINDS, Journey
from shopbell.domain.letter_context.build import letter_context, missing_facts
from shopbell.domain.model.complaint import Complaint
from shopbell.domain.model.customer import Contact, Customer
from shopbell.domain.model.events import Event
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.history import record_of_event
from shopbell.domain.model.order import Order
from shopbell.domain.model.record import Record, field_versions
from shopbell.domain.model.shop import Coupon, Shop

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
MUG: dict[str, Any] = {
    "sku": "MUG-1",
    "name": "Mug",
    "quantity": "2",
    "unit_price": "749.50",
    "options": {"Colour": "blue"},
}
BARE: dict[str, Any] = {
    "number": "1001",
    "placed_at": "2026-03-02T08:00:00Z",
    "currency": "UAH",
    "total": "1499.00",
    "items": [{"sku": "MUG-1", "name": "Mug", "quantity": "1", "unit_price": "1499.00"}],
    "payment.method": "cash_on_delivery",
}
FULL: dict[str, Any] = BARE | {
    "url": "https://shop.example/o/1001",
    "discount_total": "10.00",
    "items": [MUG | {"url": "https://shop.example/p/1"}, {**MUG, "sku": "MUG-2"}],
    "payment.method": "bank_transfer",
    "payment.url": "https://shop.example/pay/1001",
    "payment.details": "IBAN 00",
    **{"delivery.method": "pickup_point", "delivery.address": "Station Road 4", "delivery.carrier": "Parcel Post"},
    **{"delivery.tracking_number": "2045", "delivery.tracking_url": "https://parcel.example/2045"},
    **{"delivery.courier": "Anna", "delivery.time_window": "10-12", "delivery.price": "4.00"},
    **{"delivery.ships_by": "2026-03-05", "delivery.arrives_from": "2026-03-06", "delivery.arrives_by": "2026-03-07"},
    **{"delivery.pickup_until": "2026-03-12", "delivery.storage_fee": "1.50", "delivery.shipped_on": "2026-03-03"},
}
SAID: dict[str, Any] = {
    "reason": "It broke",
    "alternatives": [MUG],
    "complaint": {"id": "k-7", "order": "1001", "text": "It came cracked"},
    **{"at": "2026-03-03T13:00:00Z", "phone": "+380445550101", "note": "The blue mug?"},
    "delay": {"reason": "It broke", "remedy": "We send it by express", "new_date": "2026-03-09"},
}
ALWAYS: dict[str, Any] = {
    "refund": {"amount": "9.50"},
    "repriced": {"old_total": "1499.00", "new_total": "1500.00"},
    **{"news": KINDS[0], "channel": "email", "why": "bounced"},
    "facts": ["total"],
    "what": "dispatch",
    "day": "2026-03-05",
}
ANNA: dict[str, Any] = {"name": "Anna", "email": "anna@customer.example", "phone": "+380445550101"}
AGREED: Mapping[str, Any] = ANNA | {"consent.email_marketing": {"granted": True, "at": "2026-03-01T08:00:00Z"}}
COUPONS = {"birthday": Coupon(Decimal(10), code="BDAY10"), "thank_you": Coupon(Decimal(5), days=30, code="TY5")}
SHOP: Mapping[str, Any] = {
    "name": "Good Shop",
    "contacts": {"email": "hello@shop.example", "phone": "+380441234567", "site": "https://shop.example"},
    "sender": {"email": "hello@shop.example", "name": "Good Shop", "sms_id": "GOOD"},
    "payment": {"details": "IBAN 00"},
}


def any_shop() -> Shop:
    return read_shop("shop", SHOP, ())


def samples(kind: str, locale: str, shop: Shop) -> Iterator[dict[str, Any]]:
    """Contents of letters of a kind as this shop's customers would get them."""
    journey = next(row for row in JOURNEYS if row.kind == kind and row.ends is None)
    promising = replace(shop, coupons={**COUPONS, **shop.coupons})
    link = "https://shop.example/u/1" if journey.message_class in PROMOTIONAL else ""
    for facts, trigger in (_case(journey, promising, FULL, SAID), _case(journey, shop, BARE, {})):
        if not missing_facts(facts, journey, trigger, NOW):
            links = {"unsubscribe_url": link, "task_url": "https://shop.example/t/1" if journey.is_task else ""}
            yield letter_context(facts, journey, trigger, NOW) | {"locale": locale, **links}


def _case(journey: Journey, shop: Shop, order: dict[str, Any], extra: dict[str, Any]) -> tuple[Facts, Trigger]:
    """An order of which no more is told than this, and what the kind's event says of it."""
    told = Event(
        shop.id, "evt_1", journey.event_type, NOW, "1001", order, "7", AGREED if extra else ANNA, ALWAYS | extra
    )
    customer = Customer("id:7", Record(field_versions(told.customer, told)))
    facts = Facts(shop, customer, Contact("email"), Contact("phone"))
    record = record_of_event(told, order)
    about: dict[str, Any] = {"order": Order("1001", record), "complaint": Complaint("k-7", record)}
    if journey.about in about:
        facts = replace(facts, **{journey.about: about[journey.about]})
    return facts, Trigger("MUG-1", NOW, ALWAYS | extra)
