"""The pages a customer opens from a letter: plain HTML, no script, in their language."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from babel.dates import get_month_names
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.environment import TemplateModule

from shopbell.rendering.colours import DEFAULT_ACCENT, palette
from shopbell.rendering.masks import masked_email, masked_phone

NO_CUSTOMER: Mapping[str, Any] = {
    "shop": "",
    "accent": DEFAULT_ACCENT,
    "email": "",
    "phone": "",
    "email_works": False,
    "phone_works": False,
    "choices": {},
    "notice": "",
    "profile": (),
    "refusal": False,
    "wrong": (),
    "recommended": (),
}
"""The content of a page whose link belongs to nobody."""


class Pages:
    """The layout `_page.j2` with the words of `<locale>/_page.j2`."""

    def __init__(self, templates_dir: Path) -> None:
        self.folder = templates_dir

    @cached_property
    def _environment(self) -> Environment:
        loader = FileSystemLoader(self.folder)
        return Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )

    def locales(self) -> frozenset[str]:
        return frozenset(words.parent.name for words in self.folder.glob("*/_page.j2"))

    def wordings(self, locale: str, content: Mapping[str, Any]) -> dict[str, str]:
        """The words beside the checkbox of each purpose: what is agreed to is kept with the consent."""
        words = self._words(locale, _shown(content))
        return {purpose: " ".join(_option(words, purpose)) for purpose in content["choices"]}

    def render(self, locale: str, state: str, content: Mapping[str, Any]) -> str:
        """`state` names the words: "choices", "nobody", "unknown" or "later". Contacts are shown masked."""
        shown = _shown(content)
        words = self._words(locale, shown)
        return self._environment.get_template("_page.j2").render(
            **shown,
            locale=locale,
            words=words,
            title=getattr(words, f"{state}_title"),
            text=getattr(words, f"{state}_text"),
            asks=state == "choices",
            colours=palette(shown["accent"]),
            options={purpose: _option(words, purpose) for purpose in shown["choices"]},
            months=get_month_names("wide", "stand-alone", locale),
            notice_text=getattr(words, shown["notice"]) if shown["notice"] else "",
        )

    def _words(self, locale: str, shown: Mapping[str, Any]) -> TemplateModule:
        return self._environment.get_template(f"{locale}/_page.j2").make_module(dict(shown))


def _shown(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content with its contacts masked: who has the link need not be who it was sent to."""
    whole = {**NO_CUSTOMER, **content}
    return {**whole, "email": masked_email(whole["email"]), "phone": masked_phone(whole["phone"])}


def _option(words: TemplateModule, purpose: str) -> tuple[str, str]:
    """A sentence to agree to, and one that explains it."""
    return str(getattr(words, f"{purpose}_label")), str(getattr(words, f"{purpose}_about"))
