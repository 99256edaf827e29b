"""Replan a shop after its configuration changed: each moment computed anew, each hold looked at again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from shopbell.domain.deciding.decide import still_to_come
from shopbell.domain.journeys import BY_NAME, SWEEPS
from shopbell.domain.model.failures import what_failed
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import Due, Message
from shopbell.domain.model.vocabulary import Reason, Status
from shopbell.service.operators.wake_held import WakeHeld, held_for
from shopbell.service.ports import ContactKey, Ledger, Log, Place, Store
from shopbell.service.subjects.planning import schedule, trigger_of
from shopbell.service.subjects.reading import subject_of
from shopbell.service.subjects.retry import retry_on_conflict

OF_THE_CONFIGURATION = frozenset(
    {Reason.SEND_HOURS, Reason.MISSING_FACTS, Reason.CAP, Reason.YIELDED, Reason.LIMIT, Reason.BUDGET}
)
"""Reasons to wait that another configuration may do away with."""


@dataclass(frozen=True, slots=True)
class Replanned:
    """So many were looked at; `moved` have another moment now or are looked at again, `failed` could not be read."""

    looked: int = 0
    moved: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Replan:
    """The use case. What is not in the index has nothing to come, whatever the configuration says."""

    store: Store
    ledger: Ledger
    wake_held: WakeHeld
    contact_key: ContactKey
    note: Log

    def __call__(self, shop: Shop, now: datetime) -> Replanned:
        """May be run at any time, and again: a step already decided stays decided."""
        looked = moved = failed = 0
        for outcome in self._each(shop, now):
            looked, moved, failed = looked + 1, moved + (outcome is True), failed + (outcome is None)
        return Replanned(looked, moved, failed)

    def _each(self, shop: Shop, now: datetime) -> Iterator[bool | None]:
        for sweep in SWEEPS:
            for place in self.store.waiting(sweep, shop.id):
                yield self._alone(partial(self._plan, shop, sweep, place, now), shop)
        for place in self.store.waiting("outbox", shop.id):
            yield self._alone(partial(self._message, shop, place, now), shop)

    def _alone(self, step: Callable[[], bool], shop: Shop) -> bool | None:
        """The failure of one is its own (None); one that is written to meanwhile is read again."""
        try:
            return retry_on_conflict(step)
        except Exception as error:
            self.note("not_replanned", {"shop": shop.id, **what_failed(error)})
            return None

    def _plan(self, shop: Shop, sweep: str, place: Place, now: datetime) -> bool:
        session, found = self.store.session(shop.id), self.store.due_at(place)
        if found is None or found[1].moment is None:
            return False
        subject = subject_of(session, shop, found[1], self.contact_key)
        if still_to_come(subject.facts, SWEEPS[sweep], now) == found[1].moment:
            return False
        subject.check(session)
        schedule(session, subject.facts, sweep, now)
        session.commit()
        return True

    def _message(self, shop: Shop, place: Place, now: datetime) -> bool:
        message = self.ledger.message_at(place)
        if message is None:
            return False
        if held_for(message) in OF_THE_CONFIGURATION:
            return self.wake_held.now(message, now)
        planned = message.status is Status.PLANNED and not message.decisions
        return planned and self._news_to_come(shop, message, now)

    def _news_to_come(self, shop: Shop, message: Message, now: datetime) -> bool:
        """News that waits for a moment of its own."""
        due = Due(message.subject, since=now)
        facts = subject_of(self.store.session(shop.id), shop, due, self.contact_key).facts
        start = BY_NAME[message.name].starts(facts, trigger_of(facts, message, now))
        if start is None or start == message.due_at:
            return False
        if start <= now:
            return self.wake_held.now(message, now)
        self.ledger.move(message, start, start)
        return True
