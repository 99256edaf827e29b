"""The order itself: received, accepted, changed, called off."""

from shopbell.domain.journeys.row import Journey, Sms
from shopbell.domain.model.order import ON_ITS_WAY
from shopbell.domain.rules.triggers import Each
from shopbell.domain.time.span import days

JOURNEYS = (
    Journey(
        kind="order_received",
        on=Each("order.placed"),
        lasts=days(2),
        replaced_by=("order.accepted",),
        superseded_by=ON_ITS_WAY,
        requires=("items", "total", "requisites"),
        coupon="thank_you",
        answers="R002–R009, R016, R020, R024, R026, R028, R040–R042, R058, R059, R140",
    ),
    Journey(
        kind="order_accepted",
        on=Each("order.accepted"),
        lasts=days(2),
        superseded_by=("order.paid", *ON_ITS_WAY),
        requires=("items", "total", "requisites"),
        answers="R001, R003–R009, R019, R046, R051, R052",
    ),
    Journey(
        kind="order_cancelled",
        on=Each("order.cancelled"),
        lasts=days(3),
        sms=Sms.BESIDE,
        answers="R009, R054",
    ),
    Journey(
        kind="item_unavailable",
        on=Each("order.item_unavailable"),
        lasts=days(3),
        superseded_by=ON_ITS_WAY,
        requires=("item",),
        answers="R054, R066",
    ),
)
