"""What an event makes of an order: merged, decided, planned and scheduled in one session."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from shopbell.domain.journeys import NEWS, SWEEPS_OF
from shopbell.domain.journeys.after import RECEIVED
from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.history import occurrence_id_of, record_of_event
from shopbell.domain.model.order import changes_of
from shopbell.domain.model.record import Occurrence, Occurrences, Record
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import OrderState, Pointer, SendRequest
from shopbell.domain.model.vocabulary import Reason
from shopbell.domain.rules.bonus import owing
from shopbell.domain.time.calendar import format_instant, format_stamp
from shopbell.service.ports import ContactKey, Session
from shopbell.service.subjects.customers import follow_customer, record_dropped
from shopbell.service.subjects.forgotten import erasure, heard, placed_since, record_forgotten, silenced
from shopbell.service.subjects.identity import CustomerContacts, facts_about, resolve_customer
from shopbell.service.subjects.planning import follow, left_out

PLACED, PAID, DELIVERED = EventType.ORDER_PLACED, EventType.ORDER_PAID, EventType.ORDER_DELIVERED
MONEY = frozenset({PLACED, PAID, EventType.ORDER_REFUNDED, EventType.ORDER_CANCELLED})
"""Events after which the bonus ledger may owe the customer something, or the other way round."""


def merge_order(
    session: Session, event: Event, shop: Shop, now: datetime, contact_key: ContactKey, more: Occurrences | None = None
) -> list[SendRequest]:
    """`more`: what else happened by the same event (a call that confirmed the order)."""
    order_id = event.order_id or ""
    customers = [f"id:{event.customer_id or ''}"]
    session.prefetch(order=order_id, sweeps=SWEEPS_OF["order"], customers=customers)
    before = session.order(order_id)
    erased_at = erasure(session, event, before.order, before.customer, contact_key)
    if erased_at:
        record_forgotten(session, event, f"order/{order_id}", now)
    merged = silenced(_merged(before, event, shop, more or {}), erased_at)
    if erased_at and placed_since(before, erased_at):
        merged = before  # a stray word from before is not about the order of whoever came back
    person = resolve_customer(session, heard(event, erased_at), before.customer, contact_key, _received(merged))
    after = replace(merged, customer=person.customer.key if person else before.customer)
    if person and after != before:
        session.check_customer(person.state)  # who may be forgotten meanwhile, and this order is not known yet
    facts = facts_about(shop, person, after.decided_steps, order=after.order)
    send_requests: list[SendRequest] = []
    if after.order.happened(PLACED) and merged is not before:
        followed = follow(session, facts, now)
        send_requests, order = followed.send_requests, followed.facts.order or after.order
        after = replace(after, order=order, decided_steps=followed.decided_steps)
        _point(session, before, after)
        _keep_bonus(session, event, shop, after, person)
    _record_repetition(session, event, before, facts, now)
    record_dropped(session, event, facts.subject, person, now)
    if after != before:
        session.save_order(after)
    if person and person.changed:
        send_requests += follow_customer(session, shop, person, now)
    return send_requests


def _merged(state: OrderState, event: Event, shop: Shop, more: Occurrences) -> OrderState:
    told = record_of_event(event, changes_of(event, shop.payment.absorb_increase))
    record = state.order.record.merged(told).merged(Record(occurrences=more))
    return replace(state, order=replace(state.order, record=record))


def _received(state: OrderState) -> Occurrences:
    """What the customer's own record keeps of it: that an order of theirs arrived."""
    told = state.order.happened(PLACED) and not state.order.erased
    at = state.order.first(DELIVERED) if told else None
    return {RECEIVED: {"": Occurrence(at, f"{format_stamp(at)}|{state.order.id}")}} if at else {}


def _keep_bonus(session: Session, event: Event, shop: Shop, after: OrderState, person: CustomerContacts | None) -> None:
    if person is None or event.type not in MONEY or not after.order.happened(PAID):
        return
    entries = session.bonus([person.customer.key, *person.customer.aliases])
    for entry in owing(after.order, entries, shop.bonus):
        session.add_bonus(person.customer.key, entry)


def _point(session: Session, before: OrderState, after: OrderState) -> None:
    """The customer's history gets an order once it is placed and whenever its total or owner changes."""
    order, placed_at = after.order, after.order.placed_at
    changed = (before.customer, before.order.amount("total")) != (after.customer, order.amount("total"))
    if after.customer and placed_at and (changed or not before.order.happened(PLACED)):
        skus = tuple(str(item.get("sku", "")) for item in order.items)
        pointer = Pointer(order.id, placed_at, order.amount("total"), order.text("currency"), skus)
        session.add_pointer(after.customer, pointer)


def _record_repetition(session: Session, event: Event, before: OrderState, facts: Facts, now: datetime) -> None:
    """An event told again that brings nothing new: one line says why nobody hears of it."""
    earlier = before.order.record.occurrences.get(event.type, {}).get(occurrence_id_of(event))
    if earlier is None or earlier.version.endswith(f"|{event.id}"):
        return
    detail = f"decided before; first happened at {format_instant(earlier.at)}"
    for kind in KINDS_OF.get(event.type, ()):
        said = left_out(event, kind, Reason.ALREADY_SENT, detail, now)
        session.add_decision(facts.subject, replace(said, customer=facts.customer.id), event.id)


KINDS_OF: Mapping[str, tuple[str, ...]] = {
    event_type: tuple(dict.fromkeys(row.kind for row in NEWS if row.event_type == event_type))
    for event_type in {row.event_type for row in NEWS}
}
"""What an event may be news for."""
