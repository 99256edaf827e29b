"""Replan a shop after its configuration changed: each moment computed anew, each hold looked at again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from shopbell.domain.journeys import BY_NAME
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import DuePlace, Message
from shopbell.domain.model.vocabulary import Reason, Status, Sweep
from shopbell.errors import where
from shopbell.service.operators.wake_held import WakeHeld, held_for
from shopbell.service.ports import Ledger
from shopbell.service.subjects.advance import advance
from shopbell.service.subjects.planning import trigger_of
from shopbell.service.subjects.reading import read_subject, with_person
from shopbell.service.subjects.retry import retry_on_conflict
from shopbell.service.subjects.work import Workplace

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

    workplace: Workplace
    ledger: Ledger
    wake_held: WakeHeld

    def __call__(self, shop: Shop, now: datetime) -> Replanned:
        """May be run at any time, and again: a step already decided stays decided."""
        looked = moved = failed = 0
        for outcome in self._each(shop, now):
            looked, moved, failed = looked + 1, moved + (outcome is True), failed + (outcome is None)
        return Replanned(looked, moved, failed)

    def _each(self, shop: Shop, now: datetime) -> Iterator[bool | None]:
        store = self.workplace.store
        # Listed before any of them is moved: a subject may pass from one sweep to another.
        for place in [place for sweep in Sweep for place in store.waiting(sweep, shop.id)]:
            step = self._message if place.is_message else self._plan
            yield self._alone(partial(step, shop, place, now), shop)

    def _alone(self, step: Callable[[], bool], shop: Shop) -> bool | None:
        """The failure of one is its own (None); one that is written to meanwhile is read again."""
        try:
            return retry_on_conflict(step)
        except Exception as error:  # noqa: BLE001  # is logged, and the others are planned anew
            self.workplace.log("not_replanned", {"shop": shop.id, **where(error)})
            return None

    def _plan(self, shop: Shop, place: DuePlace, now: datetime) -> bool:
        """Whether its next moment is another one now."""
        work = self.workplace.work(shop, now, renews=False)
        subject = work.session.subject_at(place)
        if subject is None or subject.agenda.next is None:
            return False
        read = with_person(work.session, shop, subject, work.contact_key)
        requests = advance(work, read.subject, read.subject, read.person, is_tick=True)
        if not work.session.has_writes():
            return False
        work.session.commit()
        self.wake_held.enqueue(requests)
        return True

    def _message(self, shop: Shop, place: DuePlace, now: datetime) -> bool:
        message = self.ledger.message_at(place.key)
        if message is None:
            return False
        if held_for(message) in OF_THE_CONFIGURATION:
            return self.wake_held.now(message, now)
        planned = message.status is Status.PLANNED and not message.decisions
        return planned and self._news_to_come(shop, message, now)

    def _news_to_come(self, shop: Shop, message: Message, now: datetime) -> bool:
        """News that waits for a moment of its own."""
        work = self.workplace.work(shop, now, renews=False)
        facts = read_subject(work.session, shop, message.subject, work.contact_key, message.customer).facts(shop)
        start = BY_NAME[message.name].starts(facts, trigger_of(facts, message, now))
        if start is None or start == message.due_at:
            return False
        if start <= now:
            return self.wake_held.now(message, now)
        self.ledger.move(message, start, start)
        return True
