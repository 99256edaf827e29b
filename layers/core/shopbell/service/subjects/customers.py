"""What an event makes of a customer: what they say of themselves, calls that were agreed or missed."""

from dataclasses import replace
from datetime import datetime

from shopbell.domain.journeys import NEWS
from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.history import EntityHistory, record_of_event
from shopbell.domain.model.record import Occurrences
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import SendRequest
from shopbell.domain.model.vocabulary import Reason
from shopbell.service.ports import ContactKey, Session
from shopbell.service.subjects.forgotten import erasure, heard, record_forgotten
from shopbell.service.subjects.identity import CustomerContacts, facts_about, resolve_customer
from shopbell.service.subjects.planning import follow, left_out

KEPT = frozenset(row.event_type for row in NEWS) | {EventType.CALL_DONE, EventType.REVIEW_POSTED}
"""What a customer's record remembers to have happened; what they say of themselves is in its fields."""
NOBODY = "customer/unknown"


def merge_customer(
    session: Session, event: Event, shop: Shop, now: datetime, contact_key: ContactKey, known: str = ""
) -> list[SendRequest]:
    """`known`: the key of the customer where the event itself does not name them."""
    erased_at = erasure(session, event, EntityHistory(""), known, contact_key)
    happened: Occurrences = record_of_event(event, {}).occurrences if event.type in KEPT and not erased_at else {}
    person = resolve_customer(session, heard(event, erased_at), known, contact_key, happened)
    if erased_at:
        record_forgotten(session, event, f"customer/{person.customer.key}" if person else NOBODY, now)
    record_dropped(session, event, f"customer/{person.customer.key}" if person else NOBODY, person, now)
    if person is None and not erased_at:
        detail = "it names nobody who could be known by it"
        session.add_decision(NOBODY, left_out(event, event.type, Reason.NO_CONTACT, detail, now), event.id)
    return follow_customer(session, shop, person, now) if person and person.changed else []


def follow_customer(session: Session, shop: Shop, person: CustomerContacts, now: datetime) -> list[SendRequest]:
    facts = facts_about(shop, person, person.state.decided_steps)
    followed = follow(session, facts, now)
    if followed.decided_steps != person.state.decided_steps:
        session.save_customer(replace(person.state, decided_steps=followed.decided_steps))
    return followed.send_requests


def record_dropped(
    session: Session, event: Event, subject: str, person: CustomerContacts | None, now: datetime
) -> None:
    """A decision for each field that could not be read; it names the field and never quotes what stood there."""
    for dropped in event.dropped:
        decision = left_out(event, event.type, Reason.UNREADABLE, f"{dropped.path}: {dropped.detail}", now)
        customer = person.customer.id if person else ""
        session.add_decision(subject, replace(decision, step=dropped.path, customer=customer))
