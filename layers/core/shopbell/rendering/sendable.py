"""Whether a letter made of a shop's own template may be sent: every value is text, no block is empty or too long, the
HTML is well nested, and the links that the layout carries are still visible."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

from jinja2 import Undefined

MAX_BLOCK_CHARACTERS = 100_000
"""Of one block, whatever the order holds (infrastructure/decisions/own-letters.md)."""


CUT_AT = 102_000
"""Bytes of HTML of which Gmail shows a part."""


class UnsendableError(Exception):
    """A letter that shall not leave as it is; the shipped one goes instead."""


class NotTextError(UnsendableError):
    """Something that is no text stands where a text should: a fact that is absent, a list, a macro not called."""


class EmptyBlockError(UnsendableError):
    """A block that says nothing."""


class TooLongError(UnsendableError):
    """More text than a letter may hold, or more work than making it may take."""


class ForbiddenMarkupError(UnsendableError):
    """HTML that a letter of a shop's own may not have."""


class UnbalancedTagsError(UnsendableError):
    """Tags that do not nest, which would break the layout."""


class MissingLinkError(UnsendableError):
    """The shop's contacts or the link to unsubscribe are not to be seen."""


def printable(value: Any) -> Any:
    """The value of an expression, before Jinja writes it out. Raises NotTextError."""
    if isinstance(value, Undefined):
        return str(value)  # raises StrictUndefined's own error, which names the fact
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal | date):
        raise NotTextError(type(value).__name__)
    return value


def join_bounded(pieces: Iterable[str]) -> str:
    """The pieces of a block as one text. Raises TooLongError as soon as they are too long, however many follow."""
    length, block = 0, []
    for piece in pieces:
        length += len(piece)
        if length > MAX_BLOCK_CHARACTERS:
            raise TooLongError
        block.append(piece)
    return "".join(block)


def check_sendable(channel: str, html: str, text: str, content: Mapping[str, Any]) -> None:
    """Raises MissingLinkError unless the customer can reach the shop and unsubscribe, UnbalancedTagsError where the
    HTML is not well nested, TooLongError where mail programs would cut it, and the way to unsubscribe with it."""
    if len(html.encode()) > CUT_AT:
        raise TooLongError
    unsubscribe_url = content["unsubscribe_url"]
    if unsubscribe_url and unsubscribe_url not in text:
        raise MissingLinkError
    # An SMS is its block alone: there is no layout that carries the contacts.
    if channel != "sms" and not _required_links(content) <= HtmlCheck(html).links:
        raise MissingLinkError


def _required_links(content: Mapping[str, Any]) -> set[str]:
    shop, links = content["shop"], {content["unsubscribe_url"]}
    if not content["kind"].startswith("staff_"):
        links |= {f"mailto:{shop.email}" * bool(shop.email), f"tel:{shop.phone}" * bool(shop.phone)}
    return links - {""}


class HtmlCheck(HTMLParser):
    """The `href`s that are visible in a letter. Raises UnbalancedTagsError where its tags do not nest."""

    VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
    """Elements without an end tag (HTML standard, "void elements")."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.open: list[str] = []
        self.feed(html)
        self.close()
        if self.open:
            raise UnbalancedTagsError

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        self.links.update(value or "" for name, value in attrs if name == "href")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise UnbalancedTagsError

    def handle_comment(self, data: str) -> None:
        # A comment of the shop's that is not closed ends with the layout's next one and hides all in between.
        if "<!--" in data:
            raise UnbalancedTagsError
