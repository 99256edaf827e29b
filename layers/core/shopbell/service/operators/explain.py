"""Explain an order or a customer: all that was decided, what became of it, and what is still to come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.deciding.agenda import Coming, still_coming
from shopbell.domain.model.complaint import OPENED
from shopbell.domain.model.problems import Problem, Refused
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import Decision, Message
from shopbell.domain.model.vocabulary import Status
from shopbell.service.ports import ContactKey, Session, Store
from shopbell.service.subjects.identity import who_it_is
from shopbell.service.subjects.reading import read_subject

WAITING = frozenset({Status.PLANNED, Status.HELD, Status.SENDING})
"""Of these something is still to come."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Each oldest first; `waiting` are messages that have not left yet, `coming` what each sweep looks at next, with
    the subject's name."""

    subjects: tuple[str, ...]
    decisions: tuple[Decision, ...]
    messages: tuple[Message, ...]
    waiting: tuple[Message, ...]
    coming: tuple[tuple[str, Coming], ...]


@dataclass(frozen=True, slots=True)
class Explain:
    """The use case. Reads partitions of the order or customer asked for, and nothing else; raises Refused."""

    store: Store
    contact_key: ContactKey

    def order(self, shop: Shop, order: str, now: datetime) -> Explanation:
        if not self.store.session(shop.id).order(order).version:
            raise Refused(Problem("#/order", "unknown_order", f"{shop.id} has told of no order {order!r}"))
        return self._explained(shop, [f"order/{order}"], now)

    def contact(self, shop: Shop, address: str, now: datetime) -> Explanation:
        """Whoever is reached by an e-mail address or a number in its one spelling."""
        whose = self.store.session(shop.id).contact(self.contact_key(shop.id, address)).contact.whose
        if not whose:
            raise Refused(Problem("#/contact", "unknown_contact", f"{shop.id} has told of nobody with this contact"))
        return self.customer(shop, whose, now)

    def customer(self, shop: Shop, key: str, now: datetime) -> Explanation:
        """With each order they have, also as the guest they were before. `key`: "id:<the shop's id>"."""
        subject = who_it_is(self.store.session(shop.id), key)
        if not subject.version:
            raise Refused(Problem("#/customer", "unknown_customer", f"{shop.id} has told of no such customer"))
        customer = subject.entity
        keys = (customer.key, *customer.aliases)
        orders = [pointer.order for name in keys for pointer in self.store.pointers(shop.id, name)]
        complaints = customer.record.occurrences.get(OPENED, {})
        subjects = [
            *(f"customer/{name}" for name in keys),
            *(f"order/{name}" for name in orders),
            *(f"complaint/{name}" for name in complaints),
        ]
        return self._explained(shop, dict.fromkeys(subjects), now)

    def _explained(self, shop: Shop, subjects: Iterable[str], now: datetime) -> Explanation:
        session = self.store.session(shop.id)
        entries = {name: session.entries(name) for name in subjects}
        messages = [message for ours, _ in entries.values() for message in ours]
        decisions = [decision for _, ours in entries.values() for decision in ours]
        coming = [(name, look) for name in entries for look in self._coming(session, shop, name, now)]
        return Explanation(
            tuple(entries),
            tuple(sorted(decisions, key=lambda decision: decision.at)),
            tuple(sorted((m for m in messages if m.status not in WAITING), key=left_at)),
            tuple(sorted((m for m in messages if m.status in WAITING), key=lambda m: m.due_at)),
            tuple(sorted(coming, key=lambda pair: pair[1].at)),
        )

    def _coming(self, session: Session, shop: Shop, name: str, now: datetime) -> list[Coming]:
        if session.subject(name).agenda.next is None:
            return []
        return still_coming(read_subject(session, shop, name, self.contact_key).facts(shop), now)


def left_at(message: Message) -> datetime:
    """When it left, or when that was last tried or decided."""
    decided = message.decisions[-1].at if message.decisions else message.due_at
    return message.sent_at or message.claimed_at or decided
