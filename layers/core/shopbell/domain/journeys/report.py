"""What the owner is told of a month."""

from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.vocabulary import Addressee, Errand, MessageClass, Sweep
from shopbell.domain.rules.conditions import something_counted
from shopbell.domain.rules.moments import After, at_once
from shopbell.domain.rules.triggers import months
from shopbell.domain.time.span import minutes, working_days

JOURNEYS = (
    Journey(
        kind="staff_report",
        sweep=Sweep.TASKS,
        on=months,
        # The day's own letter comes first.
        moment=After(minutes(10), at_once),
        lasts=working_days(5),
        message_class=MessageClass.STAFF,
        only_if=(something_counted,),
        errand=Errand.OFFICE,
        goes_to=Addressee.OWNER,
        answers="R017, R018, R021, R072, R109, R123–R127, R131",
    ),
)
