"""An event told again that brings nothing new: one line says why nobody hears of it."""

from collections.abc import Mapping
from dataclasses import replace

from shopbell.domain.journeys import NEWS
from shopbell.domain.model.events import Event
from shopbell.domain.model.history import occurrence_id_of
from shopbell.domain.model.subject import Entity, Subject
from shopbell.domain.model.vocabulary import Reason
from shopbell.domain.time.calendar import format_instant
from shopbell.service.subjects.identity import CustomerContacts
from shopbell.service.subjects.planning import left_out
from shopbell.service.subjects.work import Work

KINDS_OF: Mapping[str, tuple[str, ...]] = {
    event_type: tuple(dict.fromkeys(row.kind for row in NEWS if row.event_type == event_type))
    for event_type in {row.event_type for row in NEWS}
}
"""What an event may be news for."""


def record_repetition(work: Work, event: Event, before: Subject[Entity], person: CustomerContacts | None) -> None:
    """The same for every kind of subject. The queue's second delivery of one event is no second telling."""
    occurrences = before.entity.history.record.occurrences.get(event.type, {})
    earlier = occurrences.get(occurrence_id_of(event))
    if earlier is None or earlier.version.endswith(f"|{event.id}"):
        return
    detail = f"decided before; first happened at {format_instant(earlier.at)}"
    for kind in KINDS_OF.get(event.type, ()):
        decision = left_out(event, kind, Reason.ALREADY_SENT, detail, work.now)
        decision = replace(decision, customer=person.customer.id if person else "")
        work.session.add_decision(before.name, decision, event.id)
