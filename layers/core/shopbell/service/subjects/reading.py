"""A subject read for a decision: the order, complaint or customer, and the contacts of whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from shopbell.domain.model.facts import Facts
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.subject import Entity, Subject
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.service.in_step import Reader, alone
from shopbell.service.ports import ContactKey, Session
from shopbell.service.subjects.identity import CustomerContacts, facts_about, hashes_of, load, who_it_is


@dataclass(frozen=True, slots=True)
class SubjectRead:
    """As read in one session; `person` None: nobody knows yet whose it is."""

    subject: Subject[Entity]
    person: CustomerContacts | None

    def facts(self, shop: Shop) -> Facts:
        return facts_about(shop, self.person, self.subject)


def read_subject(session: Session, shop: Shop, name: str, contact_key: ContactKey, customer: str = "") -> SubjectRead:
    """`name`: "order/<id>", …; `customer`: the key of whose it is where the subject itself does not know."""
    return alone(reading(session, shop, name, contact_key, customer))


def reading(
    session: Session, shop: Shop, name: str, contact_key: ContactKey, customer: str = ""
) -> Reader[SubjectRead]:
    yield from expecting(session, shop.id, name, contact_key, customer)
    return with_person(session, shop, session.subject(name), contact_key, customer)


def expecting(session: Session, shop: str, name: str, contact_key: ContactKey, customer: str = "") -> Reader[None]:
    """What `with_person` will ask for: its head and whose it is; its items; the contacts."""
    session.prefetch(subjects=[name, *([f"customer/{customer}"] if customer else [])])
    yield
    kind, _, key = name.partition("/")
    owner = key if kind == SubjectKind.CUSTOMER else session.whose(name) or customer
    if kind == SubjectKind.ORDER:
        session.prefetch_items_of(key)
    yield from expecting_people(session, shop, [owner] if owner else [], contact_key)


def expecting_people(session: Session, shop: str, customers: Sequence[str], contact_key: ContactKey) -> Reader[None]:
    """Customers, by their keys, and the contacts that they have; then all is read that was expected."""
    session.prefetch(subjects=[f"customer/{key}" for key in customers])
    yield
    for key in customers:
        session.prefetch(contacts=hashes_of(shop, who_it_is(session, key), contact_key))
    yield
    session.read_expected()


def with_person(
    session: Session, shop: Shop, subject: Subject[Entity], contact_key: ContactKey, customer: str = ""
) -> SubjectRead:
    """A guest who turned out to be somebody is that customer."""
    if subject.entity.kind is SubjectKind.CUSTOMER:
        person = load(session, shop.id, subject.entity.key, contact_key)
        return SubjectRead(person.subject, person)
    key = subject.customer or customer
    return SubjectRead(subject, load(session, shop.id, key, contact_key) if key else None)
