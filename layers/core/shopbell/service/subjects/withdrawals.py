"""One click ends all that goes beyond orders: at once on the page, or worked off as an event that was asked before."""

from datetime import datetime

from shopbell.domain.model.customer import Customer
from shopbell.domain.model.events import Event
from shopbell.domain.model.state import SendRequest
from shopbell.domain.model.vocabulary import Reason
from shopbell.domain.rules.consent import MARKETING, Choice, agreed_at
from shopbell.domain.time.calendar import format_instant
from shopbell.service.subjects.forgotten import record_forgotten
from shopbell.service.subjects.identity import CustomerContacts, load, save_person, with_choices
from shopbell.service.subjects.planning import record_left_out
from shopbell.service.subjects.work import Work

SOURCE = "one-click unsubscribe"


def is_anybody(person: CustomerContacts) -> bool:
    """Of the forgotten not even a choice is written down; their withdrawal was kept when they were forgotten."""
    return any(word.value is not None for word in person.customer.record.fields.values())


def stops(person: CustomerContacts) -> list[Choice]:
    return [Choice(purpose, False, SOURCE, "") for purpose in MARKETING] if is_anybody(person) else []


def withdraw(work: Work, event: Event) -> list[SendRequest]:
    """As of the moment it was asked: what they agreed to since stays. Done twice it is done once."""
    person = load(work.session, event.shop, str(event.extra["whose"]), work.contact_key)
    if not is_anybody(person):
        record_forgotten(work, event, person.subject.name)
        return []
    choices = [choice for choice in stops(person) if not _is_heard(person.customer, choice.purpose, event.at)]
    still = [choice for choice in choices if not _agreed_since(person.customer, choice.purpose, event.at)]
    if len(still) < len(choices):
        detail = "they agreed again after they had asked"
        record_left_out(work, event, person.subject.name, Reason.SUPERSEDED, detail)
    save_person(work.session, person, with_choices(person, still, event.at))
    return []


def _is_heard(customer: Customer, purpose: str, asked: datetime) -> bool:
    return customer.withdrawn.get(purpose, "") >= format_instant(asked)


def _agreed_since(customer: Customer, purpose: str, asked: datetime) -> bool:
    return agreed_at(customer, purpose) > format_instant(asked)
