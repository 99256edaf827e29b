"""Complaints and questions: an answer at once, what was done, and a week later whether all is well."""

from shopbell.domain.journeys.names import FOLLOWUP
from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.complaint import ASKED_AFTER, OPENED, RESOLVED
from shopbell.domain.model.vocabulary import MessageClass, Sweep
from shopbell.domain.rules.conditions import no_complaint
from shopbell.domain.rules.moments import After, at_once
from shopbell.domain.rules.triggers import Each
from shopbell.domain.time.span import days

JOURNEYS = (
    Journey(
        kind="complaint_received",
        on=Each(OPENED),
        lasts=days(3),
        message_class=MessageClass.SERVICE,
        superseded_by=(RESOLVED,),
        answers="R132–R134",
    ),
    Journey(
        kind="complaint_resolved",
        on=Each(RESOLVED),
        lasts=days(3),
        message_class=MessageClass.SERVICE,
        answers="R134, R136",
    ),
    Journey(
        kind=FOLLOWUP,
        sweep=Sweep.FOLLOW_UPS,
        on=Each(RESOLVED),
        moment=After(ASKED_AFTER, at_once),
        lasts=days(3),
        message_class=MessageClass.SERVICE,
        only_if=(no_complaint,),
        answers="R072, R136",
    ),
)
