"""Whether the staff have still to tell a customer what came to nobody."""

from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.rules.conditions import Condition
from shopbell.domain.time.calendar import format_instant

ENDS = (EventType.ORDER_DELIVERED, EventType.ORDER_CANCELLED)
OUTLASTING = frozenset({EventType.ORDER_CANCELLED, EventType.ORDER_REFUNDED})
"""News of these is as true when the order has arrived, or was called off, as before."""


def unheard_kinds(trigger: Trigger) -> list[str]:
    """What was to be said: the kinds of the letters that came to nobody."""
    return _list(trigger, "news")


def _untold(facts: Facts, trigger: Trigger) -> str:
    """The rest is of no use any more once the order has arrived or was called off."""
    if OUTLASTING & set(_list(trigger, "of")):
        return ""
    ends = ((event_type, facts.history.last(event_type)) for event_type in ENDS)
    since = (f"{event_type} at {format_instant(at)}" for event_type, at in ends if at and at >= trigger.at)
    return next(since, "")


def _list(trigger: Trigger, name: str) -> list[str]:
    return list(filter(None, str(trigger.facts.get(name, "")).split(", ")))


still_to_tell = Condition(_untold)
