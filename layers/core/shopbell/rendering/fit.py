"""Whether a letter of a shop's own may leave: it says something, is not too long, and the frame round it is whole."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

from jinja2 import Undefined

LONGEST = 100_000
"""Characters of a block."""


class UnfitError(Exception):
    """A letter that shall not leave as it is; the shipped one goes instead."""


class UnsaidError(UnfitError):
    """Something that is no text stands where a text should: a fact that is absent, a list, a macro not called."""


class BlankError(UnfitError):
    """A block that says nothing."""


class TooLongError(UnfitError):
    """More than a letter can be."""


class TornError(UnfitError):
    """Tags that do not nest, which would tear the frame."""


class CutOffError(UnfitError):
    """The way to the shop, or out of its marketing, is not to be seen."""


def told(value: Any) -> Any:
    """What may be written out."""
    if isinstance(value, Undefined):
        return str(value)
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal | date):
        raise UnsaidError(type(value).__name__)
    return value


def bounded(pieces: Iterable[str]) -> str:
    """One text of its pieces, unless it would be too long."""
    length, kept = 0, []
    for piece in pieces:
        length += len(piece)
        if length > LONGEST:
            raise TooLongError
        kept.append(piece)
    return "".join(kept)


def fit(channel: str, html: str, text: str, content: Mapping[str, Any]) -> None:
    """Raises UnfitError unless the customer sees whom to turn to and how to get no more of this."""
    stop = content["unsubscribe_url"]
    if stop and stop not in text:
        raise CutOffError
    if channel != "sms":
        links, shop = Page(html).links, content["shop"]
        reached = [f"mailto:{shop.email}" * bool(shop.email), f"tel:{shop.phone}" * bool(shop.phone)]
        wanted = [stop, *([] if content["kind"].startswith("staff_") else reached)]
        if not {*filter(None, wanted)} <= links:
            raise CutOffError


class Page(HTMLParser):
    """The links that can be seen in a letter; raises TornError where its tags do not nest."""

    LONELY = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.open: list[str] = []
        self.feed(html)
        self.close()
        if self.open:
            raise TornError

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.LONELY:
            self.open.append(tag)
        self.links.update(value or "" for name, value in attrs if name == "href")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise TornError

    def handle_comment(self, data: str) -> None:
        """One that is not closed ends with the next, and swallows what stands between."""
        if "<!--" in data:
            raise TornError
