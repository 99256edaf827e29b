"""After the parcel was received: a word about it, once, and what the customer may like to add about themselves."""

from shopbell.domain.journeys.names import REVIEW, SATISFIED
from shopbell.domain.journeys.row import Journey, Sms
from shopbell.domain.model.events import EventType
from shopbell.domain.model.vocabulary import Kind, MessageClass, RequiredFact, Sweep
from shopbell.domain.rules.conditions import by_letter, incomplete, kept_money, never, no_complaint, unreviewed
from shopbell.domain.rules.moments import After, LastLetter, LaterOf, at_once
from shopbell.domain.rules.triggers import Each, received
from shopbell.domain.time.span import days

RECEIVED = EventType.CUSTOMER_RECEIVED
"""The first order that reached a customer, as their own record keeps it."""
SPOILT = (EventType.REVIEW_POSTED,)

PROFILE = Kind("profile_completion")
REVIEW_MOMENT = After(days(3), at_once)

JOURNEYS = (
    Journey(
        kind=REVIEW,
        sweep=Sweep.FOLLOW_UPS,
        on=received,
        moment=REVIEW_MOMENT,
        lasts=days(4),
        message_class=MessageClass.SERVICE,
        only_if=(by_letter(REVIEW, SATISFIED), never(*SPOILT), kept_money, unreviewed, no_complaint),
        sms=Sms.NEVER,
        requires=(RequiredFact.ITEMS,),
        answers="R065, R067–R070, R072, R073",
    ),
    Journey(
        kind=PROFILE,
        sweep=Sweep.FOLLOW_UPS,
        on=Each(RECEIVED),
        moment=LaterOf(After(days(14), at_once), After(days(7), LastLetter(PROFILE))),
        lasts=days(14),
        message_class=MessageClass.MARKETING,
        only_if=(incomplete,),
        answers="R093",
    ),
)
