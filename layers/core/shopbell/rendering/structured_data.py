"""A letter's order and parcel for mail programs, as schema.org names them: JSON-LD within a `script` element.

Made of what the letter itself tells, so that a day or a sum which it leaves out is left out here.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from shopbell.domain.journeys.names import READY, SHIPPED
from shopbell.domain.model.money import decimals_for
from shopbell.domain.model.vocabulary import OrderState
from shopbell.rendering.formats import one_line
from shopbell.rendering.long_lists import CROWDED, fitting

Node = dict[str, Any]

STATUS: Mapping[str, str] = {
    OrderState.PAYMENT_DUE: "OrderPaymentDue",
    OrderState.PROCESSING: "OrderProcessing",
    OrderState.IN_TRANSIT: "OrderInTransit",
    OrderState.PICKUP_AVAILABLE: "OrderPickupAvailable",
    OrderState.DELIVERED: "OrderDelivered",
    OrderState.CANCELLED: "OrderCancelled",
    OrderState.RETURNED: "OrderReturned",
}
MOST_OFFERS, MOST_BYTES = 10, 10_000
"""Of the items named: mail programs show a few, and the letter has them all. In a crowded letter there are none."""
UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""So that nothing in it ends the element, or begins a comment in it."""


def structured_data(content: Mapping[str, Any]) -> str:
    """ "" for a letter to the staff, and one about no order."""
    order, kind = content["order"], content["kind"]
    if order is None or kind.startswith("staff_"):
        return ""
    nodes = [_order(content, order)]
    # What is fetched from the shop is no parcel.
    if kind in (SHIPPED, READY) and order.delivery.method != "self_pickup":
        nodes.append(_parcel(content, order, arrives=kind == SHIPPED))
    return json.dumps(nodes, ensure_ascii=False, separators=(",", ":")).translate(UNSAFE)


def _order(content: Mapping[str, Any], order: Any) -> Node:
    repriced = content.get("repriced")
    # A letter may tell a price that was the order's when it was said.
    priced = repriced is None or repriced.new_total == order.total
    sums = _sums(order, _few(content, order.items)) if priced and order.total is not None else {}
    return _known(
        {
            "@context": "https://schema.org",
            **_named(content, order),
            "url": order.url,
            "orderDate": _day(order.placed_on),
            **sums,
        }
    )


def _named(content: Mapping[str, Any], order: Any) -> Node:
    shop = content["shop"]
    return {
        "@type": "Order",
        "orderNumber": order.number,
        "orderStatus": f"https://schema.org/{STATUS[order.state]}",
        "merchant": _known({"@type": "Organization", "name": shop.name, "url": shop.site}),
    }


def _few(content: Mapping[str, Any], items: Sequence[Any]) -> Sequence[Any]:
    return () if CROWDED in content else fitting(items[:MOST_OFFERS], MOST_BYTES)


def _sums(order: Any, items: Sequence[Any]) -> Node:
    currency = order.currency
    discount = {"discount": _amount(order.discount, currency), "discountCurrency": currency} if order.discount else {}
    return {
        "priceCurrency": currency,
        "price": _amount(order.total, currency),
        **discount,
        "acceptedOffer": [_offer(item, currency) for item in items],
    }


def _offer(item: Any, currency: str) -> Node:
    price = {"price": _amount(item.unit_price, currency), "priceCurrency": currency} if item.by_price else {}
    return _known(
        {
            "@type": "Offer",
            "itemOffered": _known({"@type": "Product", "name": item.name, "sku": item.sku, "url": item.url}),
            "eligibleQuantity": {"@type": "QuantitativeValue", "value": f"{item.quantity.normalize():f}"},
            **price,
        }
    )


def _parcel(content: Mapping[str, Any], order: Any, *, arrives: bool) -> Node:
    delivery, parcel = order.delivery, content["parcel"]
    items: Sequence[Any] = (parcel.items or ()) if parcel.partial else order.items
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "ParcelDelivery",
            "partOfOrder": _named(content, order),
            "trackingNumber": delivery.tracking_number,
            "trackingUrl": delivery.tracking_url,
            "carrier": {"@type": "Organization", "name": delivery.carrier} if delivery.carrier else None,
            "deliveryAddress": _address(delivery.address),
            **(_arrival(delivery) if arrives else {}),
            "itemShipped": [{"@type": "Product", "name": item.name} for item in _few(content, items)],
        }
    )


def _arrival(delivery: Any) -> Node:
    """A first day alone is not told, for nobody could count on it."""
    if delivery.arrives_by is None:
        return {}
    return {
        "expectedArrivalFrom": _day(delivery.arrives_from),
        "expectedArrivalUntil": _day(delivery.arrives_by),
    }


def _address(text: str) -> Node | None:
    return {"@type": "PostalAddress", "streetAddress": one_line(text)} if text else None


def _amount(amount: Decimal, currency: str) -> str:
    return f"{amount:.{decimals_for(amount, currency)}f}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _known(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in ("", None, [])}
