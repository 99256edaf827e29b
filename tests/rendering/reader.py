"""Reads a letter's HTML as a person does."""

import re
from html.parser import HTMLParser


class Reader(HTMLParser):
    """What a person sees of a page, what its links are, and how its tags nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._break(tag)
        if tag not in ("br", "img", "meta"):
            self.open.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self._break(tag)

    def _break(self, tag: str) -> None:
        if tag not in ("a", "b", "em", "span", "strong"):
            self.seen.append(" ")

    def handle_data(self, data: str) -> None:
        if not {"style", "title", "script"} & set(self.open):
            self.seen.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.seen))
