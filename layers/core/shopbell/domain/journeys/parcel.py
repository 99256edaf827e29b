"""The parcel: handed over, on its way, late, waiting, received."""

from shopbell.domain.journeys.row import Journey, Sms
from shopbell.domain.model.events import EventType
from shopbell.domain.model.vocabulary import OrderDay, Sweep
from shopbell.domain.rules.conditions import not_since, still_promised
from shopbell.domain.rules.moments import After, EndOf, LaterOf, MorningBefore, SoonerOf, at_once, end_of_promise
from shopbell.domain.rules.triggers import Each, Latest, promises
from shopbell.domain.time.span import days, hours

READY = EventType.ORDER_READY_FOR_PICKUP
ARRIVED = (READY, EventType.ORDER_DELIVERED)

JOURNEYS = (
    Journey(
        kind="order_handed_over",
        on=Each(EventType.ORDER_HANDED_OVER),
        moment=After(hours(2), at_once),
        later=True,
        lasts=days(1),
        replaced_by=(EventType.ORDER_SHIPPED,),
        superseded_by=ARRIVED,
        answers="R046, R050",
    ),
    Journey(
        kind="order_shipped",
        on=Each(EventType.ORDER_SHIPPED),
        lasts=days(3),
        newest_only=True,
        superseded_by=ARRIVED,
        sms=Sms.BESIDE,
        answers="R046, R048–R050, R060",
    ),
    Journey(
        kind="order_delayed",
        on=Each(EventType.ORDER_DELAYED),
        lasts=days(2),
        newest_only=True,
        superseded_by=(EventType.ORDER_SHIPPED, *ARRIVED),
        sms=Sms.BESIDE,
        answers="R053, R054",
    ),
    Journey(
        kind="order_delayed",
        step="unannounced",
        sweep=Sweep.PROMISES,
        on=promises,
        moment=end_of_promise,
        lasts=days(2),
        only_if=(still_promised,),
        sms=Sms.BESIDE,
        answers="R053, R054",
    ),
    Journey(
        kind="parcel_ready",
        on=Each(READY),
        lasts=days(3),
        until=EndOf(OrderDay.PICKUP_UNTIL),
        newest_only=True,
        superseded_by=(EventType.ORDER_DELIVERED,),
        sms=Sms.BESIDE,
        answers="R050, R063",
    ),
    Journey(
        kind="parcel_uncollected",
        sweep=Sweep.UNCOLLECTED_PARCELS,
        on=Latest(READY),
        moment=LaterOf(
            SoonerOf(After(days(4), at_once), MorningBefore(OrderDay.PICKUP_UNTIL)),
            After(hours(11), at_once),  # never on the heels of the news that it is there
        ),
        lasts=days(3),
        until=EndOf(OrderDay.PICKUP_UNTIL),
        only_if=(not_since(EventType.ORDER_DELIVERED),),
        sms=Sms.BESIDE,
        answers="R062, R063",
    ),
    Journey(
        kind="order_delivered",
        on=Each(EventType.ORDER_DELIVERED),
        lasts=days(2),
        enabled=False,
        answers="R009, R073",
    ),
)
