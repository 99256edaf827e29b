"""A card is only a card: a name and a greeting; no code, no price, no link to goods (R088)."""

import re
from collections.abc import Collection, Iterator, Mapping

from jinja2 import nodes

from shopbell.domain.model.told import without_links

NAMES: Mapping[str, Collection[str]] = {
    **dict.fromkeys(("kind", "step", "today", "happened_at", "locale", "unsubscribe_url", "part", "direction"), ()),
    "customer": ("name", "greeting", "gender"),
    "shop": ("name", "locale"),
    "holiday": ("id", "name", "day"),
    "w": ("hello",),
    **dict.fromkeys(("title", "para", "heading", "box", "tells", "plural"), ()),
}
"""What a card may name: facts, of those with fields these alone, and macros."""
_PRICE = re.compile(r"\d\s*%|%\s*\d|[$£¥€\u20a0-\u20cf]\s*\d|\d[\s\u00a0\u202f]?(?:[$£¥€\u20a0-\u20cf]|[A-Z]{3}\b)")
_CODE = re.compile(r"\b(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*\d)[A-Z0-9-]{4,}\b")
_TAG = re.compile(r"<[^>]*>")
_ANCHOR = re.compile(r"<a\b|\bhref\b", re.IGNORECASE)

Wrong = tuple[int, str]
"""The line, and what is wrong in words."""


def wrong_in_card(tree: nodes.Template, own: Collection[str], selling: Collection[str]) -> Iterator[Wrong]:
    """`own`: names that the template itself assigns; `selling`: how words begin with which one sells."""
    for node in (*tree.find_all(nodes.Import), *tree.find_all(nodes.FromImport)):
        yield node.lineno, "a card imports nothing"
    yield from _names(tree, own)
    for line, text in _texts(tree):
        if said := sold(text, selling):
            yield line, f"a card is only a card, without {said}"


def sold(text: str, selling: Collection[str]) -> str:
    """What there is in a text that no card has, in words; "" where there is nothing."""
    words = _TAG.sub(" ", text)
    if _ANCHOR.search(text) or without_links(words) != words:
        return "a link"
    if _PRICE.search(words):
        return "a price or percentage"
    if _CODE.search(words):
        return "a code"
    found = re.search(rf"\b(?:{'|'.join(map(re.escape, selling))})\w*", words, re.IGNORECASE) if selling else None
    return f"{found[0]!r}" if found else ""


def _names(tree: nodes.Template, own: Collection[str]) -> Iterator[Wrong]:
    """With the fields of each; an object without a field would be a way to all of them."""
    of_fields: dict[int, nodes.Getattr | nodes.Getitem] = {
        **{id(node.node): node for node in tree.find_all(nodes.Getattr)},
        **{id(node.node): node for node in tree.find_all(nodes.Getitem)},
    }
    for name in tree.find_all(nodes.Name):
        if name.ctx != "load" or name.name in own:
            continue
        if name.name not in NAMES:
            yield name.lineno, f"a card does not name {name.name!r}"
        elif fields := NAMES[name.name]:
            field = _field(of_fields.get(id(name)))
            if field not in fields:
                yield name.lineno, f"of {name.name!r} a card names {', '.join(sorted(fields))} alone"


def _field(node: nodes.Node | None) -> object:
    if isinstance(node, nodes.Getattr):
        return node.attr
    return node.arg.value if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) else None


def _texts(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """All that is written out."""
    for data in tree.find_all(nodes.TemplateData):
        yield data.lineno, data.data
    for const in tree.find_all(nodes.Const):
        if isinstance(const.value, str):
            yield const.lineno, const.value
