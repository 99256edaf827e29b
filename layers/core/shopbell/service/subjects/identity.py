"""Whose event this is: customers, guests, and the contacts that tie them together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shopbell.domain.model.campaign import Campaign
from shopbell.domain.model.complaint import Complaint
from shopbell.domain.model.customer import Contact, Customer, without_old_writing
from shopbell.domain.model.events import Event
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.order import Order
from shopbell.domain.model.record import Occurrences, Record, field_versions
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import ContactState
from shopbell.domain.model.subject import Entity, Subject
from shopbell.domain.model.team import Team
from shopbell.domain.rules.conditions import CALL_DONE
from shopbell.domain.rules.consent import MARKETING, NEWS, Choice, agreements, chosen
from shopbell.domain.rules.interests import without_old_signals
from shopbell.domain.time.calendar import format_instant
from shopbell.service.ports import ContactKey, Session
from shopbell.service.subjects.work import Work

CONTACTS = ("email", "phone")
MOST_IDS = 5
"""Of one address: who shares it with more is no one person."""
OFFERED = {"email_marketing": "email", NEWS: "email", "sms_service": "phone", "sms_marketing": "phone"}
"""Each purpose, and the contact that it is about."""


@dataclass(frozen=True, slots=True)
class CustomerContacts:
    """A customer with the contacts they have now; `stored`: the customer as it was before the event at hand."""

    subject: Subject[Customer]
    email: Contact | None
    phone: Contact | None
    stored: Subject[Customer] | None = None

    @property
    def customer(self) -> Customer:
        return self.subject.entity

    @property
    def before(self) -> Subject[Customer]:
        return self.stored or self.subject

    @property
    def has_news(self) -> bool:
        return self.before.entity != self.subject.entity


def facts_about(shop: Shop, person: CustomerContacts | None, subject: Subject[Entity]) -> Facts:
    """What is known of a subject; nobody may know yet whose it is."""
    entity = subject.entity
    customer = entity if isinstance(entity, Customer) else person.customer if person else Customer("")
    return Facts(
        shop,
        customer,
        email=person.email if person else None,
        phone=person.phone if person else None,
        order=entity if isinstance(entity, Order) else None,
        complaint=entity if isinstance(entity, Complaint) else None,
        team=entity if isinstance(entity, Team) else None,
        campaign=entity if isinstance(entity, Campaign) else None,
        agenda=subject.agenda,
    )


def load(session: Session, shop: str, key: str, contact_key: ContactKey) -> CustomerContacts:
    """A customer as stored; whoever a guest turned out to be, for a guest."""
    return with_contacts(session, shop, who_it_is(session, key), contact_key)


def who_it_is(session: Session, key: str) -> Subject[Customer]:
    """The customer of that key, or whom that guest turned out to be."""
    subject = session.customer(key)
    return session.customer(subject.entity.merged_into) if subject.entity.merged_into else subject


def hashes_of(shop: str, subject: Subject[Customer], contact_key: ContactKey) -> list[str]:
    """Of their e-mail address and their number; "" where they have none."""
    addresses = [subject.entity.text(name) for name in CONTACTS]
    return [contact_key(shop, address) if address else "" for address in addresses]


def with_contacts(session: Session, shop: str, subject: Subject[Customer], contact_key: ContactKey) -> CustomerContacts:
    hashes = hashes_of(shop, subject, contact_key)
    session.prefetch(contacts=hashes)
    email, phone = (session.contact(name).contact if name else None for name in hashes)
    return CustomerContacts(subject, email, phone)


def contact_hashes(event: Event, contact_key: ContactKey) -> list[str]:
    """Of the addresses and numbers that an event names."""
    addresses = [str(event.customer[name]) for name in CONTACTS if event.customer.get(name)]
    return [contact_key(event.shop, address) for address in addresses]


def contacts_of(session: Session, event: Event, contact_key: ContactKey, owner: str = "") -> list[ContactState]:
    """The contacts that an event names; read in one call with all that it may be about. `owner`: the key of the
    customer whose subject it is so far."""
    hashes = contact_hashes(event, contact_key)
    subjects = [f"customer/{key}" for key in (owner, f"id:{event.customer_id}" if event.customer_id else "") if key]
    if event.order_id:
        subjects.append(f"order/{event.order_id}")
    session.prefetch(subjects=subjects, contacts=hashes)
    return [session.contact(name) for name in hashes]


def resolve_customer(
    work: Work, event: Event, owner: str, occurrences: Occurrences | None = None
) -> CustomerContacts | None:
    """Merges what an event says of its customer, and what happened to them; None where it speaks of nobody.

    `owner` is the key of the customer whose subject it is so far.
    """
    session = work.session
    contacts = contacts_of(session, event, work.contact_key, owner)
    key = key_of(event, owner, contacts)
    if not key:
        return None
    stored = who_it_is(session, key)
    merged = _merged(work, stored, event, contacts, owner, occurrences or {})
    if merged.entity != stored.entity:
        session.save(merged, has_new_facts=True)
    if stored.entity.erased and not merged.entity.erased:
        session.list_customer(merged.entity.key)
    _claim_contacts(session, merged.entity.key, contacts)
    person = replace(with_contacts(session, event.shop, merged, work.contact_key), stored=stored)
    _renew_contacts(session, person, contacts)
    return _refusing(session, person, event) if refuses(event) else person


def refuses(event: Event) -> bool:
    return event.type == CALL_DONE and event.extra.get("outcome") == "refused"


def _refusing(session: Session, person: CustomerContacts, event: Event) -> CustomerContacts:
    """A refusal on the phone ends marketing, for the customer and for each contact they have; told late, it takes back
    nothing that was agreed to after it."""
    at = format_instant(event.at)
    customer, refused = person.customer, dict.fromkeys(MARKETING, at)
    fields = field_versions(
        {f"consent.{purpose}": {"granted": False, "at": at, "source": "phone"} for purpose in MARKETING}, event
    )
    customer = replace(
        customer,
        record=customer.record.merged(Record(fields)),
        withdrawn=later(customer.withdrawn, refused),
        refused_at=max(at, customer.refused_at),
    )
    email, phone = (
        contact and replace(contact, withdrawn=later(contact.withdrawn, dict.fromkeys(_about(name), at)))
        for contact, name in ((person.email, "email"), (person.phone, "phone"))
    )
    after = replace(person, subject=replace(person.subject, entity=customer), email=email, phone=phone)
    save_person(session, person, after)
    return after


def _about(contact: str) -> Iterator[str]:
    """The purposes of marketing by it."""
    yield from (purpose for purpose in MARKETING if OFFERED[purpose] == contact)


def with_choices(person: CustomerContacts, choices: Iterable[Choice], now: datetime) -> CustomerContacts:
    """As they are after what they chose."""
    customer, contacts = person.customer, {"email": person.email, "phone": person.phone}
    for choice in choices:
        name = OFFERED[choice.purpose]
        customer, contacts[name] = chosen(customer, contacts[name], choice, now)
    subject = replace(person.subject, entity=customer)
    return replace(person, subject=subject, email=contacts["email"], phone=contacts["phone"])


def save_person(session: Session, before: CustomerContacts, after: CustomerContacts) -> None:
    if after.customer != before.customer:
        session.save(after.subject, has_new_facts=True)
    for name in CONTACTS:
        contact: Contact | None = getattr(after, name)
        if contact and contact != getattr(before, name):
            session.save_contact(replace(session.contact(contact.key), contact=contact))


def key_of(event: Event, owner: str, contacts: Sequence[ContactState]) -> str:
    """The customer whom an event is of; "" for nobody. `owner`: whose its subject is so far."""
    if event.customer_id:
        return f"id:{event.customer_id}"
    if owner:
        return owner
    owners = sorted((state.contact.whose for state in contacts if state.contact.whose), key=_is_guest)
    if owners:
        return owners[0]
    if contacts:
        return f"guest:{contacts[0].contact.key}"
    return f"order:{event.order_id}" if event.order_id and event.customer else ""


def _is_guest(key: str) -> bool:
    return not key.startswith("id:")


def _merged(
    work: Work,
    subject: Subject[Customer],
    event: Event,
    contacts: list[ContactState],
    owner: str,
    occurrences: Occurrences,
) -> Subject[Customer]:
    session, customer, agenda = work.session, subject.entity, subject.agenda
    fields = {**field_versions(event.customer, event), **agreements(event.customer, event.id)}
    record = customer.record.merged(Record(fields, occurrences))
    for guest in guests_of(session, customer.key, contacts, owner):
        record = record.merged(_words(guest.entity))
        agenda = agenda.joined(guest.agenda)
        _merge_into(session, guest, customer.key)
        customer = replace(
            customer,
            aliases=(*customer.aliases, guest.entity.key),
            withdrawn=later(guest.entity.withdrawn, customer.withdrawn),
            refused_at=max(guest.entity.refused_at, customer.refused_at),
        )
    record = without_old_signals(without_old_writing(record), work.now)
    return replace(subject, entity=replace(customer, record=record), agenda=agenda)


def _merge_into(session: Session, guest: Subject[Customer], key: str) -> None:
    """What is still to come of a guest is of whom they turned out to be."""
    agenda = replace(guest.agenda, next=None)
    session.save(replace(guest, entity=replace(guest.entity, merged_into=key), agenda=agenda), has_new_facts=True)
    session.unlist_customer(guest.entity.key)


def _words(guest: Customer) -> Record:
    """What was forgotten of a guest is no news of whom they turn out to be."""
    if not guest.erased_at:
        return guest.record
    return Record({path: field for path, field in guest.record.fields.items() if field.value is not None})


def later(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    return {purpose: max(one.get(purpose, ""), other.get(purpose, "")) for purpose in {**one, **other}}


def guests_of(session: Session, key: str, contacts: list[ContactState], owner: str) -> list[Subject[Customer]]:
    """The guests who now turn out to be this customer."""
    if _is_guest(key):
        return []
    owners = {contact.contact.whose for contact in contacts} | {owner}
    guests = [session.customer(name) for name in sorted(owners) if name and _is_guest(name)]
    return [guest for guest in guests if not guest.entity.merged_into]


def _claim_contacts(session: Session, key: str, contacts: list[ContactState]) -> None:
    """A contact is the first customer's who named it; a guest's passes on to the customer they turn out to be."""
    for state in contacts:
        whose = state.contact.whose
        passes_on = _is_guest(whose) and whose != key and not _is_guest(key)
        if not whose or passes_on:
            session.save_contact(replace(state, contact=replace(state.contact, whose=key)))
        elif _is_news_of(state.contact, key):
            session.save_contact(replace(state, contact=replace(state.contact, also=(*state.contact.also, key))))
        elif session.needs_another_end(state.expires_at):
            session.save_contact(state)


def _is_news_of(contact: Contact, key: str) -> bool:
    """Whether one more customer names it, of so many that somebody may be under several ids."""
    known = key in (contact.whose, *contact.also)
    return not known and not _is_guest(key) and len(contact.also) < MOST_IDS


def _renew_contacts(session: Session, person: CustomerContacts, named: list[ContactState]) -> None:
    """A contact that the event does not name is kept as long as its customer."""
    others = {contact.key for contact in (person.email, person.phone) if contact} - {each.contact.key for each in named}
    for state in map(session.contact, sorted(others)):
        if session.needs_another_end(state.expires_at):
            session.save_contact(state)
