"""What is kept of an order, a complaint or a customer whose person asked to be forgotten: nothing personal.

`erased_at` is a moment as versions write it; every field that was removed has it as its version, so that older words,
whenever they come, change nothing.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import blake2b

from shopbell.domain.model.complaint import Complaint
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import first_of
from shopbell.domain.model.history import ERASED, UNSAID
from shopbell.domain.model.order import Order
from shopbell.domain.model.parcel import PARCEL_EVENTS, parcel_field
from shopbell.domain.model.record import FieldVersion, Occurrence, Occurrences, Record, merge_occurrence
from shopbell.domain.model.subject import Entity
from shopbell.domain.rules.consent import MARKETING, PURPOSES
from shopbell.domain.time.calendar import format_instant, format_stamp, parse_instant

FIELDS_KEPT = frozenset(
    {"number", "currency", "total", "discount_total", "placed_at", "payment.method", "delivery.method"}
)
"""Fields of an order that say nothing of a person; its bookkeeping needs them."""
ORDER_FIELDS = ("url", "items", "payment.details", "payment.title", "payment.url", "delivery.address")
"""Removed also where they were never known: a word of them may be on its way."""
CUSTOMER_FIELDS = (
    *("name", "first_name", "email", "phone", "locale", "timezone", "gender", "birthday"),
    *("as_written.email", "as_written.phone"),
    *(f"{what}.{purpose}" for what in ("consent", "agreed") for purpose in PURPOSES),
)
"""All that is known of a customer goes, these also where they were never known."""


def redacted_order(order: Order, erased_at: str) -> Order:
    """Nothing is told of it any more."""
    personal = [path for path in (*order.record.fields, *ORDER_FIELDS) if path not in FIELDS_KEPT]
    return replace(order, record=_redacted(order.record, personal, erased_at))


def redacted_complaint(complaint: Complaint, erased_at: str) -> Complaint:
    """Nothing of a complaint says anything that is not personal."""
    return replace(complaint, record=_redacted(complaint.record, complaint.record.fields, erased_at))


def redacted_customer(customer: Customer, erased_at: str) -> Customer:
    """What was said since stays, and of calls and complaints until then only that they were."""
    return replace(
        customer,
        record=_redacted_customer_record(customer.record, erased_at),
        erased_at=max(erased_at, customer.erased_at),
        withdrawn=withdrawn_at(customer.withdrawn, erased_at),
    )


def _redacted_customer_record(record: Record, erased_at: str) -> Record:
    until = {
        event_type: {name: occurrence for name, occurrence in named.items() if format_stamp(occurrence.at) <= erased_at}
        for event_type, named in record.occurrences.items()
    }
    fields = (*record.fields, *CUSTOMER_FIELDS)
    return record.merged(Record(removed_fields(fields, erased_at), without_facts(until, erased_at)))


def withdrawn_at(before: Mapping[str, str], erased_at: str) -> dict[str, str]:
    """All marketing is withdrawn with the erasure; a later withdrawal stays."""
    at = format_instant(parse_instant(erased_at))
    return {purpose: max(before.get(purpose, ""), at if purpose in MARKETING else "") for purpose in _all(before)}


def _all(before: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys((*before, *MARKETING)))


def began_since(entity: Entity, begins_with: EventType | None, erased_at: str) -> bool:
    """A new order, or a new complaint, of somebody who was forgotten and came back."""
    began = entity.history.first(begins_with) if begins_with else None
    return began is not None and format_stamp(began) > erased_at


def without_facts(occurrences: Occurrences, erased_at: str) -> dict[str, dict[str, Occurrence]]:
    """What happened, and when; nothing of what was said of it."""
    return {
        event_type: {name: Occurrence(occurrence.at, last_version(erased_at)) for name, occurrence in named.items()}
        for event_type, named in occurrences.items()
    }


def unnamed(occurrence_id: str) -> str:
    """What stands for a parcel's number, by which its carrier's page leads to a person. The same for the same number,
    so that a late word meets what is known; done twice it is done once."""
    number = first_of(occurrence_id)
    if number in ("", UNSAID) or _UNNAMED.fullmatch(number):
        return occurrence_id
    return "#" + blake2b(number.encode(), digest_size=8).hexdigest() + occurrence_id[len(number) :]


_UNNAMED = re.compile(r"#[0-9a-f]{16}")


def unnamed_occurrence(event_type: str, occurrence_id: str) -> str:
    """Of what is told of parcels; any other as it is: what is promised of one never bore its name (`tag_of`)."""
    return unnamed(occurrence_id) if event_type in PARCEL_EVENTS else occurrence_id


def unnamed_parcels(occurrences: Occurrences) -> Occurrences:
    return {
        event_type: _unnamed(named) if event_type in PARCEL_EVENTS else named
        for event_type, named in occurrences.items()
    }


def _unnamed(named: Mapping[str, Occurrence]) -> dict[str, Occurrence]:
    found: dict[str, Occurrence] = {}
    for name, occurrence in named.items():
        known = found.get(unnamed(name), occurrence)
        found[unnamed(name)] = merge_occurrence(known, occurrence)
    return found


def removed_fields(paths: Iterable[str], erased_at: str) -> dict[str, FieldVersion]:
    return {path: FieldVersion(None, last_version(erased_at)) for path in paths}


def last_version(erased_at: str) -> str:
    """Larger than that of any event of the same moment."""
    return f"{erased_at}|~~"


def _redacted(record: Record, personal: Iterable[str], erased_at: str) -> Record:
    mark: Occurrences = {ERASED: {"": Occurrence(parse_instant(erased_at), last_version(erased_at))}}
    occurrences = {**unnamed_parcels(without_facts(record.occurrences, erased_at)), **mark}
    fields = {**record.fields, **removed_fields(personal, erased_at)}
    return Record({_unnamed_path(path): field for path, field in fields.items()}, occurrences)


def _unnamed_path(path: str) -> str:
    """A parcel's fields stand in its order's record under its name."""
    place = parcel_field(path)
    return path if place is None else place._replace(name=unnamed(place.name)).path
