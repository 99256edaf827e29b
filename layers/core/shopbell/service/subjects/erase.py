"""Forget a customer: everything personal is removed, with the moment of forgetting as its version."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from shopbell.domain.deciding.subjects import SUBJECTS
from shopbell.domain.journeys import BY_NAME
from shopbell.domain.model.agenda import Agenda
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.order import Order
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import ContactState
from shopbell.domain.model.subject import Subject
from shopbell.domain.model.vocabulary import Reason, SubjectKind
from shopbell.domain.rules.erasure import began_since, redacted_customer, unnamed_occurrence
from shopbell.domain.time.calendar import format_instant, format_stamp, parse_instant
from shopbell.service.ports import Session
from shopbell.service.subjects.belongings import Belongings, contacts_known, owners_of
from shopbell.service.subjects.customers import NOBODY
from shopbell.service.subjects.forgotten import forget_contact
from shopbell.service.subjects.identity import contacts_of, guests_of
from shopbell.service.subjects.planning import record_left_out
from shopbell.service.subjects.pointers import add_pointer
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
            forget_contact(work.session, state, at)
        keys = owners_of(work.session, event.customer_id, contacts)
        if not any(work.session.customer(key).version for key in keys):
            _record_nobody(work, event)
        work.session.commit()
        for key in keys:
            self._forget(shop, key, at, now)

    def guests(self, work: Work, event: Event, owner: str) -> bool:
        """Whether an event ties guests to somebody who was forgotten: by now they are, too."""
        contacts = contacts_of(work.session, event, work.contact_key, owner)
        erased_at = _erased_at(work.session, event, contacts)
        if not erased_at:
            return False
        guests = guests_of(work.session, f"id:{event.customer_id or ''}", contacts, owner)
        late = [guest.entity.key for guest in guests if guest.entity.erased_at < erased_at]
        for guest in late:
            self._forget(work.shop, guest, erased_at, work.now)
        return bool(late)

    def _forget(self, shop: Shop, key: str, at: str, now: datetime) -> None:
        """Each subject alone: however many there are, no transaction grows with them."""
        belongings = Belongings(self.workplace.store, shop.id, self.workplace.contact_key)
        owner = key
        for subject in belongings(key):
            kind, _, name = subject.partition("/")
            if kind == SubjectKind.CUSTOMER:
                owner = name
                self._forget_customer(shop, name, at, now)
            else:
                self._forget_subject(shop, subject, owner, at, now)

    def _forget_customer(self, shop: Shop, key: str, at: str, now: datetime) -> None:
        work = self.workplace.work(shop, now)
        _forget_customer(work, work.session.customer(key), at)
        work.session.commit()

    def _forget_subject(self, shop: Shop, name: str, owner: str, at: str, now: datetime) -> None:
        """An order or a complaint; one that began since is of somebody who came back."""
        session = self.workplace.work(shop, now).session
        subject = session.subject(name)
        if began_since(subject.entity, SUBJECTS[subject.entity.kind].begins_with, at):
            return
        _forget(session, subject, at, owner)
        session.commit()
        self.workplace.store.rename_occurrences(shop.id, name, _unnamed)


def _erased_at(session: Session, event: Event, contacts: list[ContactState]) -> str:
    """Of an id whenever it is named; of a contact where what names it was said before."""
    if event.customer_id:
        return session.customer(f"id:{event.customer_id}").entity.erased_at
    erased_at = max((state.contact.erased_at for state in contacts), default="")
    return erased_at if erased_at >= format_stamp(event.timestamp) else ""


def _forget_customer(work: Work, subject: Subject[Customer], at: str) -> None:
    customer = subject.entity
    for state in contacts_known(work.session, work.shop.id, customer, work.contact_key):
        forget_contact(work.session, state, at)
    emptied_at = customer.emptied_at if at <= customer.erased_at else format_instant(work.now)
    forgotten = replace(redacted_customer(customer, at), emptied_at=emptied_at)
    work.session.save(replace(subject, entity=forgotten), has_new_facts=True)
    work.session.unlist_customer(customer.key)
    work.session.forget_units(customer.key, parse_instant(at))
    for sku in customer.record.occurrences.get(EventType.PRODUCT_WANTED, {}):
        work.session.forget_wishes(sku, customer.key)


def _record_nobody(work: Work, event: Event) -> None:
    fields = ", ".join(dropped.path for dropped in event.dropped) or "the event"
    detail = f"nobody is known by what {fields} says"
    record_left_out(work, event, NOBODY, Reason.NO_CONTACT, detail)


def _forget(session: Session, subject: Subject[Any], at: str, owner: str) -> None:
    """`owner`: in whose history an order stands, which tells what was bought."""
    redacted = SUBJECTS[subject.entity.kind].redacted(subject.entity, at)
    forgotten = replace(subject, entity=redacted, agenda=_unnamed_agenda(subject.agenda))
    if forgotten == subject:  # by an attempt that did not come to its end: the next one gets further
        return
    session.save(forgotten, has_new_facts=True)
    if isinstance(subject.entity, Order):
        add_pointer(session, replace(forgotten, customer=owner))


def _unnamed_agenda(agenda: Agenda) -> Agenda:
    """Whose steps are those of the parcels as they are called now."""
    steps = ((key.partition("|"), step) for key, step in agenda.decided.items())
    return replace(agenda, decided={f"{row}|{_unnamed(row, occurrence)}": step for (row, _, occurrence), step in steps})


def _unnamed(row: str, occurrence_id: str) -> str:
    """Of a row of the table that is about parcels."""
    return unnamed_occurrence(BY_NAME[row].event_type, occurrence_id) if row in BY_NAME else occurrence_id
