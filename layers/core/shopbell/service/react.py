"""React to an event: merge it, decide, plan, and schedule, all in one transaction."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from shopbell.domain.calendar import format_instant
from shopbell.domain.customer import Customer
from shopbell.domain.decide import decide
from shopbell.domain.events import Event
from shopbell.domain.facts import Facts
from shopbell.domain.journeys import NEWS, SWEEPS
from shopbell.domain.order import Order, occurrence_of, told_of
from shopbell.domain.shop import Shop
from shopbell.domain.state import Conflict, Doorbell, OrderState, Pointer
from shopbell.domain.words import Reason
from shopbell.service.erase import Erase
from shopbell.service.forgotten import erasure, heard, placed_since, record_forgotten, silenced
from shopbell.service.people import Person, keep
from shopbell.service.planning import carry_out, left_out, schedule, told_with
from shopbell.service.ports import ContactKey, Ring, Session, Store

ATTEMPTS = 5
ABOUT_ORDERS = tuple(name for name, rows in SWEEPS.items() if rows[0].about_order)
ABOUT_CUSTOMERS = tuple(name for name in SWEEPS if name not in ABOUT_ORDERS)


@dataclass(frozen=True, slots=True)
class React:
    """The use case; `pause` waits so many seconds before another attempt."""

    store: Store
    ring: Ring
    contact_key: ContactKey
    pause: Callable[[float], None] = time.sleep

    def __call__(self, event: Event, shop: Shop, now: datetime) -> None:
        """Raises Conflict when the subject is written to all the time; the queue brings the event again."""
        if event.type == "customer.erased":
            Erase(self.store, self.contact_key)(event, now)
            return
        for attempt in range(ATTEMPTS):
            session = self.store.session(event.shop)
            try:
                bells = self._merge(session, event, shop, now)
                session.commit()
            except Conflict:
                if attempt == ATTEMPTS - 1:
                    raise
                self.pause(random.uniform(0, 0.05 * 2**attempt))
            else:
                self.ring(bells)
                return

    def _merge(self, session: Session, event: Event, shop: Shop, now: datetime) -> list[Doorbell]:
        before = _order_before(session, event)
        if Erase(self.store, self.contact_key).guests(event, session, before.customer, now):
            raise Conflict("guests were forgotten with whom they turned out to be: read again")
        erased_at = erasure(session, event, before, self.contact_key)
        person = keep(session, heard(event, erased_at), before.customer, self.contact_key)
        subject = _subject(event, person)
        bells: list[Doorbell] = []
        if event.order_id is not None and not (erased_at and placed_since(before, erased_at)):
            after = silenced(_merged(before, event, person), erased_at)
            if person and after != before:
                session.check_customer(person.state)  # who may be forgotten meanwhile, and this order is not known yet
            bells = _merge_order(session, event, _facts(shop, after, person), before, after, now)
        if erased_at:
            record_forgotten(session, event, subject or "customer/unknown", now)
        _record_dropped(session, event, subject, person, now)
        _follow_customer(session, shop, person, now)
        return bells


def _order_before(session: Session, event: Event) -> OrderState:
    if event.order_id is None:
        return OrderState(Order(""))
    session.prefetch(order=event.order_id, sweeps=ABOUT_ORDERS, customers=[f"id:{event.customer_id or ''}"])
    return session.order(event.order_id)


def _subject(event: Event, person: Person | None) -> str:
    if event.order_id is not None:
        return f"order/{event.order_id}"
    return f"customer/{person.customer.key}" if person else ""


def _merge_order(
    session: Session, event: Event, facts: Facts, before: OrderState, after: OrderState, now: datetime
) -> list[Doorbell]:
    bells: list[Doorbell] = []
    if after.order.happened("order.placed"):
        verdicts = decide(facts, NEWS, now)
        bells = carry_out(session, facts, verdicts, now)
        after = replace(after, told=told_with(after.told, verdicts, now))
        for sweep in ABOUT_ORDERS:
            schedule(session, facts, sweep, now)
        _point(session, before, after)
    _record_repetition(session, event, before, facts, now)
    if after != before:
        session.save_order(after)
    return bells


def _merged(state: OrderState, event: Event, person: Person | None) -> OrderState:
    order = replace(state.order, record=state.order.record.merged(told_of(event)))
    return replace(state, order=order, customer=person.customer.key if person else state.customer)


def _facts(shop: Shop, state: OrderState, person: Person | None) -> Facts:
    if person is None:
        return Facts(shop, Customer(""), order=state.order, told=state.told)
    return Facts(shop, person.customer, person.email, person.phone, state.order, state.told)


def _follow_customer(session: Session, shop: Shop, person: Person | None, now: datetime) -> None:
    if person is None or not person.changed:
        return
    facts = Facts(shop, person.customer, person.email, person.phone)
    for sweep in ABOUT_CUSTOMERS:
        schedule(session, facts, sweep, now)


def _point(session: Session, before: OrderState, after: OrderState) -> None:
    """The customer's history gets an order once it is placed and whenever its total or owner changes."""
    order, placed_at = after.order, after.order.placed_at
    changed = (before.customer, before.order.amount("total")) != (after.customer, order.amount("total"))
    if after.customer and placed_at and (changed or not before.order.happened("order.placed")):
        skus = tuple(str(item.get("sku", "")) for item in order.items)
        pointer = Pointer(order.id, placed_at, order.amount("total"), order.text("currency"), skus)
        session.add_pointer(after.customer, pointer)


def _record_repetition(session: Session, event: Event, before: OrderState, facts: Facts, now: datetime) -> None:
    """An event told again that brings nothing new: one line says why nobody hears of it."""
    earlier = before.order.record.happened.get(event.type, {}).get(occurrence_of(event))
    if earlier is None or earlier.stamp.endswith(f"|{event.id}"):
        return
    detail = f"decided before; first happened at {format_instant(earlier.at)}"
    for journey in NEWS:
        if journey.event_type == event.type:
            said = left_out(event, journey.kind, Reason.ALREADY_SENT, detail, now)
            session.add_decision(facts.subject, replace(said, customer=facts.customer.id), event.id)


def _record_dropped(session: Session, event: Event, subject: str, person: Person | None, now: datetime) -> None:
    """What could not be read is named; never quoted."""
    customer = person.customer if person else None
    for dropped in event.dropped if subject else ():
        contact = dropped.path in ("customer.email", "customer.phone")
        reason = Reason.NO_CONTACT if contact else Reason.MISSING_FACTS
        said = left_out(event, event.type, reason, f"{dropped.path}: {dropped.detail}", now)
        session.add_decision(subject, replace(said, step=dropped.path, customer=customer.id if customer else ""))
