"""The order itself: received, accepted, changed, called off."""

from shopbell.domain.journeys.names import ACCEPTED, CANCELLED, PAID, RECEIVED
from shopbell.domain.journeys.row import Journey, Sms
from shopbell.domain.model.events import EventType
from shopbell.domain.model.order import LEFT
from shopbell.domain.model.vocabulary import CouponKind, LateFact, RequiredFact
from shopbell.domain.rules.conditions import called_off, no_later_payment, untold
from shopbell.domain.rules.moments import after_checkout
from shopbell.domain.rules.triggers import Each
from shopbell.domain.time.span import days

JOURNEYS = (
    Journey(
        kind=RECEIVED,
        on=Each(EventType.ORDER_PLACED),
        moment=after_checkout,
        lasts=days(2),
        replaced_by=(EventType.ORDER_ACCEPTED,),
        superseded_by=LEFT,
        requires=(RequiredFact.ITEMS, RequiredFact.TOTAL, RequiredFact.WAY_TO_PAY),
        coupon=CouponKind.THANK_YOU,
        late_facts=(LateFact.BONUS,),
        answers="R002–R009, R016, R020, R024, R026, R028, R040–R042, R058, R059, R140",
    ),
    Journey(
        kind=ACCEPTED,
        on=Each(EventType.ORDER_ACCEPTED),
        lasts=days(2),
        only_if=(no_later_payment(PAID), untold(ACCEPTED)),
        superseded_by=LEFT,
        told_in=(PAID,),
        requires=(RequiredFact.ITEMS, RequiredFact.TOTAL, RequiredFact.WAY_TO_PAY),
        coupon=CouponKind.THANK_YOU,
        late_facts=(LateFact.BONUS,),
        answers="R001, R003–R009, R019, R046, R051, R052",
    ),
    Journey(
        kind=CANCELLED,
        on=Each(EventType.ORDER_CANCELLED),
        lasts=days(3),
        only_if=(called_off, untold(CANCELLED)),
        when_called_off=True,
        sms=Sms.BESIDE,
        answers="R009, R054",
    ),
    Journey(
        kind="item_unavailable",
        on=Each(EventType.ORDER_ITEM_UNAVAILABLE),
        lasts=days(3),
        superseded_by=LEFT,
        requires=(RequiredFact.ITEM,),
        answers="R054, R066",
    ),
)
