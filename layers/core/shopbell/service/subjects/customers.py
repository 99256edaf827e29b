"""What an event makes of a customer: what they say of themselves, calls that were agreed or missed."""

from dataclasses import replace

from shopbell.domain.deciding.subjects import SUBJECTS
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.events import Event
from shopbell.domain.model.history import EntityHistory
from shopbell.domain.model.record import Occurrences
from shopbell.domain.model.state import SendRequest
from shopbell.domain.model.vocabulary import Reason, SubjectKind
from shopbell.service.subjects.advance import advance
from shopbell.service.subjects.forgotten import erased_since, forget_contacts, record_forgotten, redacted_event
from shopbell.service.subjects.identity import CustomerContacts, resolve_customer
from shopbell.service.subjects.planning import left_out, record_left_out
from shopbell.service.subjects.repetition import record_repetition
from shopbell.service.subjects.wishes import list_wish
from shopbell.service.subjects.work import Work

NOBODY = "customer/unknown"


def merge_customer(work: Work, event: Event, owner: str = "") -> list[SendRequest]:
    """`owner`: the key of the customer where the event itself does not name them."""
    erased_at = erased_since(work, event, EntityHistory(""), owner)
    person = resolve_customer(
        work, redacted_event(event, erased_at), owner, {} if erased_at else _happened(work, event)
    )
    subject = person.subject.name if person else NOBODY
    if erased_at:
        forget_contacts(work, event, erased_at)
        record_forgotten(work, event, subject)
    elif person is None:
        _record_nobody(work, event)
    else:
        record_repetition(work, event, person.before, person.customer, person)
        list_wish(work, event, person)
    record_dropped(work, event, subject, person)
    return advance_customer(work, person)


def _happened(work: Work, event: Event) -> Occurrences:
    """To whom, is not known yet."""
    nobody: Customer = SUBJECTS[SubjectKind.CUSTOMER].merged(Customer(""), event, work.shop)
    return nobody.record.occurrences


def advance_customer(work: Work, person: CustomerContacts | None) -> list[SendRequest]:
    """Where an event brought news of the customer, whatever it was about."""
    if person is None or not person.has_news:
        return []
    return advance(work, person.before, person.subject, person)


def _record_nobody(work: Work, event: Event) -> None:
    detail = "it names nobody who could be known by it"
    record_left_out(work, event, NOBODY, Reason.NO_CONTACT, detail)


def record_given_up(work: Work, event: Event) -> None:
    """Nothing comes of an event that the table does not take."""
    subject = f"order/{event.order_id}" if event.order_id else NOBODY
    detail = "it is larger than what can be stored of one subject"
    record_left_out(work, event, subject, Reason.UNREADABLE, detail)
    work.session.commit()


def record_dropped(work: Work, event: Event, subject: str, person: CustomerContacts | None) -> None:
    """A decision for each field that could not be read; it names the field and never quotes what stood there."""
    for dropped in event.dropped:
        decision = left_out(event, event.type, Reason.UNREADABLE, f"{dropped.path}: {dropped.detail}", work.now)
        whose = person.customer.id if person else ""
        work.session.add_decision(subject, replace(decision, step=dropped.path, customer=whose))
