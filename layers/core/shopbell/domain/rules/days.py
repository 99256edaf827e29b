"""The days that a shop names: which of them may be told, of what each is a day, and when it is over.

Days are told only where they can be: not past, in the order in which things happen. Of two that contradict each other
neither is told.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.history import day_in
from shopbell.domain.model.order import Order
from shopbell.domain.model.parcel import tag_of
from shopbell.domain.model.record import moment_of_version
from shopbell.domain.model.shop import Shop
from shopbell.domain.rules.parcels import READY, Parcel, all_left, in_none_of, is_sent, parcel_named, parcels
from shopbell.domain.time.calendar import Hours, at_local, local_day
from shopbell.domain.time.hours import MIDNIGHT

ONE_DAY = timedelta(days=1)
DISPATCH_DAYS = 3
"""The norm for consumer goods, counted from the payment (R051)."""
DISPATCH, ARRIVAL = "dispatch", "arrival"
FETCHED = "self_pickup"
"""What the customer fetches from the shop does not arrive."""


@dataclass(frozen=True, slots=True)
class Days:
    """Of an order that has not left, or of one parcel that has; None: not named, or not to be told."""

    ships_by: date | None = None
    shipped_on: date | None = None
    arrives_from: date | None = None
    arrives_by: date | None = None
    pickup_until: date | None = None

    def without(self, *names: str) -> "Days":
        return replace(self, **dict.fromkeys(names))

    def named(self) -> Iterator[tuple[str, date]]:
        for each in fields(self):
            day: date | None = getattr(self, each.name)
            if day is not None:
                yield each.name, day


@dataclass(frozen=True, slots=True)
class Impossible:
    """What a shop said that cannot be: a day over before it was named, or not begun; or one that comes before another
    which it has to follow. `said_at`: since when it stands so. `parcel`: of which, None for the order."""

    name: str
    day: date
    said_at: datetime
    before: str = ""
    before_day: date | None = None
    parcel: str | None = None

    @property
    def occurrence_id(self) -> str:
        other = f" {self.before} {self.before_day}" if self.before else ""
        return f"{self.name} {self.day}{other} {tag_of(self.parcel or '')}".strip()


IN_TURN = ("ships_by", "shipped_on", "arrives_by", "pickup_until")
"""Each of these comes no later than the next."""


def contradictions(days: Days) -> list[tuple[str, str]]:
    """Pairs of days of which the first comes after the second and should not."""
    there = [name for name in IN_TURN if getattr(days, name)]
    pairs = [pair for pair in pairwise(there) if getattr(days, pair[0]) > getattr(days, pair[1])]
    if days.arrives_from and days.arrives_by and days.arrives_from > days.arrives_by:
        pairs.append(("arrives_from", "arrives_by"))
    return pairs


def consistent(days: Days, left_on: date | None = None) -> Days:
    """Without those that contradict each other, until none do. `left_on`: the day on which it was told to have left,
    where that is no named day."""
    while pairs := contradictions(days):
        days = days.without(*(name for pair in pairs for name in pair))
    begins = max((day for day in (days.ships_by, days.shipped_on, left_on) if day), default=None)
    if begins and days.arrives_by and days.arrives_by < begins:
        return days.without("arrives_from", "arrives_by")
    too_soon = begins and days.arrives_from and days.arrives_from < begins
    return days.without("arrives_from") if too_soon or not days.arrives_by else days


@dataclass(frozen=True, slots=True)
class Delay:
    """The shop's last word of a delay: `of` leaving while nothing or not everything has left, else of arriving."""

    of: str
    day: date | None
    at: datetime
    version: str


def last_delay(order: Order, shop: Shop) -> Delay | None:
    delays = (occurrence for _, occurrence in order.occurrences(EventType.ORDER_DELAYED))
    newest = max(delays, key=lambda delayed: delayed.version, default=None)
    if newest is None:
        return None
    new_date = day_in((newest.facts.get("delay") or {}).get("new_date"), shop)
    return Delay(delay_of(order, newest.at), new_date, newest.at, newest.version)


def delay_of(order: Order, at: datetime) -> str:
    """Of what a date is that was told then."""
    left = [parcel for parcel in parcels(order) if parcel.left_at <= at]
    arrives = left and not in_none_of(order, left) and order.text("delivery.method") != FETCHED
    return ARRIVAL if arrives else DISPATCH


def days_of(order: Order, shop: Shop, parcel: Parcel | None = None) -> Days:
    """As the shop's last word has them, whether or not they can be."""
    days = _of_parcel(parcel, shop) if parcel else _of_order(order, shop)
    if order.text("delivery.method") == FETCHED:
        days = days.without("arrives_from", "arrives_by")
    delay = last_delay(order, shop)
    return days if delay is None else _put_off(days, delay, order, parcel)


def _of_order(order: Order, shop: Shop) -> Days:
    names = ("ships_by", "arrives_from", "arrives_by", "pickup_until")
    return Days(**{name: order.day(f"delivery.{name}", shop) for name in names})


def _of_parcel(parcel: Parcel, shop: Shop) -> Days:
    if parcel.is_delivered:
        return Days(shipped_on=parcel.day("shipped_on", shop))
    names = ("shipped_on", "pickup_until") if parcel.has_arrived else ON_ITS_WAY
    return Days(**{name: parcel.day(name, shop) for name in names})


ON_ITS_WAY = ("shipped_on", "arrives_from", "arrives_by", "pickup_until")


def _put_off(days: Days, delay: Delay, order: Order, parcel: Parcel | None) -> Days:
    """A date of leaving takes the place of the older one, and an older day of arrival that it passes is none."""
    arrival_is_older = _version(order, parcel, "arrives_by") < delay.version
    if delay.of == ARRIVAL:
        ours = parcel is not None and parcel.left_at <= delay.at and not parcel.has_arrived
        return replace(days, arrives_from=None, arrives_by=delay.day) if ours and arrival_is_older else days
    if parcel is not None:
        return days
    if _version(order, None, "ships_by") < delay.version:
        days = replace(days, ships_by=delay.day)
    passed = days.arrives_by and (delay.day is None or delay.day > days.arrives_by)
    return days.without("arrives_from", "arrives_by") if passed and arrival_is_older else days


def _version(order: Order, parcel: Parcel | None, name: str) -> str:
    if parcel is not None:
        return parcel.version(name)
    word = order.record.fields.get(f"delivery.{name}")
    return word.version if word else ""


def end_of(name: str, day: date, facts: Facts, parcel: Parcel | None = None) -> datetime:
    """When such a day is over: an arrival with the hours agreed upon, else with the send hours, by the customer's
    clock; any other with the shop's working hours."""
    if name not in ("arrives_by", "arrives_from"):
        return facts.shop.calendar.end_of(day)
    closes = _hours(facts, parcel).closes
    return at_local(day + ONE_DAY if closes == MIDNIGHT else day, closes, facts.zone)


def _hours(facts: Facts, parcel: Parcel | None) -> Hours:
    """Words that are no hours are told and not counted on."""
    order = facts.order
    window = parcel.text("time_window") if parcel else order.text("delivery.time_window") if order else ""
    try:
        return Hours.parse(window)
    except ValueError:
        return facts.shop.send_hours


def days_to_tell(facts: Facts, now: datetime, parcel: Parcel | None = None) -> Days:
    """Those that may be told now: of a parcel, or of an order that has not left."""
    order = facts.order
    if order is None or not is_sent(order):
        return Days()
    days = days_of(order, facts.shop, parcel)
    gone = [name for name, day in days.named() if _is_not_to_be_told(facts, name, day, now, parcel)]
    return consistent(days.without(*gone), left_on(facts, parcel))


def left_on(facts: Facts, parcel: Parcel | None) -> date | None:
    return local_day(parcel.left_at, facts.shop.zone) if parcel else None


def _is_not_to_be_told(facts: Facts, name: str, day: date, now: datetime, parcel: Parcel | None) -> bool:
    if name == "shipped_on":
        return day > local_day(now, facts.shop.zone)
    if name == "arrives_from":
        return day < local_day(now, facts.zone)
    return is_over(facts, name, day, now, parcel)


ENDS = ("ships_by", "arrives_by", "pickup_until")


def is_over(facts: Facts, name: str, day: date, moment: datetime, parcel: Parcel | None = None) -> bool:
    return end_of(name, day, facts, parcel) <= moment


def impossible(facts: Facts) -> Iterator[Impossible]:
    """All that the shop said of an order's days, or its parcels', and that cannot be."""
    order = facts.order
    if order is None or not is_sent(order):
        return
    for parcel in (*parcels(order), *([] if all_left(order) else [None])):
        if parcel is None or not parcel.is_delivered:
            yield from _impossible(facts, order, parcel)


def _impossible(facts: Facts, order: Order, parcel: Parcel | None) -> Iterator[Impossible]:
    days, name_of = days_of(order, facts.shop, parcel), parcel.name if parcel else None
    said_at = {name: _said_at(order, facts.shop, parcel, name, day) for name, day in days.named()}
    could_not = [name for name, day in days.named() if _could_not_be(facts, name, day, said_at[name], parcel)]
    for name in could_not:
        yield Impossible(name, getattr(days, name), said_at[name], parcel=name_of)
    for later, sooner in contradictions(days.without(*could_not)):
        both = getattr(days, later), getattr(days, sooner)
        yield Impossible(later, both[0], max(said_at[later], said_at[sooner]), sooner, both[1], name_of)


def _could_not_be(facts: Facts, name: str, day: date, said_at: datetime, parcel: Parcel | None) -> bool:
    if name == "shipped_on":
        return day > local_day(said_at, facts.shop.zone)
    return name in ENDS and is_over(facts, name, day, said_at, parcel)


def _said_at(order: Order, shop: Shop, parcel: Parcel | None, name: str, day: date) -> datetime:
    """When the shop named it: with its field, or with a delay."""
    delays = (occurrence for _, occurrence in order.occurrences(EventType.ORDER_DELAYED))
    versions = [each.version for each in delays if day_in((each.facts.get("delay") or {}).get("new_date"), shop) == day]
    return moment_of_version(max([_version(order, parcel, name), *versions]))


def last_day_of_keeping(facts: Facts, name: str | None) -> date | None:
    """Of the parcel of that name, or of the order; None where it was over before the parcel was there."""
    order = facts.order
    if order is None:
        return None
    parcel = parcel_named(order, name)
    day = parcel.day("pickup_until", facts.shop) if parcel else order.day("delivery.pickup_until", facts.shop)
    ready_at = parcel.at.get(READY) if parcel else order.first(READY)
    return None if day is None or (ready_at and facts.shop.calendar.end_of(day) <= ready_at) else day


def dispatch_by(facts: Facts, counted_from: datetime) -> date | None:
    """The last day of dispatch: as the shop names it, else the norm, moved to a working day and no later than the
    working day before it is to arrive. None where nothing is still to be sent, where it was put off to no date, and
    where what the shop says cannot be.

    A day that was over before the counting began binds nobody: who pays later gets it later.
    """
    order, shop = facts.order, facts.shop
    if order is None or not is_sent(order) or all_left(order):
        return None
    named, delay = days_of(order, shop), last_delay(order, shop)
    if delay is not None and delay.day is None and named.ships_by is None and delay.of == DISPATCH:
        return None
    possible = consistent(_still_ahead(facts, named, counted_from))
    if possible.ships_by:
        return possible.ships_by
    is_ahead = named.ships_by is not None and not is_over(facts, "ships_by", named.ships_by, counted_from)
    return None if is_ahead else _norm(facts, counted_from, possible.arrives_by)


def _still_ahead(facts: Facts, days: Days, moment: datetime) -> Days:
    over = [name for name, day in days.named() if name in ENDS and is_over(facts, name, day, moment)]
    return days.without(*over)


def _norm(facts: Facts, counted_from: datetime, arrives_by: date | None) -> date | None:
    calendar, first = facts.shop.calendar, local_day(counted_from, facts.shop.zone)
    norm = calendar.next_working_day(first + DISPATCH_DAYS * ONE_DAY)
    if arrives_by is None or calendar.last_working_day_before(arrives_by) >= norm:
        return norm
    if calendar.end_of(first) <= counted_from:
        first += ONE_DAY
    before = max(calendar.last_working_day_before(arrives_by), first)
    return before if before <= arrives_by else None


TOLD: Mapping[str, str] = {DISPATCH: "ships_by", ARRIVAL: "arrives_by"}
"""Of each promise the day that it names."""


def ships_by(facts: Facts, counted_from: datetime, now: datetime) -> date | None:
    """The last day of dispatch, while it may be told."""
    day = dispatch_by(facts, counted_from)
    return None if day is None or is_over(facts, "ships_by", day, now) else day
