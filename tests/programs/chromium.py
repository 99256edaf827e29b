"""Chromium, driven by Playwright: where it is, and how it is started. It asks nobody for anything."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--hide-scrollbars", "--font-render-hinting=none"),
)
TALL = 900

Scheme = Literal["light", "dark"]


def path() -> str:
    """CHROMIUM names another one; "" where there is none."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")


@contextmanager
def started() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path(), args=QUIET)
        try:
            yield browser
        finally:
            browser.close()


def page_of(browser: Browser, width: int = 640) -> Page:
    """A page that reaches nothing outside itself."""
    page = browser.new_page(viewport={"width": width, "height": TALL})
    page.route("**/*", lambda route: route.abort())
    return page
