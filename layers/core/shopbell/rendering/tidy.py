"""White space of what leaves: a subject is one line, a text has no piles of empty ones."""

import re

BLANK = re.compile(r"[\x00-\x20\x7f\x85\u2028\u2029]+")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]+")
SPACES = re.compile(r"[ \t]+")
PILES = re.compile(r"\n{3,}")


def one_line(text: str) -> str:
    return BLANK.sub(" ", text).strip()


def paragraphs(text: str) -> str:
    """Single spaces, at most one empty line in a row, no control characters."""
    return PILES.sub("\n\n", "\n".join(_lines(text))).strip("\n") + "\n"


def lines(text: str) -> str:
    """As `paragraphs`, with no empty line at all: each costs a character of an SMS."""
    return "\n".join(line for line in _lines(text) if line)


def _lines(text: str) -> list[str]:
    return [_single(line.strip(" \t")) for line in CONTROL.sub("", text).split("\n")]


def _single(line: str) -> str:
    return SPACES.sub(" ", line) if "  " in line or "\t" in line else line
