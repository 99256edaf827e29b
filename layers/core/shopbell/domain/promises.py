"""The dates a customer is told: when the shop answers, when it ships."""

from datetime import date, datetime, timedelta

from shopbell.domain.calendar import local_day
from shopbell.domain.facts import Facts
from shopbell.domain.shop import Shop

DISPATCH_DAYS = 3
"""The norm for consumer goods, counted from the payment (R051)."""


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
