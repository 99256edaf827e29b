"""Forget a customer: everything personal becomes unsaid, with the moment of forgetting as its stamp."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from shopbell.domain.calendar import format_instant
from shopbell.domain.complaint import OPENED
from shopbell.domain.consent import MARKETING, PURPOSES
from shopbell.domain.customer import Customer
from shopbell.domain.events import Event
from shopbell.domain.record import Happening, Happenings, Record, Word, stamp
from shopbell.domain.state import ComplaintState, ContactState, CustomerState, OrderState
from shopbell.domain.words import Reason
from shopbell.service.people import CONTACTS
from shopbell.service.planning import left_out
from shopbell.service.ports import ContactKey, Session, Store

KEPT = frozenset({"number", "currency", "total", "discount_total", "placed_at", "payment.method", "delivery.method"})
"""Fields of an order that say nothing of a person; its bookkeeping needs them."""

PERSONAL = ("name", "email", "phone", "locale", "timezone", "gender", "birthday")
UNSAID = (*PERSONAL, *(f"{what}.{purpose}" for what in ("consent", "agreed") for purpose in PURPOSES))
ORDER_UNSAID = ("url", "items", "payment.details", "payment.title", "payment.url", "delivery.address")


def erase(event: Event, store: Store, contact_key: ContactKey, now: datetime) -> None:
    """All of them the contact or id stands for, with their orders; the contact's hash stays, so that it stays quiet."""
    found = _whom(store.session(event.shop), event, contact_key)
    if not found:
        _record_nobody(store.session(event.shop), event, now)
    for key in found:
        aliases = store.session(event.shop).customer(key).customer.aliases
        for each in (*aliases, key):
            for pointer in list(store.pointers(event.shop, each)):
                session = store.session(event.shop)
                _forget_order(session, event, session.order(pointer.order))
                session.commit()
            session = store.session(event.shop)
            for complaint in session.customer(each).customer.record.happened.get(OPENED, {}):
                _forget_complaint(session, event, session.complaint(complaint))
            _forget_customer(session, event, session.customer(each), contact_key, now)
            session.commit()


def _whom(session: Session, event: Event, contact_key: ContactKey) -> list[str]:
    if event.customer_id:
        return [f"id:{event.customer_id}"]
    named = [str(event.customer[name]) for name in CONTACTS if event.customer.get(name)]
    owners = [session.contact(contact_key(event.shop, address)).contact.whose for address in named]
    return list(dict.fromkeys(filter(None, owners)))


def _record_nobody(session: Session, event: Event, now: datetime) -> None:
    said = ", ".join(dropped.path for dropped in event.dropped) or "the event"
    detail = f"nobody is known by what {said} says"
    session.add_decision("customer/unknown", left_out(event, event.type, Reason.NO_CONTACT, detail, now))
    session.commit()


def _forget_order(session: Session, event: Event, state: OrderState) -> None:
    record = state.order.record
    personal = [path for path in (*record.fields, *ORDER_UNSAID) if path not in KEPT]
    unsaid = _unsaid(personal, event)
    forgotten = Record({**record.fields, **unsaid}, _silent(record, event))
    session.save_order(replace(state, order=replace(state.order, record=forgotten)))


def _silent(record: Record, event: Event) -> Happenings:
    """What happened, and nothing of what was said of it."""
    return {
        kind: {name: Happening(each.at, stamp(event), {}) for name, each in named.items()}
        for kind, named in record.happened.items()
    }


def _forget_complaint(session: Session, event: Event, state: ComplaintState) -> None:
    forgotten = Record(_unsaid(state.complaint.record.fields, event), _silent(state.complaint.record, event))
    session.save_complaint(replace(state, complaint=replace(state.complaint, record=forgotten)))


def _unsaid(paths: Iterable[str], event: Event) -> dict[str, Word]:
    return {path: Word(None, stamp(event)) for path in paths}


def _forget_customer(
    session: Session, event: Event, state: CustomerState, contact_key: ContactKey, now: datetime
) -> None:
    customer = state.customer
    for name in CONTACTS:
        if address := customer.text(name):
            _forget_contact(session, session.contact(contact_key(event.shop, address)), now)
    record = Record({**customer.record.fields, **_unsaid(UNSAID, event)})
    session.save_customer(replace(state, customer=_forgotten(customer, record, now)))


def _forgotten(customer: Customer, record: Record, now: datetime) -> Customer:
    at = format_instant(now)
    return replace(
        customer, record=record, erased_at=at, withdrawn={**customer.withdrawn, **dict.fromkeys(MARKETING, at)}
    )


def _forget_contact(session: Session, state: ContactState, now: datetime) -> None:
    at = format_instant(now)
    contact = replace(
        state.contact, erased_at=at, withdrawn={**state.contact.withdrawn, **dict.fromkeys(MARKETING, at)}
    )
    session.save_contact(replace(state, contact=contact))
