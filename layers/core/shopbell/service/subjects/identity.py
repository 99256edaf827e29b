"""Whose event this is: customers, guests, and the contacts that tie them together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from shopbell.domain.model.complaint import Complaint
from shopbell.domain.model.customer import Contact, Customer
from shopbell.domain.model.events import Event
from shopbell.domain.model.facts import Facts, StepDecided
from shopbell.domain.model.order import Order
from shopbell.domain.model.record import Occurrences, Record, field_versions
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import ContactState, CustomerState
from shopbell.domain.rules.conditions import CALL_DONE
from shopbell.domain.rules.consent import MARKETING, Choice, agreements, chosen
from shopbell.domain.time.calendar import format_instant
from shopbell.service.ports import ContactKey, Session

CONTACTS = ("email", "phone")
OFFERED = {"email_marketing": "email", "sms_service": "phone", "sms_marketing": "phone"}
"""Each purpose, and the contact that it is about."""


@dataclass(frozen=True, slots=True)
class CustomerContacts:
    """A customer with the contacts they have now."""

    state: CustomerState
    email: Contact | None
    phone: Contact | None
    changed: bool = False

    @property
    def customer(self) -> Customer:
        return self.state.customer


def facts_about(
    shop: Shop,
    person: CustomerContacts | None,
    told: Mapping[str, StepDecided],
    *,
    order: Order | None = None,
    complaint: Complaint | None = None,
) -> Facts:
    """What is known of a subject; nobody may know yet whose it is."""
    if person is None:
        return Facts(shop, Customer(""), order=order, complaint=complaint, decided_steps=told)
    return Facts(shop, person.customer, person.email, person.phone, order, complaint, told)


def load(session: Session, shop: str, key: str, contact_key: ContactKey) -> CustomerContacts:
    """A customer as stored; whoever a guest turned out to be, for a guest."""
    state = session.customer(key)
    if state.customer.merged_into:
        state = session.customer(state.customer.merged_into)
    return with_contacts(session, shop, state, contact_key)


def with_contacts(session: Session, shop: str, state: CustomerState, contact_key: ContactKey) -> CustomerContacts:
    addresses = [state.customer.text(name) for name in CONTACTS]
    hashes = [contact_key(shop, address) if address else "" for address in addresses]
    session.prefetch(contacts=hashes)
    email, phone = (session.contact(each).contact if each else None for each in hashes)
    return CustomerContacts(state, email, phone)


def named(session: Session, event: Event, known: str, contact_key: ContactKey) -> list[ContactState]:
    """The contacts that an event says; read in one call with whoever it may be about."""
    said = [str(event.customer[name]) for name in CONTACTS if event.customer.get(name)]
    hashes = [contact_key(event.shop, address) for address in said]
    session.prefetch(contacts=hashes, customers=[known, f"id:{event.customer_id or ''}"])
    return [session.contact(each) for each in hashes]


def resolve_customer(
    session: Session, event: Event, known: str, contact_key: ContactKey, happened: Occurrences | None = None
) -> CustomerContacts | None:
    """Merges what an event says of its customer, and what `happened` to them; None where it speaks of nobody.

    `known` is the key of the customer whose subject it is so far.
    """
    contacts = named(session, event, known, contact_key)
    key = _key(event, known, contacts)
    if not key:
        return None
    state = session.customer(key)
    if state.customer.merged_into:
        state = session.customer(state.customer.merged_into)
    merged = _merged(session, state, event, contacts, known, happened or {})
    if merged.customer != state.customer:
        session.save_customer(merged)
    _claim_contacts(session, merged.customer.key, contacts)
    person = with_contacts(session, event.shop, merged, contact_key)
    person = replace(person, changed=merged.customer != state.customer)
    return _refusing(session, person, event) if refuses(event) else person


def refuses(event: Event) -> bool:
    return event.type == CALL_DONE and event.extra.get("outcome") == "refused"


def _refusing(session: Session, person: CustomerContacts, event: Event) -> CustomerContacts:
    """A refusal on the phone ends marketing, for the customer and for each contact they have; told late, it takes back
    nothing that was agreed to after it."""
    at = format_instant(event.at)
    customer, refused = person.customer, dict.fromkeys(MARKETING, at)
    words = field_versions(
        {f"consent.{purpose}": {"granted": False, "at": at, "source": "phone"} for purpose in MARKETING}, event
    )
    customer = replace(
        customer,
        record=customer.record.merged(Record(words)),
        withdrawn=later(customer.withdrawn, refused),
        refused_at=max(at, customer.refused_at),
    )
    email, phone = (
        contact and replace(contact, withdrawn=later(contact.withdrawn, {purpose: at}))
        for contact, purpose in ((person.email, "email_marketing"), (person.phone, "sms_marketing"))
    )
    after = replace(person, state=replace(person.state, customer=customer), email=email, phone=phone)
    save_person(session, person, after)
    return after


def with_choices(person: CustomerContacts, choices: Iterable[Choice], now: datetime) -> CustomerContacts:
    """As they are after what they chose."""
    customer, contacts = person.customer, {"email": person.email, "phone": person.phone}
    for choice in choices:
        name = OFFERED[choice.purpose]
        customer, contacts[name] = chosen(customer, contacts[name], choice, now)
    state = replace(person.state, customer=customer)
    return replace(person, state=state, email=contacts["email"], phone=contacts["phone"])


def save_person(session: Session, before: CustomerContacts, after: CustomerContacts) -> None:
    if after.customer != before.customer:
        session.save_customer(after.state)
    for name in CONTACTS:
        contact: Contact | None = getattr(after, name)
        if contact and contact != getattr(before, name):
            session.save_contact(replace(session.contact(contact.key), contact=contact))


def _key(event: Event, known: str, contacts: list[ContactState]) -> str:
    if event.customer_id:
        return f"id:{event.customer_id}"
    if known:
        return known
    owners = sorted((each.contact.whose for each in contacts if each.contact.whose), key=_is_guest)
    if owners:
        return owners[0]
    if contacts:
        return f"guest:{contacts[0].contact.key}"
    return f"order:{event.order_id}" if event.order_id and event.customer else ""


def _is_guest(key: str) -> bool:
    return not key.startswith("id:")


def _merged(
    session: Session,
    state: CustomerState,
    event: Event,
    contacts: list[ContactState],
    known: str,
    happened: Occurrences,
) -> CustomerState:
    customer, told = state.customer, state.decided_steps
    words = {**field_versions(event.customer, event), **agreements(event.customer, event.id)}
    record = customer.record.merged(Record(words, happened))
    for guest in guests_of(session, customer.key, contacts, known):
        record = record.merged(_words(guest.customer))
        told = {**guest.decided_steps, **told}
        session.save_customer(replace(guest, customer=replace(guest.customer, merged_into=customer.key)))
        customer = replace(
            customer,
            aliases=(*customer.aliases, guest.customer.key),
            withdrawn=later(guest.customer.withdrawn, customer.withdrawn),
            refused_at=max(guest.customer.refused_at, customer.refused_at),
        )
    return replace(state, customer=replace(customer, record=record), decided_steps=told)


def _words(guest: Customer) -> Record:
    """What was forgotten of a guest is no news of whom they turn out to be."""
    words = guest.record.fields.items()
    said = {path: word for path, word in words if word.value is not None or not guest.erased_at}
    return Record(said, {} if guest.erased_at else guest.record.occurrences)


def later(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    return {purpose: max(one.get(purpose, ""), other.get(purpose, "")) for purpose in {**one, **other}}


def guests_of(session: Session, key: str, contacts: list[ContactState], known: str) -> list[CustomerState]:
    """The guests who now turn out to be this customer."""
    if _is_guest(key):
        return []
    owners = {each.contact.whose for each in contacts} | {known}
    guests = [session.customer(owner) for owner in sorted(owners) if owner and _is_guest(owner)]
    return [guest for guest in guests if not guest.customer.merged_into]


def _claim_contacts(session: Session, key: str, contacts: list[ContactState]) -> None:
    """A contact is the first customer's who named it; a guest's passes on to the customer they turn out to be."""
    for state in contacts:
        whose = state.contact.whose
        if not whose or (_is_guest(whose) and whose != key and not _is_guest(key)):
            session.save_contact(replace(state, contact=replace(state.contact, whose=key)))
