"""Walks a letter as a mail program paints it, by day and by night: which ink stands on which paper."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

LONELY = frozenset({"br", "meta", "img"})
Rule = tuple[str, str, str]
"""A selector, a property and its value."""


@dataclass(frozen=True, slots=True)
class Element:
    tag: str
    classes: frozenset[str] = frozenset()
    ink: str = "#000000"
    paper: str = "#ffffff"
    hidden: bool = False


class Painted(HTMLParser):
    """`seen`: each (ink, paper, words) that a reader has before them."""

    def __init__(self, html: str, *, night: bool) -> None:
        super().__init__()
        self.rules = night_rules(html) if night else []
        self.open = [Element("")]
        self.seen: set[tuple[str, str, str]] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in LONELY:
            return
        said, above = dict(attrs), self.open[-1]
        style = dict(re.findall(r"([\w-]+):\s*([^;]+)", said.get("style") or ""))
        bare = Element(tag, frozenset((said.get("class") or "").split()))
        ink, paper = self._night(bare, "color") or style.get("color"), self._night(bare, "background")
        self.open.append(
            Element(
                tag,
                bare.classes,
                above.ink if ink in (None, "inherit") else str(ink),
                paper or style.get("background") or above.paper,
                above.hidden or tag in ("style", "title") or style.get("display") == "none",
            )
        )

    def handle_endtag(self, tag: str) -> None:
        if tag not in LONELY:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.open[-1].hidden:
            self.seen.add((self.open[-1].ink, self.open[-1].paper, data.strip()[:20]))

    def _night(self, element: Element, name: str) -> str | None:
        fitting = [(weight(rule), at, rule[2]) for at, rule in enumerate(self.rules) if rule[1] == name]
        chosen = [each for each in fitting if self._fits(self.rules[each[1]][0], element)]
        return max(chosen)[2] if chosen else None

    def _fits(self, selector: str, element: Element) -> bool:
        *within, own = selector.split()
        return is_(own, element) and all(any(is_(each, above) for above in self.open) for each in within)


def is_(selector: str, element: Element) -> bool:
    tag, *classes = selector.split(".")
    return tag in ("", element.tag) and element.classes.issuperset(classes)


def weight(rule: Rule) -> tuple[int, int]:
    parts = rule[0].split()
    return sum(part.count(".") for part in parts), sum(not part.startswith(".") for part in parts)


def night_rules(html: str) -> list[Rule]:
    block = html.partition("@media (prefers-color-scheme:dark){")[2].partition("\n}\n")[0]
    found = re.findall(r"^([^{]+)\{(color|background):(#\w+)!important\}", block, re.MULTILINE)
    return [(each.strip(), name, value) for selectors, name, value in found for each in selectors.split(",")]
