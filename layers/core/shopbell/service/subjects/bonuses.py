"""Bonus units that a customer spent, as the shop's checkout tells."""

from datetime import datetime

from shopbell.domain.model.bonus import Entry
from shopbell.domain.model.events import Event
from shopbell.domain.model.history import EntityHistory
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import SendRequest
from shopbell.domain.rules.bonus import SPENT
from shopbell.service.ports import ContactKey, Session
from shopbell.service.subjects.customers import merge_customer
from shopbell.service.subjects.forgotten import erasure
from shopbell.service.subjects.identity import resolve_customer


def spend(session: Session, event: Event, shop: Shop, now: datetime, contact_key: ContactKey) -> list[SendRequest]:
    """Once for an order, whoever tells it how often; without an order, once for an event."""
    forgotten = erasure(session, event, EntityHistory(""), "", contact_key)
    person = None if forgotten else resolve_customer(session, event, "", contact_key)
    if person is None:
        return merge_customer(session, event, shop, now, contact_key)
    order = str(event.extra.get("order") or "")
    name = f"{SPENT}#{order or event.id}"
    known = session.bonus([person.customer.key, *person.customer.aliases])
    if name not in {entry.name for entry in known}:
        session.add_bonus(person.customer.key, Entry(name, event.at, -int(event.extra["units"]), order))
    return []
