"""Who has not been here for long: what happened, can we help, and a personal offer that ends."""

from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.vocabulary import (
    Asked,
    CouponKind,
    Kind,
    LateFact,
    MessageClass,
    RequiredFact,
    Series,
    Sweep,
)
from shopbell.domain.rules.conditions import has_phone, no_complaint, not_reached, unanswered
from shopbell.domain.rules.moments import After, AfterBoth, at_once
from shopbell.domain.rules.sleeping import (
    FirstWord,
    asleep,
    asleep_and_big,
    long_asleep,
    not_called,
    not_held_out,
    not_refused,
    something_offered,
    still_asleep,
)
from shopbell.domain.rules.triggers import Calls
from shopbell.domain.time.span import days, working_days

FIRST, CALL = Kind("winback_first"), Kind("staff_winback_call")

JOURNEYS = (
    Journey(
        kind=FIRST,
        sweep=Sweep.BETWEEN_ORDERS,
        on=asleep,
        lasts=days(180),
        message_class=MessageClass.MARKETING,
        only_if=(still_asleep, not_called(CALL)),
        series=Series.WINBACK,
        answers="R111–R117, R119, R129",
    ),
    Journey(
        kind="winback_offer",
        sweep=Sweep.BETWEEN_ORDERS,
        on=long_asleep,
        moment=AfterBoth(at_once, After(days(14), FirstWord(FIRST, CALL))),
        lasts=days(180),
        message_class=MessageClass.MARKETING,
        only_if=(still_asleep, something_offered, not_reached(CALL)),
        series=Series.WINBACK,
        requires=(RequiredFact.COUPON,),
        coupon=CouponKind.WINBACK,
        late_facts=(LateFact.RECOMMENDED,),
        answers="R106, R112, R113, R118–R121, R129",
    ),
    Journey(
        kind=CALL,
        sweep=Sweep.BETWEEN_ORDERS,
        on=Calls(CALL, asleep_and_big),
        lasts=working_days(30),
        message_class=MessageClass.STAFF,
        only_if=(still_asleep, has_phone, no_complaint, not_refused, not_held_out, unanswered(CALL)),
        late_facts=(LateFact.COMPLAINT,),
        can_wait=True,
        asks=(Asked.TEXT, Asked.PLANNED_REPEAT_ON, Asked.AT, Asked.NOTE),
        answers="R114, R116–R118, R128–R130",
    ),
)
