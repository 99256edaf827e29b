"""The shop's accent colour, shifted until it can be read (WCAG 2.2, criterion 1.4.3)."""

import re
from dataclasses import dataclass
from functools import lru_cache

MIN_CONTRAST = 4.5
"""The ratio that WCAG asks of text in its usual size."""
WHITE, BLACK = "#ffffff", "#000000"
DARK_PAPER = "#1c1e21"
"""The card's background where the reader prefers a dark page (`_layout.j2`)."""
LIGHT_PAPER = "#f4f3f1"
"""The page round the card, the darkest background that links have by day."""
DEFAULT_ACCENT = "#1f5f8b"

Rgb = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as "#rrggbb". `on_button` and `on_dark_link` are text on those backgrounds; `link` is the accent as text
    on a light page, `dark_link` on a dark one, where it is the button's background too."""

    button: str
    on_button: str
    link: str
    dark_link: str
    on_dark_link: str


@lru_cache(256)
def palette(accent: str) -> Palette:
    """`accent` is "#rrggbb"; anything else gives the default accent."""
    colour = accent if re.fullmatch(r"#[0-9a-fA-F]{6}", accent) else DEFAULT_ACCENT
    dark_link = readable(colour, DARK_PAPER)
    return Palette(
        button=colour,
        on_button=text_colour_on(colour),
        link=readable(colour, LIGHT_PAPER),
        dark_link=dark_link,
        on_dark_link=text_colour_on(dark_link),
    )


def contrast(one: str, other: str) -> float:
    """WCAG's ratio, from 1 (the same colour) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def text_colour_on(background: str) -> str:
    """White where it has contrast enough, else black: on any background one of the two has."""
    return WHITE if contrast(WHITE, background) >= MIN_CONTRAST else BLACK


def readable(colour: str, background: str) -> str:
    """The colour, mixed with black or white in steps of a twentieth until it has contrast enough."""
    target = WHITE if background == DARK_PAPER else BLACK
    mixtures = (_mixed(colour, target, step / 20) for step in range(21))
    return next(mixed for mixed in mixtures if contrast(mixed, background) >= MIN_CONTRAST)


def _mixed(one: str, other: str, share: float) -> str:
    pairs = zip(_rgb(one), _rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _luminance(colour: str) -> float:
    """WCAG's relative luminance, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(channel / 255) for channel in _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    # The gamma of sRGB (IEC 61966-2-1). WCAG had 0.03928 until 2021, which is the same for colours of eight bits.
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
