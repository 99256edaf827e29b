"""The shop's own people: what they are asked to do where a message alone does not help."""

from functools import partial

from shopbell.domain.journeys.after import SPOILT
from shopbell.domain.journeys.payment import FIRST
from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.complaint import OPENED
from shopbell.domain.model.order import LACKING, ON_ITS_WAY, UNDELIVERED
from shopbell.domain.model.vocabulary import MessageClass
from shopbell.domain.rules.conditions import (
    by_phone_alone,
    dearer,
    has_phone,
    never,
    no_complaint,
    paid_on_receipt,
    prepaid,
    still_agreed,
    still_promised,
    unanswered,
    uncalled,
    unpaid,
    unresolved,
    unreviewed,
)
from shopbell.domain.rules.moments import After, Decided, agreed_time, at_once, before_promise, end_of_promise
from shopbell.domain.rules.triggers import Calls, Each, promises
from shopbell.domain.time.span import Span, days, hours, minutes, working_days, working_hours, working_minutes

CONFIRM, LATE = "staff_confirm_order", "staff_order_late"
UNPAID, SATISFIED = "staff_call_unpaid", "staff_call_satisfaction"
COMPLAINT, RISK = "staff_complaint", "staff_refusal_risk"
CALLBACK, MISSED = "staff_callback", "staff_missed_call"
OVERDUE, UNREACHABLE = "staff_dispatch_overdue", "staff_unreachable_customer"
TAKEN = ("order.accepted", *ON_ITS_WAY)

task = partial(Journey, message_class=MessageClass.STAFF)
pack = partial(
    task,
    kind="staff_pack",
    lasts=days(3),
    coupon="thank_you",
    courier_card=True,
    can_wait=True,
    answers="R055–R057, R064",
)


def _late(step: str, after: Span, lasts: Span) -> Journey:
    """Nobody has taken the order into work; the clock runs while the shop is open."""
    return task(
        kind=LATE,
        step=step,
        sweep="tasks",
        on=Each("order.placed"),
        moment=After(after, at_once),
        lasts=lasts,
        only_if=(never(*TAKEN), uncalled(CONFIRM, LATE)),
        answers="R013–R016",
    )


JOURNEYS = (
    task(
        kind=CONFIRM,
        on=Calls(CONFIRM, Each("order.placed"), also=(LATE,)),
        lasts=days(2),
        only_if=(never(*TAKEN), unanswered(CONFIRM, LATE)),
        answers="R010–R013, R027, R060, R076, R078, R104",
    ),
    _late("20_minutes", working_minutes(20), working_minutes(40)),
    _late("1_hour", working_hours(1), working_hours(2)),
    _late("3_hours", working_hours(3), working_days(1)),
    task(
        kind=UNPAID,
        sweep="unpaid_orders",
        on=Calls(UNPAID, Each("order.placed")),
        moment=Decided(FIRST, sent_only=False),
        lasts=days(3),
        only_if=(unpaid, has_phone, unanswered(UNPAID)),
        can_wait=True,
        answers="R030, R031, R076",
    ),
    pack(on=Each("order.paid"), only_if=(prepaid, never(*ON_ITS_WAY))),
    pack(step="accepted", on=Each("order.accepted"), only_if=(paid_on_receipt, never(*ON_ITS_WAY))),
    task(
        kind=RISK,
        on=Calls(RISK, Each("order.repriced")),
        lasts=days(3),
        only_if=(dearer, never("order.paid", *ON_ITS_WAY), unanswered(RISK)),
        can_wait=True,
        answers="R038",
    ),
    task(
        kind=RISK,
        step="unavailable",
        on=Calls(f"{RISK}.unavailable", Each("order.item_unavailable")),
        lasts=days(3),
        only_if=(never(*ON_ITS_WAY), unanswered(RISK)),
        requires=("item",),
        answers="R066, R076",
    ),
    task(
        kind="staff_promise_at_risk",
        sweep="promises",
        on=promises,
        moment=before_promise,
        lasts=days(7),
        until=end_of_promise,
        only_if=(still_promised,),
        answers="R051, R052, R054, R061",
    ),
    task(
        kind=OVERDUE,
        sweep="promises",
        on=Calls(OVERDUE, promises),
        moment=end_of_promise,
        lasts=days(3),
        only_if=(still_promised, unanswered(OVERDUE)),
        answers="R053, R055",
    ),
    task(
        kind=SATISFIED,
        step="instead_of_review",
        sweep="follow_ups",
        on=Calls(f"{SATISFIED}.instead_of_review", Each("order.delivered")),
        moment=After(days(3), at_once),
        lasts=days(4),
        only_if=(by_phone_alone, has_phone, never(*SPOILT), unreviewed, no_complaint, unanswered(SATISFIED)),
        can_wait=True,
        answers="R067, R068",
    ),
    task(
        kind=SATISFIED,
        sweep="follow_ups",
        on=Calls(SATISFIED, Each("order.delivered")),
        moment=After(days(7), at_once),
        lasts=days(3),
        only_if=(has_phone, never(*SPOILT), unreviewed, no_complaint, unanswered(SATISFIED)),
        can_wait=True,
        answers="R071–R073",
    ),
    task(
        kind=COMPLAINT,
        on=Calls(COMPLAINT, Each(OPENED), also=(COMPLAINT,)),
        lasts=days(3),
        only_if=(unresolved, unanswered(COMPLAINT)),
        answers="R027, R114, R132–R135",
    ),
    task(
        kind=COMPLAINT,
        step="owner",
        sweep="tasks",
        on=Each(OPENED),
        moment=After(working_hours(1), at_once),
        lasts=days(3),
        only_if=(unresolved, uncalled(COMPLAINT)),
        to_owner=True,
        answers="R133, R134",
    ),
    task(
        kind=CALLBACK,
        on=Calls(CALLBACK, Each("callback.agreed")),
        moment=After(minutes(-5), agreed_time),
        lasts=hours(8),
        only_if=(still_agreed, unanswered(CALLBACK)),
        answers="R110",
    ),
    task(
        kind=MISSED,
        on=Calls(MISSED, Each("call.missed")),
        lasts=days(1),
        only_if=(unanswered(MISSED),),
        answers="R025, R027",
    ),
    task(
        kind=UNREACHABLE,
        on=Calls(UNREACHABLE, Each(UNDELIVERED)),
        lasts=days(3),
        only_if=(unanswered(UNREACHABLE),),
        superseded_by=("order.delivered", "order.cancelled"),
        answers="R137",
    ),
    task(
        kind="staff_facts_missing",
        on=Each(LACKING),
        lasts=days(3),
        superseded_by=("order.delivered", "order.cancelled"),
        answers="R003, R004, R006, R033",
    ),
)
