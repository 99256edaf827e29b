"""EventBridge's default event bus: which of SES's events come onto it, and into which queues its rules put them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from local.declared import EventDestination, EventRule
from local.ses_events import CONFIGURATION_SET, ReportKind


def is_reported(kind: ReportKind, tags: Mapping[str, str], destinations: Sequence[EventDestination]) -> bool:
    """Whether a destination of the letter's configuration set takes events of that kind."""
    configuration_set = tags.get(CONFIGURATION_SET)
    return any(
        destination.configuration_set == configuration_set and kind.matched_by in destination.event_types
        for destination in destinations
    )


def queues(event: Mapping[str, Any], rules: Sequence[EventRule]) -> Iterator[str]:
    """The queues of every rule whose pattern fits."""
    for rule in rules:
        if fits(rule.pattern, event):
            yield from rule.queues


def fits(pattern: Mapping[str, Any], event: Any) -> bool:
    """Every field of the pattern is there, with one of the values it lists."""
    return isinstance(event, Mapping) and all(_fits(wanted, event.get(name)) for name, wanted in pattern.items())


def _fits(wanted: Any, actual: Any) -> bool:
    """Of a list in the event, one element is enough."""
    if isinstance(wanted, Mapping):
        return fits(wanted, actual)
    values = actual if isinstance(actual, list) else [actual]
    return any(value in wanted for value in values)
