"""What a customer's own record keeps of an order of theirs; see model.purchases for how it is read."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from shopbell.domain.model.events import EventType, Json
from shopbell.domain.model.money import format_amount
from shopbell.domain.model.order import Order
from shopbell.domain.model.purchases import CALLED_OFF, RATED_AT, RATING, REFUNDED, UNPAID
from shopbell.domain.model.record import LONGEST_KEPT, Occurrence, Occurrences, moment_of_version, version_at
from shopbell.domain.model.shop import Shop
from shopbell.domain.rules.account import account_of
from shopbell.domain.time.calendar import format_instant

KEPT = ("currency", "planned_repeat_on", "staff", "channel")
ITEM = ("name", "unit_price", "category", "lasts_days", "renews_after_days", "url")
EPOCH, ONE = datetime.fromtimestamp(0, UTC), timedelta(microseconds=1)
MOST_ITEMS = 20
"""Of an order: its first ones. Who orders more than that has no rhythm in each of them."""
CHANGED_BY = (
    EventType.ORDER_PLACED,
    EventType.ORDER_PAID,
    EventType.ORDER_PAYMENT_REVERSED,
    EventType.ORDER_CANCELLED,
    EventType.ORDER_REFUNDED,
    EventType.ORDER_REPRICED,
    EventType.REVIEW_POSTED,
)


def purchase_of(order: Order, shop: Shop) -> Occurrences:
    """By the order's id."""
    begun = order.begun_at
    if begun is None:
        return {}
    return {EventType.CUSTOMER_BOUGHT: {order.id: Occurrence(begun, _version(order), _facts(order, shop))}}


def _version(order: Order) -> str:
    """It rises with each word of an order that may change what is kept, also where a late one is not the newest: with
    the sum of their moments."""
    moments = [moment_of_version(version) for version in _versions(order)]
    microseconds = sum((moment - EPOCH) // ONE for moment in moments)
    return version_at(max(moments), f"{microseconds:024d}")


def _facts(order: Order, shop: Shop) -> Mapping[str, Json]:
    account = account_of(order, shop)
    told: dict[str, Any] = {name: order.record.get(name) for name in KEPT}
    told["total"] = None if account.total is None else format_amount(account.total - account.given_back)
    quantities = order.quantities
    items = {str(item["sku"]): _item(item) for item in order.items[:MOST_ITEMS] if item.get("sku")}
    told["items"] = {sku: _known({**item, "quantity": f"{quantities[sku]}"}) for sku, item in items.items()}
    told[CALLED_OFF] = account.called_off
    told[UNPAID] = order.prepaid and account.due > Decimal(0)
    told[REFUNDED] = account.given_back > Decimal(0)
    if opinion := order.record.occurrences.get(EventType.REVIEW_POSTED, {}).get(""):
        told |= {RATING: opinion.facts.get("rating"), RATED_AT: format_instant(moment_of_version(opinion.version))}
    return _known(told)


def _item(item: Mapping[str, Json]) -> Mapping[str, Json]:
    """What is long would go with the next few orders in any case (`record.without_texts`)."""
    kept = {name: item.get(name) for name in ITEM}
    return _known({name: value for name, value in kept.items() if len(str(value)) <= LONGEST_KEPT})


def _known(fields: Mapping[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in fields.items() if value}


def _versions(order: Order) -> Iterator[str]:
    """Of an order brought back, also that of the word which did."""
    record = order.record
    was_called_off = order.happened(EventType.ORDER_CANCELLED) or order.happened(EventType.ORDER_REFUNDED)
    types = (*CHANGED_BY, EventType.ORDER_ACCEPTED) if was_called_off else CHANGED_BY
    yield from (each.version for name in types for each in record.occurrences.get(name, {}).values())
    yield from (record.fields[name].version for name in ("items", "total", *KEPT) if name in record.fields)
