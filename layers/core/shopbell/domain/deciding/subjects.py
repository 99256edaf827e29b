"""The kinds of subjects, a line each: what an event makes of one, what its customer remembers of it, what is kept of it
when they are forgotten, what has to happen before anything is decided, and which rows of the table are about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from shopbell.domain.journeys import NEWS, ROWS_OF
from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.campaign import DRY, Campaign
from shopbell.domain.model.complaint import OPENED, RESOLVED, Complaint
from shopbell.domain.model.customer import ABOUT, Customer
from shopbell.domain.model.events import Event, EventType, Json
from shopbell.domain.model.history import record_of_event
from shopbell.domain.model.order import Order, changes_of, money_of
from shopbell.domain.model.parcel import bounded_parcels
from shopbell.domain.model.record import Occurrence, Occurrences, Record, event_version, field_versions, version_at
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.team import Team
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.domain.rules.erasure import redacted_complaint, redacted_customer, redacted_order
from shopbell.domain.rules.interests import SIGNALS, signals_of
from shopbell.domain.rules.parcels import delivered_at
from shopbell.domain.rules.purchases import purchase_of

E = TypeVar("E", Order, Complaint, Customer, Team, Campaign)

REMEMBERED = frozenset(row.event_type for row in NEWS) | {
    EventType.CALL_DONE,
    EventType.REVIEW_POSTED,
    EventType.PRODUCT_WANTED,
}
"""What a customer's record remembers to have happened; what they say of themselves is in its fields."""


@dataclass(frozen=True, slots=True)
class SubjectType(Generic[E]):
    """`begins_with`: the event that makes it a new one. `waits`: whether news of it waits for that event, by the entity
    and the key of its customer ("": nobody knows). `for_customer`: what the record of its customer keeps of it, to be
    decided by there."""

    new: Callable[[str], E]
    merged: Callable[[E, Event, Shop], E]
    redacted: Callable[[E, str], E]
    for_customer: Callable[[E, Shop], Occurrences]
    begins_with: EventType | None
    waits: Callable[[E, str], bool]
    rows: tuple[Journey, ...]


def _order_with(order: Order, event: Event, shop: Shop) -> Order:
    news = record_of_event(event, changes_of(event))
    money = Record(occurrences=money_of(order, event, shop.payment.absorb_increase))
    record = order.record.merged(news).merged(money)
    return replace(order, record=replace(record, fields=bounded_parcels(record.fields)))


def _complaint_with(complaint: Complaint, event: Event, shop: Shop) -> Complaint:
    words: Mapping[str, Json] = event.extra.get("complaint") or {}
    fields = {name: words[name] for name in ("kind", "order") if words.get(name)}
    occurrence = Occurrence(event.at, event_version(event), dict(event.extra))
    task = str(event.extra.get("task", ""))
    news = Record(field_versions(fields, event), {event.type: {task: occurrence}})
    return replace(complaint, record=complaint.record.merged(news))


def _campaign_with(campaign: Campaign, event: Event, shop: Shop) -> Campaign:
    """As it was asked for last; each request is remembered, the first as a dry run whatever it says."""
    said: Mapping[str, Json] = event.extra.get("campaign") or {}
    known = campaign.record.occurrences.get(event.type, {})
    if event.type != EventType.CAMPAIGN_REQUESTED:
        return replace(campaign, record=campaign.record.merged(record_of_event(event, {})))
    asked = Occurrence(event.at, event_version(event), {DRY: not known or bool(said.get("dry_run"))})
    fields = {name: said[name] for name in ("segment", "content", "coupon", "valid_until") if name in said}
    news = Record(field_versions(fields, event), {} if event.id in known else {event.type: {event.id: asked}})
    return replace(campaign, record=campaign.record.merged(news))


def _customer_with(customer: Customer, event: Event, shop: Shop) -> Customer:
    """What happened to them; what they say of themselves is merged where it is found out who they are."""
    if event.type in SIGNALS:
        return replace(customer, record=customer.record.merged(signals_of(event)))
    if event.type not in REMEMBERED:
        return customer
    return replace(customer, record=customer.record.merged(record_of_event(event, {})))


def _bought_and_received(order: Order, shop: Shop) -> Occurrences:
    """What they ordered, and that all of it arrived."""
    if order.erased or not order.happened(EventType.ORDER_PLACED):
        return {}
    remembered = {**purchase_of(order, shop)}
    if at := delivered_at(order):
        remembered[EventType.CUSTOMER_RECEIVED] = {"": Occurrence(at, version_at(at, order.id))}
    return remembered


def _opened_and_resolved(complaint: Complaint, shop: Shop) -> Occurrences:
    """When it was opened, about which order, and when it was resolved; nothing of what was said."""
    if complaint.erased:
        return {}
    occurrences = complaint.record.occurrences
    first = {event: next(iter(occurrences[event].values())) for event in (OPENED, RESOLVED) if event in occurrences}
    kept: Mapping[EventType, Mapping[str, Json]] = {OPENED: {ABOUT: complaint.about}}
    return {
        event: {complaint.id: Occurrence(occurrence.at, occurrence.version, kept.get(event, {}))}
        for event, occurrence in first.items()
    }


SUBJECTS: Mapping[SubjectKind, SubjectType[Any]] = {
    SubjectKind.ORDER: SubjectType(
        new=Order,
        merged=_order_with,
        redacted=redacted_order,
        for_customer=_bought_and_received,
        begins_with=EventType.ORDER_PLACED,
        waits=lambda order, customer: not order.happened(EventType.ORDER_PLACED),
        rows=ROWS_OF[SubjectKind.ORDER],
    ),
    SubjectKind.COMPLAINT: SubjectType(
        new=Complaint,
        merged=_complaint_with,
        redacted=redacted_complaint,
        for_customer=_opened_and_resolved,
        begins_with=OPENED,
        waits=lambda complaint, customer: not customer and not complaint.happened(OPENED),
        rows=ROWS_OF[SubjectKind.COMPLAINT],
    ),
    SubjectKind.CUSTOMER: SubjectType(
        new=Customer,
        merged=_customer_with,
        redacted=redacted_customer,
        for_customer=lambda customer, shop: {},
        begins_with=None,
        waits=lambda customer, key: False,
        rows=ROWS_OF[SubjectKind.CUSTOMER],
    ),
    SubjectKind.STAFF: SubjectType(
        new=Team,
        merged=lambda team, event, shop: team,
        redacted=lambda team, at: team,
        for_customer=lambda team, shop: {},
        begins_with=None,
        waits=lambda team, customer: False,
        rows=ROWS_OF[SubjectKind.STAFF],
    ),
    SubjectKind.CAMPAIGN: SubjectType(
        new=Campaign,
        merged=_campaign_with,
        redacted=lambda campaign, at: campaign,
        for_customer=lambda campaign, shop: {},
        begins_with=EventType.CAMPAIGN_REQUESTED,
        waits=lambda campaign, customer: False,
        rows=ROWS_OF[SubjectKind.CAMPAIGN],
    ),
}
