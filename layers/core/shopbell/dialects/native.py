"""The native dialect: what the door checks, and the event that a checked body becomes."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from msgspec import Struct

from shopbell.dialects.changes import flat_changes, without_nulls
from shopbell.dialects.event_types import DATA, FIRM, IN_MAPS, ITEM, PARTIES, TOGETHER, required
from shopbell.dialects.wire import Envelope, Item
from shopbell.domain.model.customer import AS_WRITTEN
from shopbell.domain.model.events import FAST_CLOCK, CheckedEvent, Dropped, Event, EventType, Json
from shopbell.domain.model.problems import Problem, Refused
from shopbell.domain.model.shop import Shop
from shopbell.domain.time.calendar import format_instant, parse_instant
from shopbell.schema.contacts import ContactReader, with_whole_consents
from shopbell.schema.dropping import Remaining, Wanted, drop_unreadable
from shopbell.schema.phones import is_national
from shopbell.schema.reading import MOST_PROBLEMS, collect, decode, plain, pointer
from shopbell.schema.required import missing

S = TypeVar("S", bound=Struct)

ERASED = EventType.CUSTOMER_ERASED
CALLS = frozenset({"call.missed"})
OF_ORDERS = frozenset({"review.posted"})
"""Events that name an order by its id and belong to its history."""

_ENVELOPE = ("type", "timestamp", "data")
_CUSTOMERS = ("order.customer", "customer", "complaint.customer")
"""Where a customer may stand under `data`."""


def check(raw: bytes, now: datetime) -> CheckedEvent:
    """The body with one spelling for each value, without what is unknown or, where it is optional, unreadable.

    Contacts stay as they were written: only with the shop can they be read. Raises Refused with all that is wrong.
    """
    whole, envelope, problems = _understood(decode(raw), Envelope, Wanted(_ENVELOPE), "#")
    body = plain(envelope) if envelope else {}
    problems += missing(body, _ENVELOPE, "#", problems)
    problems += [*_wrong_type(body.get("type")), *_wrong_time(body.get("timestamp"), now)]
    if body.get("data") is None or body.get("type") not in DATA:
        raise Refused(*problems)
    remaining, data_problems = _check_data(body["type"], body["data"])
    if problems or data_problems:
        raise Refused(*[*problems, *data_problems][:MOST_PROBLEMS])
    notes = (*whole.notes, *remaining.notes)[:MOST_PROBLEMS]
    return CheckedEvent({**body, "data": remaining.value}, notes, remaining.dropped)


def unreadable_contacts(
    body: Mapping[str, Json], country: Callable[[], str], locales: Collection[str]
) -> tuple[Problem, ...]:
    """A note for each contact, locale and zone of a checked body that `read` will drop.

    `country` gives the shop's: it is asked only where a phone number cannot be read without.
    """
    data = body["data"]
    fields, _ = _customer(data)
    phones = [phone for phone in (fields.get("phone"), data.get("phone")) if phone]
    reader = ContactReader(country() if any(map(is_national, phones)) else "", locales)
    unreadable = _read_contacts(data, reader).unreadable
    return tuple(Problem(pointer("#/data", *path.split(".")), "unreadable", why) for path, why in unreadable.items())


def read(message: Mapping[str, Json], shop: Shop, locales: Collection[str], now: datetime) -> Event:
    """The event that a message of the queue brings to this shop.

    `message` has an `id`, the `body` as `check` left it, what was `dropped` of it (path to why) and `received_at`;
    of a former version it has neither, and counts as received now. `locales` are the languages of letters. What
    cannot be read of a contact, a locale or a zone is dropped, too.
    """
    body = message["body"]
    order, timestamp = _order(body), parse_instant(body["timestamp"])
    finds = body["type"] == ERASED
    contacts = _read_contacts(body["data"], ContactReader(shop.country, locales, finds))
    dropped = {**message.get("dropped", {}), **contacts.unreadable}
    received_at = message.get("received_at")
    return Event(
        shop=shop.id,
        id=message["id"],
        type=body["type"],
        timestamp=timestamp,
        received_at=parse_instant(received_at) if received_at else now,
        order_id=order.get("id"),
        order=flat_changes(order, without=("id", "customer")),
        customer_id=contacts.customer.get("id"),
        customer=_changes_of(contacts, timestamp),
        extra=_with_moment(body["type"], contacts.beside, timestamp),
        dropped=tuple(Dropped(path, why) for path, why in dropped.items()),
    )


@dataclass(frozen=True, slots=True)
class _Contacts:
    """The customer whom an event names, and what stands in its data beside them and the order.

    `unreadable` are the contacts that neither has any more, path to why; `as_written` what stood in the customer's.
    """

    customer: Mapping[str, Json]
    beside: Mapping[str, Json]
    unreadable: Mapping[str, str]
    as_written: Mapping[str, str]


def _read_contacts(data: Mapping[str, Json], reader: ContactReader) -> _Contacts:
    fields, paths = _customer(data)
    customer, beside = reader.read(fields), reader.read(_beside(data))
    by_path = {paths[name]: why for name, why in customer.unreadable.items()}
    extra = {**beside.readable, **({AS_WRITTEN: beside.as_written} if beside.as_written else {})}
    return _Contacts(customer.readable, extra, {**by_path, **beside.unreadable}, customer.as_written)


def _changes_of(contacts: _Contacts, timestamp: datetime) -> dict[str, Json]:
    """With what stands in the contacts that cannot be read: the shop's people may make it out."""
    changes = flat_changes(with_whole_consents(contacts.customer, timestamp), without=("id",))
    return {**changes, **{f"{AS_WRITTEN}.{name}": text for name, text in contacts.as_written.items()}}


def _customer(data: Mapping[str, Json]) -> tuple[Mapping[str, Json], Mapping[str, str]]:
    """The fields of the customer whom an event names, and where each of them stands under `data`.

    Where the event names nobody else it is about whoever has the phone number beside.
    """
    place = next((place for place in _CUSTOMERS if _at(data, place)), "customer")
    fields: Mapping[str, Json] = _at(data, place) or {}
    paths = {name: f"{place}.{name}" for name in fields}
    if _names_somebody(fields) or not data.get("phone"):
        return fields, paths
    return {**fields, "phone": data["phone"]}, {**paths, "phone": "phone"}


def _order(body: Mapping[str, Json]) -> Mapping[str, Json]:
    """The order that an event is about, or its id alone; empty where it is about another thing."""
    order: Json = body["data"].get("order") or {}
    if isinstance(order, Mapping):
        return order
    return {"id": order} if body["type"] in OF_ORDERS else {}


def _said(name: str, value: Json) -> Json:
    """A parcel's fields are changes as the order's are: null removes."""
    return value if name == "parcel" else without_nulls(value)


def _beside(data: Mapping[str, Json]) -> dict[str, Json]:
    """All but the customer and a whole order, which have fields of their own in an event."""
    beside = {name: _said(name, value) for name, value in data.items() if name != "customer"}
    if isinstance(beside.get("order"), Mapping):
        del beside["order"]
    if isinstance(complaint := beside.get("complaint"), Mapping):
        beside["complaint"] = {name: value for name, value in complaint.items() if name != "customer"}
    return beside


def _with_moment(event_type: str, beside: Mapping[str, Json], timestamp: datetime) -> Mapping[str, Json]:
    """A call rang when the event happened, where it does not say; its moment tells it from other calls."""
    if event_type not in CALLS or beside.get("at"):
        return beside
    return {**beside, "at": format_instant(timestamp)}


def _check_data(event_type: str, data: Json) -> tuple[Remaining, list[Problem]]:
    """`data` as its type wants it, and all that is wrong with it."""
    paths = required(event_type)
    wanted = Wanted(paths, FIRM.get(event_type, ()), {Item: ITEM})
    remaining, parsed, problems = _understood(data, DATA[event_type], wanted, "#/data")
    if parsed is None:
        return remaining, problems
    value = plain(parsed)
    problems += missing(value, paths, "#/data", problems)
    problems += missing(value, IN_MAPS.get(event_type, ()), "#/data", problems)
    if any(_at(value, path) for path in TOGETHER.get(event_type, ())):
        problems += missing(value, TOGETHER[event_type], "#/data", problems)
    if event_type in PARTIES and not problems:
        problems += _names_nobody(value, PARTIES[event_type])
    return replace(remaining, value=value), problems


def _understood(value: Json, kind: type[S], wanted: Wanted, root: str) -> tuple[Remaining, S | None, list[Problem]]:
    """What remains of a value without what means nothing in it, the same parsed, and what is wrong with it."""
    remaining = drop_unreadable(value, kind, wanted, root, thorough=False)
    parsed, problems = collect(remaining.value, kind, root)
    if problems:
        remaining = drop_unreadable(value, kind, wanted, root, thorough=True)
        parsed, problems = collect(remaining.value, kind, root)
    return remaining, parsed, problems


def _wrong_type(event_type: Json) -> Iterator[Problem]:
    if event_type and event_type not in DATA:
        yield Problem("#/type", "unknown_type", "there is no such type of event")


def _wrong_time(timestamp: Json, now: datetime) -> Iterator[Problem]:
    if timestamp and (ahead := parse_instant(timestamp) - now) > FAST_CLOCK:
        seconds = int(ahead.total_seconds())
        yield Problem("#/timestamp", "in_the_future", f"is {seconds} seconds ahead of the time here")


def _names_nobody(data: Mapping[str, Json], paths: Collection[str]) -> Iterator[Problem]:
    """A problem where none of the paths names an order, a phone number, or a customer by an id or a contact."""
    if any(_names_somebody(_at(data, path)) for path in paths):
        return
    place = next(path for path in paths if path.endswith("customer"))
    where = pointer("#/data", *place.split("."))
    if _at(data, place):
        yield Problem(f"{where}/id", "missing", "is required where there is neither an email nor a phone")
    else:
        yield Problem(where, "missing", "is required")


def _at(data: Mapping[str, Json], path: str) -> Json:
    """What stands at a path; None where it leads nowhere."""
    value: Json = data
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _names_somebody(value: Json) -> bool:
    if isinstance(value, Mapping):
        return any(value.get(name) for name in ("id", "email", "phone"))
    return bool(value)
