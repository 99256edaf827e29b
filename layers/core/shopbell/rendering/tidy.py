"""White space of what leaves: a subject is one line, a text has no piles of empty ones."""

import re

BLANK = re.compile(r"[\x00-\x20\x7f\x85\u2028\u2029]+")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]+")
RUNS = re.compile(r"[ \t]*\n[ \t]*|[ \t]{2,}|\t")
PILES = re.compile(r"\n{3,}")


def one_line(text: str) -> str:
    return BLANK.sub(" ", text).strip()


def paragraphs(text: str) -> str:
    """Single spaces, at most one empty line in a row, no control characters."""
    return PILES.sub("\n\n", _spaced(text)).strip() + "\n"


def lines(text: str) -> str:
    """As `paragraphs`, with no empty line at all: each costs a character of an SMS."""
    return re.sub(r"\n+", "\n", _spaced(text)).strip()


def _spaced(text: str) -> str:
    return RUNS.sub(lambda run: "\n" if "\n" in run[0] else " ", CONTROL.sub("", text))
