"""Getting paid: thanks, reminders, refunds, a changed price."""

from shopbell.domain.journeys.row import Journey, Sms
from shopbell.domain.model.order import ON_ITS_WAY
from shopbell.domain.model.vocabulary import Reason
from shopbell.domain.rules.conditions import unpaid, worth_telling
from shopbell.domain.rules.moments import After, Decided, LaterOf, placed_at
from shopbell.domain.rules.triggers import Each
from shopbell.domain.time.span import days, working_days

PLACED = Each("order.placed")
FIRST, FINAL = "order_unpaid_first", "order_unpaid_final"

JOURNEYS = (
    Journey(
        kind="payment_received",
        on=Each("order.paid"),
        lasts=days(3),
        superseded_by=ON_ITS_WAY,
        sms=Sms.BESIDE,
        requires=("total",),
        late_facts=("bonus",),
        answers="R036, R037, R043, R046, R051",
    ),
    Journey(
        kind="order_refunded",
        on=Each("order.refunded"),
        lasts=days(7),
        requires=("refund_amount",),
        answers="R009, R054",
    ),
    Journey(
        kind="order_repriced",
        on=Each("order.repriced"),
        lasts=days(3),
        newest_only=True,
        only_if=(worth_telling,),
        superseded_by=("order.paid", *ON_ITS_WAY),
        requires=("old_total", "new_total"),
        coupon="thank_you",
        late_facts=("companions",),
        answers="R039, R054, R074, R075",
    ),
    Journey(
        kind=FIRST,
        sweep="unpaid_orders",
        on=PLACED,
        moment=After(working_days(2), placed_at),
        lasts=days(3),
        only_if=(unpaid,),
        requires=("total", "way_to_pay"),
        answers="R029, R031",
    ),
    Journey(
        kind=FINAL,
        sweep="unpaid_orders",
        on=PLACED,
        moment=LaterOf(After(days(7), placed_at), After(days(3), Decided(FIRST))),
        lasts=days(3),
        only_if=(unpaid,),
        sms=Sms.FIRST,
        requires=("total", "way_to_pay"),
        answers="R031–R033",
    ),
    Journey(
        kind=FINAL,
        step="lost",
        sweep="unpaid_orders",
        on=PLACED,
        moment=After(days(3), Decided(FINAL, sent_only=False)),
        lasts=days(3650),
        only_if=(unpaid,),
        ends=Reason.LOST,
        answers="R034",
    ),
)
