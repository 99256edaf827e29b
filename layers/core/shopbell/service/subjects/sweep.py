"""A sweep: look at what is due, decide anew, plan, and say when to look next."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from shopbell.domain.deciding.agenda import LONGEST_WAIT
from shopbell.domain.model.state import Conflict, DuePlace, SendRequest
from shopbell.domain.model.vocabulary import Sweep as SweepName
from shopbell.domain.time.backoff import backoff
from shopbell.errors import where
from shopbell.service.ports import Enqueue
from shopbell.service.subjects.advance import ALARM_AT, advance
from shopbell.service.subjects.reading import with_person
from shopbell.service.subjects.retry import retry_on_conflict
from shopbell.service.subjects.work import Workplace


@dataclass(frozen=True, slots=True)
class AdvanceDue:
    """Advances the subject at a place of the index; its failure is its own. `is_outage`: whether the table cannot be
    had, so that nothing else can be looked at either."""

    workplace: Workplace
    enqueue: Enqueue
    is_outage: Callable[[Exception], bool]

    def __call__(self, place: DuePlace, now: datetime) -> None:
        try:
            self.enqueue(retry_on_conflict(lambda: self._advance(place, now)))
        except Conflict:
            self.workplace.log("conflict", {"place": place.key[0]})
        except Exception as error:
            if self.is_outage(error):
                raise
            self._put_off(place, now, error)

    def _advance(self, place: DuePlace, now: datetime) -> list[SendRequest]:
        shop = self.workplace.store.shop(place.shop)
        if shop is None:
            raise LookupError(place.shop)
        work = self.workplace.work(shop, now, renews=False)
        subject = work.session.subject_at(place)
        if subject is None or subject.agenda.next is None or subject.agenda.next.at > now:
            if subject is not None and not subject.expires_at:
                self.workplace.store.end(place, now)
            return []
        read = with_person(work.session, shop, subject, work.contact_key)
        after = read.subject
        if after.name != subject.name:  # a guest who turned out to be somebody: their steps are that customer's
            after = replace(after, agenda=after.agenda.joined(subject.agenda))
            settled = replace(subject, agenda=replace(subject.agenda, next=None))
            work.session.save(settled, has_new_facts=False)
        requests = advance(work, read.subject, after, read.person, is_tick=True)
        work.session.commit()
        self.workplace.count_deliveries(work)
        return requests

    def _put_off(self, place: DuePlace, now: datetime, error: Exception) -> None:
        """A subject that cannot be read: later, and later each time; it never stays at the head of the line."""
        failures = self.workplace.store.put_off(place, lambda before: now + backoff(before, LONGEST_WAIT))
        level = "alarm" if failures >= ALARM_AT else "put_off"
        self.workplace.log(level, {"place": place.key[0], "failures": failures, **where(error)})


@dataclass(frozen=True, slots=True)
class Sweep:
    """The use case for one sweep."""

    name: SweepName
    advance_due: AdvanceDue

    def __call__(self, now: datetime, enough: Callable[[], bool] = lambda: False) -> int:
        """Looks at all that is due until `enough` says that time is short; returns how many were looked at."""
        looked = 0
        for place in self.advance_due.workplace.store.due(self.name, now):
            if enough():
                break
            self.advance_due(place, now)
            looked += 1
        return looked
