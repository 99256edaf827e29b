"""The triggers of a journey: how often it may come for one subject, and what each is called."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Protocol

from shopbell.domain.model.events import EventType, Json
from shopbell.domain.model.facts import Facts, Trigger, again_of, first_of
from shopbell.domain.model.shop import Digest
from shopbell.domain.model.vocabulary import Kind, SubjectKind
from shopbell.domain.rules import holidays
from shopbell.domain.rules.account import Account, Turn, account_in, occurrence_of
from shopbell.domain.rules.conditions import CALL_DONE
from shopbell.domain.rules.days import ARRIVAL, DISPATCH, impossible
from shopbell.domain.rules.parcels import delivered_at
from shopbell.domain.rules.parcels import news as parcel_news
from shopbell.domain.rules.promises import open_promises
from shopbell.domain.time.calendar import Birthday, at_local, local_day

MOST_CALLS = 3
"""How often a call that nobody answered comes back: a customer is not to be hunted."""


class Triggers(Protocol):
    @property
    def event_type(self) -> EventType:
        """The event that triggers it, or a word without a dot for what only the calendar knows."""
        ...

    @property
    def about(self) -> SubjectKind:
        """The kind of subject it is about."""
        ...

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Trigger]: ...


def about(event_type: EventType) -> SubjectKind:
    """The kind of subject that an event is about: orders, complaints and campaigns have their own, all else is the
    customer's."""
    first = event_type.partition(".")[0]
    return SubjectKind(first) if first in OF_THEIR_OWN else SubjectKind.CUSTOMER


OF_THEIR_OWN = (SubjectKind.ORDER, SubjectKind.COMPLAINT, SubjectKind.CAMPAIGN)


@dataclass(frozen=True, slots=True)
class Each:
    """Every occurrence of an event, oldest first."""

    event_type: EventType

    @property
    def about(self) -> SubjectKind:
        return about(self.event_type)

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Trigger]:
        if facts.about != self.about:
            return
        if facts.order and self.event_type in TURNS:
            yield from map(_trigger_of, TURNS[self.event_type](account_in(facts)))
            return
        for name, occurrence in facts.history.occurrences(self.event_type):
            yield Trigger(name, occurrence.at, occurrence.facts)


TURNS: Mapping[EventType, Callable[[Account], Sequence[Turn]]] = {
    EventType.ORDER_ACCEPTED: lambda account: account.acceptances,
    EventType.ORDER_CANCELLED: lambda account: account.cancellations,
}
"""What is news again after the other's word."""


def _trigger_of(turn: Turn) -> Trigger:
    return Trigger(turn.occurrence_id, turn.at, turn.facts)


@dataclass(frozen=True, slots=True)
class Lives:
    """The order as it lives now: since it was placed, or was brought back after it had been called off."""

    event_type: EventType = EventType.ORDER_PLACED
    about: SubjectKind = SubjectKind.ORDER

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Trigger]:
        if facts.order is None or facts.about != self.about:
            return
        account = account_in(facts)
        if account.life > 1:
            yield _trigger_of(account.acceptances[-1])
        else:
            yield from Each(self.event_type)(facts, now)


@dataclass(frozen=True, slots=True)
class OnceALife:
    """What happens once in each life of an order; `moment`: when, by its account."""

    event_type: EventType
    moment: Callable[[Account], datetime | None]
    about: SubjectKind = SubjectKind.ORDER

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Trigger]:
        account = account_in(facts)
        at = self.moment(account)
        if at is not None and facts.about == self.about:
            yield Trigger(occurrence_of(account.life), at)


@dataclass(frozen=True, slots=True)
class MoneyLeftOver:
    """Each time that more was paid than is to be kept, or more was given back than had been paid."""

    event_type: EventType = EventType.MONEY_LEFT_OVER
    about: SubjectKind = SubjectKind.ORDER

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Trigger]:
        for surplus in account_in(facts).surpluses if facts.about == self.about else ():
            yield Trigger(surplus.cause, surplus.at)


@dataclass(frozen=True, slots=True)
class EachParcel:
    """Every parcel of an order to which that happened, in the order in which it did."""

    event_type: EventType
    about: SubjectKind = SubjectKind.ORDER

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Trigger]:
        for news in parcel_news(facts.order, self.event_type) if facts.about == self.about and facts.order else ():
            parcel = news.parcel.name if news.parcel else None
            said = news.occurrence
            yield Trigger(news.occurrence_id, said.at, said.facts, also_called=news.also_called, parcel=parcel)


@dataclass(frozen=True, slots=True)
class Received:
    """The moment at which the customer had all that was ordered."""

    event_type: EventType = EventType.ORDER_DELIVERED
    about: SubjectKind = SubjectKind.ORDER

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Trigger]:
        at = delivered_at(facts.order) if facts.about == self.about and facts.order else None
        if at is not None:
            yield Trigger("", at)


@dataclass(frozen=True, slots=True)
class ReviewOfOrder:
    """The word about an order; one that names no order is the customer's own."""

    event_type: EventType = EventType.REVIEW_POSTED
    about: SubjectKind = SubjectKind.ORDER

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Trigger]:
        for name, occurrence in facts.history.occurrences(self.event_type) if facts.about == self.about else ():
            yield Trigger(name, occurrence.at, occurrence.facts)


@dataclass(frozen=True, slots=True)
class Calls:
    """The occasions of the call that a row names, each once more after nobody answered it, or a call of a kind that
    stands in for it (`also`)."""

    name: Kind
    of: Triggers
    also: tuple[Kind, ...] = ()

    @property
    def event_type(self) -> EventType:
        return self.of.event_type

    @property
    def about(self) -> SubjectKind:
        return self.of.about

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Trigger]:
        for trigger in self.of(facts, now):
            yield trigger
            yield from self._again(facts, trigger)

    def _again(self, facts: Facts, first: Trigger) -> Iterator[Trigger]:
        done = facts.history.record.occurrences.get(CALL_DONE, {}).values()
        missed = sorted(call.at for call in done if self._missed(call.facts, first))
        for number, at in enumerate(missed[:MOST_CALLS], 1):
            later = facts.shop.calendar.later_today(at)
            names = [again_of(name, number) for name in first.names]
            yield replace(first, occurrence_id=names[0], also_called=tuple(names[1:]), due=later, again=number)

    def _missed(self, call: Mapping[str, Json], first: Trigger) -> bool:
        ours = self.brings_back(str(call.get("name")), str(call.get("kind")))
        called = first_of(str(call.get("occurrence", "")))
        return ours and call.get("outcome") == "no_answer" and called in first.names

    def brings_back(self, name: str, kind: str) -> bool:
        """Whether a call of this name that nobody answered is made again as one of these."""
        return name == self.name or kind in self.also


@dataclass(frozen=True, slots=True)
class Promises:
    """Each date that the customer was told and that is still to be kept: of leaving, of arriving, or both. `at` is when
    the day is over."""

    of: tuple[str, ...] = (DISPATCH, ARRIVAL)
    event_type: EventType = EventType.PROMISE
    about: SubjectKind = SubjectKind.ORDER

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Trigger]:
        if facts.about != self.about:
            return
        for promise in open_promises(facts):
            if promise.what in self.of:
                first, *others = promise.occurrence_ids
                parcel = promise.parcel.name if promise.parcel else None
                facts_of_it = {name: getattr(promise, name).isoformat() for name in ("day", "since", "ends")}
                said = {"what": promise.what, **facts_of_it}
                yield Trigger(first, promise.ends, said, also_called=tuple(others), parcel=parcel)


@dataclass(frozen=True, slots=True)
class ImpossibleDays:
    """Each day, or pair of days, that the shop named and that cannot be."""

    event_type: EventType = EventType.IMPOSSIBLE_DAY
    about: SubjectKind = SubjectKind.ORDER

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Trigger]:
        for each in impossible(facts) if facts.about == self.about else ():
            days = {"day": each.day.isoformat(), "before_day": each.before_day and each.before_day.isoformat()}
            said = {"name": each.name, "before": each.before, **days}
            yield Trigger(each.occurrence_id, each.said_at, said, parcel=each.parcel)


@dataclass(frozen=True, slots=True)
class Birthdays:
    """One a year, from the first that was still to come when the birthday became known."""

    event_type: EventType = EventType.BIRTHDAY
    about: SubjectKind = SubjectKind.CUSTOMER

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Trigger]:
        birthday = facts.customer.birthday
        if birthday is None or facts.about != self.about:
            return
        for day in _coming_days(birthday, facts, now):
            yield Trigger(str(day.year), at_local(day, time(0), facts.zone))


LONG_PAST = timedelta(days=31)
"""A day of the calendar that is so far back is nobody's news, whatever became of it."""


def _coming_days(on: Birthday, facts: Facts, now: datetime) -> Iterator[date]:
    """Year by year, from the first that was still to come when the customer became known."""
    first = max(local_day(facts.agenda.since or now, facts.zone), local_day(now - LONG_PAST, facts.zone))
    for year in range(first.year, now.year + 2):
        if (day := on.in_year(year)) >= first:
            yield day


@dataclass(frozen=True, slots=True)
class Holidays:
    """Each of the shop's holidays once a year, of which the customer has this share; those that are off as well, so
    that the day is looked at should the shop turn it on."""

    share: holidays.Share
    event_type: EventType = EventType.HOLIDAY
    about: SubjectKind = SubjectKind.CUSTOMER

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Trigger]:
        for holiday in facts.shop.holidays.values() if facts.about == self.about else ():
            if holidays.share_in(holiday, facts.customer) is self.share:
                for day in _coming_days(holiday.on, facts, now):
                    yield Trigger(holidays.occurrence_of(holiday, day.year), at_local(day, time(0), facts.zone))


MORNING_LASTS = timedelta(hours=4)
"""So long after the shop has opened its people are still told of the day."""


@dataclass(frozen=True, slots=True)
class Mornings:
    """Each time that a shop opens whose people want their tasks gathered day by day; named by the day."""

    event_type: EventType = EventType.MORNING
    about: SubjectKind = SubjectKind.STAFF

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Trigger]:
        if facts.about != self.about or facts.shop.staff.digest is not Digest.DAILY:
            return
        calendar = facts.shop.calendar
        for opening in dict.fromkeys((calendar.next_morning(now - MORNING_LASTS), calendar.next_morning(now))):
            yield Trigger(local_day(opening, facts.shop.zone).isoformat(), opening)


@dataclass(frozen=True, slots=True)
class Months:
    """The first morning on which a shop opens in a month, for the month before; named by that month ("2026-03")."""

    event_type: EventType = EventType.MONTH
    about: SubjectKind = SubjectKind.STAFF

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Trigger]:
        if facts.about != self.about:
            return
        calendar, this = facts.shop.calendar, local_day(now, facts.shop.zone).replace(day=1)
        for first in (this, (this + timedelta(days=31)).replace(day=1)):
            before = first - timedelta(days=1)
            opening = calendar.next_morning(at_local(first, time(0), facts.shop.zone) - timedelta(seconds=1))
            yield Trigger(before.isoformat()[:7], opening)


months = Months()
birthdays, promises, received, mornings = Birthdays(), Promises(), Received(), Mornings()
cards, offers, gift_reminders = (Holidays(share) for share in holidays.Share)
dispatches, arrivals, impossible_days = Promises((DISPATCH,)), Promises((ARRIVAL,)), ImpossibleDays()
lives, money_left_over, review_of_order = Lives(), MoneyLeftOver(), ReviewOfOrder()
settled = OnceALife(EventType.SETTLED, lambda account: account.settled_at)
"""Once nothing is due any more."""
called_off = OnceALife(EventType.CALLED_OFF, lambda account: account.called_off_at)
"""By a cancellation, or because all the money was given back."""
