"""The HTML that a shop's own letter may have, by lists of what is allowed: elements, attributes, styles, links, images.

It is read by a grammar so strict that every mail program reads the same: each "<" begins a whole tag with its values in
quotes, nothing is left open, no comment, no element whose content is not HTML.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from shopbell.rendering.css import FACT, wrong_in_style

VOID = frozenset({"br", "hr", "img"})
TABLE_PARTS = ("thead", "tbody", "tfoot")
PARENTS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("td", "th"), ("tr",)),
    **dict.fromkeys((*TABLE_PARTS, "caption"), ("table",)),
    **{"tr": ("table", *TABLE_PARTS), "li": ("ul", "ol")},
    **dict.fromkeys(("dt", "dd"), ("dl",)),
}
"""Elsewhere a mail program closes what is open until one fits: the frame's own cells."""
HEADINGS = ("h1", "h2", "h3", "h4")
NEVER_WITHIN: Mapping[str, tuple[str, ...]] = {"a": ("a",), **dict.fromkeys(HEADINGS, HEADINGS)}
"""A link in a link ends it; a heading in a heading is larger each time."""
ELEMENTS = frozenset(
    {*PARENTS, *VOID, "a", "abbr", "b", "blockquote", "center", "cite", "code", "del", "div", "dl", "em", "font"}
    | {"h1", "h2", "h3", "h4", "i", "ins", "ol", "p", "pre", "q", "s", "small", "span", "strong", "sub", "sup", "table"}
    | {"u", "ul"}
)
ATTRIBUTES = frozenset(
    {"align", "alt", "aria-label", "bgcolor", "border", "cellpadding", "cellspacing", "class", "color", "colspan"}
    | {"dir", "face", "height", "href", "lang", "rel", "role", "rowspan", "scope", "size", "src", "start", "style"}
    | {"target", "title", "valign", "width"}
)
MEASURED = frozenset({"border", "cellpadding", "cellspacing", "colspan", "height", "rowspan", "size", "width"})
DEEPEST = 30
LARGEST, SMALLEST_IMAGE = 800, 16
"""Pixels. A smaller image is there to tell that the letter was opened."""

_TAG = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z][a-zA-Z-]*(?:=(?:\"[^\"<>]*\"|'[^'<>]*'))?)*)\s*/?>", re.ASCII
)
_ATTRIBUTE = re.compile(r"\s([a-zA-Z-]+)(?:=(?:\"([^\"]*)\"|'([^']*)'))?", re.ASCII)
# A name and an "@" before the host would show another than the link leads to.
_LINK = re.compile(r"https?://[^\s/?#\\@]+(?:[/?#][^\s\\]*)?|(?:mailto|tel):[^\s\\]+", re.IGNORECASE)
_IMAGE = re.compile(r"https://[^\s/?#\\@\x00]+(?:[/?#][^\s\\\x00]*)?", re.IGNORECASE)
_CARRIED = re.compile(r"cid:[a-z0-9-]+")
"""A picture that the letter carries: a shipped macro shows it."""
_MEASURE = re.compile(r"[0-9]{1,3}%?")

Wrong = tuple[int, str]
"""Where in the text, and what in words."""


@dataclass(frozen=True, slots=True)
class Tag:
    """`at`: its place in the text. Values without entities."""

    at: int
    name: str
    attributes: Mapping[str, str]
    ends: bool = False


def wrong_in_markup(html: str) -> Iterator[Wrong]:
    """Of a block as it is to leave, which stands in the frame."""
    tags = []
    if FACT in html:
        yield html.index(FACT), "a character that is none"
    for tag in tags_of(html):
        if isinstance(tag, Tag):
            tags.append(tag)
            yield from wrong_in_tag(tag)
        else:
            yield tag
    yield from _wrong_nesting(tags)


def tags_of(html: str) -> Iterator[Tag | Wrong]:
    at = html.find("<")
    while at >= 0:
        found = _TAG.match(html, at)
        yield _tag(found) if found else (at, "this < begins no whole tag; for the sign itself write &lt;")
        at = html.find("<", found.end() if found else at + 1)


def _tag(found: re.Match[str]) -> Tag | Wrong:
    told = [(name.lower(), unescape(one or other)) for name, one, other in _ATTRIBUTE.findall(found[3])]
    if len(dict(told)) < len(told):
        return found.start(), f"<{found[2].lower()}> says the same thing twice"
    return Tag(found.start(), found[2].lower(), dict(told), ends=bool(found[1]))


def wrong_in_tag(tag: Tag) -> Iterator[Wrong]:
    if tag.name not in ELEMENTS:
        yield tag.at, f"<{tag.name}> has no place in a letter"
    for name, value in tag.attributes.items():
        yield from ((tag.at, words) for words in _wrong_attribute(tag.name, name, value))
    if tag.name == "img" and not tag.ends:
        yield from ((tag.at, words) for words in _wrong_image(tag.attributes))


def _wrong_attribute(element: str, name: str, value: str) -> Iterator[str]:
    if name not in ATTRIBUTES or (name == "src" and element != "img") or (name == "href" and element != "a"):
        yield f"{name} has no place in <{element}>"
    elif name == "href" and not (value.startswith(FACT) or _LINK.fullmatch(value) or not value):
        yield "a link leads to https://, http://, mailto: or tel:"
    elif name == "style":
        yield from wrong_in_style(value)
    elif name in MEASURED and value != FACT and not (_MEASURE.fullmatch(value) and _number(value) <= LARGEST):
        yield f"{name} is no number up to {LARGEST}"


def _wrong_image(attributes: Mapping[str, str]) -> Iterator[str]:
    """That it is from outside shows in nothing but its address; that it counts who reads, in its size."""
    source = attributes.get("src", "")
    if source != FACT and not _IMAGE.fullmatch(source) and not _CARRIED.fullmatch(source):
        yield "an image comes from https://"
    sizes = [attributes.get("width", "0"), attributes.get("height", str(SMALLEST_IMAGE))]
    sizes += re.findall(r"(?:width|height)\s*:\s*([^;]*)", attributes.get("style", ""), re.IGNORECASE)
    if any(_number(size) < SMALLEST_IMAGE for size in sizes if FACT not in size):
        yield f"an image names its width, {SMALLEST_IMAGE} pixels at least"


def _number(size: str) -> float:
    """ "120px": 120. 0 for what is no number."""
    found = re.match(r"\s*(\d+(?:\.\d+)?)", size, re.ASCII)
    return float(found[1]) if found else 0


def _wrong_nesting(tags: list[Tag]) -> Iterator[Wrong]:
    open_tags: list[Tag] = []
    for tag in tags:
        if tag.name in VOID:
            continue
        if tag.ends:
            if not open_tags or open_tags.pop().name != tag.name:
                yield tag.at, f"</{tag.name}> ends what is not open"
                return
            continue
        if misplaced := _misplaced(tag.name, [each.name for each in open_tags]):
            yield tag.at, misplaced
        open_tags.append(tag)
    yield from ((tag.at, f"<{tag.name}> is not ended") for tag in open_tags)


def _misplaced(name: str, outer: list[str]) -> str:
    """Why an element may not stand within the `outer` ones; "" where it may."""
    inside = outer[-1] if outer else ""
    if inside not in PARENTS.get(name, (inside,)):
        return f"<{name}> stands only in {' or '.join(f'<{parent}>' for parent in PARENTS[name])}"
    if within := set(outer) & set(NEVER_WITHIN.get(name, ())):
        return f"<{name}> does not stand in <{min(within)}>"
    return f"more than {DEEPEST} elements in one another" if len(outer) >= DEEPEST else ""
