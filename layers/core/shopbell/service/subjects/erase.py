"""Forget a customer: everything personal becomes unsaid, with the moment of forgetting as its stamp."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from shopbell.domain.model.complaint import OPENED, RESOLVED
from shopbell.domain.model.events import Event
from shopbell.domain.model.record import Record
from shopbell.domain.model.state import ComplaintState, ContactState, CustomerState, OrderState
from shopbell.domain.model.vocabulary import Reason
from shopbell.domain.rules.consent import MARKETING, PURPOSES
from shopbell.domain.time.calendar import format_instant, format_stamp, parse_instant
from shopbell.service.ports import ContactKey, Session, Store
from shopbell.service.subjects.forgotten import placed_since, silenced, silenced_complaint, unsaid, without_words
from shopbell.service.subjects.identity import CONTACTS, guests_of, later, named
from shopbell.service.subjects.planning import left_out

PERSONAL = ("name", "email", "phone", "locale", "timezone", "gender", "birthday")
UNSAID = (*PERSONAL, *(f"{what}.{purpose}" for what in ("consent", "agreed") for purpose in PURPOSES))


@dataclass(frozen=True, slots=True)
class Erase:
    """The use case. Done twice it is done once; what was said after its moment stays."""

    store: Store
    contact_key: ContactKey

    def __call__(self, event: Event, now: datetime) -> None:
        """All of them the contact or id stands for, with their orders. The contact's hash stays, so that it stays
        quiet, and remembers: what was said before may come later."""
        session, at = self.store.session(event.shop), format_stamp(event.timestamp)
        contacts = named(session, event, "", self.contact_key)
        for state in contacts:
            _forget_contact(session, state, at)
        found = _whom(session, event, contacts)
        if not any(session.customer(key).version for key in found):
            _record_nobody(session, event, now)
        session.commit()
        for key in found:
            self._forget(event.shop, key, at, now)

    def guests(self, event: Event, session: Session, known: str, now: datetime) -> bool:
        """Whether an event ties guests to an id that was forgotten: by now they are, too."""
        key = f"id:{event.customer_id or ''}"
        erased_at = session.customer(key).customer.erased_at if event.customer_id else ""
        if not erased_at:
            return False
        found = guests_of(session, key, named(session, event, known, self.contact_key), known)
        late = [guest.customer.key for guest in found if guest.customer.erased_at < erased_at]
        for guest in late:
            self._forget(event.shop, guest, erased_at, now)
        return bool(late)

    def _forget(self, shop: str, key: str, at: str, now: datetime) -> None:
        customer = self.store.session(shop).customer(key).customer
        for each in (*customer.aliases, key):
            # The customer first: an order that is merged meanwhile then sees it, or is in the list already.
            session = self.store.session(shop)
            self._forget_customer(session, shop, session.customer(each), at, now)
            session.commit()
            for pointer in list(self.store.pointers(shop, each)):
                session = self.store.session(shop)
                _forget_order(session, session.order(pointer.order), at)
                session.commit()
            session = self.store.session(shop)
            happened = session.customer(each).customer.record.occurrences
            for complaint in {**happened.get(OPENED, {}), **happened.get(RESOLVED, {})}:
                _forget_complaint(session, session.complaint(complaint), at)
            session.commit()

    def _forget_customer(self, session: Session, shop: str, state: CustomerState, at: str, now: datetime) -> None:
        customer = state.customer
        for name in CONTACTS:
            if address := customer.text(name):
                _forget_contact(session, session.contact(self.contact_key(shop, address)), at)
        forgotten = replace(
            customer,
            record=_forgotten(customer.record, at),
            erased_at=max(at, customer.erased_at),
            emptied_at=customer.emptied_at if at <= customer.erased_at else format_instant(now),
            withdrawn=_withdrawn(customer.withdrawn, at),
        )
        session.save_customer(replace(state, customer=forgotten))


def _forgotten(record: Record, at: str) -> Record:
    """What was said since stays, and of calls and complaints until then only that they were."""
    until = {
        kind: {name: each for name, each in found.items() if format_stamp(each.at) <= at}
        for kind, found in record.occurrences.items()
    }
    return record.merged(Record(unsaid(UNSAID, at), without_words(until, at)))


def _whom(session: Session, event: Event, contacts: list[ContactState]) -> list[str]:
    """An id is exact: of the contacts named beside it, only guests are forgotten with it."""
    owners = [state.contact.whose for state in contacts if state.contact.whose]
    owners = [session.customer(key).customer.merged_into or key for key in owners]
    if event.customer_id:
        owners = [f"id:{event.customer_id}", *(key for key in owners if not key.startswith("id:"))]
    return list(dict.fromkeys(owners))


def _record_nobody(session: Session, event: Event, now: datetime) -> None:
    said = ", ".join(dropped.path for dropped in event.dropped) or "the event"
    detail = f"nobody is known by what {said} says"
    session.add_decision("customer/unknown", left_out(event, event.type, Reason.NO_CONTACT, detail, now))


def _forget_order(session: Session, state: OrderState, at: str) -> None:
    if not placed_since(state, at):
        session.save_order(silenced(state, at))


def _forget_complaint(session: Session, state: ComplaintState, at: str) -> None:
    opened = state.complaint.first(OPENED)
    if opened is None or format_stamp(opened) <= at:
        session.save_complaint(silenced_complaint(state, at))


def _forget_contact(session: Session, state: ContactState, at: str) -> None:
    contact = state.contact
    erased_at, withdrawn = max(at, contact.erased_at), _withdrawn(contact.withdrawn, at)
    session.save_contact(replace(state, contact=replace(contact, erased_at=erased_at, withdrawn=withdrawn)))


def _withdrawn(before: Mapping[str, str], at: str) -> dict[str, str]:
    return later(before, dict.fromkeys(MARKETING, format_instant(parse_instant(at))))
