"""The native dialect: what the door checks, and the event that a checked body tells of."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta

from shopbell.dialects.changes import changes_of, tidy
from shopbell.dialects.event_types import DATA, NOT_SUPPORTED_YET, WHOSE, required
from shopbell.dialects.wire import Envelope
from shopbell.domain.model.events import Event, Json
from shopbell.domain.model.problems import Problem, Refused
from shopbell.domain.model.shop import Shop
from shopbell.domain.time.calendar import format_instant, parse_instant
from shopbell.schema.contacts import Reader
from shopbell.schema.reading import MOST_PROBLEMS, collect, decode, plain
from shopbell.schema.required import missing

AHEAD = timedelta(minutes=5)
"""By how much a sender's clock may be fast."""


def check(raw: bytes, now: datetime) -> dict[str, Json]:
    """The body with one spelling for each value and without what nobody knows.

    Raises Refused with all that is wrong.
    """
    envelope, problems = collect(decode(raw), Envelope)
    said = plain(envelope) if envelope else {}
    problems += missing(said, ("type", "timestamp", "data"), "#", problems)
    problems += [*_wrong_type(said.get("type")), *_wrong_time(said.get("timestamp"), now)]
    data, wrong = _check_data(said.get("type"), said.get("data"))
    if found := [*problems, *wrong]:
        raise Refused(*found[:MOST_PROBLEMS])
    return {"type": said["type"], "timestamp": said["timestamp"], "data": data}


def read(body: Mapping[str, Json], shop: Shop, event_id: str, locales: Collection[str]) -> Event:
    """The event that a body, as `check` gave it, tells of in this shop.

    What cannot be read of a contact, a locale (one of `locales`) or a zone is dropped, and the event says so.
    """
    data: Mapping[str, Json] = body["data"]
    order = data.get("order") or {}
    if not isinstance(order, Mapping):  # the id of an order, in what is about another thing
        order = {"id": order} if body["type"] in OF_ORDERS else {}
    at = parse_instant(body["timestamp"])
    reader = Reader(shop.country, locales, at)
    person = reader.read(_customer(order, data))
    extra = {name: tidy(value) for name, value in data.items() if name not in ("customer", *_objects(data))}
    if body["type"] in CALLS and not extra.get("at"):
        extra["at"] = format_instant(at)  # it rang when it is said to have happened: another call is another one
    return Event(
        shop=shop.id,
        id=event_id,
        type=body["type"],
        at=at,
        order_id=order.get("id"),
        order=changes_of(order, leaving=("id", "customer")),
        customer_id=person.id,
        customer=changes_of(person.fields, leaving=("id",)),
        extra=reader.without_person(extra),
        dropped=person.dropped,
    )


CALLS = frozenset({"call.missed"})
OF_ORDERS = frozenset({"review.posted"})
"""Events that name an order by its id and belong to its story."""


def _objects(data: Mapping[str, Json]) -> tuple[str, ...]:
    """An order that is told whole stands in fields of its own; an id stays what the event says."""
    return ("order",) if isinstance(data.get("order"), Mapping) else ()


def _customer(order: Mapping[str, Json], data: Mapping[str, Json]) -> Mapping[str, Json]:
    """Wherever the event names them; the number that rang or is to be rung, where it says nothing else."""
    complaint = data.get("complaint") or {}
    said: Mapping[str, Json] = order.get("customer") or data.get("customer") or complaint.get("customer") or {}
    named = any(said.get(name) for name in ("id", "email", "phone"))
    return said if named or not data.get("phone") else {**said, "phone": data["phone"]}


def _check_data(event_type: Json, data: Json) -> tuple[dict[str, Json], list[Problem]]:
    """`data` as its type wants it; nothing is said of data whose type nobody knows."""
    if data is None or event_type not in DATA:
        return {}, []
    read, problems = collect(data, DATA[event_type], "#/data")
    if read is None:
        return {}, problems
    said = plain(read)
    problems += missing(said, required(event_type), "#/data", problems)
    if event_type in WHOSE and not problems:
        problems += _nobody(said, WHOSE[event_type])
    return said, problems


def _wrong_type(event_type: Json) -> Iterator[Problem]:
    if event_type in NOT_SUPPORTED_YET:
        yield Problem("#/type", "not_supported_yet", "events of this type are not taken yet")
    elif event_type and event_type not in DATA:
        yield Problem("#/type", "unknown_type", "there is no such type of event")


def _wrong_time(timestamp: Json, now: datetime) -> Iterator[Problem]:
    if timestamp and (ahead := parse_instant(timestamp) - now) > AHEAD:
        seconds = int(ahead.total_seconds())
        yield Problem("#/timestamp", "in_the_future", f"is {seconds} seconds ahead of the time here")


def _nobody(said: Mapping[str, Json], paths: Collection[str]) -> Iterator[Problem]:
    """Whom it is about must be said somewhere: by an order's id, a number, or a customer's id or contact."""
    found = {path: _at(said, path) for path in paths}
    if any(_names_somebody(value) for value in found.values()):
        return
    customer = next(path for path in paths if path.endswith("customer"))
    where = "#/data/" + customer.replace(".", "/")
    if found[customer]:
        yield Problem(f"{where}/id", "missing", "is required where there is neither an email nor a phone")
    else:
        yield Problem(where, "missing", "is required")


def _at(said: Mapping[str, Json], path: str) -> Json:
    value: Json = said
    for name in path.split("."):
        value = (value or {}).get(name)
    return value


def _names_somebody(value: Json) -> bool:
    if isinstance(value, Mapping):
        return any(value.get(name) for name in ("id", "email", "phone"))
    return bool(value)
