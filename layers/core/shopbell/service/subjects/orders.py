"""What an event makes of an order."""

from dataclasses import replace

from shopbell.domain.deciding.subjects import order_merged
from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.order import Order
from shopbell.domain.model.record import Occurrence, Occurrences, Record
from shopbell.domain.model.state import Pointer, SendRequest
from shopbell.domain.model.subject import Subject
from shopbell.domain.rules.bonus import owing
from shopbell.domain.rules.erasure import placed_since, redacted_order
from shopbell.domain.time.calendar import format_stamp
from shopbell.service.subjects.advance import advance, save
from shopbell.service.subjects.customers import advance_customer, record_dropped
from shopbell.service.subjects.forgotten import erased_since, record_forgotten, redacted_event
from shopbell.service.subjects.identity import CustomerContacts, resolve_customer
from shopbell.service.subjects.repetition import record_repetition
from shopbell.service.subjects.work import Work

MONEY = frozenset({EventType.ORDER_PLACED, EventType.ORDER_PAID, EventType.ORDER_REFUNDED, EventType.ORDER_CANCELLED})
"""Events after which the bonus ledger may owe the customer something, or the other way round."""


def merge_order(work: Work, event: Event, more: Occurrences | None = None) -> list[SendRequest]:
    """`more`: what else happened by the same event (a call that confirmed the order)."""
    session = work.session
    before = session.order(event.order_id or "")
    erased_at = erased_since(work, event, before.entity, before.customer)
    if erased_at:
        record_forgotten(work, event, before.name)
    order = _merged(work, before.entity, event, erased_at, more or {})
    person = resolve_customer(work, redacted_event(event, erased_at), before.customer, _received(order))
    after = replace(before, entity=order, customer=person.customer.key if person else before.customer)
    requests = _advanced(work, event, before, after, person)
    record_repetition(work, event, before, person)
    record_dropped(work, event, before.name, person)
    return requests + advance_customer(work, person)


def _merged(work: Work, order: Order, event: Event, erased_at: str, more: Occurrences) -> Order:
    merged = order_merged(order, event, work.shop)
    merged = replace(merged, record=merged.record.merged(Record(occurrences=more)))
    if not erased_at:
        return merged
    if placed_since(order, erased_at):
        return order  # a stray word from before is not about the order of whoever came back
    return redacted_order(merged, erased_at)


def _advanced(
    work: Work, event: Event, before: Subject[Order], after: Subject[Order], person: CustomerContacts | None
) -> list[SendRequest]:
    """News that comes before the order is placed waits for it."""
    if after != before:
        _point(work, before, after)
        _keep_customer(work, person)
    if not after.entity.happened(EventType.ORDER_PLACED):
        save(work, before, after)
        return []
    _keep_bonus(work, event, after, person)
    return advance(work, before, after, person)


def _keep_customer(work: Work, person: CustomerContacts | None) -> None:
    """Who may be forgotten meanwhile, and this order is not known to be theirs yet; and they are kept as long as it."""
    if person is None or person.has_news:
        return
    if work.session.expires_too_soon(person.subject.expires_at):
        work.session.save(person.subject, has_new_facts=False)
    else:
        work.session.check(person.subject)


def _received(order: Order) -> Occurrences:
    """What the customer's own record keeps of it: that an order of theirs arrived."""
    placed = order.happened(EventType.ORDER_PLACED) and not order.erased
    at = order.first(EventType.ORDER_DELIVERED) if placed else None
    if at is None:
        return {}
    return {EventType.CUSTOMER_RECEIVED: {"": Occurrence(at, f"{format_stamp(at)}|{order.id}")}}


def _keep_bonus(work: Work, event: Event, after: Subject[Order], person: CustomerContacts | None) -> None:
    if person is None or event.type not in MONEY or not after.entity.happened(EventType.ORDER_PAID):
        return
    entries = work.session.bonus([person.customer.key, *person.customer.aliases])
    for entry in owing(after.entity, entries, work.shop.bonus):
        work.session.add_bonus(person.customer.key, entry)


def _point(work: Work, before: Subject[Order], after: Subject[Order]) -> None:
    """The customer's history gets an order as soon as it is known whose it is, placed or not, so that an erasure finds
    it; and whenever its total or owner changes."""
    if after.customer and _pointed(before) != _pointed(after):
        work.session.add_pointer(after.customer, pointer_to(after.entity))


def pointer_to(order: Order) -> Pointer:
    """As its customer's history names it."""
    skus = tuple(str(item.get("sku", "")) for item in order.items)
    return Pointer(order.id, order.placed_at, order.amount("total"), order.text("currency"), skus)


def _pointed(subject: Subject[Order]) -> tuple[object, ...]:
    order = subject.entity
    return subject.customer, order.placed_at, order.amount("total")
