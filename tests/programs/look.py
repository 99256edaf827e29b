"""How a letter or a page looks: what is wrong at each width, by day and by night."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from playwright.sync_api import Page

from tests.programs.chromium import TALL, Scheme

WIDTHS = (640, 360, 320)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
MEASURED = Path(__file__).with_name("look.js").read_text("utf-8")
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
ASKED_AT = ((640, "light"), (320, "dark"))
"""axe-core is slow: it judges at these, and contrast is measured at all of them besides."""
LANDMARKS = ("landmark-one-main", "region")
"""A letter is a part of the mail program's page, which has them."""
GRAVE = ("serious", "critical")


def faults(page: Page, html: str, *, is_page: bool = False, ask_axe: bool = True) -> list[str]:
    """Each with its width and scheme: "320 dark: …"."""
    page.set_content(html)
    if ask_axe:
        page.evaluate(AXE)
    found: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": TALL})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            seen = page.evaluate(MEASURED, is_page)
            if ask_axe and (width, scheme) in ASKED_AT:
                seen += violations(page)
            found += [f"{width} {scheme}: {each}" for each in seen]
    return found


def violations(page: Page) -> Iterator[str]:
    asked = {"rules": {name: {"enabled": False} for name in LANDMARKS}, "resultTypes": ["violations"]}
    for rule in page.evaluate("(asked) => axe.run(asked)", asked)["violations"]:
        if rule["impact"] in GRAVE:
            yield f"{rule['id']}: {', '.join(node['html'][:80] for node in rule['nodes'][:3])}"
