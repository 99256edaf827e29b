"""The parcels: handed over, on their way, late, waiting, received."""

from shopbell.domain.journeys.names import UNCOLLECTED
from shopbell.domain.journeys.row import Journey, Sms
from shopbell.domain.model.events import EventType
from shopbell.domain.model.vocabulary import Sweep
from shopbell.domain.rules.conditions import (
    deliveries_told,
    no_complaint_about_it,
    sent,
    still_late,
    still_promised,
    uncollected,
    unreminded,
)
from shopbell.domain.rules.moments import (
    After,
    LaterOf,
    SoonerOf,
    at_once,
    end_of_keeping,
    end_of_promise,
    morning_before_last_day,
    next_morning_after_promise,
)
from shopbell.domain.rules.triggers import Each, EachParcel, arrivals, dispatches
from shopbell.domain.time.span import days, hours

READY = EventType.ORDER_READY_FOR_PICKUP
ARRIVED = (READY, EventType.ORDER_DELIVERED)

JOURNEYS = (
    Journey(
        kind="order_handed_over",
        on=EachParcel(EventType.ORDER_HANDED_OVER),
        moment=After(hours(2), at_once),
        later=True,
        lasts=days(1),
        only_if=(sent,),
        replaced_by=(EventType.ORDER_SHIPPED,),
        superseded_by=ARRIVED,
        answers="R046, R050",
    ),
    Journey(
        kind="order_shipped",
        on=EachParcel(EventType.ORDER_SHIPPED),
        lasts=days(3),
        only_if=(sent,),
        superseded_by=ARRIVED,
        sms=Sms.BESIDE,
        answers="R046, R048–R050, R060",
    ),
    Journey(
        kind="order_delayed",
        on=Each(EventType.ORDER_DELAYED),
        lasts=days(2),
        newest_only=True,
        only_if=(sent, still_late),
        sms=Sms.BESIDE,
        answers="R053, R054",
    ),
    Journey(
        kind="order_delayed",
        step="unannounced",
        sweep=Sweep.PROMISES,
        on=dispatches,
        moment=end_of_promise,
        lasts=days(2),
        only_if=(still_promised,),
        sms=Sms.BESIDE,
        answers="R053, R054",
    ),
    Journey(
        kind="order_delayed",
        step="not_arrived",
        sweep=Sweep.PROMISES,
        on=arrivals,
        moment=next_morning_after_promise,
        lasts=days(2),
        only_if=(still_promised, deliveries_told),
        sms=Sms.NEVER,
        answers="R053, R054",
    ),
    Journey(
        kind="parcel_ready",
        on=EachParcel(READY),
        lasts=days(3),
        until=end_of_keeping,
        only_if=(sent,),
        superseded_by=(EventType.ORDER_DELIVERED,),
        sms=Sms.BESIDE,
        answers="R050, R063",
    ),
    Journey(
        kind=UNCOLLECTED,
        sweep=Sweep.UNCOLLECTED_PARCELS,
        on=EachParcel(READY),
        moment=LaterOf(
            SoonerOf(After(days(4), at_once), morning_before_last_day),
            After(hours(11), at_once),  # never on the heels of the news that it is there
        ),
        lasts=days(3),
        until=end_of_keeping,
        only_if=(sent, uncollected, unreminded(UNCOLLECTED), no_complaint_about_it),
        reminds=True,
        sms=Sms.BESIDE,
        answers="R062, R063",
    ),
    Journey(
        kind="order_delivered",
        on=EachParcel(EventType.ORDER_DELIVERED),
        lasts=days(2),
        enabled=False,
        answers="R009, R073",
    ),
)
