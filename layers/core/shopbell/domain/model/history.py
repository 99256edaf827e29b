"""What happened to something, told event by event: the reader that orders, complaints and customers share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self

from shopbell.domain.model.events import Event, EventType, Json
from shopbell.domain.model.parcel import PARCEL_EVENTS, WHOLE, parcel_changes, parcel_name, said_of_parcel
from shopbell.domain.model.record import (
    Occurrence,
    Record,
    event_version,
    field_versions,
    merge_occurrence,
    moment_of_version,
)
from shopbell.domain.model.shop import Shop
from shopbell.domain.time.calendar import format_instant, format_stamp, local_day, parse_day, parse_instant

OCCURRENCE_ID: Mapping[str, tuple[str, str]] = {
    EventType.ORDER_DELAYED: ("delay", "new_date"),
    EventType.ORDER_PAID: ("payment", "id"),
    EventType.ORDER_PAYMENT_FAILED: ("payment", "id"),
    EventType.ORDER_PAYMENT_REVERSED: ("payment", "id"),
    EventType.ORDER_REFUNDED: ("refund", "id"),
    EventType.ORDER_REPRICED: ("repriced", "new_total"),
    EventType.ORDER_ITEM_UNAVAILABLE: ("", "sku"),
    EventType.CALLBACK_AGREED: ("", "at"),
    EventType.CALL_MISSED: ("", "at"),
    EventType.CALL_DONE: ("", "task"),
    EventType.PRODUCT_WANTED: ("", "sku"),
}
"""Where each event says what makes it another one of its kind, of which the customer hears again: another refund by its
id. Of parcels see `parcel_name`."""

ERASED = EventType.CUSTOMER_ERASED
"""Happened to an order or complaint when whose it was asked to be forgotten: nothing is told of it, and nothing
personal kept."""

BY_MOMENT = frozenset({EventType.CALL_MISSED})
"""Of these each moment is another one, whatever they name."""

BY_TURNS = frozenset({EventType.ORDER_CANCELLED, EventType.ORDER_ACCEPTED})
"""Of these each moment is kept: the last word counts, and one after the other's word is news (rules.account)."""

MONEY = frozenset({EventType.ORDER_PAID, EventType.ORDER_PAYMENT_REVERSED, EventType.ORDER_REFUNDED})

OF_THE_ORDER = frozenset({EventType.ORDER_HANDED_OVER, EventType.ORDER_DELIVERED})
"""Of these events those that name no parcel are about the order."""

UNSAID = "?"
"""The occurrence of an event that names none: it is about whatever is known now."""

MOST = 10
"""So many of what an event lists (alternatives to an item) are kept: nobody reads more."""


def record_of_event(event: Event, changes: Mapping[str, Json]) -> Record:
    """An event as a record to merge."""
    beside = {name: value for name, value in event.extra.items() if name != "parcel"}
    facts = {name: value[:MOST] if isinstance(value, list) else value for name, value in beside.items()}
    occurrence = Occurrence(event.at, event_version(event), facts)
    changes = {**changes, **parcel_changes(event)}
    return Record(field_versions(changes, event), {event.type: {occurrence_id_of(event): occurrence}})


def occurrence_id_of(event: Event) -> str:
    if event.type in BY_TURNS:
        return format_stamp(event.timestamp)
    if event.type == EventType.PRODUCT_RESTOCKED:
        return f"{event.extra['product']['sku']}@{format_stamp(event.timestamp)}"
    if event.type in PARCEL_EVENTS:
        return parcel_name(event) or _of_no_name(event)
    where, name = OCCURRENCE_ID.get(event.type, (None, ""))
    if where is None:
        return ""
    if event.type in BY_MOMENT and not event.extra.get(name):
        return format_instant(event.timestamp)
    source: Any = event.order if where == "order" else event.extra.get(where) if where else event.extra
    value = source.get(name) if isinstance(source, Mapping) else None
    if isinstance(value, str) and value:
        return value
    return _unnamed(event.type, source)


def _unnamed(event_type: str, source: Any) -> str:
    """Of money that bears no name the sum tells one from another; a payment of all that is due is one."""
    amount = source.get("amount") if event_type in MONEY and isinstance(source, Mapping) else None
    if amount:
        return f"={amount}"
    return "" if event_type == EventType.ORDER_PAID else UNSAID


def _of_no_name(event: Event) -> str:
    """Delivered without a word of a parcel is the order; what leaves without one is whatever is known to leave."""
    is_whole = event.type in OF_THE_ORDER and not said_of_parcel(event)
    return WHOLE if is_whole else UNSAID


@dataclass(frozen=True, slots=True)
class EntityHistory:
    """A reader over the record of one order, complaint or customer; `id` is the shop's own."""

    id: str
    record: Record = Record()

    @property
    def key(self) -> str:
        """By what the table knows it."""
        return self.id

    @property
    def history(self) -> Self:
        return self

    def text(self, path: str) -> str:
        return self.record.text(path)

    def amount(self, path: str) -> Decimal | None:
        value = self.record.get(path)
        return Decimal(value) if isinstance(value, str) else None

    def day(self, path: str, shop: Shop) -> date | None:
        return day_in(self.record.get(path), shop)

    def occurrences(self, event_type: str) -> Iterator[tuple[str, Occurrence]]:
        """Each occurrence once, oldest first; an unsaid one is the newest of those that are named. Of parcels see
        `rules.parcels`."""
        named = dict(self.record.occurrences.get(event_type, {}))
        unsaid = named.pop(UNSAID, None)
        if unsaid is not None:
            name = max(named, key=lambda other: named[other].at, default=UNSAID)
            named[name] = merge_occurrence(named[name], unsaid) if name in named else unsaid
        yield from sorted(named.items(), key=lambda pair: (pair[1].at, pair[0]))

    def happened(self, event_type: str) -> bool:
        return event_type in self.record.occurrences

    @property
    def erased(self) -> bool:
        return self.happened(ERASED)

    def last(self, event_type: str) -> datetime | None:
        return max((h.at for h in self.record.occurrences.get(event_type, {}).values()), default=None)

    def first(self, event_type: str) -> datetime | None:
        return min((h.at for h in self.record.occurrences.get(event_type, {}).values()), default=None)

    def last_told(self, event_type: str) -> datetime | None:
        """When it last happened, also where it is one thing however often it comes."""
        versions = (occurrence.version for occurrence in self.record.occurrences.get(event_type, {}).values())
        return max((moment_of_version(version) for version in versions), default=None)


def day_in(value: Json, shop: Shop) -> date | None:
    """A day, or the day of an instant in the shop's zone."""
    if not isinstance(value, str):
        return None
    return parse_day(value) if len(value) == 10 else local_day(parse_instant(value), shop.zone)
