"""A subject of which something is decided: its order, complaint or customer, with the contacts they have now."""

from dataclasses import dataclass, replace

from shopbell.domain.model.facts import Facts
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import ComplaintState, Due, OrderState
from shopbell.service.ports import ContactKey, Session
from shopbell.service.subjects.identity import CustomerContacts, facts_about, load


@dataclass(frozen=True, slots=True)
class Subject:
    """As read in one session; `order` and `complaint` are None where it is not one."""

    facts: Facts
    order: OrderState | None
    complaint: ComplaintState | None
    person: CustomerContacts | None

    def check(self, session: Session) -> None:
        """The commit fails where it has changed since it was read."""
        if self.order:
            session.check_order(self.order)
        if self.complaint:
            session.check_complaint(self.complaint)
        if self.person and self.person.state.version:
            session.check_customer(self.person.state)


def read_subject(session: Session, shop: Shop, subject: str, contact_key: ContactKey, customer: str = "") -> Subject:
    """`subject`: "order/<id>", …; `customer`: the key of whose it is where the subject itself does not know."""
    about, _, name = subject.partition("/")
    order = session.order(name) if about == "order" else None
    complaint = session.complaint(name) if about == "complaint" else None
    state = order or complaint
    key = (state.customer or customer) if state else name
    person = load(session, shop.id, key, contact_key) if key else None
    told = state.decided_steps if state else person.state.decided_steps if person else {}
    facts = facts_about(
        shop,
        person,
        told,
        order=order.order if order else None,
        complaint=complaint.complaint if complaint else None,
    )
    return Subject(facts, order, complaint, person)


def subject_of(session: Session, shop: Shop, due: Due, contact_key: ContactKey) -> Subject:
    """Read consistently, with the steps that a sweep decided so far."""
    found = read_subject(session, shop, due.subject, contact_key)
    return replace(found, facts=replace(found.facts, decided_steps=due.decided_steps, since=due.since))
