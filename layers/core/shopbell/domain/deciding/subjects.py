"""The kinds of subjects, a line each: what an event makes of one, what is kept of it when its person is forgotten, what
has to happen before anything is decided, and which rows of the table are about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from shopbell.domain.journeys import NEWS, ROWS_OF
from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.complaint import OPENED, Complaint
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.events import Event, EventType, Json
from shopbell.domain.model.history import record_of_event
from shopbell.domain.model.order import Order, changes_of
from shopbell.domain.model.record import Occurrence, Record, event_version, field_versions
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.domain.rules.erasure import redacted_complaint, redacted_order

E = TypeVar("E", Order, Complaint, Customer)

REMEMBERED = frozenset(row.event_type for row in NEWS) | {EventType.CALL_DONE, EventType.REVIEW_POSTED}
"""What a customer's record remembers to have happened; what they say of themselves is in its fields."""


@dataclass(frozen=True, slots=True)
class SubjectType(Generic[E]):
    """`begins_with`: news that comes before this event waits for it; None: nothing waits."""

    new: Callable[[str], E]
    merged: Callable[[E, Event, Shop], E]
    redacted: Callable[[E, str], E] | None
    begins_with: EventType | None
    rows: tuple[Journey, ...]


def order_merged(order: Order, event: Event, shop: Shop) -> Order:
    news = record_of_event(event, changes_of(event, shop.payment.absorb_increase))
    return replace(order, record=order.record.merged(news))


def complaint_merged(complaint: Complaint, event: Event, shop: Shop) -> Complaint:
    words: Mapping[str, Json] = event.extra.get("complaint") or {}
    fields = {name: words[name] for name in ("kind", "order") if words.get(name)}
    occurrence = Occurrence(event.at, event_version(event), dict(event.extra))
    task = str(event.extra.get("task", ""))
    news = Record(field_versions(fields, event), {event.type: {task: occurrence}})
    return replace(complaint, record=complaint.record.merged(news))


def customer_merged(customer: Customer, event: Event, shop: Shop) -> Customer:
    """What happened to them; what they say of themselves is merged where it is found out who they are."""
    if event.type not in REMEMBERED:
        return customer
    return replace(customer, record=customer.record.merged(record_of_event(event, {})))


SUBJECTS: Mapping[SubjectKind, SubjectType[Any]] = {
    SubjectKind.ORDER: SubjectType(
        new=Order,
        merged=order_merged,
        redacted=redacted_order,
        begins_with=EventType.ORDER_PLACED,
        rows=ROWS_OF[SubjectKind.ORDER],
    ),
    SubjectKind.COMPLAINT: SubjectType(
        new=Complaint,
        merged=complaint_merged,
        redacted=redacted_complaint,
        begins_with=OPENED,
        rows=ROWS_OF[SubjectKind.COMPLAINT],
    ),
    SubjectKind.CUSTOMER: SubjectType(
        new=Customer,
        merged=customer_merged,
        redacted=None,
        begins_with=None,
        rows=ROWS_OF[SubjectKind.CUSTOMER],
    ),
}
