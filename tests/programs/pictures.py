"""Takes the pictures of letters that the README shows: `python -m tests.programs.pictures FOLDER`."""

import sys
from pathlib import Path

from playwright.sync_api import Browser

from tests.programs.chromium import Scheme, page_of, started
from tests.rendering.letters import letter
from tests.rendering.preview import with_pictures

SHOWN: tuple[tuple[str, str, int, Scheme], ...] = (
    ("order_shipped", "en", 640, "light"),
    ("birthday_week", "uk", 320, "dark"),
)


def take(browser: Browser, into: Path, kind: str, locale: str, width: int, scheme: Scheme) -> None:
    page = page_of(browser, width)
    page.emulate_media(color_scheme=scheme)
    page.set_content(with_pictures(letter(kind, locale, "usual")))
    page.screenshot(path=into / f"{kind}.png", full_page=True)
    page.close()


def main(into: Path) -> None:
    with started() as browser:
        for shown in SHOWN:
            take(browser, into, *shown)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
