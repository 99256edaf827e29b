"""A subject read for a decision: the order, complaint or customer, and the contacts of whose it is."""

from dataclasses import dataclass

from shopbell.domain.model.facts import Facts
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.subject import Entity, Subject
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.service.ports import ContactKey, Session
from shopbell.service.subjects.identity import CustomerContacts, facts_about, load


@dataclass(frozen=True, slots=True)
class SubjectRead:
    """As read in one session; `person` None: nobody knows yet whose it is."""

    subject: Subject[Entity]
    person: CustomerContacts | None

    def facts(self, shop: Shop) -> Facts:
        return facts_about(shop, self.person, self.subject)


def read_subject(session: Session, shop: Shop, name: str, contact_key: ContactKey, customer: str = "") -> SubjectRead:
    """`name`: "order/<id>", …; `customer`: the key of whose it is where the subject itself does not know."""
    return with_person(session, shop, session.subject(name), contact_key, customer)


def with_person(
    session: Session, shop: Shop, subject: Subject[Entity], contact_key: ContactKey, customer: str = ""
) -> SubjectRead:
    """A guest who turned out to be somebody is that customer."""
    if subject.entity.kind is SubjectKind.CUSTOMER:
        person = load(session, shop.id, subject.entity.key, contact_key)
        return SubjectRead(person.subject, person)
    key = subject.customer or customer
    return SubjectRead(subject, load(session, shop.id, key, contact_key) if key else None)
