"""What may still be heard of whoever was forgotten: nothing that was said until then, nothing of their orders."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.history import ERASED, EntityHistory
from shopbell.domain.model.record import FieldVersion, Occurrence, Occurrences, Record
from shopbell.domain.model.state import ComplaintState, OrderState
from shopbell.domain.model.vocabulary import Reason
from shopbell.domain.time.calendar import format_stamp, parse_instant
from shopbell.service.ports import ContactKey, Session
from shopbell.service.subjects.identity import named
from shopbell.service.subjects.planning import left_out

KEPT = frozenset({"number", "currency", "total", "discount_total", "placed_at", "payment.method", "delivery.method"})
"""Fields of an order that say nothing of a person; its bookkeeping needs them."""

ORDER_UNSAID = ("url", "items", "payment.details", "payment.title", "payment.url", "delivery.address")


def erasure(session: Session, event: Event, case: EntityHistory, known: str, contact_key: ContactKey) -> str:
    """When the subject, or whoever an event names, was forgotten; "" where it speaks of what came after.

    `known`: the key of the customer whose subject it is so far.
    """
    if mark := case.last(ERASED):
        return format_stamp(mark)
    contacts = [state.contact for state in named(session, event, known, contact_key)]
    owners = [f"id:{event.customer_id}"] if event.customer_id else [contact.whose for contact in contacts]
    found = [contact.erased_at for contact in contacts]
    found += [session.customer(key).customer.erased_at for key in {*owners, known} if key]
    return max((at for at in found if at >= format_stamp(event.timestamp)), default="")


def heard(event: Event, erased_at: str) -> Event:
    """An event without what it says of a person who was forgotten; the ids stay."""
    return replace(event, customer={}) if erased_at else event


def placed_since(state: OrderState, erased_at: str) -> bool:
    """A new order of somebody who was forgotten and came back."""
    placed = state.order.first(EventType.ORDER_PLACED)
    return placed is not None and format_stamp(placed) > erased_at


def silenced(state: OrderState, erased_at: str) -> OrderState:
    """An order with nothing personal, of which nothing is told any more."""
    personal = [path for path in (*state.order.record.fields, *ORDER_UNSAID) if path not in KEPT]
    record = _silent(state.order.record, personal, erased_at) if erased_at else state.order.record
    return replace(state, order=replace(state.order, record=record))


def silenced_complaint(state: ComplaintState, erased_at: str) -> ComplaintState:
    """Nothing of a complaint says anything that is not personal."""
    record = state.complaint.record
    record = _silent(record, record.fields, erased_at) if erased_at else record
    return replace(state, complaint=replace(state.complaint, record=record))


def _silent(record: Record, personal: Iterable[str], erased_at: str) -> Record:
    mark: Occurrences = {ERASED: {"": Occurrence(parse_instant(erased_at), last_word(erased_at))}}
    return Record(
        {**record.fields, **unsaid(personal, erased_at)}, {**without_words(record.occurrences, erased_at), **mark}
    )


def without_words(happened: Occurrences, erased_at: str) -> dict[str, dict[str, Occurrence]]:
    """What happened, and when; nothing of what was said of it."""
    return {
        kind: {name: Occurrence(each.at, last_word(erased_at)) for name, each in named.items()}
        for kind, named in happened.items()
    }


def unsaid(paths: Iterable[str], erased_at: str) -> dict[str, FieldVersion]:
    return {path: FieldVersion(None, last_word(erased_at)) for path in paths}


def last_word(erased_at: str) -> str:
    """A stamp larger than that of any event of the same moment."""
    return f"{erased_at}|~~"


def record_forgotten(session: Session, event: Event, subject: str, now: datetime) -> None:
    detail = "the customer asked to be forgotten"
    session.add_decision(subject, left_out(event, event.type, Reason.ERASED, detail, now), event.id)
