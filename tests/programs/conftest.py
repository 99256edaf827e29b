"""What these tests need beside Python: `make browser` says what is missing, and how one gets it."""

from collections.abc import Iterator

import pytest

try:
    from tests.programs import chromium
except ModuleNotFoundError as error:
    pytest.exit(f"make browser: {error.name} is missing: pip install -r requirements-browser.txt", returncode=1)

from playwright.sync_api import Browser, Page

MISSING = """make browser: Chromium is missing. To install it:
  Debian, Ubuntu   apt-get install chromium
  macOS            brew install --cask chromium
Another one of its kind does too: CHROMIUM=/path/to/chrome make browser"""


def pytest_sessionstart() -> None:
    if not chromium.path():
        pytest.exit(MISSING, returncode=1)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium.started() as browser:
        yield browser


@pytest.fixture(scope="session")
def page(browser: Browser) -> Page:
    return chromium.page_of(browser)
