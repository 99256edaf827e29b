"""What a campaign may bring and cost, how fast it may leave, and when it has to stop."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from shopbell.domain.model.campaign import Campaign, Counts, Found, Hold, Stage, language_of, run_on
from shopbell.domain.model.customer import Contact, Customer
from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.purchases import purchases
from shopbell.domain.model.shop import CalendarEntry, Coupon, Shop
from shopbell.domain.model.vocabulary import Reason
from shopbell.domain.rules.conditions import Condition
from shopbell.domain.rules.forecast import forecasts
from shopbell.domain.rules.moments import Moment
from shopbell.domain.rules.segments import outside
from shopbell.domain.time.calendar import Birthday, at_local, local_day, next_send_moment, parse_day
from shopbell.domain.time.span import Span

ONE_DAY = timedelta(days=1)
CENTS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Forecast:
    """By the percent of those who hear of it that may order (R123): what it may bring, and what the coupon takes off
    that. `sms`: what the text messages cost."""

    brings: Mapping[Decimal, Decimal]
    coupon: Mapping[Decimal, Decimal]
    sms: Decimal

    @property
    def least(self) -> Decimal:
        return self.brings[min(self.brings)]

    @property
    def cost(self) -> Decimal:
        """Of that."""
        return self.sms + self.coupon[min(self.coupon)]

    @property
    def is_worth_it(self) -> bool:
        """Judged by the lowest rate. What costs nothing is, and what is for people of whom no order is known: nobody
        can tell."""
        return not self.cost or not self.least or self.cost < self.least


def forecast(reached: int, average: Decimal, coupon: Coupon | None, sms: Decimal) -> Forecast:
    """`average`: of an order of theirs."""
    brings = {rate: _rounded(amount) for rate, amount in forecasts(reached, average).items()}
    percent = coupon.percent if coupon else Decimal(0)
    return Forecast(brings, {rate: _rounded(amount * percent / 100) for rate, amount in brings.items()}, sms)


def average(found: Found) -> Decimal:
    return _rounded(found.spent / found.orders) if found.orders else Decimal("0.00")


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENTS, ROUND_HALF_UP)


FIRST_DAYS = (50, 100, 500, 1_000)
"""Letters of the first days of an address that nobody knows yet; then twice as many each day."""


def allowed_in_a_day(most_so_far: int) -> int:
    """After a day with so many: a mail provider trusts who grows slowly."""
    return next((step for step in FIRST_DAYS if step > most_so_far), max(2 * most_so_far, 2 * FIRST_DAYS[-1]))


class OfADay(NamedTuple):
    """How many messages of a shop left on a day, and how many letters of campaigns."""

    all: int
    of_campaigns: int


SUSTAINED = 7
"""On so many days order news says as well how many letters an address is trusted with: a busy day says little."""


def trusted_with(days: Iterable[OfADay]) -> int:
    """Letters a day."""
    days = list(days)
    busiest = sorted((each.all for each in days), reverse=True)[SUSTAINED - 1 : SUSTAINED]
    return max([*busiest, *(each.of_campaigns for each in days)], default=0)


READ = 1_000_000
"""Above all days on which somebody only bought."""


def rank(customer: Customer, email: Contact | None) -> int:
    """Who read last comes first while few may be written to; then who bought last."""
    if email and email.read_on:
        return READ + parse_day(email.read_on).toordinal()
    bought = purchases(customer)
    return bought[-1].at.toordinal() if bought else 0


class Turn(NamedTuple):
    """Whose turn it is today: all of a higher rank than `least`, and so many of that one."""

    least: int
    of_least: int


def turn_of_today(ranks: Mapping[int, int], planned: int, room: int) -> Turn:
    """`ranks`: how many are of each; `planned`: for how many letters were planned on other days, the highest first."""
    above = 0
    for each in sorted(ranks, reverse=True):
        if above + ranks[each] >= planned + room:
            return Turn(each, room - max(above - planned, 0))
        above += ranks[each]
    return Turn(0, room)


@dataclass(frozen=True, slots=True)
class Timetable:
    """When the last letter leaves, and on which day that is; `last` None: not within a year."""

    last: datetime | None
    days: int


def timetable(letters: int, now: datetime, shop: Shop, a_second: float, allowed: Iterator[int]) -> Timetable:
    """`allowed`: of each day from today on how many may leave."""
    opens, left, days = next_send_moment(now, shop.send_hours, shop.zone), letters, 0
    while left > 0 and days < 366:
        closes = _closing(opens, shop)
        days += 1
        of_day = min(next(allowed), int((closes - opens).total_seconds() * a_second))
        if left <= of_day:
            return Timetable(opens + timedelta(seconds=left / a_second), days)
        left -= of_day
        tomorrow = at_local(local_day(opens, shop.zone) + ONE_DAY, time(0), shop.zone)
        opens = next_send_moment(tomorrow, shop.send_hours, shop.zone)
    return Timetable(None if left > 0 else opens, days)


def _closing(at: datetime, shop: Shop) -> datetime:
    day, closes = local_day(at, shop.zone), shop.send_hours.closes
    return at_local(day + ONE_DAY, time(0), shop.zone) if closes == time(0) else at_local(day, closes, shop.zone)


GMAIL = ("@gmail.com", "@googlemail.com")
BULK = 5_000
"""Letters to Gmail in a day, after which its rules for bulk senders hold for ever."""


def is_gmail(address: str) -> bool:
    return address.lower().endswith(GMAIL)


ENOUGH_SENT = 1_000
MOST_COMPLAINTS, MOST_BOUNCES = Decimal("0.001"), Decimal("0.02")
"""Shares of what was sent: a mail provider puts an account under review at these."""


def broken(counts: Counts, forgiven: Mapping[str, int]) -> str:
    """Why the rest is to wait, or "". `forgiven`: what was counted before it was let go on."""
    sent = counts.sent - forgiven.get("sent", 0)
    if sent < ENOUGH_SENT:
        return ""
    for name, most in (("complaint", MOST_COMPLAINTS), ("bounce", MOST_BOUNCES)):
        number = getattr(counts, name) - forgiven.get(name, 0)
        if number >= most * sent:
            return f"{number} {name}s of {sent} sent"
    return ""


def next_walk(campaign: Campaign, shop: Shop, now: datetime) -> datetime | None:
    """When the walk goes on, or begins because the calendar names it."""
    walk = campaign.walk
    if walk.stage is not Stage.IDLE:
        return walk.at
    return min((start for start, _, _ in coming(campaign, shop, now)), default=None)


def coming(campaign: Campaign, shop: Shop, now: datetime) -> Iterator[tuple[datetime, CalendarEntry, str]]:
    """When the shop's calendar begins it, and the run's name; what was counted once at least, this year and next."""
    if not campaign.is_counted or campaign.walk.hold is Hold.CANCELLED:
        return
    begun = campaign.record.occurrences.get(EventType.CAMPAIGN_STARTED, {})
    for entry in (each for each in shop.season if each.campaign == campaign.id):
        for year in (now.year, now.year + 1):
            day = Birthday.parse(f"--{entry.on}").in_year(year)
            start = _before(day, entry.before, shop)
            if run_on(campaign.id, day) not in begun and now < at_local(day + ONE_DAY, time(0), shop.zone):
                yield start, entry, run_on(campaign.id, day)


def _before(day: date, span: Span, shop: Shop) -> datetime:
    at = at_local(day, shop.send_hours.opens, shop.zone)
    return shop.calendar.plus(at, Span(-span.amount, span.unit))


def _not_cancelled(facts: Facts, trigger: Trigger) -> str:
    cancelled = facts.mailing and facts.mailing.campaign.walk.hold is Hold.CANCELLED
    return "the campaign was cancelled" if cancelled else ""


def _has_words(facts: Facts, trigger: Trigger) -> str:
    """In a language that letters have."""
    known = facts.mailing
    wanted = (facts.customer.text("locale"), facts.shop.locale)
    return (
        "" if not known or language_of(known.campaign.content, *wanted, known.languages) else "no words in a language"
    )


def _goes_on(facts: Facts, trigger: Trigger) -> str:
    if facts.mailing is None:
        return ""
    walk = facts.mailing.campaign.walk
    if walk.hold in (Hold.PAUSED, Hold.STOPPED):
        return f"the campaign is {walk.hold}"
    return broken(facts.mailing.counts, walk.forgiven)


def _still_meant(facts: Facts, trigger: Trigger) -> str:
    """What they did since may have taken them out of the group that it is for."""
    if facts.mailing is None:
        return ""
    campaign = facts.mailing.campaign
    segment = campaign.walk.segment or campaign.segment
    where = outside(facts.customer, segment, trigger.at, facts.shop.calendar)
    return f"not {where} any more" if where else ""


@dataclass(frozen=True, slots=True)
class EndOfOffer(Moment):
    """The end of the last day of what a letter offers, where it has one."""

    def __str__(self) -> str:
        return "the end of the offer"

    def __call__(self, facts: Facts, trigger: Trigger) -> datetime | None:
        last = trigger.facts.get("until")
        return at_local(parse_day(last) + ONE_DAY, time(0), facts.shop.zone) if isinstance(last, str) else None

    def spanning(self, span: Span) -> Moment:
        return self


not_cancelled = Condition(_not_cancelled, for_good=False)
has_words = Condition(_has_words, Reason.MISSING_FACTS, for_good=False)
goes_on = Condition(_goes_on, Reason.PAUSED, for_good=False, waits=True)
still_meant = Condition(_still_meant, for_good=False)


def days_of_warming_up(most_so_far: int, today: int, most: int) -> Iterator[int]:
    """How many may leave today, tomorrow, and so on; `today`: how many left already; `most`: what the shop allows."""
    allowed = min(allowed_in_a_day(most_so_far), most)
    yield max(allowed - today, 0)
    while True:
        allowed = min(allowed_in_a_day(allowed), most)
        yield allowed


def of_the_provider(allowed: Iterator[int], a_day: int, sent: int) -> Iterator[int]:
    """No more than the provider takes in 24 hours, of which `sent` are gone; 0: as many as one likes."""
    gone = sent
    for each in allowed:
        yield min(each, max(a_day - gone, 0)) if a_day else each
        gone = 0
