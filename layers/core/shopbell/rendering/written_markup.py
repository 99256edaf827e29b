"""The HTML in a template's source, before it is rendered: what is wrong there is wrong for every customer, and is said
with its line. Which tag it is, and where an image comes from, must be written out."""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from jinja2 import Environment

from shopbell.rendering.css import FACT
from shopbell.rendering.markup import Tag, tags_of, wrong_in_tag
from shopbell.rendering.rules import Violation

HTML_BLOCKS = frozenset({"body", "both"})
_IMAGE_FACT = re.compile(r"\w+(?:\.\w+|\[\d+\])*\.(?:image_url|logo_url)")

Token = tuple[int, str, str]


def markup_violations(source: str, parser: Environment) -> Iterator[Violation]:
    html, expressions = _html_of(parser.lex(source))
    for found in tags_of(html):
        at, wrong = (
            (found.at, list(_wrong(found, html, expressions))) if isinstance(found, Tag) else (found[0], [found])
        )
        line = html.count("\n", 0, at) + 1
        yield from ((line, "not_allowed", words) for _, words in wrong)


def _wrong(tag: Tag, html: str, expressions: list[str]) -> Iterator[tuple[int, str]]:
    yield from wrong_in_tag(tag)
    source = tag.attributes.get("src", "")
    if tag.name == "img" and source.startswith("cid:"):
        yield tag.at, "an image comes from https://"
    if tag.name == "img" and FACT in source:
        earlier = takewhile(lambda name: name != "src", tag.attributes)
        number = html.count(FACT, 0, tag.at) + sum(tag.attributes[name].count(FACT) for name in earlier)
        if not _IMAGE_FACT.fullmatch(expressions[number]):
            yield tag.at, "an image's address is the same for all: written out, or an item's image_url"


def _html_of(tokens: Iterable[Token]) -> tuple[str, list[str]]:
    """The blocks that become HTML, as many lines as the source has, with FACT for each expression; these beside it."""
    html, block, inside = "", "", ""
    expressions: list[str] = []
    words: list[str] = []
    for _, kind, text in tokens:
        if kind in ("block_begin", "variable_begin"):
            inside, words = kind, []
        elif kind == "variable_end" and block in HTML_BLOCKS:
            html, expressions = html + FACT, [*expressions, "".join(words).strip()]
        elif kind == "block_end":
            block = _block_after(words, block)
            html += " "
        if kind in ("block_end", "variable_end"):
            inside = ""
        elif inside:
            words.append(text if kind not in ("block_begin", "variable_begin") else "")
        # No fact is made by writing the character that stands for one.
        told = text.replace(FACT, "<")
        html += told if kind == "data" and block in HTML_BLOCKS else "\n" * text.count("\n")
    return html, expressions


def _block_after(words: list[str], block: str) -> str:
    """The block that one stands in after a statement."""
    named = "".join(words).split()
    if named[:1] == ["block"]:
        return named[1] if len(named) > 1 else ""
    return "" if named[:1] == ["endblock"] else block
