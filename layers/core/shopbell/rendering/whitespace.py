"""White space of what is sent: a subject is one line, a text has at most one empty line in a row."""

import re

SPACE_OR_CONTROL = re.compile(r"[\x00-\x20\x7f\x85\u2028\u2029]+")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]+")
"""Everything below the space but the tab and the line feed."""
SPACES = re.compile(r"[ \t]+")
EMPTY_LINES = re.compile(r"\n{3,}")


def single_line(text: str) -> str:
    """For headers: no line break in any spelling, so that no value can begin a header of its own."""
    return SPACE_OR_CONTROL.sub(" ", text).strip()


def paragraphs(text: str) -> str:
    """Single spaces, at most one empty line in a row, no control characters."""
    return EMPTY_LINES.sub("\n\n", "\n".join(_lines(text))).strip("\n") + "\n"


def without_empty_lines(text: str) -> str:
    """As `paragraphs`, with no empty line at all: each costs a character of an SMS."""
    return "\n".join(line for line in _lines(text) if line)


def _lines(text: str) -> list[str]:
    return [_single_spaced(line.strip(" \t")) for line in CONTROL.sub("", text).split("\n")]


def _single_spaced(line: str) -> str:
    # Most lines have nothing to replace, and looking for it is cheaper than a regular expression.
    return SPACES.sub(" ", line) if "  " in line or "\t" in line else line
