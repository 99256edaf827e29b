"""What /u/{token} answers: reading changes nothing, one click unsubscribes (RFC 8058)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from shopbell.domain.shop import Shop
from shopbell.domain.tokens import Token
from shopbell.service.letters import locale_known
from shopbell.service.preferences import Preferences, wants_marketing

PURPOSE = "preferences"
ONE_CLICK = ("List-Unsubscribe", "One-Click")
NEUTRAL = "#1f5f8b"

Page = tuple[int, str]
"""Status and HTML."""


class Pages(Protocol):
    def locales(self) -> Collection[str]: ...
    def render(self, locale: str, state: str, content: Mapping[str, Any]) -> str: ...


@dataclass(frozen=True, slots=True)
class Visit:
    """A request: its token, method, form fields, and the languages the browser asks for."""

    token: str
    method: str
    form: Mapping[str, str]
    languages: str


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """The use case; `opened` is the token behind a text, or None; `failures` are what an outage raises."""

    preferences: Preferences
    shop: Callable[[str], Shop | None]
    opened: Callable[[str, datetime], Token | None]
    pages: Pages
    failures: tuple[type[Exception], ...]

    def __call__(self, visit: Visit, now: datetime) -> Page:
        try:
            token = self.opened(visit.token, now)
            shop = self.shop(token.shop) if token and token.purpose == PURPOSE else None
            return self._known(visit, token, shop, now) if token and shop else self._stranger(visit, "unknown", 404)
        except self.failures:
            return self._stranger(visit, "later", 503)

    def _known(self, visit: Visit, token: Token, shop: Shop, now: datetime) -> Page:
        person = self.preferences.look(shop, token.customer)
        locale = locale_known(person.customer.text("locale"), shop.locale, self.pages.locales())
        state, status = "asks" if wants_marketing(person) else "quiet", 200
        if visit.method == "POST":
            asked = visit.form.get(ONE_CLICK[0]) == ONE_CLICK[1]
            state, status = ("done", 200) if asked else (state, 400)
            if asked:
                self.preferences.unsubscribe(shop.id, token.customer, now)
        return status, self.pages.render(locale, state, {"shop": shop.name, "accent": shop.accent})

    def _stranger(self, visit: Visit, state: str, status: int) -> Page:
        """Nobody we know: in the first language of theirs that we have letters in."""
        known = self.pages.locales()
        wanted = (part.strip()[:2].lower() for part in visit.languages.split(","))
        locale = next((each for each in wanted if each in known), "en")
        return status, self.pages.render(locale, state, {"shop": "", "accent": NEUTRAL})
