"""QR codes: as an SVG drawing that a page can carry, as a PNG picture that a letter can."""

from io import BytesIO
from typing import Any


def svg(text: str) -> str:
    """Black on white whatever the page's colours, so that a phone reads it from paper too; "" for no text."""
    return str(_code(text).svg_inline(scale=4, border=3, light="white")) if text else ""


def png(text: str) -> bytes:
    """Of mail programs most show PNG and few SVG; with its own white edge it is read on a dark page."""
    picture = BytesIO()
    _code(text).save(picture, kind="png", scale=6, border=4)
    return picture.getvalue()


def _code(text: str) -> Any:
    import segno  # late: one page or letter in many shows a code

    # Level M can be read with 15 % of it damaged, and is what banks ask for; few phones read micro codes.
    return segno.make(text, error="m", micro=False, boost_error=False)
