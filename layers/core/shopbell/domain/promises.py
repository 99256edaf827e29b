"""The dates a customer is told: when the shop answers, when it ships, when the parcel arrives."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shopbell.domain.calendar import local_day
from shopbell.domain.case import day_in
from shopbell.domain.facts import Facts
from shopbell.domain.order import ARRIVED, LEFT, Order
from shopbell.domain.shop import Shop

DISPATCH_DAYS = 3
"""The norm for consumer goods, counted from the payment (R051)."""
DISPATCH, ARRIVAL = "dispatch", "arrival"


def opens_next(shop: Shop, now: datetime) -> datetime | None:
    """None while the shop is open, else when it opens next, in its own zone."""
    opening = shop.calendar.opens_after(now)
    return None if opening <= now else opening.astimezone(shop.zone)


def dispatch_by(facts: Facts, counted_from: datetime) -> date | None:
    """The last day of dispatch: as the order says, else the norm, moved to a working day; None when it has left."""
    order = facts.order
    if order is None or any(order.happened(gone) for gone in ("order.shipped", "order.ready_for_pickup")):
        return None
    said = order.day("delivery.ships_by", facts.shop)
    norm = local_day(counted_from, facts.shop.zone) + timedelta(days=DISPATCH_DAYS)
    return said or facts.shop.calendar.next_working_day(norm)


@dataclass(frozen=True, slots=True)
class Promise:
    """`what` by the end of `day`; `since`: when the customer was told."""

    what: str
    day: date
    since: datetime

    @property
    def occurrence(self) -> str:
        return f"{self.what} {self.day.isoformat()}"


def open_promises(facts: Facts) -> Iterator[Promise]:
    """What the customer still waits for; a later word of the shop's takes the place of an earlier one."""
    order = facts.order
    if order is None or order.called_off or any(order.happened(event) for event in ARRIVED):
        return
    found = _arrival(order, facts.shop) if order.happened("order.shipped") else _dispatch(order, facts)
    if found is not None:
        yield found


def _dispatch(order: Order, facts: Facts) -> Promise | None:
    since = _counted_from(order)
    if since is None or any(order.happened(event) for event in LEFT):
        return None
    told = _delayed(order, facts.shop, since) or (dispatch_by(facts, since), since)
    return _promise(DISPATCH, *told)


def _counted_from(order: Order) -> datetime | None:
    """The payment where it comes beforehand, else when the shop took the order on, or named the day in it."""
    if order.prepaid:
        return order.first("order.paid")
    named = order.placed_at if order.text("delivery.ships_by") else None
    return order.first("order.accepted") or named


def _arrival(order: Order, shop: Shop) -> Promise | None:
    since = order.last("order.shipped")
    if since is None:
        return None
    told = _delayed(order, shop, since) or (order.day("delivery.arrives_by", shop), since)
    return _promise(ARRIVAL, *told)


def _promise(what: str, day: date | None, since: datetime) -> Promise | None:
    return None if day is None else Promise(what, day, since)


def _delayed(order: Order, shop: Shop, since: datetime) -> tuple[date | None, datetime] | None:
    """The new date that the shop itself gave since then, and when; None where it said nothing."""
    told = [each for _, each in order.occurrences("order.delayed") if each.at >= since]
    if not told:
        return None
    delay = told[-1].facts.get("delay") or {}
    return day_in(delay.get("new_date"), shop), told[-1].at
