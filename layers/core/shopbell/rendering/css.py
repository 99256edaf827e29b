"""The style of an element in a shop's own letter: which declarations it may have. What can cover, hide or fetch is not
among them, nor what is written so that programs read it differently."""

import re
from collections.abc import Iterator, Mapping

EDGES = ("", "-top", "-right", "-bottom", "-left")
FACT = "\x00"
"""Stands for an expression in a template that is not rendered yet."""

PROPERTIES: Mapping[str, float] = {
    **dict.fromkeys(("color", "background", "background-color", "display", "font-family", "font-style"), 0),
    **dict.fromkeys(("text-align", "text-transform", "text-decoration", "text-decoration-color", "white-space"), 0),
    **dict.fromkeys(("vertical-align", "object-fit", "table-layout", "overflow-wrap", "word-break", "word-wrap"), 0),
    **dict.fromkeys(("border-collapse", "list-style", "list-style-type", "border-style", "border-color"), 0),
    **{f"{name}{edge}": 120 for name in ("margin", "padding") for edge in EDGES},
    **{f"border{edge}": 20 for edge in EDGES},
    "mso-padding-alt": 120,
    **dict.fromkeys(("border-width", "border-spacing", "letter-spacing", "text-underline-offset"), 20),
    **dict.fromkeys(("width", "max-width", "min-width", "height", "max-height"), 800),
    **{"border-radius": 200, "font-size": 72, "line-height": 120, "font-weight": 900},
}
"""Each property that may stand there, and the largest number in it, in pixels."""
PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "%": 1.0}
"""Of one of each unit; percents are of the width."""
SMALLEST: Mapping[str, float] = {"font-size": 8, "line-height": 0.9}
DISPLAYS = frozenset({"block", "inline", "inline-block", "table", "inline-table", "table-row", "table-cell"})

_VALUE = re.compile(r"[\w\s.,#%'\"()/+\-\x00]+")
_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|rgba|hsl|hsla)\([\d\s.,%/]*\)", re.IGNORECASE)
_QUOTED = re.compile(r"'[^'()]*'|\"[^\"()]*\"")
_NUMBER = re.compile(r"(?<![\w.-])(-?)(\d*\.?\d+)([a-z%]*)", re.IGNORECASE)


def wrong_in_style(style: str) -> Iterator[str]:
    """What a style may not have, in words; the style without entities."""
    for declaration in filter(str.strip, style.split(";")):
        name, colon, value = (part.strip().lower() for part in declaration.partition(":"))
        if not colon or name not in PROPERTIES:
            yield f"the style {name[:40]!r} has no place in a letter"
        else:
            yield from _wrong_value(name, value)


def _wrong_value(name: str, value: str) -> Iterator[str]:
    plain = _COLOUR.sub("", _QUOTED.sub("", value))
    if not _VALUE.fullmatch(value) or "(" in plain:
        yield f"{name} has a value that a letter may not have"
    elif name == "display" and value not in {*DISPLAYS, FACT}:
        yield f"display: {value[:40]} hides or moves what it stands on"
    elif not all(_fits(name, *number) for number in _NUMBER.findall(plain)):
        yield f"{name} has a number that is too large, too small, or of another unit"


def _fits(name: str, sign: str, number: str, unit: str) -> bool:
    # In one another, texts of 150 % grow without end.
    if sign or unit not in PIXELS or (name == "font-size" and unit in ("em", "%")):
        return False
    return SMALLEST.get(name, 0) <= float(number) and float(number) * PIXELS[unit] <= PROPERTIES[name]
