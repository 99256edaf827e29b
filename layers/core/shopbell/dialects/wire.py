"""The fields of native events: the door parses with them, and the OpenAPI document is made from them.

A field that is absent (UNSET) is unchanged, one that is null (None) is removed, any other is changed.
"""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct

from shopbell.dialects.campaigns import Contents, Coupon
from shopbell.dialects.choices import CallOutcome, ComplaintKind, DeliveryMethod, EventType, Gender, PaymentMethod
from shopbell.dialects.options import Options
from shopbell.schema.segments import Segments
from shopbell.schema.texts import Contact, Id, Label, Line, Text, Url
from shopbell.schema.types import Maybe
from shopbell.schema.values import (
    Amount,
    BirthdayText,
    Currency,
    Day,
    DayOrMoment,
    Moment,
    Quantity,
    SignedAmount,
    Stamp,
)

MOST_ITEMS = 500
MOST_ADJUSTMENTS = 50
Days = Annotated[int, Meta(ge=1, le=36_500)]
Units = Annotated[int, Meta(ge=1, le=1_000_000_000)]


class Wire(Struct, kw_only=True):
    """An object of an event. Of a field that it does not have the sender gets a note: see schema.dropping."""


class Item(Wire):
    sku: Maybe[Id] = UNSET
    name: Maybe[Line] = UNSET
    options: Maybe[Options] = UNSET
    quantity: Maybe[Quantity] = UNSET
    unit_price: Maybe[Amount] = UNSET
    total: Maybe[Amount] = UNSET
    url: Maybe[Url] = UNSET
    image_url: Maybe[Url] = UNSET
    category: Maybe[Line] = UNSET
    lasts_days: Maybe[Days] = UNSET
    renews_after_days: Maybe[Days] = UNSET
    digital: Maybe[bool] = UNSET


Items = Annotated[list[Item], Meta(max_length=MOST_ITEMS)]


class Adjustment(Wire):
    """A tax, a fee, a tip, a gift card, credit: what the total holds beside items, delivery and discount."""

    name: Maybe[Line] = UNSET
    amount: Maybe[SignedAmount] = UNSET


Adjustments = Annotated[list[Adjustment], Meta(max_length=MOST_ADJUSTMENTS)]


class Payment(Wire):
    method: Maybe[PaymentMethod] = UNSET
    title: Maybe[Line] = UNSET
    details: Maybe[Text] = UNSET
    url: Maybe[Url] = UNSET
    paid_at: Maybe[Moment] = UNSET


class Delivery(Wire):
    method: Maybe[DeliveryMethod] = UNSET
    title: Maybe[Line] = UNSET
    address: Maybe[Text] = UNSET
    price: Maybe[Amount] = UNSET
    carrier: Maybe[Line] = UNSET
    courier: Maybe[Line] = UNSET
    tracking_number: Maybe[Label] = UNSET
    tracking_url: Maybe[Url] = UNSET
    ships_by: Maybe[DayOrMoment] = UNSET
    shipped_on: Maybe[DayOrMoment] = UNSET
    arrives_from: Maybe[DayOrMoment] = UNSET
    arrives_by: Maybe[DayOrMoment] = UNSET
    time_window: Maybe[Line] = UNSET
    pickup_until: Maybe[DayOrMoment] = UNSET
    storage_fee: Maybe[Amount] = UNSET


class ParcelItem(Wire):
    sku: Maybe[Id] = UNSET
    quantity: Maybe[Quantity] = UNSET


class Parcel(Delivery):
    """One of an order's parcels, with its own number and days."""

    id: Maybe[Id] = UNSET
    items: Maybe[Annotated[list[ParcelItem], Meta(max_length=MOST_ITEMS)]] = UNSET


class Agreement(Wire):
    """A consent in the long form; only one with a moment (`at`) lifts what the person withdrew before."""

    granted: bool
    at: Maybe[Moment] = UNSET
    source: Maybe[Line] = UNSET
    wording: Maybe[Text] = UNSET


class Consent(Wire):
    email_marketing: bool | Maybe[Agreement] = UNSET
    email_news: bool | Maybe[Agreement] = UNSET
    sms_service: bool | Maybe[Agreement] = UNSET
    sms_marketing: bool | Maybe[Agreement] = UNSET


class Customer(Wire):
    id: Maybe[Id] = UNSET
    name: Maybe[Line] = UNSET
    first_name: Maybe[Line] = UNSET
    email: Maybe[Contact] = UNSET
    phone: Maybe[Contact] = UNSET
    locale: Maybe[Contact] = UNSET
    timezone: Maybe[Contact] = UNSET
    gender: Maybe[Gender] = UNSET
    birthday: Maybe[BirthdayText] = UNSET
    consent: Maybe[Consent] = UNSET


class Order(Wire):
    id: Maybe[Id] = UNSET
    number: Maybe[Label] = UNSET
    url: Maybe[Url] = UNSET
    placed_at: Maybe[Moment] = UNSET
    currency: Maybe[Currency] = UNSET
    total: Maybe[Amount] = UNSET
    discount_total: Maybe[Amount] = UNSET
    adjustments: Maybe[Adjustments] = UNSET
    items: Maybe[Items] = UNSET
    payment: Maybe[Payment] = UNSET
    delivery: Maybe[Delivery] = UNSET
    customer: Maybe[Customer] = UNSET
    planned_repeat_on: Maybe[Day] = UNSET
    staff: Maybe[Line] = UNSET
    channel: Maybe[Line] = UNSET


class Delay(Wire):
    reason: Maybe[Text] = UNSET
    remedy: Maybe[Text] = UNSET
    new_date: Maybe[DayOrMoment] = UNSET


class Paid(Wire):
    """A payment; without an amount it is all that is due."""

    id: Maybe[Id] = UNSET
    amount: Maybe[Amount] = UNSET


class FailedPayment(Wire):
    id: Maybe[Id] = UNSET
    reason: Maybe[Text] = UNSET


class ReversedPayment(Paid):
    """A payment that went back; without an `id` it is the last, without an `amount` all of it."""

    reason: Maybe[Text] = UNSET


class Refund(Wire):
    id: Maybe[Id] = UNSET
    amount: Maybe[Amount] = UNSET
    reason: Maybe[Text] = UNSET


class Repriced(Wire):
    old_total: Maybe[Amount] = UNSET
    new_total: Maybe[Amount] = UNSET
    reason: Maybe[Text] = UNSET


class OrderData(Wire):
    order: Maybe[Order] = UNSET


class PaidData(OrderData):
    payment: Maybe[Paid] = UNSET


class PaymentFailedData(OrderData):
    payment: Maybe[FailedPayment] = UNSET


class PaymentReversedData(OrderData):
    payment: Maybe[ReversedPayment] = UNSET


class ParcelData(OrderData):
    parcel: Maybe[Parcel] = UNSET


class DelayedData(OrderData):
    delay: Maybe[Delay] = UNSET


class CancelledData(OrderData):
    reason: Maybe[Text] = UNSET


class RefundedData(OrderData):
    refund: Maybe[Refund] = UNSET


class RepricedData(OrderData):
    repriced: Maybe[Repriced] = UNSET


class UnavailableData(OrderData):
    sku: Maybe[Id] = UNSET
    alternatives: Maybe[Items] = UNSET


class CustomerData(Wire):
    customer: Maybe[Customer] = UNSET


class RepeatedOrder(Wire):
    """An order of theirs, and when they will want the same again."""

    id: Maybe[Id] = UNSET
    planned_repeat_on: Maybe[Day] = UNSET


class UpdatedData(CustomerData):
    order: Maybe[RepeatedOrder] = UNSET


class Complaint(Wire):
    """`order` is the order's id."""

    id: Maybe[Id] = UNSET
    kind: Maybe[ComplaintKind] = UNSET
    customer: Maybe[Customer] = UNSET
    order: Maybe[Id] = UNSET
    text: Maybe[Text] = UNSET


class ComplaintData(Wire):
    complaint: Maybe[Complaint] = UNSET


class CallbackData(CustomerData):
    """`at` is the moment that was agreed on."""

    at: Maybe[Moment] = UNSET
    phone: Maybe[Contact] = UNSET
    note: Maybe[Text] = UNSET


class MissedCallData(Wire):
    phone: Maybe[Contact] = UNSET
    at: Maybe[Moment] = UNSET


class CallDoneData(Wire):
    """`task` is the id of the message that asked for the call."""

    task: Maybe[Id] = UNSET
    outcome: Maybe[CallOutcome] = UNSET


class ReviewData(CustomerData):
    """`order` is the order's id."""

    order: Maybe[Id] = UNSET
    rating: Maybe[Quantity] = UNSET
    text: Maybe[Text] = UNSET


class WantedData(CustomerData):
    """What they would buy were it there."""

    sku: Maybe[Id] = UNSET


class Restocked(Item):
    """A product that is there again; `quantity`: so many now, without: enough."""


class RestockedData(Wire):
    product: Maybe[Restocked] = UNSET


class Campaign(Wire):
    """`segment`: one, or a list of which all must hold. `content`: by language. `coupon`: the name of one of the
    shop's, or a code as it is to be told. The first request of an `id` is a dry run whatever it says."""

    id: Maybe[Id] = UNSET
    segment: Maybe[Segments] = UNSET
    content: Maybe[Contents] = UNSET
    coupon: Maybe[Coupon] = UNSET
    valid_until: Maybe[Day] = UNSET
    dry_run: Maybe[bool] = UNSET
    force: Maybe[bool] = UNSET


class CampaignData(Wire):
    campaign: Maybe[Campaign] = UNSET


class ViewedData(WantedData):
    """What they looked at."""


class InCart(Item):
    """A product in a cart."""


class CartData(CustomerData):
    """The cart as it is now; what was in it once counts as well."""

    items: Maybe[Annotated[list[InCart], Meta(max_length=MOST_ITEMS)]] = UNSET


class RedeemedData(Wire):
    """`order` is the order's id."""

    code: Maybe[Label] = UNSET
    order: Maybe[Id] = UNSET


class SpentData(CustomerData):
    """`order` is the order's id."""

    units: Maybe[Units] = UNSET
    order: Maybe[Id] = UNSET


class Envelope(Wire):
    """`timestamp` is when it happened, not when it was sent."""

    type: Maybe[EventType] = UNSET
    timestamp: Maybe[Stamp] = UNSET
    data: Maybe[dict[str, Any]] = UNSET
