"""What a customer bought before: it runs out, they said when they want it again, it is time for a newer one."""

from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.vocabulary import Kind, LateFact, MessageClass, RequiredFact, Series, Sweep
from shopbell.domain.rules.buying_again import (
    in_rhythm,
    not_agreed,
    not_ordered_since,
    not_told_along,
    runs_out,
    to_replace,
    wanted_again,
)
from shopbell.domain.rules.moments import AgreedTime
from shopbell.domain.time.span import days

REPLENISHMENT = Kind("replenishment")

JOURNEYS = (
    Journey(
        kind=REPLENISHMENT,
        sweep=Sweep.BETWEEN_ORDERS,
        on=runs_out,
        lasts=days(7),
        message_class=MessageClass.MARKETING,
        only_if=(not_ordered_since(runs_out), in_rhythm, not_agreed, not_told_along(REPLENISHMENT)),
        series=Series.REPLENISHMENT,
        requires=(RequiredFact.THINGS,),
        late_facts=(LateFact.RECOMMENDED,),
        answers="R073, R074, R077, R081, R102, R103, R106, R111",
    ),
    Journey(
        kind="planned_repeat",
        sweep=Sweep.BETWEEN_ORDERS,
        on=wanted_again,
        lasts=days(400),
        until=AgreedTime("ends"),
        message_class=MessageClass.SERVICE,
        only_if=(not_ordered_since(wanted_again),),
        requires=(RequiredFact.THINGS,),
        late_facts=(LateFact.RECOMMENDED,),
        answers="R103–R106",
    ),
    Journey(
        kind="upgrade",
        sweep=Sweep.BETWEEN_ORDERS,
        on=to_replace,
        lasts=days(30),
        message_class=MessageClass.MARKETING,
        only_if=(not_ordered_since(to_replace),),
        series=Series.REPLENISHMENT,
        requires=(RequiredFact.THINGS,),
        late_facts=(LateFact.RECOMMENDED,),
        answers="R073, R077, R081, R085",
    ),
)
