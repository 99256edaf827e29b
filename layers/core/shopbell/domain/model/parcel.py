"""What an event says of one parcel: by what it calls it, and the parcel's own fields among the order's."""

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import NamedTuple

from shopbell.domain.model.events import Event, EventType, Json
from shopbell.domain.model.record import Fields, FieldVersion

PARCEL_EVENTS = (
    EventType.ORDER_HANDED_OVER,
    EventType.ORDER_SHIPPED,
    EventType.ORDER_READY_FOR_PICKUP,
    EventType.ORDER_DELIVERED,
)
"""Each may be about one parcel of several."""

WHOLE = ""
"""The occurrence of what is said of no parcel: of all that is delivered, or handed over."""

UNNAMED = frozenset({WHOLE, "?"})
"""Occurrences of events that name no parcel."""

ITEMS, OF = "items", "of"
"""Beside the fields of a delivery: what is in the parcel, and the id of the parcel that a tracking number is of."""

NOT_ITS_OWN = frozenset({"price", "ships_by"})
"""Fields of an order's delivery that are of no parcel."""

MOST_PARCELS = 60
"""Of one order; of more the newest are known."""
MOST_LINES = 1_000
"""Lines of all parcels of an order together: an order has 500."""
MOST_WITH_TEXTS = 5
LONGEST_KEPT = 128
"""Characters of a text of the parcels but the newest five: a record is one item of the table, which takes 400 KB."""

_PREFIX = "parcel."


def tag_of(name: str) -> str:
    """What names a parcel in the names of steps: its number leads to a person, and steps outlive them."""
    return blake2b(name.encode(), digest_size=6).hexdigest() if name else ""


class ParcelField(NamedTuple):
    """Where a field of a parcel stands in an order's record: "parcel.<name>.<field>"; a name may have dots."""

    name: str
    field: str

    @property
    def path(self) -> str:
        return f"{_PREFIX}{self.name}.{self.field}"


def parcel_field(path: str) -> ParcelField | None:
    """None for a field of the order."""
    if not path.startswith(_PREFIX):
        return None
    name, _, field = path.removeprefix(_PREFIX).rpartition(".")
    return ParcelField(name, field)


def parcel_fields(fields: Fields) -> Iterator[tuple[ParcelField, FieldVersion]]:
    for path, word in fields.items():
        if place := parcel_field(path):
            yield place, word


def said_of_parcel(event: Event) -> Mapping[str, Json]:
    parcel = event.extra.get("parcel")
    return parcel if isinstance(parcel, Mapping) else {}


def parcel_name(event: Event) -> str:
    """Its id, else its tracking number; "" where the event says neither."""
    parcel = said_of_parcel(event)
    return str(parcel.get("id") or _tracking_number(event, parcel) or WHOLE)


def _tracking_number(event: Event, parcel: Mapping[str, Json]) -> Json:
    return parcel.get("tracking_number") or event.order.get("delivery.tracking_number")


def parcel_changes(event: Event) -> Mapping[str, Json]:
    """What the event says of its parcel, as changes of the order's record; what is said of the order's delivery along
    with a parcel is said of that parcel."""
    parcel, name = said_of_parcel(event), parcel_name(event)
    if event.type not in PARCEL_EVENTS or not (name or parcel):
        return {}
    delivery = {path.removeprefix("delivery."): value for path, value in event.order.items() if is_its_own(path)}
    changes = {ParcelField(name, field).path: value for field, value in (delivery | dict(parcel)).items()}
    tracking = _tracking_number(event, parcel)
    if tracking and tracking != name:
        changes[ParcelField(str(tracking), OF).path] = name
    return changes


def is_its_own(path: str) -> bool:
    return path.startswith("delivery.") and path.removeprefix("delivery.") not in NOT_ITS_OWN


def bounded_parcels(fields: Fields) -> Fields:
    """The newest parcels, and of all but the newest few neither long texts nor more lines than an order has."""
    newest: dict[str, str] = {}
    for (name, _), word in parcel_fields(fields):
        newest[name] = max(newest.get(name, ""), word.version)
    if not newest:
        return fields
    ranked = sorted(newest, key=lambda name: (newest[name], name), reverse=True)
    whole, kept = _with_lines(fields, ranked), frozenset(ranked[:MOST_PARCELS])
    with_texts = frozenset(ranked[:MOST_WITH_TEXTS])
    gone = {
        place.path
        for place, word in parcel_fields(fields)
        if place.name not in kept
        or (place.field == ITEMS and place.name not in whole)
        or (place.name not in with_texts and isinstance(word.value, str) and len(word.value) > LONGEST_KEPT)
    }
    return {path: word for path, word in fields.items() if path not in gone} if gone else fields


def _with_lines(fields: Fields, ranked: list[str]) -> frozenset[str]:
    """The newest parcels whose lines together are not too many."""
    left, whole = MOST_LINES, set()
    for name in ranked:
        items = fields.get(ParcelField(name, ITEMS).path)
        left -= len(items.value or ()) if items else 0
        if left < 0:
            break
        whole.add(name)
    return frozenset(whole)
