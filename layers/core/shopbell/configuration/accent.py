"""The colour of a shop's buttons."""

from shopbell.schema.patterns import PatternText
from shopbell.schema.reading import WrongError

LEAST_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3 (AA), for text of usual size."""


class Accent(PatternText):
    """Lower case; dark enough for the white words on a button."""

    code = "not_a_colour"
    pattern = "#[0-9a-fA-F]{6}"
    like = 'a colour, like "#1f5f8b"'

    @classmethod
    def canonical(cls, value: str) -> str:
        colour = super().canonical(value).lower()
        if _contrast_with_white(colour) < LEAST_CONTRAST:
            raise WrongError("too_light", "must be dark enough for white words (a contrast of 4.5 to 1)")
        return colour


def _contrast_with_white(colour: str) -> float:
    """As WCAG 2 defines it, 1 to 21."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
