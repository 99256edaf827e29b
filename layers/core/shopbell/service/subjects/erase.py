"""Forget a customer: everything personal is removed, with the moment of forgetting as its version."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from shopbell.domain.deciding.subjects import SUBJECTS
from shopbell.domain.model.complaint import OPENED, RESOLVED
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.events import Event
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import ContactState
from shopbell.domain.model.subject import Subject
from shopbell.domain.model.vocabulary import Reason
from shopbell.domain.rules.erasure import began_since, redacted_customer, withdrawn_at
from shopbell.domain.time.calendar import format_instant, format_stamp
from shopbell.service.ports import Session
from shopbell.service.subjects.identity import CONTACTS, contacts_of, guests_of, who_it_is
from shopbell.service.subjects.planning import left_out
from shopbell.service.subjects.work import Work, Workplace


@dataclass(frozen=True, slots=True)
class Erase:
    """The use case. Done twice it is done once; what was said after its moment stays."""

    workplace: Workplace

    def __call__(self, event: Event, shop: Shop, now: datetime) -> None:
        """All of them the contact or id stands for, with their orders. The contact's hash stays, so that it stays
        quiet, and remembers: what was said before may come later."""
        work, at = self.workplace.work(shop, now), format_stamp(event.timestamp)
        contacts = contacts_of(work.session, event, work.contact_key)
        for state in contacts:
            _forget_contact(work.session, state, at)
        keys = _whom(work.session, event, contacts)
        if not any(work.session.customer(key).version for key in keys):
            _record_nobody(work, event)
        work.session.commit()
        for key in keys:
            self._forget(shop, key, at, now)

    def guests(self, work: Work, event: Event, owner: str) -> bool:
        """Whether an event ties guests to an id that was forgotten: by now they are, too."""
        key = f"id:{event.customer_id or ''}"
        erased_at = work.session.customer(key).entity.erased_at if event.customer_id else ""
        if not erased_at:
            return False
        contacts = contacts_of(work.session, event, work.contact_key, owner)
        guests = guests_of(work.session, key, contacts, owner)
        late = [guest.entity.key for guest in guests if guest.entity.erased_at < erased_at]
        for guest in late:
            self._forget(work.shop, guest, erased_at, work.now)
        return bool(late)

    def _forget(self, shop: Shop, key: str, at: str, now: datetime) -> None:
        customer = self.workplace.store.session(shop.id).customer(key).entity
        for name in (*customer.aliases, key):
            # The customer first: an order that is merged meanwhile then sees it, or is in the list already.
            work = self.workplace.work(shop, now)
            _forget_customer(work, work.session.customer(name), at)
            work.session.commit()
            self._forget_theirs(shop, name, at, now)

    def _forget_theirs(self, shop: Shop, key: str, at: str, now: datetime) -> None:
        """Each alone: however many there are, no transaction grows with them."""
        orders = [f"order/{pointer.order}" for pointer in self.workplace.store.pointers(shop.id, key)]
        for name in (*orders, *(f"complaint/{complaint}" for complaint in self._complaints(shop.id, key))):
            session = self.workplace.work(shop, now).session
            _forget(session, session.subject(name), at)
            session.commit()

    def _complaints(self, shop: str, key: str) -> Iterator[str]:
        """By the pointers; and by the customer's record, which alone knew them in the former version."""
        occurrences = self.workplace.store.session(shop).customer(key).entity.record.occurrences
        recorded = {**occurrences.get(OPENED, {}), **occurrences.get(RESOLVED, {})}
        yield from dict.fromkeys((*self.workplace.store.complaint_pointers(shop, key), *recorded))


def _forget_customer(work: Work, subject: Subject[Customer], at: str) -> None:
    customer = subject.entity
    for name in CONTACTS:
        if address := customer.text(name):
            _forget_contact(work.session, work.session.contact(work.contact_key(work.shop.id, address)), at)
    emptied_at = customer.emptied_at if at <= customer.erased_at else format_instant(work.now)
    forgotten = replace(redacted_customer(customer, at), emptied_at=emptied_at)
    work.session.save(replace(subject, entity=forgotten), has_new_facts=True)
    work.session.unlist_customer(customer.key)


def _whom(session: Session, event: Event, contacts: list[ContactState]) -> list[str]:
    """An id is exact: of the contacts named beside it, only guests are forgotten with it."""
    owners = [who_it_is(session, state.contact.whose).entity.key for state in contacts if state.contact.whose]
    if event.customer_id:
        owners = [f"id:{event.customer_id}", *(key for key in owners if not key.startswith("id:"))]
    return list(dict.fromkeys(owners))


def _record_nobody(work: Work, event: Event) -> None:
    fields = ", ".join(dropped.path for dropped in event.dropped) or "the event"
    detail = f"nobody is known by what {fields} says"
    decision = left_out(event, event.type, Reason.NO_CONTACT, detail, work.now)
    work.session.add_decision("customer/unknown", decision, event.id)


def _forget(session: Session, subject: Subject[Any], at: str) -> None:
    """An order or a complaint; one that began since is of somebody who came back."""
    kind = SUBJECTS[subject.entity.kind]
    if not began_since(subject.entity, kind.begins_with, at):
        session.save(replace(subject, entity=kind.redacted(subject.entity, at)), has_new_facts=True)


def _forget_contact(session: Session, state: ContactState, at: str) -> None:
    contact = state.contact
    erased_at, withdrawn = max(at, contact.erased_at), withdrawn_at(contact.withdrawn, at)
    session.save_contact(replace(state, contact=replace(contact, erased_at=erased_at, withdrawn=withdrawn)))
