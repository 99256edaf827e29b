"""Something that happened, told by a shop: the form in which every dialect hands it over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from shopbell.domain.model.problems import Problem

Json = Any
"""A JSON value: None, bool, int, str, list or dict. No floats: money and quantities are decimal strings."""
FAST_CLOCK = timedelta(minutes=5)
"""By how much a sender's clock may be fast: an event from further ahead is refused."""


class EventType(StrEnum):
    """What shops tell, what we find ourselves, and (words without a dot) what only the calendar knows."""

    ORDER_PLACED = "order.placed"
    ORDER_ACCEPTED = "order.accepted"
    ORDER_PAID = "order.paid"
    ORDER_PAYMENT_FAILED = "order.payment_failed"
    ORDER_PAYMENT_REVERSED = "order.payment_reversed"
    ORDER_HANDED_OVER = "order.handed_over"
    ORDER_SHIPPED = "order.shipped"
    ORDER_DELAYED = "order.delayed"
    ORDER_READY_FOR_PICKUP = "order.ready_for_pickup"
    ORDER_DELIVERED = "order.delivered"
    ORDER_CANCELLED = "order.cancelled"
    ORDER_REFUNDED = "order.refunded"
    ORDER_REPRICED = "order.repriced"
    ORDER_ITEM_UNAVAILABLE = "order.item_unavailable"
    CUSTOMER_UPDATED = "customer.updated"
    CUSTOMER_ERASED = "customer.erased"
    COUPON_REDEEMED = "coupon.redeemed"
    BONUS_SPENT = "bonus.spent"
    CALLBACK_AGREED = "callback.agreed"
    CALL_MISSED = "call.missed"
    CALL_DONE = "call.done"
    COMPLAINT_OPENED = "complaint.opened"
    COMPLAINT_RESOLVED = "complaint.resolved"
    REVIEW_POSTED = "review.posted"
    PRODUCT_WANTED = "product.wanted"
    PRODUCT_RESTOCKED = "product.restocked"
    CAMPAIGN_REQUESTED = "campaign.requested"
    PRODUCT_VIEWED = "product.viewed"
    CART_UPDATED = "cart.updated"

    ORDER_TOTAL = "order.total"
    """What an order costs, each time that it was told anew: a payment counts against the price of its moment."""
    ORDER_NEWS_UNDELIVERED = "order.news_undelivered"
    """What the providers tell of an order: news of it came to nobody. No shop can say so."""
    ORDER_NEWS_LACKING = "order.news_lacking"
    """What we find ourselves: news of it waits for facts that the shop did not tell. No shop can say so."""
    CUSTOMER_UNSUBSCRIBED = "customer.unsubscribed"
    """What a customer asked on their page while it could not be written down. No shop can say so."""
    CUSTOMER_RECEIVED = "customer.received"
    """The first order that reached a customer, as their own record keeps it."""
    CUSTOMER_BOUGHT = "customer.bought"
    """An order of a customer's, by its id, as their own record keeps it."""
    CUSTOMER_CHOSEN = "customer.chosen"
    """A campaign, by its run, that a customer is to hear of, as their own record keeps it."""
    CAMPAIGN_COUNTED = "campaign.counted"
    """What the walk through a shop's customers found: whom a campaign would reach. No shop can say so."""
    CAMPAIGN_STARTED = "campaign.started"
    CAMPAIGN_STOPPED = "campaign.stopped"
    """Too many came back, or complained."""
    CAMPAIGN_ENDED = "campaign.ended"
    RUNS_OUT = "runs_out"
    """What a customer bought before will soon be used up."""
    WANTED_AGAIN = "wanted_again"
    """The day for which they said that they would want the same again."""
    TO_REPLACE = "to_replace"
    """A model that they bought is as old as one usually replaces it at."""
    SLEEPS = "sleeps"
    """A customer has ordered nothing for several times as long as they usually let pass."""
    SETTLED = "settled"
    """Nothing of an order is due any more."""
    CALLED_OFF = "called_off"
    """An order was cancelled, or all the money was given back."""
    MONEY_LEFT_OVER = "money_left_over"
    """More of the customer's money is there than the order costs."""
    PROMISE = "promise"
    IMPOSSIBLE_DAY = "impossible_day"
    BIRTHDAY = "birthday"
    HOLIDAY = "holiday"
    MORNING = "morning"
    MONTH = "month"
    """A month is over."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A field of an event that could not be read and was left out; `detail` says why and never holds the value.

    `path` stands under `data`: "order.customer.phone"; of a list's elements it is one: "order.items.url".
    """

    path: str
    detail: str


@dataclass(frozen=True, slots=True)
class CheckedEvent:
    """A body that may be taken: `type`, `timestamp` and `data`, each value in its one spelling.

    `notes` tell the sender what was left out, field by field; `dropped` is what could not be read of it.
    """

    body: Mapping[str, Json]
    notes: tuple[Problem, ...] = ()
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at `timestamp`, by the sender's clock: which of two events is the newer goes by it.

    `order` and `customer` are flat changes: path ("payment.method") to value, None removes.
    `order["id"]` and `customer["id"]` are not among the changes; they stand in `order_id` and `customer_id`.
    `extra` is what stands in `data` beside them (`reason`, `refund`, `delay`, …), as sent.
    Moments inside are UTC instants "2026-03-02T10:00:00Z", days "2026-03-02", money canonical decimal strings,
    `customer["phone"]` E.164, `customer["email"]` normalised, `customer["locale"]` a language with templates.
    """

    shop: str
    id: str
    type: str
    timestamp: datetime
    order_id: str | None = None
    order: Mapping[str, Json] = field(default_factory=dict)
    customer_id: str | None = None
    customer: Mapping[str, Json] = field(default_factory=dict)
    extra: Mapping[str, Json] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()
    received_at: datetime | None = None

    @property
    def at(self) -> datetime:
        """From when it counts: a clock that is fast does not delay what follows from an event."""
        return min(self.timestamp, self.received_at or self.timestamp)
