"""The dates a customer is told: when the shop answers, when it ships, when the parcel arrives."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.history import day_in
from shopbell.domain.model.order import ARRIVED, LEFT, Order
from shopbell.domain.model.shop import Shop
from shopbell.domain.rules.account import account_of
from shopbell.domain.time.calendar import local_day

DISPATCH_DAYS = 3
"""The norm for consumer goods, counted from the payment (R051)."""
DISPATCH, ARRIVAL = "dispatch", "arrival"
FETCHED = "self_pickup"
"""What the customer fetches from the shop does not arrive."""


def opens_next(shop: Shop, now: datetime) -> datetime | None:
    """None while the shop is open, else when it opens next, in its own zone."""
    opening = shop.calendar.opens_after(now)
    return None if opening <= now else opening.astimezone(shop.zone)


def dispatch_by(facts: Facts, counted_from: datetime) -> date | None:
    """The last day of dispatch: as the shop's word of a delay says since then, else as the order or an older such word
    does, else the norm, moved to a working day; None when it has left, or was put off to no date.

    A day that was over before the counting began binds nobody: who pays later gets it later.
    """
    order, shop = facts.order, facts.shop
    if order is None or any(
        order.happened(gone) for gone in (EventType.ORDER_SHIPPED, EventType.ORDER_READY_FOR_PICKUP)
    ):
        return None
    put_off = _delayed(order, shop)
    if put_off and (put_off[0] is None or put_off[1] >= counted_from):
        return put_off[0]
    named = (order.day("delivery.ships_by", shop), put_off and put_off[0])
    norm = local_day(counted_from, shop.zone) + timedelta(days=DISPATCH_DAYS)
    ahead = (day for day in named if day and shop.calendar.end_of(day) > counted_from)
    return max(ahead, default=shop.calendar.next_working_day(norm))


@dataclass(frozen=True, slots=True)
class Promise:
    """`what` by the end of `day`; `since`: when the customer was told."""

    what: str
    day: date
    since: datetime

    @property
    def occurrence_id(self) -> str:
        return f"{self.what} {self.day.isoformat()}"


def open_promises(facts: Facts) -> Iterator[Promise]:
    """What the customer still waits for; a later word of the shop's takes the place of an earlier one."""
    order = facts.order
    if order is None or account_of(order, facts.shop).called_off or any(order.happened(event) for event in ARRIVED):
        return
    left = any(order.happened(event) for event in LEFT)
    promise = _arrival(order, facts.shop) if left else _dispatch(order, facts)
    if promise is not None:
        yield promise


def _dispatch(order: Order, facts: Facts) -> Promise | None:
    since = _counted_from(order, facts.shop)
    if since is None:
        return None
    return _promise(DISPATCH, dispatch_by(facts, since), max(since, order.last(EventType.ORDER_DELAYED) or since))


def _counted_from(order: Order, shop: Shop) -> datetime | None:
    """The payment where it comes beforehand, else when the shop took the order on, or named the day in it."""
    if order.prepaid:
        return account_of(order, shop).settled_at
    named = order.placed_at if order.text("delivery.ships_by") else None
    return order.first(EventType.ORDER_ACCEPTED) or named


def _arrival(order: Order, shop: Shop) -> Promise | None:
    since = order.last(EventType.ORDER_SHIPPED) or order.last(EventType.ORDER_HANDED_OVER)
    if since is None or order.text("delivery.method") == FETCHED or order.happened(EventType.REVIEW_POSTED):
        return None
    put_off = _delayed(order, shop)
    day_and_since = put_off if put_off and put_off[1] >= since else (order.day("delivery.arrives_by", shop), since)
    return _promise(ARRIVAL, *day_and_since)


def _promise(what: str, day: date | None, since: datetime) -> Promise | None:
    return None if day is None else Promise(what, day, since)


def _delayed(order: Order, shop: Shop) -> tuple[date | None, datetime] | None:
    """The new date that the shop itself gave last, and when; None where it never said anything."""
    newest = max(
        (delayed for _, delayed in order.occurrences(EventType.ORDER_DELAYED)),
        key=lambda delayed: delayed.version,
        default=None,
    )
    if newest is None:
        return None
    delay = newest.facts.get("delay") or {}
    return day_in(delay.get("new_date"), shop), newest.at
