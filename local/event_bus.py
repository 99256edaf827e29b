"""The default event bus: which of SES's reports come onto it, and into which queues its rules put them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from local.declared import EventRule, ReportsTo
from local.ses_events import CONFIGURATION_SET, Kind


def is_reported(kind: Kind, tags: Mapping[str, str], destinations: Sequence[ReportsTo]) -> bool:
    """Whether a destination of the letter's configuration set wants events of that kind."""
    configuration_set = tags.get(CONFIGURATION_SET)
    return any(to.configuration_set == configuration_set and kind.matched_by in to.kinds for to in destinations)


def queues(event: Mapping[str, Any], rules: Sequence[EventRule]) -> Iterator[str]:
    """The queue of every rule whose pattern fits."""
    for rule in rules:
        if fits(rule.pattern, event):
            yield from rule.queues


def fits(pattern: Mapping[str, Any], event: Any) -> bool:
    """Every field of the pattern is there, with one of the values it lists."""
    return isinstance(event, Mapping) and all(_fits(wanted, event.get(name)) for name, wanted in pattern.items())


def _fits(wanted: Any, there: Any) -> bool:
    if isinstance(wanted, Mapping):
        return fits(wanted, there)
    values = there if isinstance(there, list) else [there]
    return any(value in wanted for value in values)
