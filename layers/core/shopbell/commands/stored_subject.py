"""A subject as it is stored, printed for people or for programs."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from shopbell.domain.model.agenda import Agenda
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.record import Occurrences, Record
from shopbell.domain.model.state import Message
from shopbell.domain.time.calendar import format_instant
from shopbell.service.operators.show import StoredSubject

Document = dict[str, Any]
# The order in which they are printed; what stands before them is a line each.
HEADINGS = {"fields": "Fields", "happened": "What happened", "agenda": "Agenda", "messages": "Messages"}
CUSTOMER_FIELDS = ("merged_into", "refused_at", "erased_at", "emptied_at")


def document(stored: StoredSubject) -> str:
    """JSON; moments as instants."""
    return json.dumps(_document(stored), ensure_ascii=False, indent=2)


def lines(stored: StoredSubject) -> Iterator[str]:
    """What the subject is, then a paragraph each: its fields, what happened, its agenda, its messages."""
    printed = _document(stored)
    yield from (f"{name}: {_plain(value)}" for name, value in printed.items() if name not in HEADINGS)
    for name, heading in HEADINGS.items():
        yield f"\n{heading}:" if printed[name] else f"\n{heading}: none"
        for entry in printed[name]:
            yield "  " + "  ".join(_plain(value) for value in entry.values() if value not in ("", [], {}))


def _plain(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(element, str) for element in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _document(stored: StoredSubject) -> Document:
    subject = stored.subject
    return {
        "subject": subject.name,
        **({"customer": subject.customer} if subject.customer else {}),
        **_customer_fields(subject.entity),
        "version": subject.version,
        "facts_version": subject.facts_version,
        "expires_at": _expiry(subject.expires_at),
        **_next(subject.agenda),
        "fields": list(_fields(subject.entity.history.record)),
        "happened": list(_happened(subject.entity.history.record.occurrences)),
        "agenda": list(_agenda(subject.agenda)),
        "messages": [_message(message) for message in stored.messages],
    }


def _customer_fields(entity: object) -> Document:
    if not isinstance(entity, Customer):
        return {}
    printed: Document = {name: getattr(entity, name) for name in CUSTOMER_FIELDS}
    printed |= {"withdrawn": dict(entity.withdrawn), "aliases": list(entity.aliases)}
    return {name: value for name, value in printed.items() if value}


def _expiry(expires_at: int) -> str:
    """Of seconds since 1970, as DynamoDB's TTL has them; 0: it is kept for ever."""
    return format_instant(datetime.fromtimestamp(expires_at, UTC)) if expires_at else "never"


def _next(agenda: Agenda) -> Document:
    """When the subject is looked at next, and by which sweep; since when calendar days (birthdays) count for it."""
    printed: Document = {"next_at": "nothing is to come"}
    if agenda.next:
        printed = {"next_at": format_instant(agenda.next.at), "next_sweep": str(agenda.next.sweep)}
    return printed | ({"since": format_instant(agenda.since)} if agenda.since else {})


def _fields(record: Record) -> Iterator[Document]:
    for path, newest in sorted(record.fields.items()):
        yield {"field": path, "value": newest.value, "version": newest.version}


def _happened(occurrences: Occurrences) -> Iterator[Document]:
    """Oldest first."""
    entries = [
        (occurrence.at, kind, name, occurrence)
        for kind, by_name in occurrences.items()
        for name, occurrence in by_name.items()
    ]
    for at, kind, name, occurrence in sorted(entries, key=lambda entry: entry[:3]):
        yield {
            "at": format_instant(at),
            "event": kind,
            "occurrence": name,
            "version": occurrence.version,
            "facts": dict(occurrence.facts),
        }


def _agenda(agenda: Agenda) -> Iterator[Document]:
    """Oldest first; what failed and is tried again comes last."""
    for key, step in sorted(agenda.decided.items(), key=lambda entry: (entry[1].at, entry[0])):
        outcome = str(step.outcome or "planned")
        yield {"at": format_instant(step.at), "step": key, "outcome": outcome, "channels": [*map(str, step.channels)]}
    for row, put_off in sorted(agenda.put_off.items()):
        yield {"at": format_instant(put_off.until), "step": row, "outcome": "put off", "failures": put_off.failures}


def _message(message: Message) -> Document:
    names = {"id": message.id, "step": message.name, "channel": str(message.channel), "status": str(message.status)}
    return {"at": format_instant(message.due_at), **names}
