"""An event told again that brings nothing new: one line says why nobody hears of it."""

from collections.abc import Mapping
from dataclasses import replace

from shopbell.domain.journeys import NEWS
from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.order import Order
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.subject import Entity, Subject
from shopbell.domain.model.vocabulary import Reason
from shopbell.domain.rules.account import account_of
from shopbell.domain.rules.triggers import TURNS
from shopbell.domain.time.calendar import format_instant
from shopbell.service.subjects.identity import CustomerContacts
from shopbell.service.subjects.planning import left_out
from shopbell.service.subjects.work import Work

KINDS_OF: Mapping[str, tuple[str, ...]] = {
    event_type: tuple(dict.fromkeys(row.kind for row in NEWS if row.event_type == event_type))
    for event_type in {row.event_type for row in NEWS}
}
"""What an event may be news for."""


def record_repetition(
    work: Work, event: Event, before: Subject[Entity], after: Entity, person: CustomerContacts | None
) -> None:
    """The same for every kind of subject. The queue's second delivery of one event is no second telling."""
    known, now_known = _news(before.entity, event.type, work.shop), _news(after, event.type, work.shop)
    versions = [each.version for each in before.entity.history.record.occurrences.get(event.type, {}).values()]
    if not known or now_known - known or any(version.endswith(f"|{event.id}") for version in versions):
        return
    first = before.entity.history.first(event.type)
    detail = f"decided before; first happened at {format_instant(first)}" if first else "decided before"
    for kind in KINDS_OF.get(event.type, ()):
        decision = left_out(event, kind, Reason.ALREADY_SENT, detail, work.now)
        decision = replace(decision, customer=person.customer.id if person else "")
        work.session.add_decision(before.name, decision, event.id)


def _news(entity: Entity, event_type: str, shop: Shop) -> frozenset[str]:
    """The occurrences of which somebody hears, by their ids."""
    if isinstance(entity, Order) and event_type in TURNS:
        turns = TURNS[EventType(event_type)](account_of(entity, shop))
        return frozenset(turn.occurrence_id for turn in turns)
    return frozenset(entity.history.record.occurrences.get(event_type, {}))
