"""The dates a customer is told: when the shop answers, when it ships, when each parcel arrives."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.order import Order
from shopbell.domain.model.parcel import tag_of
from shopbell.domain.model.record import moment_of_version
from shopbell.domain.model.shop import Shop
from shopbell.domain.rules.account import account_of
from shopbell.domain.rules.days import (
    ARRIVAL,
    DISPATCH,
    TOLD,
    consistent,
    days_of,
    dispatch_by,
    end_of,
    is_over,
    last_delay,
    left_on,
)
from shopbell.domain.rules.parcels import Parcel, all_left, is_sent, parcels


def opens_next(shop: Shop, now: datetime) -> datetime | None:
    """None while the shop is open, else when it opens next, in its own zone."""
    opening = shop.calendar.opens_after(now)
    return None if opening <= now else opening.astimezone(shop.zone)


@dataclass(frozen=True, slots=True)
class Promise:
    """`what` until `ends`, on `day`; `since`: when the customer was told. `parcel`: which one is to arrive;
    `is_only_one`: so that the former version, which knew of one, may have decided about it without its name."""

    what: str
    day: date
    since: datetime
    ends: datetime
    parcel: Parcel | None = None
    is_only_one: bool = False

    @property
    def occurrence_ids(self) -> tuple[str, ...]:
        """By each name of the parcel; the first is the promise's own."""
        said = f"{self.what} {self.day.isoformat()}"
        if self.parcel is None or not self.parcel.name:
            return (said,)
        others = sorted(self.parcel.names - {self.parcel.name})
        by_name = [f"{said} {tag_of(name)}" for name in (self.parcel.name, *others)]
        return (*by_name, said) if self.is_only_one else tuple(by_name)

    @property
    def occurrence_id(self) -> str:
        return self.occurrence_ids[0]


def open_promises(facts: Facts) -> Iterator[Promise]:
    """What the customer still waits for; a later word of the shop's takes the place of an earlier one."""
    order = facts.order
    if order is None or account_of(order, facts.shop).called_off or not is_sent(order):
        return
    dispatch = None if all_left(order) else _dispatch(order, facts)
    if dispatch is not None:
        yield dispatch
    if not order.happened(EventType.REVIEW_POSTED):
        for parcel in parcels(order):
            arrival = None if parcel.has_arrived else _arrival(order, parcel, facts)
            if arrival is not None:
                yield arrival


def _dispatch(order: Order, facts: Facts) -> Promise | None:
    since = _counted_from(order, facts.shop)
    day = dispatch_by(facts, since) if since else None
    if since is None or day is None:
        return None
    told_at = max(since, order.last(EventType.ORDER_DELAYED) or since)
    return Promise(DISPATCH, day, told_at, end_of(TOLD[DISPATCH], day, facts))


def _counted_from(order: Order, shop: Shop) -> datetime | None:
    """The payment where it comes beforehand, else when the shop took the order on, or named the day in it."""
    if order.prepaid:
        return account_of(order, shop).settled_at
    named = order.placed_at if order.text("delivery.ships_by") else None
    account = account_of(order, shop)
    accepted = account.acceptances[-1].at if account.acceptances else None
    return (accepted if account.life > 1 else order.first(EventType.ORDER_ACCEPTED)) or named


def _arrival(order: Order, parcel: Parcel, facts: Facts) -> Promise | None:
    """A day that was over, or could not be, when the customer might have been told of it is no promise."""
    day = consistent(days_of(order, facts.shop, parcel), left_on(facts, parcel)).arrives_by
    if day is None:
        return None
    since = max(parcel.left_at, *_said_of_arrival(order, parcel, facts.shop))
    if is_over(facts, TOLD[ARRIVAL], day, since, parcel):
        return None
    ends = end_of(TOLD[ARRIVAL], day, facts, parcel)
    return Promise(ARRIVAL, day, since, ends, parcel, len(parcels(order)) == 1)


def _said_of_arrival(order: Order, parcel: Parcel, shop: Shop) -> Iterator[datetime]:
    version = parcel.version(TOLD[ARRIVAL])
    if version:
        yield moment_of_version(version)
    delay = last_delay(order, shop)
    if delay is not None and delay.of == ARRIVAL and delay.version > version:
        yield delay.at
