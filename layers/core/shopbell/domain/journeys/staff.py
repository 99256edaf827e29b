"""The shop's own people: what they are asked to do where a message alone does not help."""

from functools import partial

from shopbell.domain.journeys.after import REVIEW_MOMENT, SPOILT
from shopbell.domain.journeys.names import FOLLOWUP, REVIEW, SATISFIED
from shopbell.domain.journeys.payment import ASKED_ABOUT, FIRST, FIRST_MOMENT
from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.complaint import OPENED
from shopbell.domain.model.events import EventType
from shopbell.domain.model.order import LACKING, LEFT, UNDELIVERED
from shopbell.domain.model.vocabulary import (
    Addressee,
    Asked,
    CouponKind,
    Errand,
    Kind,
    LateFact,
    MessageClass,
    RequiredFact,
    Sweep,
)
from shopbell.domain.rules.conditions import (
    asked_for,
    by_call,
    dearer,
    has_phone,
    kept_money,
    known_courier,
    never,
    no_complaint,
    not_by_phone,
    not_followed_up,
    not_in_hand,
    paid_in_full,
    paid_on_receipt,
    prepaid,
    sent,
    something_open,
    still_agreed,
    still_lacked,
    still_promised,
    to_give_back,
    unanswered,
    uncalled,
    unpaid,
    unresolved,
    unreviewed,
    well_reviewed,
)
from shopbell.domain.rules.moments import (
    After,
    NextMorning,
    OfKind,
    ToLeave,
    agreed_time,
    at_once,
    before_promise,
    end_of_promise,
    next_morning_after_promise,
)
from shopbell.domain.rules.triggers import (
    Calls,
    Each,
    arrivals,
    called_off,
    dispatches,
    impossible_days,
    lives,
    money_left_over,
    mornings,
    promises,
    received,
    review_of_order,
    settled,
)
from shopbell.domain.rules.unheard import still_to_tell
from shopbell.domain.time.span import Span, days, hours, minutes, working_days, working_hours, working_minutes

CONFIRM, LATE = Kind("staff_confirm_order"), Kind("staff_order_late")
UNPAID = ASKED_ABOUT
COMPLAINT, RISK = Kind("staff_complaint"), Kind("staff_refusal_risk")
CALLBACK, MISSED = Kind("staff_callback"), Kind("staff_missed_call")
PARCEL_OVERDUE = Kind("staff_parcel_overdue")
OVERDUE, UNREACHABLE = Kind("staff_dispatch_overdue"), Kind("staff_unreachable_customer")
TAKEN = (EventType.ORDER_ACCEPTED, *LEFT)
REVERSED, MONEY_BACK = Kind("staff_payment_reversed"), Kind("staff_money_back")
PACK, STOP, DAY = Kind("staff_pack"), Kind("staff_stop_packing"), Kind("staff_day")

DELAY = (Asked.NEW_DATE, Asked.REASON, Asked.REMEDY)
CALL = (Asked.AT, Asked.NOTE)
CONTACTS = (Asked.EMAIL, Asked.PHONE)
CONFIRMED = (*CONTACTS, Asked.SKU, Asked.PLANNED_REPEAT_ON, *CALL)

task = partial(Journey, message_class=MessageClass.STAFF)
pack = partial(
    task,
    kind=PACK,
    errand=Errand.PARCEL,
    lasts=working_days(3),
    coupon=CouponKind.THANK_YOU,
    courier_card=True,
    asks=(Asked.TRACKING_NUMBER, Asked.SKU, *DELAY),
    can_wait=True,
    on_the_hour=True,
    answers="R055–R057, R064",
)


late = partial(
    task,
    kind=LATE,
    sweep=Sweep.TASKS,
    on=Each(EventType.ORDER_PLACED),
    only_if=(never(*TAKEN), not_in_hand, uncalled(CONFIRM, LATE)),
    asks=CONFIRMED,
    answers="R013–R016",
)


def _late(step: str, after: Span, lasts: Span) -> Journey:
    """Nobody has taken the order into work; the clock runs while the shop is open."""
    return late(step=step, moment=After(after, at_once), lasts=lasts)


JOURNEYS = (
    task(
        kind=DAY,
        sweep=Sweep.TASKS,
        on=mornings,
        # The other sweeps of that moment come first.
        moment=After(minutes(3), at_once),
        lasts=working_hours(4),
        only_if=(something_open,),
        takes_along=True,
        answers="R027, R052, R061",
    ),
    task(
        kind=CONFIRM,
        on=Calls(CONFIRM, Each(EventType.ORDER_PLACED), also=(LATE,)),
        lasts=working_days(2),
        only_if=(not_by_phone, never(*TAKEN), not_in_hand, unanswered(CONFIRM, LATE)),
        late_facts=(LateFact.COMPANIONS, LateFact.COMPLAINT),
        asks=CONFIRMED,
        answers="R010–R013, R027, R060, R074–R076, R078, R082, R104",
    ),
    _late("20_minutes", working_minutes(20), working_minutes(40)),
    _late("1_hour", working_hours(1), working_hours(2)),
    _late("3_hours", working_hours(3), working_days(1)),
    # The day after, most such orders are lost.
    late(
        step="next_morning",
        moment=NextMorning(After(working_minutes(20), at_once)),
        lasts=working_days(1),
        goes_to=Addressee.OWNER,
    ),
    task(
        kind=UNPAID,
        sweep=Sweep.TASKS,
        on=Calls(UNPAID, lives),
        # The letter is for those whom nobody reached until then.
        moment=After(working_hours(-2), ToLeave(OfKind(FIRST, FIRST_MOMENT))),
        lasts=working_days(3),
        only_if=(unpaid, has_phone, unanswered(UNPAID)),
        late_facts=(LateFact.OTHER_ORDERS,),
        asks=CALL,
        answers="R030, R031, R076",
    ),
    pack(on=settled, only_if=(prepaid, paid_in_full, sent, never(*LEFT))),
    pack(step="accepted", on=Each(EventType.ORDER_ACCEPTED), only_if=(paid_on_receipt, sent, never(*LEFT))),
    task(
        kind=STOP,
        on=called_off,
        errand=Errand.PARCEL,
        lasts=working_days(2),
        only_if=(asked_for(PACK, Kind(f"{PACK}.accepted")), never(*LEFT)),
        when_called_off=True,
        answers="R054",
    ),
    task(
        kind=MONEY_BACK,
        on=Calls(MONEY_BACK, money_left_over),
        errand=Errand.OFFICE,
        lasts=days(7),
        only_if=(to_give_back, unanswered(MONEY_BACK)),
        when_called_off=True,
        newest_only=True,
        asks=CALL,
        answers="R054",
    ),
    task(
        kind=REVERSED,
        on=Calls(REVERSED, Each(EventType.ORDER_PAYMENT_REVERSED)),
        errand=Errand.OFFICE,
        lasts=days(7),
        only_if=(unanswered(REVERSED),),
        when_called_off=True,
        asks=CALL,
        answers="R034",
    ),
    task(
        kind=RISK,
        on=Calls(RISK, Each(EventType.ORDER_REPRICED)),
        lasts=working_days(3),
        only_if=(dearer, never(*LEFT), unanswered(RISK)),
        asks=CALL,
        answers="R038",
    ),
    task(
        kind=RISK,
        step="unavailable",
        on=Calls(Kind(f"{RISK}.unavailable"), Each(EventType.ORDER_ITEM_UNAVAILABLE)),
        lasts=working_days(3),
        only_if=(never(*LEFT), unanswered(RISK)),
        requires=(RequiredFact.ITEM,),
        asks=(*CALL, *DELAY),
        answers="R066, R076",
    ),
    task(
        kind="staff_promise_at_risk",
        sweep=Sweep.PROMISES,
        on=promises,
        moment=before_promise,
        errand=Errand.PARCEL,
        lasts=days(7),
        until=end_of_promise,
        only_if=(still_promised,),
        can_wait=True,
        asks=(*DELAY, Asked.TRACKING_NUMBER, *CALL),
        answers="R051, R052, R054, R061",
    ),
    task(
        kind="staff_promise_at_risk",
        step="impossible",
        on=impossible_days,
        errand=Errand.OFFICE,
        lasts=working_days(3),
        superseded_by=(EventType.ORDER_DELIVERED, EventType.ORDER_CANCELLED),
        can_wait=True,
        asks=(*DELAY, *CALL),
        answers="R051, R058",
    ),
    task(
        kind=OVERDUE,
        sweep=Sweep.PROMISES,
        on=Calls(OVERDUE, dispatches),
        moment=end_of_promise,
        errand=Errand.PARCEL,
        lasts=working_days(3),
        only_if=(still_promised, unanswered(OVERDUE)),
        can_wait=True,
        asks=(*DELAY, Asked.TRACKING_NUMBER, *CALL),
        answers="R053, R055",
    ),
    task(
        kind=PARCEL_OVERDUE,
        sweep=Sweep.PROMISES,
        on=Calls(PARCEL_OVERDUE, arrivals),
        moment=next_morning_after_promise,
        errand=Errand.PARCEL,
        lasts=working_days(3),
        only_if=(still_promised, unanswered(PARCEL_OVERDUE)),
        can_wait=True,
        asks=(*DELAY, *CALL),
        answers="R053, R061",
    ),
    task(
        kind=SATISFIED,
        step="instead_of_review",
        sweep=Sweep.FOLLOW_UPS,
        on=Calls(Kind(f"{SATISFIED}.instead_of_review"), received),
        moment=OfKind(REVIEW, REVIEW_MOMENT),
        lasts=working_days(4),
        only_if=(
            by_call(REVIEW, SATISFIED),
            has_phone,
            never(*SPOILT),
            kept_money,
            unreviewed,
            no_complaint,
            not_followed_up(FOLLOWUP),
            unanswered(SATISFIED),
        ),
        late_facts=(LateFact.COMPLAINT,),
        can_wait=True,
        asks=(Asked.TEXT, Asked.PLANNED_REPEAT_ON, *CALL),
        answers="R067, R068",
    ),
    task(
        kind=SATISFIED,
        sweep=Sweep.FOLLOW_UPS,
        on=Calls(SATISFIED, received),
        moment=After(days(7), at_once),
        lasts=working_days(3),
        only_if=(
            has_phone,
            never(*SPOILT),
            kept_money,
            unreviewed,
            no_complaint,
            not_followed_up(FOLLOWUP),
            unanswered(SATISFIED),
        ),
        late_facts=(LateFact.COMPLAINT,),
        can_wait=True,
        asks=(Asked.TEXT, Asked.PLANNED_REPEAT_ON, *CALL),
        answers="R071–R073",
    ),
    task(
        kind="staff_good_review",
        on=review_of_order,
        errand=Errand.OFFICE,
        # One morning's letter says it; it is no task that stays open.
        lasts=working_days(1),
        only_if=(well_reviewed, known_courier),
        can_wait=True,
        answers="R065",
    ),
    task(
        kind=COMPLAINT,
        on=Calls(COMPLAINT, Each(OPENED), also=(COMPLAINT,)),
        lasts=working_days(3),
        only_if=(unresolved, unanswered(COMPLAINT)),
        goes_to=Addressee.COMPLAINTS,
        asks=(Asked.TEXT, *CALL),
        answers="R027, R114, R132–R135",
    ),
    task(
        kind=COMPLAINT,
        step="owner",
        sweep=Sweep.TASKS,
        on=Each(OPENED),
        moment=After(working_hours(1), at_once),
        lasts=working_days(3),
        only_if=(unresolved, uncalled(COMPLAINT)),
        goes_to=Addressee.OWNER,
        asks=(Asked.TEXT, *CALL),
        answers="R133, R134",
    ),
    task(
        kind=CALLBACK,
        on=Calls(CALLBACK, Each(EventType.CALLBACK_AGREED)),
        moment=After(minutes(-5), agreed_time),
        later=True,
        at_any_hour=True,
        lasts=hours(8),
        only_if=(still_agreed, unanswered(CALLBACK)),
        asks=(*CALL, Asked.TEXT),
        answers="R110",
    ),
    task(
        kind=MISSED,
        on=Calls(MISSED, Each(EventType.CALL_MISSED)),
        at_any_hour=True,
        lasts=days(1),
        only_if=(unanswered(MISSED),),
        asks=(*CALL, Asked.TEXT),
        answers="R025, R027",
    ),
    task(
        kind=UNREACHABLE,
        on=Calls(UNREACHABLE, Each(UNDELIVERED)),
        lasts=working_days(3),
        only_if=(still_to_tell, unanswered(UNREACHABLE)),
        when_called_off=True,
        asks=(*CONTACTS, *CALL),
        answers="R137",
    ),
    task(
        kind="staff_facts_missing",
        on=Each(LACKING),
        errand=Errand.OFFICE,
        lasts=working_days(3),
        only_if=(still_lacked(Kind("order_refunded")),),
        superseded_by=(EventType.ORDER_DELIVERED,),
        when_called_off=True,
        can_wait=True,
        answers="R003, R004, R006, R033",
    ),
)
