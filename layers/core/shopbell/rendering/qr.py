"""A QR code as an SVG drawing that a page can carry."""


def svg(text: str) -> str:
    """Readable from paper: a white margin, black on white whatever the page's colours; "" for no text."""
    if not text:
        return ""
    import segno  # late: one page in many shows a code

    return str(segno.make(text, error="m", micro=False).svg_inline(scale=4, border=3, light="white"))
