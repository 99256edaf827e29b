"""The parts that letters share: the shop, the customer, the order, its things, a coupon."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import SimpleNamespace as Context
from urllib.parse import urlencode

from shopbell.domain.model.events import EventType, Json
from shopbell.domain.model.facts import Facts, LateFacts
from shopbell.domain.model.order import Order
from shopbell.domain.model.shop import Coupon, Shop
from shopbell.domain.model.told import LONGEST_ADDRESS, LONGEST_NAME, LONGEST_OPTION, told_name, told_number, told_words
from shopbell.domain.rules.bonus import balance, worth
from shopbell.domain.time.calendar import local_day

PAY_ON_RECEIPT = frozenset({"cash_on_delivery", "cash_to_courier"})


def shop_context(shop: Shop) -> Context:
    contacts, links = shop.contacts, shop.links
    return Context(
        name=shop.name,
        email=contacts.email,
        phone=contacts.phone,
        site=contacts.site,
        address=contacts.address,
        hours=contacts.hours,
        accent=shop.accent,
        faq_url=links.faq,
        delivery_url=links.delivery,
        review_url=links.review,
        locale=shop.locale,
    )


def customer_context(facts: Facts) -> Context:
    text = facts.customer.text
    return Context(name=told_name(text("name")), email=text("email"), phone=text("phone"), gender=text("gender"))


def order_context(order: Order, shop: Shop) -> Context:
    placed = order.placed_at
    return Context(
        number=told_number(order.text("number"), order.id),
        url=order.text("url"),
        currency=order.text("currency") or shop.currency,
        placed_on=local_day(placed, shop.zone) if placed else None,
        total=order.amount("total"),
        discount=order.amount("discount_total") or None,
        cancelled=order.happened(EventType.ORDER_CANCELLED),
        delayed=order.happened(EventType.ORDER_DELAYED),
        paid=order.happened(EventType.ORDER_PAID),
        channel=order.text("channel"),
        items=[item_context(item) for item in order.items],
        payment=_payment(order, shop),
        delivery=_delivery(order, shop),
    )


def item_context(item: Mapping[str, Json]) -> Context:
    """An item of an order, or one offered instead of it."""
    price = _decimal(item.get("unit_price"))
    quantity = _decimal(item.get("quantity")) or Decimal(1)
    return Context(
        name=item.get("name") or "",
        sku=item.get("sku") or "",
        options=_options(item.get("options") or {}),
        quantity=quantity,
        unit_price=price,
        amount=None if price is None else (price * quantity).quantize(Decimal("0.01")),
        url=item.get("url") or "",
        image_url=item.get("image_url") or "",
    )


def _options(options: Mapping[str, Json]) -> list[tuple[str, Json]]:
    """The customer may have written them: what is to be engraved."""
    told = (
        (told_words(name, LONGEST_NAME), told_words(value, LONGEST_OPTION) if isinstance(value, str) else value)
        for name, value in options.items()
    )
    return [(name, value) for name, value in told if value != ""]


def _payment(order: Order, shop: Shop) -> Context:
    method, url = order.text("payment.method"), order.text("payment.url")
    return Context(
        method=method,
        title=order.text("payment.title"),
        prepaid=order.prepaid,
        details=order.text("payment.details") or _requisites(order, shop),
        url=url,
        due=None if order.happened(EventType.ORDER_PAID) else order.amount("total"),
        alternatives=list(shop.payment.alternatives),
    )


def _requisites(order: Order, shop: Shop) -> str:
    """The shop's own, where payment is expected beforehand; a card with its link to pay needs none (R006, R007)."""
    by_link = order.text("payment.method") == "card" and order.text("payment.url")
    return shop.payment.details if order.prepaid and not by_link else ""


def _delivery(order: Order, shop: Shop) -> Context:
    texts = (
        "method",
        "title",
        "carrier",
        "courier",
        "tracking_number",
        "tracking_url",
        "time_window",
    )
    days = ("ships_by", "shipped_on", "arrives_from", "arrives_by", "pickup_until")
    address = told_words(order.text("delivery.address"), LONGEST_ADDRESS)
    return Context(
        address=address,
        **{name: order.text(f"delivery.{name}") for name in texts},
        **{name: order.day(f"delivery.{name}", shop) for name in days},
        price=order.amount("delivery.price"),
        map_url=map_of(address),
        storage_fee=order.amount("delivery.storage_fee"),
    )


def map_of(address: str) -> str:
    """A search for an address on a map that any telephone opens (Google's documented Maps URLs)."""
    line = ", ".join(part.strip() for part in address.splitlines() if part.strip())
    return f"https://www.google.com/maps/search/?{urlencode({'api': 1, 'query': line})}" if line else ""


def coupon_context(coupon: Coupon | None, until: date, late_facts: LateFacts) -> Context | None:
    """None where the shop offers none, or the personal code was used already; once handed out it stays as it was."""
    if coupon is None or not (coupon.code or coupon.unique):
        return None
    if coupon.code:
        return Context(percent=coupon.percent, code=coupon.code, until=until, personal=False)
    issued = late_facts.issued
    if issued is None:
        return Context(percent=coupon.percent, code=late_facts.code, until=until, personal=True)
    handed_out = Context(percent=issued.percent, code=issued.code, until=issued.until, personal=True)
    return None if issued.redeemed else handed_out


def bonus_context(facts: Facts) -> Context | None:
    """What this order earned, and what there is; None where the shop gives no units or there are none."""
    entries, terms = facts.late_facts.bonus, facts.shop.bonus
    earned = sum(entry.units for entry in entries if facts.order and entry.order == facts.order.id and entry.units > 0)
    whole = balance(entries)
    if not earned or whole <= 0:
        return None
    return Context(earned=earned, balance=whole, worth=worth(whole, terms), earned_worth=worth(earned, terms))


def amount_due(order: Order | None) -> Decimal | None:
    """What is still to be paid on receipt."""
    if order is None or order.happened(EventType.ORDER_PAID) or order.text("payment.method") not in PAY_ON_RECEIPT:
        return None
    return order.amount("total")


def _decimal(value: Json) -> Decimal | None:
    return Decimal(value) if isinstance(value, str) else None
