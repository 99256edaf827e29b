"""The contents that a shop's own letter is tried with: of an order with every field, and of the barest there may be."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from shopbell.configuration.reading import read_shop
from shopbell.domain.deciding.reach import PROMOTIONAL
from shopbell.domain.deciding.subjects import SUBJECTS
from shopbell.domain.journeys import JOURNEYS, KINDS, Journey
from shopbell.domain.letter_context.build import letter_context, missing_facts
from shopbell.domain.model.campaign import Campaign, Mailing
from shopbell.domain.model.complaint import Complaint
from shopbell.domain.model.customer import Contact, Customer
from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.history import record_of_event
from shopbell.domain.model.order import Order
from shopbell.domain.model.record import Occurrence, Occurrences, Record, field_versions
from shopbell.domain.model.shop import Coupon, Shop
from shopbell.domain.model.vocabulary import SubjectKind

NOW, HOUR = datetime(2026, 3, 2, 8, tzinfo=UTC), timedelta(hours=1)
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
FULL_EXTRA: dict[str, Any] = {
    "reason": "It broke",
    "text": "It is lovely",
    "alternatives": [MUG],
    "complaint": {"id": "k-7", "order": "1001", "text": "It came cracked"},
    **{"at": "2026-03-03T13:00:00Z", "phone": "+380505550101", "note": "The blue mug?"},
    "delay": {"reason": "It broke", "remedy": "We send it by express", "new_date": "2026-03-09"},
}
BARE_EXTRA: dict[str, Any] = {
    "refund": {"amount": "9.50"},
    "repriced": {"old_total": "1499.00", "new_total": "1500.00"},
    "sku": "MUG-1",
    **{"news": KINDS[0], "channel": "email", "why": "bounced"},
    "facts": ["total"],
    "rating": "5",
    "product": {"sku": "MUG-1", "name": "Mug", "unit_price": "749.50", "url": "https://shop.example/p/1"},
    "asked_at": "2026-02-20T08:00:00Z",
    "what": "dispatch",
    "name": "arrives_by",
    "day": "2026-03-05",
}
"""What an event of some kind cannot be without, beside the order; `FULL_EXTRA` is what it may have besides."""
WORDS: dict[str, Any] = {
    "subject": "Spring mugs",
    "blocks": [{"is": "arrivals", "text": "They are here.\n\nCome and see.", "items": [MUG]}],
}
COUNTED: dict[str, Any] = {
    **{"segment": "silent + bought:kitchen", "people": 1240, "letters": 1100, "sms": 64, "segments": 128},
    **{"reached": {"uk|email": 1100, "uk|sms": 64}, "kept_back": {"no_consent": 70, "cap": 6}},
    **{"sms_cost": "153.60", "average": "800.00", "brings": {"5": "46560.00"}, "coupon_cost": {"5": "4656.00"}},
    **{"last": "2026-03-05T12:20:00Z", "days": 3, "first_day": 50, "gmail": 5100, "gmail_first": True},
    **{"worth": True, "offers": True, "planned": 1164, "sent": 1000, "bounces": 21, "complaints": 0},
}
"""What is found of a campaign, and what becomes of it."""
BEFORE: Mapping[str, tuple[EventType, ...]] = {
    **dict.fromkeys(
        (EventType.ORDER_REFUNDED, EventType.ORDER_PAYMENT_REVERSED, EventType.SETTLED), (EventType.ORDER_PAID,)
    ),
    EventType.CALLED_OFF: (EventType.ORDER_CANCELLED,),
    EventType.MONEY_LEFT_OVER: (EventType.ORDER_PAID, EventType.ORDER_CANCELLED),
}
"""What happened to an order before there is such news of it: no money comes back that never came."""
OTHERWISE = {
    EventType.HOLIDAY: Trigger("womens_day/2026", NOW + timedelta(days=6)),
    EventType.MONTH: Trigger("2026-02", NOW),
}
"""Of a day on which this shop makes no offer today; it may tomorrow. And of a month, whoever it is about."""
TALLY = {
    **{"sent|order_received|email": 120, "orders": 120, "spent": 9_600_000, "buyers": 104, "mailed": 80},
    **{"told|winback": 40, "back|winback": 9, "kept|no_consent": 12, "asleep": 40, "prepaid": 90, "lost": 30},
    **{"accepted|1": 70, "accepted|4": 30, "reviewed|": 5, "praised|": 4, "segments": 30, "sent|order_shipped|sms": 20},
}
ANNA: dict[str, Any] = {"name": "Anna", "email": "anna@customer.example", "phone": "+380505550101"}
ANNA_WITH_CONSENT: Mapping[str, Any] = ANNA | {
    "consent.email_marketing": {"granted": True, "at": "2026-03-01T08:00:00Z"}
}
COUPONS = {
    "birthday": Coupon(Decimal(10), code="BDAY10"),
    "thank_you": Coupon(Decimal(5), days=30, code="TY5"),
    "holiday": Coupon(Decimal(10), days=5, code="FEST10"),
    "winback": Coupon(Decimal(15), days=14, code="BACK15"),
}
SHOP: Mapping[str, Any] = {
    "name": "Good Shop",
    "contacts": {"email": "hello@shop.example", "phone": "+380441234567", "site": "https://shop.example"},
    "sender": {"email": "hello@shop.example", "name": "Good Shop", "sms_id": "GOOD"},
    "payment": {"details": "IBAN 00"},
}


def any_shop() -> Shop:
    return read_shop("shop", SHOP, ())


def samples(kind: str, locale: str, shop: Shop) -> Iterator[dict[str, Any]]:
    """Contents of letters of a kind as this shop's customers would get them; none of an order whose letter would be
    held, because facts that it requires are missing."""
    # The shop may promise no coupon today; its letter is to hold when it does.
    with_coupons = replace(shop, coupons={**COUPONS, **shop.coupons})
    for journey in (row for row in JOURNEYS if row.kind == kind and row.ends is None):
        full = _facts(journey, with_coupons, FULL, customer=ANNA_WITH_CONSENT, extra=BARE_EXTRA | FULL_EXTRA)
        bare = _facts(journey, shop, BARE, customer=ANNA, extra=BARE_EXTRA)
        for facts, trigger in (full, bare):
            if not missing_facts(facts, journey, trigger, NOW):
                yield letter_context(facts, journey, trigger, NOW) | {"locale": locale, **_links(journey)}


def _links(journey: Journey) -> dict[str, str]:
    return {
        "unsubscribe_url": "https://shop.example/u/1" if journey.message_class in PROMOTIONAL else "",
        "task_url": "https://shop.example/t/1" if journey.is_task else "",
    }


def _facts(
    journey: Journey, shop: Shop, order: dict[str, Any], *, customer: Mapping[str, Any], extra: dict[str, Any]
) -> tuple[Facts, Trigger]:
    """What is known after one event of the kind, and those that it comes after; they tell of this order and customer
    and no more."""
    event = Event(
        shop=shop.id,
        id="evt_1",
        type=journey.event_type,
        timestamp=NOW,
        order_id="1001",
        customer_id="7",
        customer=customer,
        extra=extra,
    )
    buyer = Customer("id:7", Record(field_versions(event.customer, event), _bought(order, shop)))
    facts = Facts(shop, buyer, Contact("email"), Contact("phone"))
    complaint = Complaint("k-7", record_of_event(event, order))
    content = {shop.locale: WORDS}
    fields = field_versions({"content": content, "segment": ["all"], "coupon": "birthday"}, event)
    campaign = Campaign("spring", Record(fields, {event.type: {"spring": Occurrence(NOW, "", COUNTED)}}))
    if event.type == EventType.CUSTOMER_CHOSEN:
        facts = replace(facts, mailing=Mailing(campaign, languages=frozenset(content)))
    about: dict[str, Any] = {
        "order": _order_after(event, order, shop),
        "complaint": complaint,
        "campaign": campaign,
    }
    if event.type == EventType.MONTH and extra is not BARE_EXTRA:
        facts = replace(facts, tallies={"2026-02": TALLY})
    if journey.about in about:
        facts = replace(facts, **{journey.about: about[journey.about]})
    # Most rows begin with their event; a few with what the order's account makes of several.
    return facts, next(iter(journey.on(facts, NOW)), OTHERWISE.get(journey.event_type, Trigger("MUG-1", NOW, extra)))


def _bought(order: dict[str, Any], shop: Shop) -> Occurrences:
    """What the customer's own record has of such an order: of a thing that is bought again, and replaced some day."""
    items = [{**order["items"][0], "lasts_days": 30, "renews_after_days": 900}]
    placed = Event(shop.id, "evt_0", EventType.ORDER_PLACED, NOW - HOUR, "1000")
    kept = {**order, "items": items, "planned_repeat_on": "2026-04-01", "payment.method": "cash_on_delivery"}
    bought = Order("1000", record_of_event(placed, kept))
    return SUBJECTS[SubjectKind.ORDER].for_customer(bought, shop)


def _order_after(event: Event, order: dict[str, Any], shop: Shop) -> Order:
    placed = replace(event, type=EventType.ORDER_PLACED, timestamp=NOW - HOUR, order=order, extra={})
    before = [replace(event, id=f"evt_{told}", type=told, extra={}) for told in BEFORE.get(event.type, ())]
    known = Order("1001", Record())
    for each in (placed, *before, event):
        known = SUBJECTS[SubjectKind.ORDER].merged(known, each, shop)
    return known
