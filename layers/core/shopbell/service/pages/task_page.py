"""What /t/{token} answers: reading changes nothing, an answer is kept as `call.done` would be, and what is filled in
beside it as the event would be that a shop tells.

A week after the answer the page asks nothing more and shows whom it was about masked: the link lives for a year.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from shopbell.domain.deciding.ruling_out import Over, ended_by, over
from shopbell.domain.journeys import BY_NAME, JOURNEYS, Journey
from shopbell.domain.journeys.staff import CONFIRM, LATE
from shopbell.domain.letter_context.build import content_of, letter_context
from shopbell.domain.letter_context.day import day_context
from shopbell.domain.letter_context.standing import standing_context
from shopbell.domain.model.events import Event
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import Message
from shopbell.domain.model.tokens import Purpose, Token
from shopbell.domain.rules.conditions import CALL_DONE, OUTCOMES
from shopbell.domain.rules.triggers import Calls
from shopbell.service.delivery.compose import locale_known
from shopbell.service.delivery.late_facts import LateFactsReader
from shopbell.service.pages.customer_page import Page, Visit, language_of
from shopbell.service.pages.task_fields import AsTold, Filled, Occasion, read_form, shown_fields, was_taken
from shopbell.service.ports import ContactKey, Ledger, Store
from shopbell.service.subjects.open_tasks import MOST, with_months, with_tasks_of_the_day
from shopbell.service.subjects.planning import trigger_of
from shopbell.service.subjects.react import React
from shopbell.service.subjects.reading import read_subject

CONFIRMS = (CONFIRM, LATE)
"""Tasks that may be answered by accepting the order."""

SHOWN_FOR = timedelta(days=7)
"""How long after the answer a task's page still shows all that its people needed."""


class Pages(Protocol):
    def locales(self) -> Collection[str]: ...
    def task(self, kind: str, locale: str, content: Mapping[str, Any], page: Mapping[str, Any]) -> str: ...
    def no_task(self, locale: str, state: str, typed: Mapping[str, str]) -> str:
        """`typed`: what is not taken any more."""
        ...

    def past_task(self, locale: str, outcome: str, order: str, name: str, phone: str, typed: Mapping[str, str]) -> str:
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
    contact_key: ContactKey

    def is_past(self, now: datetime) -> bool:
        return self.closed_at is not None and now - self.closed_at >= SHOWN_FOR

    def occasion(self, now: datetime) -> Occasion:
        journey, trigger = BY_NAME[self.message.name], trigger_of(self.facts, self.message, now)
        return Occasion(self.message.id, self.shop, self.facts, journey, trigger, self.contact_key)

    def over(self, now: datetime) -> Over | None:
        """What was answered may be answered again; not of an order that was called off since."""
        about = self.occasion(now)
        ended = over(self.facts, about.journey, about.trigger)
        return None if self.outcome and ended is Over.SETTLED else ended

    @property
    def erased(self) -> bool:
        """Whoever it is about was forgotten, even where they came back since."""
        return self.facts.customer.erased or self.facts.history.erased


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says of the form that was posted to it, and what it keeps of it."""

    notice: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    filled: Filled = Filled()


NOTHING = Told()


@dataclass(frozen=True, slots=True)
class TaskPage:
    """The use case; `told` reads an event as the door does; `signed` makes the token of another task's page, of its
    id and shop; `drawn` makes a QR code of a text; `failures` are what an
    outage raises."""

    store: Store
    ledger: Ledger
    react: React
    contact_key: ContactKey
    late_facts: LateFactsReader
    verify: Callable[[str, datetime], Token | None]
    told: AsTold
    pages: Pages
    signed: Callable[[str, str, datetime], str]
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
        if asked.facts.team:
            return 200, self._of_team(asked, now)
        if asked.is_past(now):
            return (410 if visit.method == "POST" else 200), self._past(asked, visit.form)
        if visit.method != "POST":
            return 200, self._shown(asked, now)
        try:
            return self._posted(visit.form, asked, now)
        except self.failures:
            return 503, self._shown(asked, now, Told("unsaved", visit.form))

    def _of_team(self, asked: OpenTask, now: datetime) -> str:
        """What its letter tells, as it is by now; it asks nothing itself. Of the letter of a day: all that is open, and
        what was done since midnight."""
        session, occasion = self.store.session(asked.shop.id, now=now), asked.occasion(now)
        is_day = occasion.journey.takes_along
        of_the_day = partial(with_tasks_of_the_day, contact_key=self.contact_key)
        facts = (of_the_day if is_day else with_months)(session, asked.facts, now=now)
        locale = self._locale(asked.shop)
        everything = {
            **letter_context(facts, occasion.journey, occasion.trigger, now),
            **({"day": self._board(facts, now)} if is_day else {}),
            **{"locale": locale, "unsubscribe_url": ""},
        }
        return self.pages.task(asked.message.kind, locale, everything, {})

    def _board(self, facts: Facts, now: datetime) -> Any:
        day = day_context(facts, now, content_of(now), most=MOST)
        for line in day.lines:
            line.url = f"/t/{self.signed(line.id, facts.shop.id, now)}"
        return day

    def _posted(self, form: Mapping[str, str], asked: OpenTask, now: datetime) -> Page:
        """All that the form says is taken, or nothing is; the answer last: with it the task is closed."""
        outcome, filled = form.get("outcome", ""), read_form(form, asked.occasion(now), self.told, now)
        if filled.wrong:
            return 400, self._shown(asked, now, Told("wrong", form, filled))
        if (outcome and outcome not in OUTCOMES) or not (outcome or filled.events):
            return 400, self._shown(asked, now, Told("unclear", form))
        fresh = [event for event in filled.events if not was_taken(event, asked.facts)]
        if fresh and asked.over(now):
            return 410, self._shown(asked, now, Told("not_taken", form))
        for events in (fresh, [_answer(asked, outcome, now)] if outcome else []):
            for error in self.react([(event, asked.shop) for event in events], now):
                if error:
                    raise error
        again = self._asked(asked.shop, asked.message.id) or asked
        return 200, self._shown(again, now, Told("taken", filled=filled) if filled.events else NOTHING)

    def _asked(self, shop: Shop, task: str) -> OpenTask | None:
        session = self.store.session(shop.id)
        task_item = session.task(task)
        message = self.ledger.message(shop.id, task_item.subject, task) if task_item else None
        if message is None or message.name not in BY_NAME:
            return None
        facts = read_subject(session, shop, message.subject, self.contact_key, message.customer).facts(shop)
        journey, trigger = BY_NAME[message.name], trigger_of(facts, message, message.due_at)
        facts = self.late_facts(session, facts, journey, trigger, message.due_at)
        call = facts.history.record.occurrences.get(CALL_DONE, {}).get(task)
        outcome, closed_at = (str(call.facts.get("outcome", "")), call.at) if call else ("", None)
        return OpenTask(shop, message, facts, outcome, closed_at, self.contact_key)

    def _shown(self, asked: OpenTask, now: datetime, told: Told = NOTHING) -> str:
        about, is_over = asked.occasion(now), asked.over(now)
        context = letter_context(asked.facts, about.journey, about.trigger, now)
        ended = ended_by(asked.facts, about.journey, about.trigger) if is_over else None
        order = context["order"]
        page = {
            "outcome": asked.outcome,
            "notice": told.notice or is_over or "",
            "over": is_over or "",
            "ended_by": ended[0] if ended else "",
            "ended_at": ended[1].astimezone(asked.shop.zone) if ended else None,
            "standing": standing_context(asked.facts),
            "answers": () if is_over else answers(about.journey),
            "fields": () if is_over else [*map(str, shown_fields(about))],
            "typed": told.typed,
            "wrong": {str(name): code for name, code in told.filled.wrong.items()},
            "taken": [str(event.type) for event in told.filled.events],
            "now": now.astimezone(asked.shop.zone),
            "card": self.drawn(order.delivery.map_url) if about.journey.courier_card and order else "",
        }
        locale = self._locale(asked.shop)
        everything = {**context, "locale": locale, "unsubscribe_url": ""}
        return self.pages.task(asked.message.kind, locale, everything, page)

    def _past(self, asked: OpenTask, typed: Mapping[str, str]) -> str:
        facts = asked.facts
        number = facts.order.text("number") if facts.order else ""
        who = (facts.customer.text("name"), facts.customer.text("phone"))
        return self.pages.past_task(self._locale(asked.shop), asked.outcome, number, *who, typed)

    def _locale(self, shop: Shop) -> str:
        return locale_known(shop.locale, shop.locale, self.pages.locales())

    def _nothing(self, visit: Visit, state: str, status: int, shop: Shop | None = None) -> Page:
        locales = self.pages.locales()
        locale = locale_known(shop.locale, "en", locales) if shop else language_of(visit, locales)
        return status, self.pages.no_task(locale, state, visit.form if shop else {})


def _answer(asked: OpenTask, outcome: str, now: datetime) -> Event:
    task = asked.message.id
    said = {"task": task, "outcome": outcome}
    return Event(asked.shop.id, f"~task.{task}.{outcome}", CALL_DONE, now, extra=said)


def answers(journey: Journey) -> tuple[str, ...]:
    """What may be said of it, the wanted answer first: a call reaches somebody or nobody, any other task is done; none
    is said to come back that does not. A new order may be accepted."""
    back = any(isinstance(row.on, Calls) and row.on.brings_back(journey.name, journey.kind) for row in JOURNEYS)
    calls = ("reached", "no_answer", "refused") if back else ("done",)
    return ("accepted", *calls) if journey.kind in CONFIRMS else calls
