"""News of an order that waits for facts: the order remembers it, so that the staff hear of it once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from shopbell.domain.deciding.decide import StepDecision
from shopbell.domain.letter_context.build import missing_facts
from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.record import Occurrence, Record, version_at
from shopbell.domain.model.vocabulary import Outcome, Reason


def with_lacking_facts(facts: Facts, steps: Iterable[StepDecision], now: datetime) -> Facts:
    """The facts, where something lacks with one more event of the order's: `order.news_lacking`."""
    if facts.order is None:
        return facts
    noticed = facts.order.record.occurrences.get(EventType.ORDER_NEWS_LACKING, {})
    lacking: dict[str, Occurrence] = {}
    for step in steps:
        if waits_for_facts(step):
            names = missing_facts(facts, step.journey, step.trigger, now)
            lacking.setdefault(", ".join(names), _occurrence(step, names, now))
    if lacking.keys() <= noticed.keys():
        return facts
    record = facts.order.record.merged(Record(occurrences={EventType.ORDER_NEWS_LACKING: {**lacking, **noticed}}))
    return replace(facts, order=replace(facts.order, record=record))


def waits_for_facts(step: StepDecision) -> bool:
    waits = step.outcome is Outcome.HELD and step.reason is Reason.MISSING_FACTS
    return waits and not step.journey.is_task


def _occurrence(step: StepDecision, names: list[str], now: datetime) -> Occurrence:
    kind = step.journey.kind
    return Occurrence(now, version_at(now, kind), {"news": kind, "facts": names})
