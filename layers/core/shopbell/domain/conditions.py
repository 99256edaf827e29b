"""Named conditions of the journeys: "" while one holds, else why it no longer does."""

from collections.abc import Callable

from shopbell.domain.calendar import format_instant
from shopbell.domain.facts import Facts, Occasion

Condition = Callable[[Facts, Occasion], str]

_GOING = ("order.handed_over", "order.shipped", "order.ready_for_pickup", "order.delivered")


def unpaid(facts: Facts, occasion: Occasion) -> str:
    """Still to be paid beforehand: what the shop sends without payment it does not wait for."""
    if facts.order is None or not facts.order.prepaid:
        return "not to be paid beforehand"
    return _any_of(facts, ("order.paid", "order.cancelled", "order.refunded", *_GOING))


def uncollected(facts: Facts, occasion: Occasion) -> str:
    return _since(facts, occasion, ("order.delivered", "order.cancelled"))


def has_birthday(facts: Facts, occasion: Occasion) -> str:
    return "" if facts.customer.birthday else "no birthday known"


def _any_of(facts: Facts, event_types: tuple[str, ...]) -> str:
    return next(filter(None, (_happened(facts, kind) for kind in event_types)), "")


def _happened(facts: Facts, event_type: str) -> str:
    at = facts.order.first(event_type) if facts.order else None
    return "" if at is None else f"{event_type} at {format_instant(at)}"


def _since(facts: Facts, occasion: Occasion, event_types: tuple[str, ...]) -> str:
    for event_type in event_types:
        at = facts.order.last(event_type) if facts.order else None
        if at is not None and at >= occasion.at:
            return f"{event_type} at {format_instant(at)}"
    return ""
