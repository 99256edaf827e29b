"""What a customer chooses for themselves through their link, purpose by purpose."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.model.customer import Contact
from shopbell.domain.model.shop import Shop
from shopbell.domain.rules.consent import Choice, consent
from shopbell.service.ports import ContactKey, Store
from shopbell.service.subjects.identity import OFFERED, CustomerContacts, load, save_person, with_choices
from shopbell.service.subjects.retry import retry_on_conflict
from shopbell.service.subjects.withdrawals import stops
from shopbell.service.subjects.work import keep_until

ChoicesOf = Callable[[CustomerContacts], Iterable[Choice]]
PAGE = "customer page"


@dataclass(frozen=True, slots=True)
class Preferences:
    """The use case behind /u/{token}; what changes something raises Conflict after several attempts."""

    store: Store
    contact_key: ContactKey

    def look(self, shop: Shop, customer: str) -> CustomerContacts:
        """Changes nothing."""
        return load(self.store.session(shop.id), shop.id, customer, self.contact_key)

    def unsubscribe(self, shop: Shop, customer: str, now: datetime) -> CustomerContacts:
        """Ends all that goes beyond orders, for the customer and for each contact they have."""
        return self._keep(shop, customer, stops, now)

    def choose(
        self, shop: Shop, customer: str, wishes: Mapping[str, bool], wordings: Mapping[str, str], now: datetime
    ) -> CustomerContacts:
        """`wishes` are the purposes whose answer the customer changed; `wordings` what they read beside each."""

        def choices(person: CustomerContacts) -> list[Choice]:
            now_holds = receives(person)
            return [
                Choice(purpose, wish, PAGE, wordings[purpose])
                for purpose, wish in wishes.items()
                if purpose in wordings and now_holds.get(purpose, wish) is not wish
            ]

        return self._keep(shop, customer, choices, now)

    def _keep(self, shop: Shop, customer: str, choices: ChoicesOf, now: datetime) -> CustomerContacts:
        return retry_on_conflict(lambda: self._try(shop, customer, choices, now))

    def _try(self, shop: Shop, customer: str, choices: ChoicesOf, now: datetime) -> CustomerContacts:
        session = self.store.session(shop.id, keep_until(shop, now))
        person = load(session, shop.id, customer, self.contact_key)
        after = with_choices(person, choices(person), now)
        save_person(session, person, after)
        session.commit()
        return after


def receives(person: CustomerContacts) -> dict[str, bool]:
    """What the customer gets now, of the purposes that there is a working contact for."""
    contacts = {"email": person.email, "phone": person.phone}
    return {
        purpose: _answer_to(person, purpose, contacts[name]) is True
        for purpose, name in OFFERED.items()
        if works(contacts[name])
    }


def works(contact: Contact | None) -> bool:
    return contact is not None and contact.unusable() is None


def _answer_to(person: CustomerContacts, purpose: str, contact: Contact | None) -> bool | None:
    """News of orders go by SMS, unasked, where it is the only way."""
    answer = consent(person.customer, contact, purpose)
    unasked = purpose == "sms_service" and answer is None and not works(person.email)
    return True if unasked else answer
