"""A QR code as an SVG drawing that a page can carry."""


def svg(text: str) -> str:
    """Black on white whatever the page's colours, so that a phone reads it from paper too; "" for no text."""
    if not text:
        return ""
    import segno  # late: one page in many shows a code

    # Level M can be read with 15 % of it damaged; few phones read micro codes.
    return str(segno.make(text, error="m", micro=False).svg_inline(scale=4, border=3, light="white"))
