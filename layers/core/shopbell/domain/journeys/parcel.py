"""The parcel: handed over, on its way, late, waiting, received."""

from shopbell.domain.journeys.row import Journey, Sms
from shopbell.domain.rules.conditions import not_since, still_promised
from shopbell.domain.rules.moments import After, EndOf, LaterOf, MorningBefore, SoonerOf, at_once, end_of_promise
from shopbell.domain.rules.triggers import Each, Latest, promises
from shopbell.domain.time.span import days, hours

READY = "order.ready_for_pickup"
ARRIVED = (READY, "order.delivered", "order.cancelled")

JOURNEYS = (
    Journey(
        kind="order_handed_over",
        on=Each("order.handed_over"),
        moment=After(hours(2), at_once),
        lasts=days(1),
        replaced_by=("order.shipped",),
        superseded_by=ARRIVED,
        answers="R046, R050",
    ),
    Journey(
        kind="order_shipped",
        on=Each("order.shipped"),
        lasts=days(3),
        newest_only=True,
        superseded_by=ARRIVED,
        sms=Sms.BESIDE,
        answers="R046, R048–R050, R060",
    ),
    Journey(
        kind="order_delayed",
        on=Each("order.delayed"),
        lasts=days(2),
        newest_only=True,
        superseded_by=("order.shipped", *ARRIVED),
        sms=Sms.BESIDE,
        answers="R053, R054",
    ),
    Journey(
        kind="order_delayed",
        step="unannounced",
        sweep="promises",
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
        until=EndOf("delivery.pickup_until"),
        newest_only=True,
        superseded_by=ARRIVED[1:],
        sms=Sms.BESIDE,
        answers="R050, R063",
    ),
    Journey(
        kind="parcel_uncollected",
        sweep="uncollected_parcels",
        on=Latest(READY),
        moment=LaterOf(
            SoonerOf(After(days(4), at_once), MorningBefore("delivery.pickup_until")),
            After(hours(11), at_once),  # never on the heels of the news that it is there
        ),
        lasts=days(3),
        until=EndOf("delivery.pickup_until"),
        only_if=(not_since("order.delivered", "order.cancelled"),),
        sms=Sms.BESIDE,
        answers="R062, R063",
    ),
    Journey(
        kind="order_delivered",
        on=Each("order.delivered"),
        lasts=days(2),
        enabled=False,
        superseded_by=("order.cancelled",),
        answers="R009, R073",
    ),
)
