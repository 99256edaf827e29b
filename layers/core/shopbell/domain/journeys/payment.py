"""Getting paid: thanks, reminders, refunds, a changed price."""

from shopbell.domain.journeys.names import ACCEPTED, CANCELLED, PAID, RECEIVED, REFUNDED
from shopbell.domain.journeys.row import Journey, Sms
from shopbell.domain.model.events import EventType
from shopbell.domain.model.order import LEFT
from shopbell.domain.model.vocabulary import CouponKind, Kind, LateFact, Reason, RequiredFact, Sweep
from shopbell.domain.rules.conditions import (
    no_complaint_about_it,
    not_called_off_since,
    not_reached,
    nothing_paid_instead,
    price_changed,
    something_came,
    something_given_back,
    to_be_paid,
    unpaid,
    worth_telling,
)
from shopbell.domain.rules.moments import After, Decided, LaterOf, placed_at
from shopbell.domain.rules.triggers import Each, lives
from shopbell.domain.time.span import days, working_days

FIRST, FINAL = Kind("order_unpaid_first"), Kind("order_unpaid_final")
ASKED_ABOUT = Kind("staff_call_unpaid")
FIRST_MOMENT = After(working_days(2), placed_at)

JOURNEYS = (
    Journey(
        kind=PAID,
        on=Each(EventType.ORDER_PAID),
        lasts=days(3),
        only_if=(something_came, not_called_off_since),
        superseded_by=LEFT,
        told_in=(RECEIVED, ACCEPTED),
        when_called_off=True,
        sms=Sms.BESIDE,
        requires=(RequiredFact.TOTAL,),
        late_facts=(LateFact.BONUS,),
        answers="R036, R037, R043, R046, R051",
    ),
    Journey(
        kind="payment_failed",
        on=Each(EventType.ORDER_PAYMENT_FAILED),
        lasts=days(2),
        only_if=(to_be_paid,),
        superseded_by=(EventType.ORDER_PAID, *LEFT),
        requires=(RequiredFact.TOTAL,),
        answers="R006, R007, R009",
    ),
    Journey(
        kind=REFUNDED,
        on=Each(EventType.ORDER_REFUNDED),
        lasts=days(7),
        only_if=(something_given_back(REFUNDED),),
        told_in=(CANCELLED,),
        when_called_off=True,
        requires=(RequiredFact.REFUND_AMOUNT,),
        answers="R009, R054",
    ),
    Journey(
        kind="order_repriced",
        on=Each(EventType.ORDER_REPRICED),
        lasts=days(3),
        newest_only=True,
        only_if=(worth_telling, price_changed),
        superseded_by=LEFT,
        requires=(RequiredFact.OLD_TOTAL, RequiredFact.NEW_TOTAL),
        coupon=CouponKind.THANK_YOU,
        late_facts=(LateFact.COMPANIONS,),
        answers="R039, R054, R074, R075",
    ),
    Journey(
        kind=FIRST,
        sweep=Sweep.UNPAID_ORDERS,
        on=lives,
        moment=FIRST_MOMENT,
        lasts=days(3),
        only_if=(unpaid, not_reached(ASKED_ABOUT), nothing_paid_instead, no_complaint_about_it),
        reminds=True,
        requires=(RequiredFact.TOTAL, RequiredFact.WAY_TO_PAY),
        answers="R029, R031",
    ),
    Journey(
        kind=FINAL,
        sweep=Sweep.UNPAID_ORDERS,
        on=lives,
        moment=LaterOf(After(days(7), placed_at), After(days(3), Decided(FIRST))),
        lasts=days(3),
        only_if=(unpaid, nothing_paid_instead, no_complaint_about_it),
        reminds=True,
        sms=Sms.FIRST,
        requires=(RequiredFact.TOTAL, RequiredFact.WAY_TO_PAY),
        answers="R031–R033",
    ),
    Journey(
        kind=FINAL,
        step="lost",
        sweep=Sweep.UNPAID_ORDERS,
        on=lives,
        moment=After(days(3), Decided(FINAL, sent_only=False)),
        lasts=days(3650),
        only_if=(unpaid, nothing_paid_instead),
        ends=Reason.LOST,
        answers="R034",
    ),
)
