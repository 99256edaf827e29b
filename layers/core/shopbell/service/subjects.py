"""A subject of which something is decided: its order or customer, with the contacts they have now."""

from dataclasses import dataclass

from shopbell.domain.facts import Facts
from shopbell.domain.shop import Shop
from shopbell.domain.state import Due, OrderState
from shopbell.service.people import Person, load
from shopbell.service.ports import ContactKey, Session


@dataclass(frozen=True, slots=True)
class Subject:
    """As read in one session; `order` is None where the subject is a customer."""

    facts: Facts
    order: OrderState | None
    person: Person

    def check(self, session: Session) -> None:
        """The commit fails where it has changed since it was read."""
        if self.order:
            session.check_order(self.order)
        if self.person.state.version:
            session.check_customer(self.person.state)


def subject_of(session: Session, shop: Shop, due: Due, contact_key: ContactKey) -> Subject:
    """Read consistently, with the steps that were decided so far."""
    kind, _, name = due.subject.partition("/")
    state = session.order(name) if kind == "order" else None
    person = load(session, shop.id, state.customer if state else name, contact_key)
    order = state.order if state else None
    return Subject(
        Facts(shop, person.customer, person.email, person.phone, order, due.told, due.since),
        state,
        person,
    )
