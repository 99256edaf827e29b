"""What /u/{token} answers: reading changes nothing, one click unsubscribes (RFC 8058), a form is kept.

A mail provider passes a click on once: one that cannot be written down is put into the queue of events.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace as Context
from typing import Any, Protocol

from shopbell.domain.letter_context.common import without_price
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.events import CheckedEvent, EventType
from shopbell.domain.model.product import Recommended
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.tokens import Purpose, Token
from shopbell.domain.model.vocabulary import LateFact
from shopbell.domain.rules.consent import MARKETING
from shopbell.domain.rules.recommending import MOST_OFFERED
from shopbell.domain.time.calendar import format_instant, format_stamp
from shopbell.errors import where
from shopbell.service.delivery.compose import locale_known
from shopbell.service.pages.preferences import Preferences, receives, works
from shopbell.service.pages.profile import Profile, unknown
from shopbell.service.ports import EventsQueue, Log
from shopbell.service.subjects.identity import OFFERED, CustomerContacts
from shopbell.service.subjects.queued import queue_message

ONE_CLICK = ("List-Unsubscribe", "One-Click")
ANSWERS = {"yes": True, "no": False}

Suits = Callable[[Shop, Customer, datetime], Sequence[Recommended]]
"""What is recommended to a customer, the best first."""

Page = tuple[int, str]
"""Status and HTML."""


class Pages(Protocol):
    def locales(self) -> Collection[str]: ...
    def wordings(self, locale: str, content: Mapping[str, Any]) -> Mapping[str, str]:
        """What stands beside each checkbox."""
        ...

    def render(self, locale: str, state: str, content: Mapping[str, Any]) -> str: ...


@dataclass(frozen=True, slots=True)
class Visit:
    """A request: its token, method, form fields, and the languages the browser asks for."""

    token: str
    method: str
    form: Mapping[str, str]
    languages: str

    @property
    def is_one_click(self) -> bool:
        return self.method == "POST" and self.form.get(ONE_CLICK[0]) == ONE_CLICK[1]


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """The use case; `verify` gives the token behind a text, or None; `failures` are what an outage raises, of the table
    or of the queue of events."""

    preferences: Preferences
    profile: Profile
    shop: Callable[[str], Shop | None]
    verify: Callable[[str, datetime], Token | None]
    pages: Pages
    failures: tuple[type[Exception], ...]
    queue: EventsQueue
    log: Log
    suits: Suits

    def __call__(self, visit: Visit, now: datetime) -> Page:
        try:
            token = self.verify(visit.token, now)
        except self.failures:
            return self._later(visit)
        if token is None or token.purpose != Purpose.PREFERENCES:
            return self._stranger(visit, "unknown", 404)
        try:
            shop = self.shop(token.shop)
            return self._of_customer(visit, token, shop, now) if shop else self._stranger(visit, "unknown", 404)
        except self.failures as error:
            return self._queued(visit, token, error, now) if visit.is_one_click else self._later(visit)

    def _queued(self, visit: Visit, token: Token, error: Exception, now: datetime) -> Page:
        self.log("one_click_not_written", {"shop": token.shop, **where(error)})
        try:
            self.queue.put(one_click(token, now), token.shop)
        except self.failures:
            return self._later(visit)
        return self._stranger(visit, "queued", 202)

    def _later(self, visit: Visit) -> Page:
        return self._stranger(visit, "unsaved" if visit.method == "POST" else "later", 503)

    def _of_customer(self, visit: Visit, token: Token, shop: Shop, now: datetime) -> Page:
        if visit.is_one_click:
            return 200, self._shown(shop, self.preferences.unsubscribe(shop, token.customer, now), now, "stopped")
        person = self.preferences.look(shop, token.customer)
        if visit.method != "POST":
            return 200, self._shown(shop, person, now)
        if "profile" in visit.form:
            return self._keep_profile(visit, token, shop, person, now)
        wishes = wishes_of(visit.form)
        if wishes is None:
            return 400, self._shown(shop, person, now, "unclear")
        wordings = self._wordings(visit.form.get("language", ""), shop, person)
        after = self.preferences.choose(shop, token.customer, wishes, wordings, now)
        return 200, self._shown(shop, after, now, "saved")

    def _keep_profile(self, visit: Visit, token: Token, shop: Shop, person: CustomerContacts, now: datetime) -> Page:
        """What can be read is kept, and what cannot is asked once more."""
        answers = self.profile.read(shop, person, visit.form)
        if answers.fields:
            self.profile.keep(shop, token.customer, answers.fields, now)
            person = self.preferences.look(shop, token.customer)
        notice = "" if answers.wrong else "saved"
        return (400 if answers.wrong else 200), self._shown(shop, person, now, notice, answers.wrong)

    def _shown(
        self, shop: Shop, person: CustomerContacts, now: datetime, notice: str = "", wrong: Collection[str] = ()
    ) -> str:
        state = "choices" if person.email or person.phone else "nobody"
        recommended = self._recommended(shop, person, now)
        content = content_of(shop, person, notice) | {"wrong": wrong, "recommended": recommended}
        return self.pages.render(self._locale(shop, person), state, content)

    def _recommended(self, shop: Shop, person: CustomerContacts, now: datetime) -> list[Context]:
        """To those who agreed to hear of more than their orders; the page can do without."""
        if not any(_marketing(person)):
            return []
        try:
            return [without_price(each) for each in self.suits(shop, person.customer, now)[:MOST_OFFERED]]
        except self.failures as error:
            self.log("left_out", {"shop": shop.id, "late_fact": str(LateFact.RECOMMENDED), **where(error)})
            return []

    def _wordings(self, language: str, shop: Shop, person: CustomerContacts) -> Mapping[str, str]:
        """In the language the page was shown in, should the customer's have changed meanwhile."""
        locale = locale_known(language, self._locale(shop, person), self.pages.locales())
        return self.pages.wordings(locale, content_of(shop, person))

    def _locale(self, shop: Shop, person: CustomerContacts) -> str:
        return locale_known(person.customer.text("locale"), shop.locale, self.pages.locales())

    def _stranger(self, visit: Visit, state: str, status: int) -> Page:
        return status, self.pages.render(language_of(visit, self.pages.locales()), state, {})


def one_click(token: Token, now: datetime) -> str:
    """The click as the queue of events carries it: whose it is, by the key that the link names, and when it was."""
    asked = {
        "type": EventType.CUSTOMER_UNSUBSCRIBED,
        "timestamp": format_instant(now),
        "data": {"whose": token.customer},
    }
    return queue_message(token.shop, f"~one-click.{format_stamp(now)}", CheckedEvent(asked), now)


def language_of(visit: Visit, locales: Collection[str]) -> str:
    """Of somebody we do not know: the first language of theirs that we have letters in."""
    wanted = (part.strip()[:2].lower() for part in visit.languages.split(","))
    return next((language for language in wanted if language in locales), "en")


def content_of(shop: Shop, person: CustomerContacts, notice: str = "") -> dict[str, Any]:
    """What the page shows; `pages` masks the contacts."""
    return {
        "shop": shop.name,
        "accent": shop.accent,
        "email": person.customer.text("email") if person.email else "",
        "phone": person.customer.text("phone") if person.phone else "",
        "email_works": works(person.email),
        "phone_works": works(person.phone),
        "choices": receives(person),
        "profile": unknown(person),
        "refusal": bool(person.customer.refused_at) and not any(_marketing(person)),
        "notice": notice,
    }


def _marketing(person: CustomerContacts) -> list[bool]:
    choices = receives(person)
    return [choices[purpose] for purpose in MARKETING if purpose in choices]


def wishes_of(form: Mapping[str, str]) -> dict[str, bool] | None:
    """What the customer changed on the page they saw ("was.<purpose>" beside each checkbox), so that what
    somebody else changed meanwhile stays; None where it is not the page's form."""
    shown = {purpose: ANSWERS.get(form.get(f"was.{purpose}", "")) for purpose in OFFERED}
    if all(was is None for was in shown.values()):
        return None
    wanted = {purpose: purpose in form for purpose in OFFERED}
    return {purpose: wanted[purpose] for purpose, was in shown.items() if was is not None and was != wanted[purpose]}
