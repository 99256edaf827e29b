"""What is kept of a person, and where it stands: an erasure and an export walk the same, so that neither misses what
the other finds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shopbell.domain.model.complaint import OPENED, RESOLVED
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.state import ContactState
from shopbell.service.ports import ContactKey, Session, Store
from shopbell.service.subjects.identity import CONTACTS, who_it_is


def owners_of(session: Session, customer_id: str | None, contacts: Iterable[ContactState]) -> list[str]:
    """The customers whom an id or contacts stand for. An id is exact: of the contacts named beside it, only guests are
    meant as well."""
    owners = [who_it_is(session, state.contact.whose).entity.key for state in contacts if state.contact.whose]
    if customer_id:
        owners = [f"id:{customer_id}", *(key for key in owners if not key.startswith("id:"))]
    return list(dict.fromkeys(owners))


def contacts_known(session: Session, shop: str, customer: Customer, contact_key: ContactKey) -> Iterator[ContactState]:
    """Those that stand in a customer's record."""
    for name in CONTACTS:
        if address := customer.text(name):
            yield session.contact(contact_key(shop, address))


@dataclass(frozen=True, slots=True)
class Belongings:
    """Of one customer of a shop; nothing is read but their own partitions."""

    store: Store
    shop: str
    contact_key: ContactKey

    def customers(self, key: str) -> list[str]:
        """The guests they were; the guests who have a contact of theirs, for whom nobody else can ask; themselves."""
        session = self.store.session(self.shop)
        customer = session.customer(key).entity
        contacts = contacts_known(session, self.shop, customer, self.contact_key)
        guests = [key for key in owners_of(session, None, contacts) if not key.startswith("id:")]
        return [*dict.fromkeys(name for name in (*customer.aliases, *guests) if name != key), key]

    def __call__(self, key: str) -> Iterator[str]:
        """The names of their subjects. Each customer comes before what is theirs, which is read only then: an order
        that is merged meanwhile sees what was done to its customer, or stands in the list already."""
        for name in self.customers(key):
            yield f"customer/{name}"
            for order in self._orders(name):
                yield order
                yield from self._complaints(order)
            yield from self._complaints(f"customer/{name}", self._recorded(name))

    def _orders(self, key: str) -> list[str]:
        return [f"order/{pointer.order}" for pointer in self.store.pointers(self.shop, key)]

    def _complaints(self, owner: str, more: Iterable[str] = ()) -> list[str]:
        found = dict.fromkeys((*self.store.complaint_pointers(self.shop, owner), *more))
        return [f"complaint/{complaint}" for complaint in found]

    def _recorded(self, key: str) -> Iterable[str]:
        """Which the customer's record alone knew in the former version."""
        occurrences = self.store.session(self.shop).customer(key).entity.record.occurrences
        return {**occurrences.get(OPENED, {}), **occurrences.get(RESOLVED, {})}
