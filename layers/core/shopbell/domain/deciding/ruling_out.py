"""Why a step is not to be told at all, whatever the channel: it is not so, not so any more, or not so soon enough."""

import re
from datetime import datetime
from enum import StrEnum, auto

from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.parcel import PARCEL_EVENTS
from shopbell.domain.model.vocabulary import Reason
from shopbell.domain.rules.account import account_in
from shopbell.domain.rules.parcels import happened_to
from shopbell.domain.time.calendar import format_instant, parse_instant

Why = tuple[Reason, str]
"""A reason, and the figures it rests on."""
SETTLED = frozenset({EventType.ORDER_PAID, EventType.ORDER_DELIVERED, EventType.ORDER_CANCELLED})
"""News after which the older one is not merely old but untrue."""


def why_not(facts: Facts, journey: Journey, trigger: Trigger, now: datetime) -> Why | None:
    if facts.customer.erased or facts.history.erased:
        return Reason.ERASED, "the customer asked to be forgotten"
    if not journey.is_enabled(facts.shop) and not journey.ends:
        return Reason.DISABLED, f"{journey.kind} is turned off"
    for condition in journey.only_if:
        if not condition.waits and (detail := condition(facts, trigger)):
            return condition.reason, detail
    return _called_off(facts, journey) or _newer_news(facts, journey, trigger) or _over(facts, journey, trigger, now)


class Over(StrEnum):
    """How a task came to be over though nobody answered it: its order was called off, or it settled itself."""

    CALLED_OFF = auto()
    SETTLED = auto()


def over(facts: Facts, journey: Journey, trigger: Trigger) -> Over | None:
    """None while it is still to be done, were it too late to ask for it."""
    if _called_off(facts, journey):
        return Over.CALLED_OFF
    return Over.SETTLED if _settled(facts, journey, trigger) else None


def _settled(facts: Facts, journey: Journey, trigger: Trigger) -> str:
    conditions = (condition for condition in journey.only_if if condition.for_good and condition.settles)
    failed = next(filter(None, (condition(facts, trigger) for condition in conditions)), "")
    newer = _newer_news(facts, journey, trigger)
    return failed or (newer[1] if newer else "")


SETTLING = frozenset(
    {
        *(EventType.ORDER_ACCEPTED, EventType.ORDER_PAID, EventType.ORDER_PAYMENT_REVERSED, EventType.ORDER_DELAYED),
        *(EventType.ORDER_HANDED_OVER, EventType.ORDER_SHIPPED, EventType.ORDER_READY_FOR_PICKUP),
        *(EventType.ORDER_DELIVERED, EventType.ORDER_CANCELLED, EventType.ORDER_REFUNDED, EventType.ORDER_REPRICED),
        *(EventType.CALL_DONE, EventType.CALLBACK_AGREED, EventType.REVIEW_POSTED, EventType.COMPLAINT_RESOLVED),
    }
)
"""What may have settled a task."""
_NAMED = re.compile(r"(?P<event>[a-z_]+\.[a-z_]+) at (?P<at>\S+)")


def ended_by(facts: Facts, journey: Journey, trigger: Trigger) -> tuple[str, datetime] | None:
    """What ended a task that is over, and when: as the reason names it, else what was told last of what it is about.
    None where nothing was told."""
    if at := None if journey.when_called_off else account_in(facts).called_off_at:
        refunded = facts.history.last(EventType.ORDER_REFUNDED) == at
        return (EventType.ORDER_REFUNDED if refunded else EventType.ORDER_CANCELLED), at
    named = _NAMED.match(_settled(facts, journey, trigger))
    if named and named["event"] in SETTLING:
        return named["event"], parse_instant(named["at"])
    told = [(facts.history.last(event) or trigger.at, event) for event in SETTLING if facts.history.happened(event)]
    at, event = max(told, default=(trigger.at, ""))
    return (event, at) if event else None


def _called_off(facts: Facts, journey: Journey) -> Why | None:
    since = None if journey.when_called_off else account_in(facts).called_off_at
    return (Reason.NO_LONGER_TRUE, f"the order was called off at {format_instant(since)}") if since else None


def _newer_news(facts: Facts, journey: Journey, trigger: Trigger) -> Why | None:
    for event_type in journey.replaced_by:
        if _last(facts, trigger, event_type):
            return Reason.SUPERSEDED, f"{event_type} says it all"
    for event_type in journey.superseded_by:
        at = _last(facts, trigger, event_type)
        if at is not None and at >= trigger.at:
            reason = Reason.NO_LONGER_TRUE if event_type in SETTLED else Reason.SUPERSEDED
            return reason, f"{event_type} at {format_instant(at)}"
    newest = list(journey.on(facts, trigger.at))[-1:] if journey.newest_only else []
    if newest and newest[0].occurrence_id != trigger.occurrence_id:
        return Reason.SUPERSEDED, f"newer news at {format_instant(newest[0].at)}"
    return None


def _last(facts: Facts, trigger: Trigger, event_type: EventType) -> datetime | None:
    """When it last happened; of news of one parcel, when to that one."""
    if facts.order and trigger.parcel is not None and event_type in PARCEL_EVENTS:
        return happened_to(facts.order, event_type, trigger.parcel)
    return facts.history.last(event_type)


def _over(facts: Facts, journey: Journey, trigger: Trigger, now: datetime) -> Why | None:
    until = journey.closes(facts, trigger, journey.starts(facts, trigger) or trigger.at)
    if now < until:
        return None
    reason = Reason.WINDOW_PASSED if journey.sweep else Reason.STALE_EVENT
    return reason, f"its window closed at {format_instant(until)}"
