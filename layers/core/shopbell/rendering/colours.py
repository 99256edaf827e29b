"""The shop's accent colour, made readable: contrast as WCAG 2 counts it, 4.5 to 1 at least."""

import re
from dataclasses import dataclass
from functools import lru_cache

ENOUGH = 4.5
WHITE, NIGHT, INK = "#ffffff", "#1c1e21", "#000000"
PAPER = "#f4f3f1"
"""The darkest that links stand on by day: the page round the card."""
OTHERWISE = "#1f5f8b"

Rgb = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Palette:
    """`button` with `on_button` upon it; `link` is the accent as text on paper, `dark_link` by night."""

    button: str
    on_button: str
    link: str
    dark_link: str
    on_dark_link: str


@lru_cache(256)
def palette(accent: str) -> Palette:
    colour = accent if re.fullmatch(r"#[0-9a-fA-F]{6}", accent) else OTHERWISE
    by_night = readable(colour, NIGHT)
    return Palette(colour, ink_on(colour), readable(colour, PAPER), by_night, ink_on(by_night))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(background: str) -> str:
    """White where white can be read, else the dark ink: one of them always can."""
    return WHITE if contrast(WHITE, background) >= ENOUGH else INK


def readable(colour: str, background: str) -> str:
    """The colour, moved towards black or white no further than it takes to be read on the background."""
    towards = WHITE if background == NIGHT else INK
    steps = (_mixed(colour, towards, step / 20) for step in range(21))
    return next(mixed for mixed in steps if contrast(mixed, background) >= ENOUGH)


def _mixed(one: str, other: str, share: float) -> str:
    pairs = zip(_rgb(one), _rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
