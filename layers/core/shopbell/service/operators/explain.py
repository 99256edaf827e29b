"""Explain an order or a customer: all that was decided, what became of it, and what is still to come."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from shopbell.domain.deciding.decide import undecided
from shopbell.domain.journeys import SWEEPS
from shopbell.domain.model.complaint import OPENED
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.problems import Problem, Refused
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import Decision, Due, Message
from shopbell.domain.model.vocabulary import Status
from shopbell.service.ports import ContactKey, Session, Store
from shopbell.service.subjects.reading import read_subject

WAITING = frozenset({Status.PLANNED, Status.HELD, Status.SENDING})
"""Of these something is still to come."""


@dataclass(frozen=True, slots=True)
class Look:
    """When a sweep looks at a subject next, and for which steps. `failures`: how often in a row it could not."""

    at: datetime
    subject: str
    sweep: str
    steps: tuple[str, ...]
    failures: int


@dataclass(frozen=True, slots=True)
class Account:
    """Each oldest first; `waiting` are messages that have not left yet."""

    subjects: tuple[str, ...]
    decisions: tuple[Decision, ...]
    messages: tuple[Message, ...]
    waiting: tuple[Message, ...]
    looks: tuple[Look, ...]


@dataclass(frozen=True, slots=True)
class Explain:
    """The use case. Reads partitions of the order or customer asked for, and nothing else; raises Refused."""

    store: Store
    contact_key: ContactKey

    def order(self, shop: Shop, order: str, now: datetime) -> Account:
        if not self.store.session(shop.id).order(order).version:
            raise Refused(Problem("#/order", "unknown_order", f"{shop.id} has told of no order {order!r}"))
        return self._account(shop, [f"order/{order}"], now)

    def contact(self, shop: Shop, address: str, now: datetime) -> Account:
        """Whoever is reached by an e-mail address or a number in its one spelling."""
        whose = self.store.session(shop.id).contact(self.contact_key(shop.id, address)).contact.whose
        if not whose:
            raise Refused(Problem("#/contact", "unknown_contact", f"{shop.id} has told of nobody with this contact"))
        return self.customer(shop, whose, now)

    def customer(self, shop: Shop, key: str, now: datetime) -> Account:
        """With each order they have, also as the guest they were before. `key`: "id:<the shop's id>"."""
        session = self.store.session(shop.id)
        state = session.customer(key)
        if state.customer.merged_into:
            state = session.customer(state.customer.merged_into)
        if not state.version:
            raise Refused(Problem("#/customer", "unknown_customer", f"{shop.id} has told of no such customer"))
        customers = (state.customer.key, *state.customer.aliases)
        orders = [pointer.order for each in customers for pointer in self.store.pointers(shop.id, each)]
        complaints = state.customer.record.occurrences.get(OPENED, {})
        subjects = [
            *(f"customer/{each}" for each in customers),
            *(f"order/{each}" for each in orders),
            *(f"complaint/{each}" for each in complaints),
        ]
        return self._account(shop, dict.fromkeys(subjects), now)

    def _account(self, shop: Shop, subjects: Iterable[str], now: datetime) -> Account:
        session = self.store.session(shop.id)
        known = {subject: session.account(subject) for subject in subjects}
        messages = [message for each in known.values() for message in each[0]]
        decisions = [decision for each in known.values() for decision in each[1]]
        looks = [look for subject, each in known.items() for look in self._looks(session, shop, subject, each[2], now)]
        return Account(
            tuple(known),
            tuple(sorted(decisions, key=lambda each: each.at)),
            tuple(sorted((each for each in messages if each.status not in WAITING), key=left_at)),
            tuple(sorted((each for each in messages if each.status in WAITING), key=lambda each: each.due_at)),
            tuple(sorted(looks, key=lambda each: each.at)),
        )

    def _looks(self, session: Session, shop: Shop, subject: str, dues: dict[str, Due], now: datetime) -> Iterator[Look]:
        coming = {sweep: due for sweep, due in dues.items() if due.moment is not None}
        facts = read_subject(session, shop, subject, self.contact_key).facts if coming else None
        for sweep, due in coming.items():
            if facts and due.moment:
                steps = _steps(replace(facts, decided_steps=due.decided_steps, since=due.since), sweep, now)
                yield Look(due.moment, due.subject, sweep, steps, due.failures)


def _steps(facts: Facts, sweep: str, now: datetime) -> tuple[str, ...]:
    """Those whose moment comes first."""
    coming = [
        (start, journey.name)
        for journey, trigger, start in undecided(facts, SWEEPS[sweep], now)
        if not any(condition(facts, trigger) for condition in journey.only_if)
    ]
    first = min(coming, default=None)
    return tuple(name for start, name in coming if first and start == first[0])


def left_at(message: Message) -> datetime:
    """When it left, or when that was last tried or decided."""
    decided = message.decisions[-1].at if message.decisions else message.due_at
    return message.sent_at or message.claimed_at or decided
