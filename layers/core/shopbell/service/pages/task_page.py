"""What /t/{token} answers: reading changes nothing, an answer is kept as `call.done` would be.

A week after the answer the page asks nothing more and shows whom it was about masked: the link lives for a year.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from shopbell.domain.deciding.ruling_out import over
from shopbell.domain.journeys import BY_NAME, JOURNEYS, Journey
from shopbell.domain.letter_context.build import letter_context
from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import Message
from shopbell.domain.model.tokens import Purpose, Token
from shopbell.domain.rules.conditions import CALL_DONE, OUTCOMES
from shopbell.domain.rules.triggers import Calls
from shopbell.service.delivery.compose import locale_known
from shopbell.service.delivery.late_facts import LateFactsReader
from shopbell.service.pages.customer_page import Page, Visit, language_of
from shopbell.service.ports import ContactKey, Ledger, Store
from shopbell.service.subjects.planning import trigger_of
from shopbell.service.subjects.react import React
from shopbell.service.subjects.reading import read_subject

CONFIRMS = EventType.ORDER_PLACED
"""What a task is about that may be answered by accepting the order."""


SHOWN_FOR = timedelta(days=7)
"""How long after the answer a task's page still shows all that its people needed."""


class Pages(Protocol):
    def locales(self) -> Collection[str]: ...
    def task(self, kind: str, locale: str, content: Mapping[str, Any], page: Mapping[str, Any]) -> str: ...
    def no_task(self, locale: str, state: str) -> str: ...
    def past_task(self, locale: str, outcome: str, order: str, name: str, phone: str) -> str:
        """What came of it; masks name and phone."""
        ...


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task as it stands now; `outcome` is "" while nobody told what came of it, `closed_at` when they did."""

    shop: Shop
    message: Message
    facts: Facts
    outcome: str
    closed_at: datetime | None

    def is_past(self, now: datetime) -> bool:
        return self.closed_at is not None and now - self.closed_at >= SHOWN_FOR

    @property
    def erased(self) -> bool:
        """Whoever it is about was forgotten, even where they came back since."""
        return self.facts.customer.erased or self.facts.history.erased


@dataclass(frozen=True, slots=True)
class TaskPage:
    """The use case; `drawn` makes a QR code of a text; `failures` are what an outage raises."""

    store: Store
    ledger: Ledger
    react: React
    contact_key: ContactKey
    late_facts: LateFactsReader
    verify: Callable[[str, datetime], Token | None]
    pages: Pages
    drawn: Callable[[str], str]
    failures: tuple[type[Exception], ...]

    def __call__(self, visit: Visit, now: datetime) -> Page:
        try:
            token = self.verify(visit.token, now)
            shop = self.store.shop(token.shop) if token and token.purpose == Purpose.TASK else None
            if token is None or shop is None:
                return self._nothing(visit, "unknown", 404)
            return self._of_task(visit, shop, token.customer, now)
        except self.failures:
            return self._nothing(visit, "unsaved" if visit.method == "POST" else "later", 503)

    def _of_task(self, visit: Visit, shop: Shop, task: str, now: datetime) -> Page:
        asked = self._asked(shop, task)
        if asked is None or asked.erased:
            return self._nothing(visit, "over", 410, shop)
        if asked.is_past(now):
            return (410 if visit.method == "POST" else 200), self._past(asked)
        if visit.method != "POST":
            return 200, self._shown(asked, now)
        outcome = visit.form.get("outcome", "")
        if outcome not in OUTCOMES:
            return 400, self._shown(asked, now, "unclear")
        answer = {"task": task, "outcome": outcome}
        event = Event(shop.id, f"~task.{task}.{outcome}", CALL_DONE, now, extra=answer)
        if error := self.react([(event, shop)], now)[0]:
            raise error
        return 200, self._shown(self._asked(shop, task) or asked, now)

    def _asked(self, shop: Shop, task: str) -> OpenTask | None:
        session = self.store.session(shop.id)
        task_item = session.task(task)
        message = self.ledger.message(shop.id, task_item.subject, task) if task_item else None
        if message is None or message.name not in BY_NAME:
            return None
        facts = read_subject(session, shop, message.subject, self.contact_key, message.customer).facts(shop)
        journey, trigger = BY_NAME[message.name], trigger_of(facts, message, message.due_at)
        facts = self.late_facts(session, facts, journey, trigger)
        call = facts.history.record.occurrences.get(CALL_DONE, {}).get(task)
        outcome, closed_at = (str(call.facts.get("outcome", "")), call.at) if call else ("", None)
        return OpenTask(shop, message, facts, outcome, closed_at)

    def _shown(self, asked: OpenTask, now: datetime, notice: str = "") -> str:
        message, journey = asked.message, BY_NAME[asked.message.name]
        trigger = trigger_of(asked.facts, message, now)
        context = letter_context(asked.facts, journey, trigger, now)
        locale = self._locale(asked.shop)
        is_over = None if asked.outcome else over(asked.facts, journey, trigger)
        page = {
            "outcome": asked.outcome,
            "notice": notice or is_over or "",
            "answers": () if is_over else answers(journey),
            "card": self.drawn(context["order"].delivery.map_url) if journey.courier_card and context["order"] else "",
        }
        everything = {**context, "locale": locale, "unsubscribe_url": ""}
        return self.pages.task(message.kind, locale, everything, page)

    def _past(self, asked: OpenTask) -> str:
        facts = asked.facts
        number = facts.order.text("number") if facts.order else ""
        who = (facts.customer.text("name"), facts.customer.text("phone"))
        return self.pages.past_task(self._locale(asked.shop), asked.outcome, number, *who)

    def _locale(self, shop: Shop) -> str:
        return locale_known(shop.locale, shop.locale, self.pages.locales())

    def _nothing(self, visit: Visit, state: str, status: int, shop: Shop | None = None) -> Page:
        locales = self.pages.locales()
        locale = locale_known(shop.locale, "en", locales) if shop else language_of(visit, locales)
        return status, self.pages.no_task(locale, state)


def answers(journey: Journey) -> tuple[str, ...]:
    """What may be said of it: a call reaches somebody or nobody, any other task is done; nobody is promised that a
    task comes back which does not. A new order may be accepted."""
    back = any(isinstance(row.on, Calls) and row.on.brings_back(journey.name, journey.kind) for row in JOURNEYS)
    calls = ("reached", "no_answer", "refused") if back else ("reached",)
    return ("accepted", *calls) if journey.event_type == CONFIRMS else calls
