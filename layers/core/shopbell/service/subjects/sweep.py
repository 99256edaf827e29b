"""A sweep: look at what is due, decide anew, plan, and say when to look next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol

from shopbell.domain.deciding.agenda import LONGEST_WAIT
from shopbell.domain.model.rhythm import Rhythm
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import Conflict, DuePlace, SendRequest
from shopbell.domain.model.vocabulary import Lane
from shopbell.domain.model.vocabulary import Sweep as SweepName
from shopbell.domain.rules.learning import is_to_be_learnt
from shopbell.domain.time.backoff import backoff
from shopbell.errors import where
from shopbell.pool import Failed, batches
from shopbell.service.in_step import Reader, in_step
from shopbell.service.ports import Enqueue, Reads
from shopbell.service.subjects.advance import ALARM_AT, advance
from shopbell.service.subjects.reading import expecting, with_person
from shopbell.service.subjects.rounds import Piece, Rounds
from shopbell.service.subjects.work import Work, Workplace

Learn = Callable[[Shop, datetime], Rhythm]
"""How a shop's customers order, from what they bought until now."""


@dataclass(frozen=True, slots=True)
class AdvanceDue:
    """Advances the subjects at places of the index; the failure of each is its own. `is_outage`: whether the table
    cannot be had, so that nothing else can be looked at either. `learn`: before anybody of a shop is looked at, it is
    learnt how its customers order, where that is due."""

    workplace: Workplace
    enqueue: Enqueue
    is_outage: Callable[[Exception], bool]
    learn: Learn | None = None

    def __call__(self, places: Sequence[DuePlace], now: datetime) -> list[SendRequest]:
        """Returns what the senders were asked for."""
        reads = self.workplace.store.reads()
        shops = self._with_rhythm(self._gathered(places, reads, now), now)
        pieces = [
            [Piece(number, shop, partial(self._advance, place))]
            for number, (place, shop) in enumerate(zip(places, shops, strict=True))
            if isinstance(shop, Shop)
        ]
        done = Rounds(self.workplace, reads, now, renews=False)(pieces)
        self.enqueue(done.requests)
        unread = {number: shop.error for number, shop in enumerate(shops) if isinstance(shop, Failed)}
        for number, error in sorted((unread | done.failed).items()):
            self.failed(places[number], now, error)
        return done.requests

    def _gathered(self, places: Sequence[DuePlace], reads: Reads, now: datetime) -> list[Shop | Failed]:
        read = in_step([self._reading(place, reads, now) for place in places], self.is_outage)
        for each in read:
            if isinstance(each, Failed) and self.is_outage(each.error):
                raise each.error
        return read

    def _with_rhythm(self, shops: list[Shop | Failed], now: datetime) -> list[Shop | Failed]:
        known = {} if self.learn is None else {shop.id: shop for shop in shops if isinstance(shop, Shop)}
        for name, shop in known.items():
            if self.learn is not None and is_to_be_learnt(shop.rhythm, now):
                known[name] = replace(shop, rhythm=self.learn(shop, now))
        return [known.get(shop.id, shop) if isinstance(shop, Shop) else shop for shop in shops]

    def _reading(self, place: DuePlace, reads: Reads, now: datetime) -> Reader[Shop]:
        session = self.workplace.store.session(place.shop, now=now, reads=reads)
        session.prefetch_at(place)
        self.workplace.store.expect(reads, place.shop)
        yield
        shop = self.workplace.store.shop(place.shop, reads)
        if shop is None:
            raise LookupError(place.shop)
        if (name := session.name_at(place)) is not None:
            yield from expecting(session, shop.id, name, self.workplace.contact_key)
        return shop

    def _advance(self, place: DuePlace, work: Work) -> list[SendRequest]:
        subject = work.session.subject_at(place)
        if subject is None or subject.agenda.next is None or subject.agenda.next.at > work.now:
            if subject is not None and not subject.expires_at:
                self.workplace.store.end(place, work.now)
            return []
        read = with_person(work.session, work.shop, subject, work.contact_key)
        after = read.subject
        if after.name != subject.name:  # a guest who turned out to be somebody: their steps are that customer's
            after = replace(after, agenda=after.agenda.joined(subject.agenda))
            settled = replace(subject, agenda=replace(subject.agenda, next=None))
            work.session.save(settled, has_new_facts=False)
        return advance(work, read.subject, after, read.person, is_tick=True)

    def failed(self, place: DuePlace, now: datetime, error: Exception) -> None:
        """What becomes of a place whose subject could not be advanced. Raises the error of an outage."""
        if isinstance(error, Conflict):
            self.workplace.log("conflict", {"place": place.key[0]})
        elif self.is_outage(error):
            raise error
        else:
            self._put_off(place, now, error)

    def _put_off(self, place: DuePlace, now: datetime, error: Exception) -> None:
        """A subject that cannot be read: later, and later each time; it never stays at the head of the line."""
        failures = self.workplace.store.put_off(place, lambda before: now + backoff(before, LONGEST_WAIT))
        level = "alarm" if failures >= ALARM_AT else "put_off"
        self.workplace.log(level, {"place": place.key[0], "failures": failures, **where(error)})


class Mailings(Protocol):
    def most(self) -> int:
        """As many as a tick may plan, so that a pause, or whatever else is said since, takes effect with the next."""
        ...

    def planned(self, number: int, now: datetime) -> None:
        """So many wait now, for which their lane is to have its share before the next tick."""
        ...


@dataclass(frozen=True, slots=True)
class Sweep:
    """The use case for one sweep."""

    name: SweepName
    advance_due: AdvanceDue
    mailings: Mailings

    def __call__(self, now: datetime, enough: Callable[[], bool] = lambda: False) -> int:
        """Looks at all that is due until `enough` says that time is short; returns how many were looked at."""
        looked, planned, most = 0, 0, None
        for places in batches(self.advance_due.workplace.store.due(self.name, now)):
            if enough() or (most is not None and planned >= most):
                break
            planned += sum(request.lane is Lane.MARKETING_EMAIL for request in self.advance_due(places, now))
            most = self.mailings.most() if planned and most is None else most
            looked += len(places)
        if planned:
            self.mailings.planned(planned, now)
        return looked
