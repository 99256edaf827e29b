"""One letter for what comes together: which other letter, still to leave, says the same too."""

from datetime import datetime, timedelta

from shopbell.domain.deciding.ruling_out import why_not
from shopbell.domain.journeys import BY_NAME
from shopbell.domain.journeys.names import ACCEPTED, PAID, RECEIVED
from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.vocabulary import Outcome

JUST_LEAVING = timedelta(seconds=1)
"""What is due so soon may leave before it could say anything more."""


def told_together(facts: Facts, journey: Journey, now: datetime) -> str:
    """The kind of that letter, or ""."""
    for name in journey.told_in:
        if _has_first_say(facts, name, journey.name, now) and _is_to_leave(facts, BY_NAME[name], now):
            return name
    return ""


def _has_first_say(facts: Facts, teller: str, told: str, now: datetime) -> bool:
    """Of a payment and an acceptance the acceptance tells the other while the order itself is still to be told of, and
    later the payment does."""
    if {teller, told} != {ACCEPTED, PAID}:
        return True
    is_new = _is_to_leave(facts, BY_NAME[RECEIVED], now, or_replaced=True)
    return is_new == (teller == ACCEPTED)


def _is_to_leave(facts: Facts, journey: Journey, now: datetime, *, or_replaced: bool = False) -> bool:
    return any(_waits(facts, journey, trigger, now, or_replaced) for trigger in journey.on(facts, now))


def _waits(facts: Facts, journey: Journey, trigger: Trigger, now: datetime, or_replaced: bool) -> bool:
    """Not decided yet and not ruled out, or planned for later. `or_replaced`: though other news replaces it."""
    decided = facts.agenda.decided.get(journey.key(trigger))
    if decided is None:
        return or_replaced or why_not(facts, journey, trigger, now) is None
    if decided.outcome is Outcome.SKIPPED:
        return False
    start = journey.starts(facts, trigger)
    still_to_come = start is not None and now <= start - JUST_LEAVING
    return still_to_come and (or_replaced or why_not(facts, journey, trigger, now) is None)
