"""What a customer says of themselves through their link: for now, that they want no more marketing."""

from dataclasses import dataclass, replace
from datetime import datetime

from shopbell.domain.calendar import format_instant
from shopbell.domain.customer import Contact, consent
from shopbell.domain.shop import Shop
from shopbell.domain.state import Conflict
from shopbell.service.people import Person, load
from shopbell.service.ports import ContactKey, Session, Store

PURPOSES = ("email_marketing", "sms_marketing")
ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Preferences:
    """The use case behind /u/{token}."""

    store: Store
    contact_key: ContactKey

    def look(self, shop: Shop, customer: str) -> Person:
        """Changes nothing."""
        return load(self.store.session(shop.id), shop.id, customer, self.contact_key)

    def unsubscribe(self, shop: str, customer: str, now: datetime) -> None:
        """Holds for the customer and for each contact they have; raises Conflict after several attempts."""
        for attempt in range(ATTEMPTS):
            session = self.store.session(shop)
            person = load(session, shop, customer, self.contact_key)
            _withdraw(session, person, now)
            try:
                session.commit()
            except Conflict:
                if attempt == ATTEMPTS - 1:
                    raise
            else:
                return


def wants_marketing(person: Person) -> bool:
    contacts = ((person.email, "email_marketing"), (person.phone, "sms_marketing"))
    return any(contact and consent(person.customer, contact, purpose) for contact, purpose in contacts)


def _withdraw(session: Session, person: Person, now: datetime) -> None:
    said = dict.fromkeys(PURPOSES, format_instant(now))
    customer = replace(person.customer, withdrawn={**person.customer.withdrawn, **said})
    session.save_customer(replace(person.state, customer=customer))
    for contact in filter(None, (person.email, person.phone)):
        _withdraw_contact(session, contact, said)


def _withdraw_contact(session: Session, contact: Contact, said: dict[str, str]) -> None:
    state = session.contact(contact.key)
    withdrawn = {**state.contact.withdrawn, **said}
    session.save_contact(replace(state, contact=replace(state.contact, withdrawn=withdrawn)))
