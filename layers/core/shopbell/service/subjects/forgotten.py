"""Whether what an event says may still be heard: nothing that was said before its person was forgotten."""

from dataclasses import replace

from shopbell.domain.model.events import Event
from shopbell.domain.model.history import ERASED, EntityHistory
from shopbell.domain.model.state import ContactState
from shopbell.domain.model.vocabulary import Reason
from shopbell.domain.rules.erasure import withdrawn_at
from shopbell.domain.time.calendar import format_stamp
from shopbell.service.ports import Session
from shopbell.service.subjects.identity import contacts_of
from shopbell.service.subjects.planning import record_left_out
from shopbell.service.subjects.work import Work


def erased_since(work: Work, event: Event, history: EntityHistory, owner: str) -> str:
    """When the subject, or whoever an event names, was forgotten; "" where it speaks of what came after.

    `owner`: the key of the customer whose subject it is so far.
    """
    if mark := history.last(ERASED):
        return format_stamp(mark)
    contacts = [state.contact for state in contacts_of(work.session, event, work.contact_key, owner)]
    owners = [f"id:{event.customer_id}"] if event.customer_id else [contact.whose for contact in contacts]
    moments = [contact.erased_at for contact in contacts]
    moments += [work.session.customer(key).entity.erased_at for key in {*owners, owner} if key]
    return max((moment for moment in moments if moment >= format_stamp(event.timestamp)), default="")


def redacted_event(event: Event, erased_at: str) -> Event:
    """An event without what it says of a person who was forgotten; the ids stay."""
    return replace(event, customer={}) if erased_at else event


def forget_contact(session: Session, state: ContactState, erased_at: str) -> None:
    """Its hash stays, so that it stays quiet, and remembers: what was said before may come later."""
    contact = state.contact
    at, withdrawn = max(erased_at, contact.erased_at), withdrawn_at(contact.withdrawn, erased_at)
    session.save_contact(replace(state, contact=replace(contact, erased_at=at, withdrawn=withdrawn, asked_at="")))


def forget_contacts(work: Work, event: Event, erased_at: str) -> None:
    """Those that nobody else has are theirs, too: a call from before may come after it."""
    for state in contacts_of(work.session, event, work.contact_key):
        if not state.contact.whose and state.contact.erased_at < erased_at:
            forget_contact(work.session, state, erased_at)


def record_forgotten(work: Work, event: Event, subject: str) -> None:
    detail = "the customer asked to be forgotten"
    record_left_out(work, event, subject, Reason.ERASED, detail)
