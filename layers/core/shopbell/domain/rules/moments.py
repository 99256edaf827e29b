"""Named moments of which the journeys' rows are made; each answers a UTC datetime, or None while unknown."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Protocol

from shopbell.domain.model.agenda import Agenda
from shopbell.domain.model.complaint import ASKED_AFTER, OPENED, RESOLVED
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.order import CHECKOUT, Order
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.vocabulary import ChannelName, Kind, Outcome
from shopbell.domain.rules.account import account_of
from shopbell.domain.rules.days import last_day_of_keeping
from shopbell.domain.time.calendar import at_local, local_day, next_send_moment, parse_day, parse_instant
from shopbell.domain.time.span import Span

ONE_DAY = timedelta(days=1)
CHECKOUT_MINUTE = timedelta(minutes=1)
BY_CHECKOUT = frozenset({"card", "other"})
"""Ways to pay that a checkout takes the money by, and says so in an event of its own."""


class Moment(Protocol):
    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None: ...

    def spanning(self, span: Span) -> "Moment":
        """With a shop's own figure in place of the table's; of a moment that has none, so long after it."""
        return After(span, self)


@dataclass(frozen=True, slots=True)
class AtOnce(Moment):
    """When it happened."""

    def __str__(self) -> str:
        return "at once"

    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None:
        return trigger.at


@dataclass(frozen=True, slots=True)
class PlacedAt(Moment):
    """When the order was placed."""

    def __str__(self) -> str:
        return "the order"

    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None:
        if trigger.occurrence_id:  # brought back: it begins anew
            return trigger.at
        return facts.order.begun_at if facts.order else None


@dataclass(frozen=True, slots=True)
class AfterCheckout(Moment):
    """At once; a minute later where the checkout's word of the payment is usually still to come."""

    def __str__(self) -> str:
        return "at once; after a minute where the checkout is still to say that it was paid"

    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None:
        if facts.order is None or facts.order.text("payment.method") not in BY_CHECKOUT:
            return trigger.at
        return trigger.at if _paid_before(facts.order, facts.shop, trigger.at) else trigger.at + CHECKOUT_MINUTE


def _paid_before(order: Order, shop: Shop, placed_at: datetime) -> bool:
    """Whether the order says so itself, costs nothing, or was paid before. An event of the same second comes after."""
    account = account_of(order, shop)
    settled_at = account.settled_at
    said_so = CHECKOUT in account.payments or account.total == 0
    return settled_at is not None and (said_so or settled_at < placed_at)


@dataclass(frozen=True, slots=True)
class Decided(Moment):
    """When another step was decided; with `sent_only`, not where it was skipped."""

    step: Kind
    sent_only: bool = True

    def __str__(self) -> str:
        return self.step

    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None:
        step = facts.agenda.decided.get(f"{self.step}|{trigger.occurrence_id}")
        skipped = step is not None and step.outcome is Outcome.SKIPPED
        return None if step is None or (skipped and self.sent_only) else step.at


@dataclass(frozen=True, slots=True)
class OfKind(Moment):
    """The moment of another kind, as the shop's own figures have it."""

    kind: Kind
    moment: Moment

    def __str__(self) -> str:
        return str(self.moment)

    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None:
        own = facts.shop.figures(self.kind).after
        return (self.moment.spanning(own) if own else self.moment)(facts, trigger)

    def spanning(self, span: Span) -> Moment:
        return self.moment.spanning(span)


@dataclass(frozen=True, slots=True)
class ToLeave(Moment):
    """When a letter is to leave: at its moment, or when the send hours begin after that."""

    letter: OfKind

    def __str__(self) -> str:
        return self.letter.kind

    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None:
        moment = self.letter(facts, trigger)
        return None if moment is None else next_send_moment(moment, facts.shop.send_hours, facts.zone)


@dataclass(frozen=True, slots=True)
class LastLetter(Moment):
    """When the customer got, or is to get, their last letter but this one: about an order, a complaint, themselves. Of
    their orders as far as these are known."""

    but: Kind

    def __str__(self) -> str:
        return "the last other letter"

    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None:
        agendas = (facts.agenda, *(other.agenda for other in facts.others))
        told = (at for agenda in agendas for at in _letters(agenda, self.but))
        return max((*told, *_complaint_letters(facts)), default=None)


def _letters(agenda: Agenda, but: Kind) -> Iterator[datetime]:
    for key, step in agenda.decided.items():
        is_letter = step.outcome is not Outcome.SKIPPED and {ChannelName.EMAIL, ChannelName.SMS} & {*step.channels}
        if is_letter and key.partition("|")[0] != but:
            yield step.at


def _complaint_letters(facts: Facts) -> Iterator[datetime]:
    """That it was taken, what was done, and a week later whether all is well."""
    occurrences = facts.customer.record.occurrences
    yield from (opened.at for opened in occurrences.get(OPENED, {}).values())
    for resolved in occurrences.get(RESOLVED, {}).values():
        yield facts.shop.calendar.plus(resolved.at, ASKED_AFTER)


@dataclass(frozen=True, slots=True)
class After(Moment):
    """A distance after another moment, on the shop's calendar; days keep the time of day there."""

    span: Span
    anchor: Moment

    def __str__(self) -> str:
        where = "before" if self.span.amount < 0 else "after"
        distance = replace(self.span, amount=abs(self.span.amount))
        return f"{distance} {where} {'it' if isinstance(self.anchor, AtOnce) else self.anchor}"

    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None:
        start = self.anchor(facts, trigger)
        return None if start is None else facts.shop.calendar.plus(start, self.span)

    def spanning(self, span: Span) -> Moment:
        return replace(self, span=span)


@dataclass(frozen=True, slots=True)
class LaterOf(Moment):
    """The later of two moments; the known one while the other is not."""

    one: Moment
    other: Moment

    def __str__(self) -> str:
        return f"{self.one}, no sooner than {self.other}"

    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None:
        return max(_known(facts, trigger, self.one, self.other), default=None)

    def spanning(self, span: Span) -> Moment:
        return replace(self, one=self.one.spanning(span))


@dataclass(frozen=True, slots=True)
class AfterBoth(Moment):
    """The later of two moments; unknown while either is."""

    one: Moment
    other: Moment

    def __str__(self) -> str:
        return f"{self.one}, once it is {self.other}"

    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None:
        known = _known(facts, trigger, self.one, self.other)
        return max(known) if len(known) > 1 else None

    def spanning(self, span: Span) -> Moment:
        return replace(self, one=self.one.spanning(span))


@dataclass(frozen=True, slots=True)
class SoonerOf(Moment):
    """The sooner of two moments; the known one while the other is not."""

    one: Moment
    other: Moment

    def __str__(self) -> str:
        return f"the sooner of {self.one} and {self.other}"

    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None:
        return min(_known(facts, trigger, self.one, self.other), default=None)

    def spanning(self, span: Span) -> Moment:
        return replace(self, one=self.one.spanning(span))


def _known(facts: Facts, trigger: Trigger, *moments: Moment) -> list[datetime]:
    return [at for at in (moment(facts, trigger) for moment in moments) if at is not None]


@dataclass(frozen=True, slots=True)
class MorningBeforeLastDay(Moment):
    """When the send hours open, in the customer's zone, on the day before the last on which a parcel is kept."""

    def __str__(self) -> str:
        return "the morning before the last day of keeping"

    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None:
        last = last_day_of_keeping(facts, trigger.parcel)
        return None if last is None else at_local(last - ONE_DAY, facts.shop.send_hours.opens, facts.zone)

    def spanning(self, span: Span) -> Moment:
        return self


@dataclass(frozen=True, slots=True)
class EndOfKeeping(Moment):
    """The end of the last day on which a parcel is kept: with the shop's working hours."""

    def __str__(self) -> str:
        return "the end of the last day of keeping"

    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None:
        last = last_day_of_keeping(facts, trigger.parcel)
        return None if last is None else facts.shop.calendar.end_of(last)

    def spanning(self, span: Span) -> Moment:
        return self


@dataclass(frozen=True, slots=True)
class NextMorning(Moment):
    """When the shop opens next after a moment: in the next working morning."""

    after: Moment

    def __str__(self) -> str:
        return f"the working morning after {self.after}"

    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None:
        moment = self.after(facts, trigger)
        return None if moment is None else facts.shop.calendar.next_morning(moment)


@dataclass(frozen=True, slots=True)
class AgreedTime(Moment):
    """The moment that the event itself names."""

    name: str = "at"

    def __str__(self) -> str:
        return "the agreed time"

    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None:
        agreed = trigger.facts.get(self.name)
        return parse_instant(agreed) if isinstance(agreed, str) else None


@dataclass(frozen=True, slots=True)
class EndOfPromise(Moment):
    """When the promised day is over."""

    def __str__(self) -> str:
        return "the end of the promised day"

    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None:
        ends = trigger.facts.get("ends")
        return parse_instant(ends) if isinstance(ends, str) else None


@dataclass(frozen=True, slots=True)
class BeforePromise(Moment):
    """The morning of the last working day before the promised one; never, where the promise was made later."""

    def __str__(self) -> str:
        return "the morning of the working day before the promised one"

    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None:
        day, since = trigger.facts.get("day"), trigger.facts.get("since")
        if not isinstance(day, str) or not isinstance(since, str):
            return None
        morning = facts.shop.calendar.last_morning_before(parse_day(day))
        return morning if morning > parse_instant(since) else None

    def spanning(self, span: Span) -> Moment:
        return self


@dataclass(frozen=True, slots=True)
class OnBirthday(Moment):
    """So many days from the birthday, at a time of day in the customer's zone."""

    days: int
    at: time = time(10)

    def __str__(self) -> str:
        return f"{self.days:+d} days, {self.at:%H:%M}" if self.days else f"on the day, {self.at:%H:%M}"

    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None:
        birthday = facts.customer.birthday
        if birthday is None:
            return None
        day = birthday.in_year(int(trigger.occurrence_id)) + timedelta(days=self.days)
        return at_local(day, self.at, facts.zone)

    def spanning(self, span: Span) -> Moment:
        return replace(self, days=span.amount)


@dataclass(frozen=True, slots=True)
class OnHoliday(Moment):
    """So many days from a holiday, at a time of day in the customer's zone."""

    days: int = 0
    at: time = time(10)

    def __str__(self) -> str:
        return f"{self.days:+d} days from it, {self.at:%H:%M}" if self.days else f"{self.at:%H:%M} on the holiday"

    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None:
        return at_local(local_day(trigger.at, facts.zone) + timedelta(days=self.days), self.at, facts.zone)

    def spanning(self, span: Span) -> Moment:
        return replace(self, days=span.amount)


@dataclass(frozen=True, slots=True)
class EndOfDay(Moment):
    """Midnight after a moment, in the customer's zone."""

    of: Moment

    def __str__(self) -> str:
        return "the end of that day"

    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None:
        moment = self.of(facts, trigger)
        if moment is None:
            return None
        return at_local(local_day(moment, facts.zone) + ONE_DAY, time(0), facts.zone)

    def spanning(self, span: Span) -> Moment:
        return EndOfDay(self.of.spanning(span))


at_once, placed_at, agreed_time, after_checkout = AtOnce(), PlacedAt(), AgreedTime(), AfterCheckout()
end_of_promise, before_promise = EndOfPromise(), BeforePromise()
morning_before_last_day, end_of_keeping = MorningBeforeLastDay(), EndOfKeeping()
next_morning_after_promise = NextMorning(end_of_promise)
