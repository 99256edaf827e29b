"""What an event makes of a complaint or a question; the customer's own record knows which are open."""

from collections.abc import Mapping
from dataclasses import replace

from shopbell.domain.deciding.subjects import complaint_merged
from shopbell.domain.model.complaint import OPENED, RESOLVED, Complaint
from shopbell.domain.model.events import Event, Json
from shopbell.domain.model.order import Order
from shopbell.domain.model.record import Occurrence, Occurrences, Record, field_versions
from shopbell.domain.model.state import SendRequest
from shopbell.domain.model.subject import Subject
from shopbell.domain.rules.erasure import redacted_complaint
from shopbell.service.subjects.advance import advance, save
from shopbell.service.subjects.customers import advance_customer, record_dropped
from shopbell.service.subjects.forgotten import erased_since, record_forgotten, redacted_event
from shopbell.service.subjects.identity import CustomerContacts, resolve_customer
from shopbell.service.subjects.repetition import record_repetition
from shopbell.service.subjects.work import Work

FIELDS_OF_THE_ORDER = {"order_number": "number", "order_total": "total", "order_currency": "currency"}
"""What a complaint's letters say of the order that it is about."""


def merge_complaint(work: Work, event: Event, complaint_id: str = "") -> list[SendRequest]:
    """`complaint_id`: where the event itself does not name it."""
    words: Mapping[str, Json] = event.extra.get("complaint") or {}
    before = work.session.complaint(complaint_id or str(words["id"]))
    about = str(words.get("order") or before.entity.about)
    order = work.session.order(about) if about else None
    owner = before.customer or (order.customer if order else "")
    erased_at = erased_since(work, event, before.entity, owner)
    complaint = _merged(work, before.entity, event, order.entity if order else None, erased_at)
    happened_to_them = {} if erased_at else _without_words(complaint)
    person = resolve_customer(work, redacted_event(event, erased_at), owner, happened_to_them)
    after = replace(before, entity=complaint, customer=person.customer.key if person else owner)
    requests = _advanced(work, before, after, person)
    if erased_at:
        record_forgotten(work, event, before.name)
    record_repetition(work, event, before, person)
    record_dropped(work, event, before.name, person)
    return requests + advance_customer(work, person)


def _merged(work: Work, complaint: Complaint, event: Event, order: Order | None, erased_at: str) -> Complaint:
    merged = complaint_merged(complaint, event, work.shop)
    if order is not None:
        fields = {path: order.record.get(name) for path, name in FIELDS_OF_THE_ORDER.items()}
        merged = replace(merged, record=merged.record.merged(Record(field_versions(fields, event))))
    return redacted_complaint(merged, erased_at) if erased_at else merged


def _advanced(
    work: Work, before: Subject[Complaint], after: Subject[Complaint], person: CustomerContacts | None
) -> list[SendRequest]:
    """One that was not opened yet, and of which nobody knows whose it is, waits for the word that says so."""
    if after.customer and after.customer != before.customer:
        work.session.add_complaint_pointer(after.customer, after.entity.id)
    if person or after.entity.happened(OPENED):
        return advance(work, before, after, person)
    save(work, before, after)
    return []


def _without_words(complaint: Complaint) -> Occurrences:
    """For the customer's record: when it was opened and resolved, and nothing of what was said."""
    occurrences = complaint.record.occurrences
    first = {event: next(iter(occurrences[event].values())) for event in (OPENED, RESOLVED) if event in occurrences}
    return {event: {complaint.id: Occurrence(each.at, each.version)} for event, each in first.items()}
