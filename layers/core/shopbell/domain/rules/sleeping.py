"""Who has ordered nothing for several times as long as they usually let pass, and what is done about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts, Trigger, first_of
from shopbell.domain.model.purchases import Purchase, last_purchase, purchases
from shopbell.domain.model.rhythm import Fit
from shopbell.domain.model.vocabulary import CouponKind, Kind, Reason, Series, SubjectKind
from shopbell.domain.rules.conditions import Condition
from shopbell.domain.rules.consent import consent
from shopbell.domain.rules.holdout import is_held_out
from shopbell.domain.rules.moments import Moment
from shopbell.domain.rules.regulars import always_orders, is_loyal, kept
from shopbell.domain.rules.rhythm import ASLEEP, WOKEN, Pace, expected_of, pace, spent, turn
from shopbell.domain.time.calendar import at_local, format_instant, local_day
from shopbell.domain.time.span import working_days

AT_TEN = time(10)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Sleeper:
    """A customer by what they bought."""

    bought: tuple[Purchase, ...]
    pace: Pace
    today: date
    fit: Fit | None
    spent: Decimal

    @property
    def expected(self) -> float | None:
        """Orders in half a year; None while nothing can be said."""
        return expected_of(self.pace, self.fit, self.today)

    @property
    def last(self) -> Purchase:
        return self.bought[-1]

    @property
    def silent_days(self) -> int:
        return (self.today - self.pace.last_on).days

    @property
    def is_loyal(self) -> bool:
        return is_loyal(self.bought)

    @property
    def always_orders(self) -> Purchase | None:
        return always_orders(self.bought)

    @property
    def worth(self) -> Decimal:
        """What they may be expected to spend in half a year."""
        return Decimal(str(round(self.expected or 0.0, 3))) * self.spent / max(len(kept(self.bought)), 1)

    @property
    def in_words(self) -> str:
        own = self.pace.often is not None
        usually = f"usually every {self.pace.often} days, {self.pace.longest} at the longest" if own else self._few
        expected = self.expected
        told = "" if expected is None else f"; {_shortly(expected)} orders expected in half a year"
        return f"{usually}; now {self.silent_days}{told}"

    @property
    def _few(self) -> str:
        number = len(self.pace.days)
        return f"{number} order{'s' * (number > 1)}, usually again after {round(self.pace.usual)} days"


def _shortly(number: float) -> str:
    return f"{number:.1f}".removeprefix("0")


def sleeper(facts: Facts, now: datetime) -> Sleeper | None:
    """None of whom bought nothing that they kept."""
    shop, bought = facts.shop, purchases(facts.customer)
    known = pace(bought, shop.rhythm, shop.sleeping.floor_days, facts.zone)
    if known is None:
        return None
    today = local_day(now, facts.zone)
    return Sleeper(bought, known, today, shop.rhythm.fit, spent(bought, shop.currency))


def is_big(facts: Facts, who: Sleeper) -> bool:
    """Of the tenth that has spent the most."""
    big_from = facts.shop.rhythm.big_from
    return big_from is not None and who.spent >= big_from


@dataclass(frozen=True, slots=True)
class Sleeps:
    """Once so many usual times have passed since the last order; by that order. `by_call`: of those alone who have
    spent the most, and as many a day as can be called."""

    times: int
    by_call: bool = False
    event_type: EventType = EventType.SLEEPS
    about: SubjectKind = SubjectKind.CUSTOMER

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Trigger]:
        who = sleeper(facts, now) if facts.about == self.about else None
        if who is None or (self.by_call and not is_big(facts, who)):
            return
        at = self._at(facts, who, now)
        yield Trigger(who.last.order, at, {"order": who.last.order}, why=who.in_words if at <= now else "")

    def _at(self, facts: Facts, who: Sleeper, now: datetime) -> datetime:
        moment = at_local(who.pace.silent_for(self.times), AT_TEN, facts.zone)
        since = facts.shop.rhythm.since
        if since is None:  # nobody is found before the shop's own past is known
            return max(moment, now + HOUR)
        return moment if moment >= since else self._turn(facts, who, since)

    def _turn(self, facts: Facts, who: Sleeper, since: datetime) -> datetime:
        """All are found asleep at once: most expected first."""
        rhythm = facts.shop.rhythm
        expected = expected_of(who.pace, rhythm.fit, local_day(since, facts.zone))
        day = turn(expected, rhythm.calls if self.by_call else rhythm.letters)
        if self.by_call:
            return facts.shop.calendar.plus(since, working_days(day)) if day else since
        return at_local(local_day(since, facts.zone) + timedelta(days=day), AT_TEN, facts.zone) if day else since


asleep, long_asleep, asleep_and_big = Sleeps(ASLEEP), Sleeps(WOKEN), Sleeps(ASLEEP, by_call=True)


@dataclass(frozen=True, slots=True)
class FirstWord(Moment):
    """When the letter was decided, or the call to those who are called."""

    letter: Kind
    call: Kind

    def __str__(self) -> str:
        return f"{self.letter} or {self.call}"

    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None:
        decided = facts.agenda.decided
        names = (self.letter, self.call) if to_be_called(facts, trigger, self.call) else (self.letter,)
        steps = [decided.get(f"{name}|{trigger.occurrence_id}") for name in names]
        return None if None in steps else max(step.at for step in steps if step)


def to_be_called(facts: Facts, trigger: Trigger, call: Kind) -> bool:
    who = sleeper(facts, trigger.at)
    is_known = who is not None and is_big(facts, who) and bool(facts.customer.text("phone"))
    is_wanted = not _refused(facts, trigger) and not facts.customer.open_complaint
    return is_known and is_wanted and facts.shop.figures(call).enabled is not False


def _still_asleep(facts: Facts, trigger: Trigger) -> str:
    last = last_purchase(facts.customer)
    if last is None:
        return "nothing that they bought is left"
    at, order = last
    return "" if order == first_of(trigger.occurrence_id) else f"ordered at {format_instant(at)}"


def not_called(call: Kind) -> Condition:
    """Nor are they among those who are rung."""
    return Condition(lambda facts, trigger: _called(facts, trigger, call), Reason.SUPERSEDED, for_good=False)


def _called(facts: Facts, trigger: Trigger, call: Kind) -> str:
    return f"by call: {call} asks on the phone" if to_be_called(facts, trigger, call) else ""


def _refused(facts: Facts, trigger: Trigger) -> str:
    """Whoever wants no letters beyond their orders wants no such call either."""
    said = (("email_marketing", facts.email), ("sms_marketing", facts.phone))
    refused = (purpose for purpose, contact in said if consent(facts.customer, contact, purpose) is False)
    return next((f"{purpose} was refused" for purpose in refused), "")


def _offered(facts: Facts, trigger: Trigger) -> str:
    return "" if facts.shop.coupon(CouponKind.WINBACK) else f"the shop has no coupon {CouponKind.WINBACK}"


def _held_out(facts: Facts, trigger: Trigger) -> str:
    held_out = is_held_out(facts, Series.WINBACK)
    return f"{facts.shop.marketing.holdout_percent} % are held out for comparison" if held_out else ""


still_asleep = Condition(_still_asleep)
not_refused = Condition(_refused, Reason.REFUSED)
something_offered = Condition(_offered, Reason.NOTHING_TO_TELL, for_good=False)
not_held_out = Condition(_held_out, Reason.HOLDOUT, for_good=False, settles=False)
