"""Reads sums of money out of letters, as a person who adds them up does."""

import re
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

from tests.rendering.facts import plain_templates
from tests.rendering.languages import TONE_OF


def read_money(text: str, locale: str) -> Decimal:
    """ "−1 499,00 ₴": -1499.00. Raises where that is no sum."""
    digits = re.sub(r"[^\d.,]", "", re.sub(r"^[^\d]+|[^\d]+$", "", text))
    point = TONE_OF[locale].decimal_point
    whole, _, parts = digits.replace("," if point == "." else ".", "").partition(point)
    amount = Decimal(f"{whole}.{parts or 0}")
    return -amount if re.search(r"[-−]", text.partition(whole[0])[0]) else amount


class Table(HTMLParser):
    """The sums of an order's table in a letter: of its lines, below them, and the total."""

    def __init__(self, html: str, locale: str) -> None:
        super().__init__()
        self.locale, self.cell = locale, ""
        self.said: dict[str, list[str]] = {"sum stack": [], "money soft": [], "money total": []}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "td":
            self.cell = dict(attrs).get("class") or ""
            if self.cell in self.said:
                self.said[self.cell].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self.cell = ""

    def handle_data(self, data: str) -> None:
        if self.cell in self.said:
            self.said[self.cell][-1] += data

    def sums(self) -> tuple[list[Decimal], Decimal]:
        """Of every line, and the total."""
        lines = [*self.said["sum stack"], *self.said["money soft"]]
        return [_read(each, self.locale) for each in lines], _read(self.said["money total"][0], self.locale)


def text_sums(text: str, locale: str) -> tuple[list[Decimal], Decimal]:
    """The same from the letter's text: what stands alone, or after the last "=" or ":" of its line."""
    words: Any = plain_templates(locale).environment.globals["w"]
    table = re.split(rf"^{words.total}: (.+)$", text, maxsplit=1, flags=re.MULTILINE)
    lines = table[0].rpartition(f"\n{words.ordered}\n")[2].splitlines()
    told = [line for line in lines if line and not line.startswith(("- ", "http"))]
    return [_read(re.split(r" = |: ", line)[-1], locale) for line in told], _read(table[1], locale)


def _read(text: str, locale: str) -> Decimal:
    words: Any = plain_templates(locale).environment.globals["w"]
    return Decimal(0) if text == words.free else read_money(text, locale)
