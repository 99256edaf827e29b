"""A sweep: look at what is due, decide anew, plan, and say when to look next."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shopbell.domain.deciding.decide import decide, still_to_come
from shopbell.domain.journeys import SWEEPS
from shopbell.domain.model.facts import Facts, StepDecided
from shopbell.domain.model.state import Conflict, Due, SendRequest
from shopbell.service.ports import ContactKey, Enqueue, Log, Place, Store
from shopbell.service.subjects.planning import carry_out, noticing, with_step_decisions
from shopbell.service.subjects.reading import subject_of

FIRST_WAIT = timedelta(minutes=5)
ALARM_AT = 5
"""Failures in a row after which the log says so as an error."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """The use case for one sweep."""

    name: str
    store: Store
    enqueue: Enqueue
    contact_key: ContactKey
    log: Log

    def __call__(self, now: datetime, enough: Callable[[], bool] = lambda: False) -> int:
        """Looks at all that is due until `enough` says that time is short; returns how many were looked at."""
        looked = 0
        for place in self.store.due(self.name, now):
            if enough():
                break
            self._look(place, now)
            looked += 1
        return looked

    def _look(self, place: Place, now: datetime) -> None:
        """One subject; its failure is its own."""
        found = self.store.due_at(place)
        if found is None or found[1].moment is None or found[1].moment > now:
            return
        shop, due = found
        try:
            self.enqueue(self._decide(shop, due, now))
        except Conflict:
            self.log("conflict", {"shop": shop, "subject": due.subject})
        except Exception as error:
            self._put_off(shop, due, now, error)

    def _decide(self, shop_id: str, due: Due, now: datetime) -> list[SendRequest]:
        session, shop = self.store.session(shop_id), self.store.shop(shop_id)
        if shop is None:
            raise LookupError(shop_id)
        subject = subject_of(session, shop, due, self.contact_key)
        subject.check(session)
        step_decisions = decide(subject.facts, SWEEPS[self.name], now)
        facts, more = noticing(subject.facts, step_decisions, now)
        if subject.order and facts.order and more:
            told = with_step_decisions(subject.order.decided_steps, more, now)
            session.save_order(replace(subject.order, order=facts.order, decided_steps=told))
        step_decisions += more
        send_requests = carry_out(session, facts, step_decisions, now)
        session.save_due(
            self.name, self._next(facts, due, with_step_decisions(due.decided_steps, step_decisions, now), now)
        )
        session.commit()
        return send_requests

    def _next(self, facts: Facts, due: Due, told: dict[str, StepDecided], now: datetime) -> Due:
        after = replace(facts, decided_steps=told)
        return replace(due, decided_steps=told, moment=still_to_come(after, SWEEPS[self.name], now), failures=0)

    def _put_off(self, shop: str, due: Due, now: datetime, error: Exception) -> None:
        """Later, and later each time; it never stays at the head of the line."""
        session = self.store.session(shop)
        wait = FIRST_WAIT * 2 ** min(due.failures, 8)
        session.save_due(self.name, replace(due, moment=now + wait, failures=due.failures + 1))
        with suppress(Conflict):  # somebody wrote in between: it was looked at
            session.commit()
        level = "alarm" if due.failures + 1 >= ALARM_AT else "put_off"
        self.log(level, {"shop": shop, "subject": due.subject, "error": type(error).__name__})
