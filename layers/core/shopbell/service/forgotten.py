"""What may still be heard of whoever was forgotten: nothing that was said until then, nothing of their orders."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from shopbell.domain.calendar import format_stamp, parse_instant
from shopbell.domain.events import Event
from shopbell.domain.order import ERASED
from shopbell.domain.record import Happening, Record, Word
from shopbell.domain.state import OrderState
from shopbell.domain.words import Reason
from shopbell.service.people import named
from shopbell.service.planning import left_out
from shopbell.service.ports import ContactKey, Session

KEPT = frozenset({"number", "currency", "total", "discount_total", "placed_at", "payment.method", "delivery.method"})
"""Fields of an order that say nothing of a person; its bookkeeping needs them."""

ORDER_UNSAID = ("url", "items", "payment.details", "payment.title", "payment.url", "delivery.address")


def erasure(session: Session, event: Event, before: OrderState, contact_key: ContactKey) -> str:
    """When the order, or whoever an event names, was forgotten; "" where it speaks of what came after."""
    if mark := before.order.last(ERASED):
        return format_stamp(mark)
    contacts = [state.contact for state in named(session, event, before.customer, contact_key)]
    owners = [f"id:{event.customer_id}"] if event.customer_id else [contact.whose for contact in contacts]
    found = [contact.erased_at for contact in contacts]
    found += [session.customer(key).customer.erased_at for key in {*owners, before.customer} if key]
    return max((at for at in found if at >= format_stamp(event.at)), default="")


def heard(event: Event, erased_at: str) -> Event:
    """An event without what it says of a person who was forgotten; the ids stay."""
    return replace(event, customer={}) if erased_at else event


def placed_since(state: OrderState, erased_at: str) -> bool:
    """A new order of somebody who was forgotten and came back."""
    placed = state.order.first("order.placed")
    return placed is not None and format_stamp(placed) > erased_at


def silenced(state: OrderState, erased_at: str) -> OrderState:
    """An order with nothing personal, of which nothing is told any more."""
    if not erased_at:
        return state
    record = state.order.record
    personal = [path for path in (*record.fields, *ORDER_UNSAID) if path not in KEPT]
    silent = {
        kind: {name: Happening(each.at, last_word(erased_at), {}) for name, each in named.items()}
        for kind, named in record.happened.items()
    }
    mark = {ERASED: {"": Happening(parse_instant(erased_at), last_word(erased_at))}}
    forgotten = Record({**record.fields, **unsaid(personal, erased_at)}, silent | mark)
    return replace(state, order=replace(state.order, record=forgotten))


def unsaid(paths: Iterable[str], erased_at: str) -> dict[str, Word]:
    return {path: Word(None, last_word(erased_at)) for path in paths}


def last_word(erased_at: str) -> str:
    """A stamp larger than that of any event of the same moment."""
    return f"{erased_at}|~~"


def record_forgotten(session: Session, event: Event, subject: str, now: datetime) -> None:
    detail = "the customer asked to be forgotten"
    session.add_decision(subject, left_out(event, event.type, Reason.ERASED, detail, now), event.id)
