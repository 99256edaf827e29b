"""News of an order that no way is left for: the order remembers it, so that the staff tell the customer themselves."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from shopbell.domain.deciding.decide import StepDecision
from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.facts import Facts, first_of
from shopbell.domain.model.order import UNDELIVERED
from shopbell.domain.model.record import Occurrence, Record, version_at
from shopbell.domain.model.vocabulary import MessageClass, Outcome, Reason

NO_WAY = frozenset({Reason.NO_CONTACT, Reason.NO_CONSENT, Reason.BOUNCED, Reason.COMPLAINED})


def with_unheard_news(facts: Facts, steps: Iterable[StepDecision], now: datetime) -> Facts:
    """The facts, with one more event of the order's own, `order.news_undelivered`, for all that its customer cannot
    hear of; what is decided together is told together."""
    unheard = [step for step in steps if has_no_way(step)]
    if facts.order is None or not unheard:
        return facts
    why = {"channel": "", "why": str(unheard[0].reason)}
    news = unheard_news(unheard[0].key, [step.journey for step in unheard], why, now)
    return replace(facts, order=replace(facts.order, record=facts.order.record.merged(news)))


def has_no_way(step: StepDecision) -> bool:
    ours = step.journey.message_class is MessageClass.TRANSACTIONAL
    return ours and step.outcome is Outcome.SKIPPED and step.reason in NO_WAY


def unheard_news(key: str, rows: Iterable[Journey], why: dict[str, str], now: datetime) -> Record:
    """What came to nobody, by the key of its step: the same news is one task, whoever finds out."""
    rows = list(rows)
    news = {"news": _listed(row.kind for row in rows), "of": _listed(row.event_type for row in rows)}
    occurrence = Occurrence(now, version_at(now, key), {**news, **why})
    return Record(occurrences={UNDELIVERED: {first_of(key): occurrence}})


def _listed(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))
