"""The parcels of an order: what each is called, what is in it, what became of it, and what is still to come.

All of it is read from what events said, in whatever order they came; nothing is stored beside.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import reduce

from shopbell.domain.model.events import EventType, Json
from shopbell.domain.model.history import day_in
from shopbell.domain.model.order import Order
from shopbell.domain.model.parcel import ITEMS, OF, PARCEL_EVENTS, UNNAMED, WHOLE, is_its_own, parcel_fields
from shopbell.domain.model.record import Fields, FieldVersion, Occurrence, merge_occurrence
from shopbell.domain.model.shop import Shop

SHIPPED, READY, DELIVERED = EventType.ORDER_SHIPPED, EventType.ORDER_READY_FOR_PICKUP, EventType.ORDER_DELIVERED
NOT_SENT = "none"

Contents = Mapping[str, Decimal]
"""By the code of a thing: how many of it."""
Said = Mapping[str, Fields]
"""What was said of each parcel, by the name that it was said under."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """`name`: its id, else its tracking number, "" where it has neither; `names`: all that events call it by.

    `at`: what happened to it, and when. `fields`: what is known of its delivery. `items`: None where nobody said.
    """

    name: str
    names: frozenset[str]
    at: Mapping[str, datetime]
    fields: Fields
    items: Contents | None = None

    @property
    def left_at(self) -> datetime:
        return min(self.at.values())

    @property
    def is_delivered(self) -> bool:
        return DELIVERED in self.at

    @property
    def has_arrived(self) -> bool:
        return self.is_delivered or READY in self.at

    def text(self, field: str) -> str:
        word = self.fields.get(field)
        return word.value if word and isinstance(word.value, str) else ""

    def amount(self, field: str) -> Decimal | None:
        return Decimal(self.text(field)) if self.text(field) else None

    def day(self, field: str, shop: Shop) -> date | None:
        return day_in(self.text(field) or None, shop)

    def version(self, field: str) -> str:
        return self.fields[field].version if field in self.fields else ""


def is_sent(order: Order) -> bool:
    """Whether any of it is sent or fetched: nothing is where it has no delivery, or is digital altogether."""
    method = order.text("delivery.method")
    if method == NOT_SENT or (order.items and all(item.get("digital") for item in order.items)):
        return False
    said = order.record.fields.items()
    return any(word.value is not None for path, word in said if path.startswith(("delivery.", "parcel.")))


_last_read = threading.local()


def parcels(order: Order) -> tuple[Parcel, ...]:
    """Each that anything was heard of, in the order in which they left."""
    if not any(order.happened(event) for event in PARCEL_EVENTS):
        return ()
    record, known = getattr(_last_read, "of", (None, ()))
    if record is not order.record:  # many rows of the table ask about the one order that is decided about
        known = _read(order)
        _last_read.of = (order.record, known)
    return known


def _read(order: Order) -> tuple[Parcel, ...]:
    said = _said(order)
    named = _named(order, said)
    known = [*named, *_nameless(order, said, named)]
    settled = [_settled(order, parcel, known) for parcel in known]
    return tuple(sorted(settled, key=lambda parcel: (parcel.left_at, parcel.name)))


def _said(order: Order) -> Said:
    said: dict[str, dict[str, FieldVersion]] = {}
    for (name, field), word in parcel_fields(order.record.fields):
        said.setdefault(name, {})[field] = word
    return said


def _named(order: Order, said: Said) -> list[Parcel]:
    """Those that events call by a name: a tracking number may be that of a parcel with an id."""
    called: dict[str, set[str]] = {}
    for event in PARCEL_EVENTS:
        for name in order.record.occurrences.get(event, {}):
            if name not in UNNAMED:
                called.setdefault(_whose(name, said), set()).add(name)
    for number in said:
        if (owner := _whose(number, said)) in called:
            called[owner].add(number)
    return [_parcel(order, name, frozenset({name, *names}), said) for name, names in called.items()]


def _whose(name: str, said: Said) -> str:
    of = said.get(name, {}).get(OF)
    return str(of.value) if of and of.value else name


def _parcel(order: Order, name: str, names: frozenset[str], said: Said) -> Parcel:
    fields = _newest(said.get(each, {}) for each in names)
    if not fields:  # the former version kept a parcel's number as its name alone
        fields["tracking_number"] = FieldVersion(name, "")
    at = {event: _first(order, event, names) for event in PARCEL_EVENTS}
    return Parcel(name, names, {event: moment for event, moment in at.items() if moment}, fields, _contents(fields))


def _first(order: Order, event: EventType, names: Iterable[str]) -> datetime | None:
    occurrences = order.record.occurrences.get(event, {})
    return min((occurrences[name].at for name in names if name in occurrences), default=None)


def _newest(said: Iterable[Fields]) -> dict[str, FieldVersion]:
    newest: dict[str, FieldVersion] = {}
    for fields in said:
        for field, word in fields.items():
            if field != OF and (field not in newest or word.version > newest[field].version):
                newest[field] = word
    return newest


def _contents(fields: Fields) -> Contents | None:
    lines = fields[ITEMS].value if ITEMS in fields else None
    return _counted(lines) if lines else None


def _counted(lines: Iterable[Mapping[str, Json]]) -> Contents:
    counted: dict[str, Decimal] = {}
    for line in lines:
        if line.get("sku"):
            counted[line["sku"]] = counted.get(line["sku"], Decimal(0)) + Decimal(line.get("quantity") or 1)
    return counted


def _nameless(order: Order, said: Said, named: Sequence[Parcel]) -> list[Parcel]:
    """The one without a name: the only one, one of which events said what is in it, or what is left of an order when
    the others are known."""
    happened = [event for event in PARCEL_EVENTS if _first(order, event, UNNAMED)]
    fields = _newest(said.get(name, {}) for name in UNNAMED)
    leaves = any(event not in (READY, DELIVERED) for event in happened)
    is_the_rest = leaves and not _current(order, named) and bool(in_none_of(order, named))
    if not happened or (named and not fields and not is_the_rest):
        return []
    return [Parcel(WHOLE, UNNAMED, {}, fields, _contents(fields))]


def _current(order: Order, known: Iterable[Parcel]) -> Parcel | None:
    """The parcel whose number the order's delivery has now."""
    number = order.text("delivery.tracking_number")
    return next((parcel for parcel in known if number in parcel.names), None) if number else None


def _settled(order: Order, parcel: Parcel, known: Sequence[Parcel]) -> Parcel:
    """With what was said of it without its name."""
    at = dict(parcel.at)
    for event, name, occurrence in _unnamed(order):
        if _is_meant(event, name, occurrence, parcel, known):
            at[event] = min(occurrence.at, at.get(event, occurrence.at))
    return replace(parcel, at=at, fields=_with_the_orders(order, parcel, known))


def _is_meant(event: str, name: str, occurrence: Occurrence, parcel: Parcel, known: Sequence[Parcel]) -> bool:
    """Whether an event that names no parcel is about this one. An order that is delivered is what had left of it."""
    if event == DELIVERED and name == WHOLE:
        return len(known) == 1 or not parcel.at or parcel.left_at <= occurrence.at
    return parcel is _meant(occurrence.at, known)


def _meant(at: datetime, known: Sequence[Parcel]) -> Parcel:
    """The parcel that an event without a name is about: the nameless one, else that which had left last by then, or
    leaves first."""
    nameless = next((parcel for parcel in known if parcel.name == WHOLE), None)
    left = [parcel for parcel in known if parcel.at and parcel.left_at <= at]
    last = max(left, key=lambda parcel: (parcel.left_at, parcel.name), default=None)
    first = min(known, key=lambda parcel: (parcel.left_at if parcel.at else at, parcel.name))
    return nameless or last or first


def _with_the_orders(order: Order, parcel: Parcel, known: Sequence[Parcel]) -> Fields:
    """What is said of the order's delivery holds for a parcel of which nothing newer is known, unless it was said of
    another one."""
    others = frozenset().union(*(_versions(order, each, known) for each in known if each is not parcel))
    others -= _versions(order, parcel, known)
    fields = dict(parcel.fields)
    for path, word in order.record.fields.items():
        field = path.removeprefix("delivery.")
        is_newer = is_its_own(path) and word.version not in others and word.version > parcel.version(field)
        if is_newer and (field != "tracking_number" or len(known) == 1 or word.value in parcel.names):
            fields[field] = word
    return fields


def _versions(order: Order, parcel: Parcel, known: Sequence[Parcel]) -> frozenset[str]:
    """Of the events that were about it, with or without its name; the former version knows only the last number's."""
    number = order.record.fields.get("delivery.tracking_number")
    of_the_order = {number.version} if number and number.value in parcel.names else set()
    unnamed = {each.version for event, name, each in _unnamed(order) if _is_meant(event, name, each, parcel, known)}
    return frozenset({word.version for word in parcel.fields.values()} | of_the_order | unnamed)


def _unnamed(order: Order) -> Iterator[tuple[EventType, str, Occurrence]]:
    for event in PARCEL_EVENTS:
        for name, occurrence in order.record.occurrences.get(event, {}).items():
            if name in UNNAMED:
                yield event, name, occurrence


@dataclass(frozen=True, slots=True)
class ParcelNews:
    """Something that happened to a parcel, under one of the names that events gave it; `also_called`: the others.

    `parcel` None: to all of the order, or to several parcels at once.
    """

    occurrence_id: str
    occurrence: Occurrence
    parcel: Parcel | None
    also_called: tuple[str, ...] = ()


def news(order: Order, event: EventType) -> Iterator[ParcelNews]:
    """What happened to each parcel, once, the oldest first."""
    occurrences = order.record.occurrences.get(event, {})
    known = parcels(order) if occurrences else ()
    found = [each for parcel in known if (each := _own_news(parcel, occurrences))]
    for name in sorted(UNNAMED & occurrences.keys()):
        found = _with_unnamed_news(event, name, occurrences[name], found, known)
    yield from sorted(found, key=lambda each: (each.occurrence.at, each.occurrence_id))


def _own_news(parcel: Parcel, occurrences: Mapping[str, Occurrence]) -> ParcelNews | None:
    said = sorted((parcel.names - UNNAMED) & occurrences.keys(), key=lambda name: (occurrences[name].at, name))
    if not said:
        return None
    merged = reduce(merge_occurrence, (occurrences[name] for name in said))
    return ParcelNews(said[0], merged, parcel, tuple(said[1:]))


def _with_unnamed_news(
    event: str, name: str, said: Occurrence, found: list[ParcelNews], known: Sequence[Parcel]
) -> list[ParcelNews]:
    """What was said with a name already is no news without one."""
    meant = [parcel for parcel in known if _is_meant(event, name, said, parcel, known)]
    told = [each for each in found if each.parcel in meant]
    if len(told) < len(meant) or not meant:
        is_of_one = len(meant) == 1 and (len(known) == 1 or (event, name) != (DELIVERED, WHOLE))
        return [*found, ParcelNews(name, said, meant[0] if is_of_one else None)]
    if len(meant) > 1:
        return found
    merged = replace(told[0], occurrence=merge_occurrence(told[0].occurrence, said))
    return [merged if each is told[0] else each for each in found]


def happened_to(order: Order, event: EventType, name: str) -> datetime | None:
    """When it happened to the parcel of that name."""
    return next((parcel.at.get(event) for parcel in parcels(order) if parcel.name == name), None)


def parcel_named(order: Order, name: str | None) -> Parcel | None:
    return next((parcel for parcel in parcels(order) if parcel.name == name), None)


def rest(order: Order) -> Contents | None:
    """What was ordered and is in no parcel yet; None where nobody can tell."""
    return in_none_of(order, parcels(order))


def in_none_of(order: Order, known: Iterable[Parcel]) -> Contents | None:
    """What was ordered and is in none of these."""
    left = dict(_counted(item for item in order.items if not item.get("digital")))
    for parcel in known:
        if parcel.items is None or not parcel.items.keys() <= left.keys():
            return None
        for sku, number in parcel.items.items():
            left[sku] -= number
    return {sku: number for sku, number in left.items() if number > 0}


def all_left(order: Order) -> bool:
    """Whether nothing is known to be still to be sent."""
    return bool(parcels(order)) and not rest(order)


def waiting_parcels(order: Order) -> list[Parcel]:
    """Those that can be collected and were not."""
    return [parcel for parcel in parcels(order) if READY in parcel.at and not parcel.is_delivered]


def delivered_at(order: Order) -> datetime | None:
    """When the customer had all that was ordered; None while they have not."""
    known = parcels(order)
    if not known or not all(parcel.is_delivered for parcel in known):
        return None
    whole = order.record.occurrences.get(DELIVERED, {}).get(WHOLE)
    last = max(parcel.at[DELIVERED] for parcel in known)
    if not rest(order):
        return last
    return max(last, whole.at) if whole else None
