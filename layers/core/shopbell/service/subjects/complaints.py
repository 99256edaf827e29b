"""What an event makes of a complaint or a question; the customer's own record knows which are open."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from shopbell.domain.model.complaint import OPENED, RESOLVED
from shopbell.domain.model.events import Event, Json
from shopbell.domain.model.order import Order
from shopbell.domain.model.record import Occurrence, Occurrences, Record, event_version, field_versions
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import ComplaintState, SendRequest
from shopbell.service.ports import ContactKey, Session
from shopbell.service.subjects.customers import follow_customer, record_dropped
from shopbell.service.subjects.forgotten import erasure, heard, record_forgotten, silenced_complaint
from shopbell.service.subjects.identity import facts_about, resolve_customer
from shopbell.service.subjects.planning import follow

OF_THE_ORDER = {"order_number": "number", "order_total": "total", "order_currency": "currency"}
"""What a complaint's letters say of the order that it is about."""


def merge_complaint(
    session: Session, event: Event, shop: Shop, now: datetime, contact_key: ContactKey, known: str = ""
) -> list[SendRequest]:
    """`known`: the complaint's id where the event itself does not name it."""
    told: Mapping[str, Json] = event.extra.get("complaint") or {}
    before = session.complaint(known or str(told["id"]))
    about = str(told.get("order") or before.complaint.about)
    order = session.order(about) if about else None
    owner = before.customer or (order.customer if order else "")
    erased_at = erasure(session, event, before.complaint, owner, contact_key)
    merged = silenced_complaint(_merged(before, event, told, order.order if order else None), erased_at)
    person = resolve_customer(session, heard(event, erased_at), owner, contact_key, {} if erased_at else _own(merged))
    after = replace(merged, customer=person.customer.key if person else owner)
    facts, send_requests = facts_about(shop, person, after.decided_steps, complaint=after.complaint), []
    if person or after.complaint.happened(OPENED):  # else it waits for the word that says whose it is
        followed = follow(session, facts, now)
        send_requests, after = followed.send_requests, replace(after, decided_steps=followed.decided_steps)
    record_dropped(session, event, facts.subject, person, now)
    if erased_at:
        record_forgotten(session, event, facts.subject, now)
    if after != before:
        session.save_complaint(after)
    more = follow_customer(session, shop, person, now) if person and person.changed else []
    return [*send_requests, *more]


def _merged(state: ComplaintState, event: Event, told: Mapping[str, Json], order: Order | None) -> ComplaintState:
    words = {name: told[name] for name in ("kind", "order") if told.get(name)}
    of_order = {path: order.record.get(name) for path, name in OF_THE_ORDER.items()} if order else {}
    occurrence = Occurrence(event.at, event_version(event), dict(event.extra))
    occurrence_id = str(event.extra.get("task", ""))
    news = Record(field_versions(words | of_order, event), {event.type: {occurrence_id: occurrence}})
    return replace(state, complaint=replace(state.complaint, record=state.complaint.record.merged(news)))


def _own(state: ComplaintState) -> Occurrences:
    """For the customer's record: when it was opened and resolved, and nothing of what was said."""
    name, told = state.complaint.id, state.complaint.record.occurrences
    found = {event: next(iter(told[event].values())) for event in (OPENED, RESOLVED) if event in told}
    return {event: {name: Occurrence(each.at, each.version)} for event, each in found.items()}
