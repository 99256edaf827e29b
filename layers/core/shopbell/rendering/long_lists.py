"""How much of a list a letter shows: mail programs cut a letter at 102 KB, and with it the shop's contacts."""

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import Any

MOST_LINES = 50
MOST_BYTES = 50_000
"""Of an order's lines as HTML; the rest of the limit is the frame's and the other texts'."""
MOST_BYTES_BESIDE = 16_000
"""Of things that are offered or named beside the order's own."""
MARKUP = 700
"""Bytes of a line without its words."""
CROWDED = "crowded"
"""A content's name for that its lists are to be shorter: with the usual ones the letter was too large."""
MOST_BYTES_CROWDED = 12_000
"""Of an order's lines in a letter whose other texts fill it."""
MOST_HTML = 100_000
"""Bytes of a letter, a little below where mail programs cut."""


def fitting(items: Sequence[Any], most_bytes: int = MOST_BYTES, *, crowded: bool = False) -> Sequence[Any]:
    """The first of them, one at least, as many as there is room for."""
    left = min(most_bytes, MOST_BYTES_CROWDED) if crowded else most_bytes
    for number, item in enumerate(items[:MOST_LINES]):
        left -= _bytes_of(item)
        if left < 0 and number:
            return items[:number]
    return items[:MOST_LINES]


def fitting_beside(items: Sequence[Any]) -> Sequence[Any]:
    return fitting(items, MOST_BYTES_BESIDE)


def _bytes_of(item: Any) -> int:
    words = [item.name, item.sku, item.url, item.image_url, *(word for option in item.options for word in option)]
    return MARKUP + PICTURE * bool(item.image_url) + len(escape("".join(words)).encode(errors="replace"))


MOST_PICTURED = 10
"""Of a longer list the pictures would make the letter longer than it helps."""
PICTURE = 300
"""Bytes of a picture without its address."""


def pictured(items: Sequence[Any]) -> bool:
    """Whether a list is shown with pictures."""
    return len(items) <= MOST_PICTURED and any(item.image_url for item in items)


def sum_of(items: Sequence[Any]) -> Decimal | None:
    """What they cost together; None where one has no price."""
    amounts = [item.amount for item in items]
    return None if None in amounts else sum(amounts, Decimal(0))
