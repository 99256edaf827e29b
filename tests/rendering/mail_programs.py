"""What of a letter a mail program shows, by caniemail's tests.

Each element, attribute, declaration and at-rule of a letter is a use, and weighs as much as another; a use is shown
where all that it needs is: a declaration its property, its value's keywords and units. What is meant for Outlook alone
(`mso-…`, conditional comments) is not asked of the others.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

Use = tuple[str, ...]
"""The rows of the table that a use needs."""

TABLE = json.loads(Path(__file__).with_name("caniemail.json").read_text("utf-8"))
FEATURES: dict[str, str] = TABLE["features"]
PLATFORMS: list[str] = TABLE["platforms"]
SHOWN, NOT_SHOWN = "ya", "n"
"""In part is shown: the notes speak of values and places that no letter has, or of accounts of other providers."""

WITHOUT_A_ROW = {
    "every program has it": {"a", "br", "head", "html", "title", "color", "font-family"},
    "nobody is to see it": {"meta", "script"},
    "only some program knows it, and no letter needs it": {"-webkit-text-size-adjust", "supported-color-schemes"},
}
ROWS = {
    **dict.fromkeys(("table", "tr", "td", "th"), "html-table"),
    **dict.fromkeys(("h1", "h2"), "html-h1-h6"),
    **dict.fromkeys(("ul", "li"), "html-lists"),
    **{f"border{side}{part}": "css-border" for side in ("", "-top") for part in ("", "-color")},
    **{f"padding-{side}": "css-padding" for side in ("top", "right", "bottom", "left")},
}
VALUES = {"display:none": "css-display-none", "display:flex": "css-display-flex"}
WORDS = {"!important": "css-important", "system-ui": "css-sytem-ui", "ui-monospace": "css-sytem-ui"}
UNITS = {"px": "css-unit-px", "%": "css-unit-percent", "em": "css-unit-em"}
NUMBER = re.compile(r"(?<![\w#-])-?[\d.]+([a-z]+|%)")


class Letter(HTMLParser):
    """`uses`: how often there is each; `unknown`: what neither a row nor `WITHOUT_A_ROW` speaks of; `links`: where it
    leads to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.uses: Counter[Use] = Counter()
        self.unknown: set[str] = set()
        self.links: list[str] = []
        self._in_style = False
        self.feed(html)

    def handle_decl(self, decl: str) -> None:
        self.uses["html-doctype",] += 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        self._note(tag, ROWS.get(tag, f"html-{tag}"))
        for name, value in attrs:
            self._attribute(name, value or "")

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self._sheet(data)

    def _attribute(self, name: str, value: str) -> None:
        if name == "style":
            self._declarations(value)
        elif name == "href":
            self.links.append(value)
            self.uses["html-mailto-links",] += value.startswith("mailto:")
        elif (name, value) == ("name", "color-scheme"):
            self.uses["html-meta-color-scheme",] += 1
        elif f"html-{name}" in FEATURES:
            self.uses[f"html-{name}",] += 1

    def _sheet(self, css: str) -> None:
        for condition in re.findall(r"@media \(([\w-]+)", css):
            dark = condition == "prefers-color-scheme"
            self.uses["css-at-media-prefers-color-scheme" if dark else "css-at-media",] += 1
        for declarations in re.findall(r"\{([^{}]*)\}", css):
            self._declarations(declarations)

    def _declarations(self, css: str) -> None:
        for declaration in filter(str.strip, css.split(";")):
            name, _, value = (part.strip() for part in declaration.partition(":"))
            if not name.startswith("mso-"):
                self._note(name, ROWS.get(name, f"css-{name}"), *rows_of(name, value))

    def _note(self, name: str, row: str, *more: str) -> None:
        if row in FEATURES:
            self.uses[row, *more] += 1
        elif not any(name in names for names in WITHOUT_A_ROW.values()):
            self.unknown.add(name)


def rows_of(name: str, value: str) -> Iterator[str]:
    """Those of a declaration's value."""
    bare = value.removesuffix("!important").strip()
    yield from (row for said, row in VALUES.items() if said == f"{name}:{bare}")
    yield from (row for word, row in WORDS.items() if word in value)
    yield from (UNITS[unit] for unit in NUMBER.findall(value))


def shown(uses: Counter[Use], platform: str) -> float:
    """The part of the uses that a platform shows; one that was not tested there is not counted."""
    at = PLATFORMS.index(platform)
    told = {use: {FEATURES[row][at] for row in use} for use in uses}
    counted = {use: said.isdisjoint(NOT_SHOWN) for use, said in told.items() if said & {*SHOWN, *NOT_SHOWN}}
    return sum(uses[use] for use, is_shown in counted.items() if is_shown) / sum(uses[use] for use in counted)


def shown_by(uses: Counter[Use], program: str) -> float:
    """The mean of the program's platforms."""
    platforms = [each for each in PLATFORMS if each.split()[0] == program]
    return sum(shown(uses, each) for each in platforms) / len(platforms)
