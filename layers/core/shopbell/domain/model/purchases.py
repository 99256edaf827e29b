"""What a customer bought, as their own record keeps it: an order each, the newest sixty."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from shopbell.domain.model.customer import Customer
from shopbell.domain.model.events import EventType, Json
from shopbell.domain.model.record import ByIdentity, Occurrence, Record
from shopbell.domain.time.calendar import parse_day, parse_instant

CALLED_OFF, UNPAID, REFUNDED = "called_off", "unpaid", "refunded"
RATING, RATED_AT = "rating", "rated_at"


@dataclass(frozen=True, slots=True)
class Bought:
    """A product of an order; `lasts_days`: a consumable, `renews_after_days`: a model that is replaced."""

    sku: str
    name: str = ""
    quantity: Decimal = Decimal(1)
    unit_price: Decimal | None = None
    category: str = ""
    lasts_days: int | None = None
    renews_after_days: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Purchase:
    """`total`: what it costs less what was given back. `unpaid`: it was to be paid beforehand and is still due.
    `staff`: who served; `channel`: where it was placed. `refunded`: some of it was given back; `rating`: what they
    thought of it, and when they said so."""

    order: str
    at: datetime
    total: Decimal | None = None
    currency: str = ""
    items: tuple[Bought, ...] = ()
    unpaid: bool = False
    planned_repeat_on: date | None = None
    staff: str = ""
    channel: str = ""
    refunded: bool = False
    rating: Decimal | None = None
    rated_at: datetime | None = None

    @property
    def skus(self) -> frozenset[str]:
        return frozenset(item.sku for item in self.items)


def purchases(customer: Customer) -> tuple[Purchase, ...]:
    """The oldest first, without what was called off and what is forgotten."""
    return purchases_in(customer.record)


def purchases_in(record: Record) -> tuple[Purchase, ...]:
    """Of a customer's record."""
    return _purchases(ByIdentity(record))


def given_back(customer: Customer) -> frozenset[str]:
    """What was in an order that was called off, or of which some was given back."""
    named = customer.record.occurrences.get(EventType.CUSTOMER_BOUGHT, {}).values()
    back = (each.facts.get("items", {}) for each in named if each.facts.get(CALLED_OFF) or each.facts.get(REFUNDED))
    return frozenset(sku for items in back for sku in items)


@lru_cache(maxsize=64)
def _purchases(of: ByIdentity[Record]) -> tuple[Purchase, ...]:
    read = (_purchase(order, each.at, each.facts) for order, each in _known(of.value))
    return tuple(sorted(read, key=lambda purchase: (purchase.at, purchase.order)))


def last_purchase(customer: Customer) -> tuple[datetime, str] | None:
    """When it was, and its order."""
    return max(((each.at, order) for order, each in _known(customer.record)), default=None)


def _known(record: Record) -> Iterator[tuple[str, Occurrence]]:
    for order, each in record.occurrences.get(EventType.CUSTOMER_BOUGHT, {}).items():
        if each.facts and not each.facts.get(CALLED_OFF):
            yield order, each


def _purchase(order: str, at: datetime, facts: Mapping[str, Json]) -> Purchase:
    repeat, rated_at = facts.get("planned_repeat_on"), facts.get(RATED_AT)
    return Purchase(
        order,
        at,
        _decimal(facts.get("total")),
        facts.get("currency", ""),
        tuple(_bought(sku, item) for sku, item in facts.get("items", {}).items()),
        bool(facts.get(UNPAID)),
        parse_day(repeat) if repeat else None,
        facts.get("staff", ""),
        facts.get("channel", ""),
        bool(facts.get(REFUNDED)),
        _decimal(facts.get(RATING)),
        parse_instant(rated_at) if rated_at else None,
    )


def _bought(sku: str, item: Mapping[str, Json]) -> Bought:
    return Bought(
        sku,
        item.get("name", ""),
        _decimal(item.get("quantity")) or Decimal(1),
        _decimal(item.get("unit_price")),
        item.get("category", ""),
        item.get("lasts_days"),
        item.get("renews_after_days"),
        item.get("url", ""),
    )


def _decimal(value: Json) -> Decimal | None:
    return None if value is None else Decimal(str(value))
