"""A shop's own letter where it has one and that can be made; else the shipped one. The customer gets either."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from shopbell.domain.model.shop import Shop
from shopbell.errors import where
from shopbell.service.ports import Log, OwnLetters, Rendered, Renderer


@dataclass(frozen=True, slots=True)
class ShopsRenderer:
    """The renderer as one shop sees it."""

    shop: Shop
    renderer: Renderer
    letters: OwnLetters
    log: Log

    def locales(self) -> Collection[str]:
        return self.renderer.locales()

    def render(self, kind: str, locale: str, channel: str, content: Mapping[str, Any], own: str = "") -> Rendered:
        name = f"{locale}/{kind}"
        if name in self.shop.letters:
            try:
                own = self.letters.of(self.shop.id, name, self.shop.letters[name])
                return self.renderer.render(kind, locale, channel, content, own)
            except Exception as error:  # noqa: BLE001  # the shipped letter takes its place
                facts = {"shop": self.shop.id, "kind": kind, "locale": locale, **where(error)}
                self.log("alarm", {"own_letter": channel, **facts})
        return self.renderer.render(kind, locale, channel, content)
