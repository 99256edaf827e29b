"""Every letter and every page in a browser: at three widths, by day and by night, with little in it and with much."""

from collections.abc import Iterable

import pytest
from playwright.sync_api import Page

from tests.programs.look import faults
from tests.programs.sheets import Sheet, letters, other_pages, task_pages
from tests.rendering.letters import every_letter, every_locale
from tests.rendering.usual import TO_STAFF


def wrong(page: Page, sheets: Iterable[Sheet], *, is_page: bool) -> list[str]:
    return [
        f"{sheet.name}, {fault}"
        for sheet in sheets
        for fault in faults(page, sheet.html, is_page=is_page, ask_axe=sheet.ask_axe)
    ]


@every_locale
@every_letter
def test_a_letter_looks_well(page: Page, kind: str, locale: str) -> None:
    assert wrong(page, letters(kind, locale), is_page=False) == []


@every_locale
@pytest.mark.parametrize("kind", TO_STAFF)
def test_a_task_s_page_looks_well(page: Page, kind: str, locale: str) -> None:
    assert wrong(page, task_pages(kind, locale), is_page=True) == []


@every_locale
def test_a_customer_s_page_and_a_page_without_a_task_look_well(page: Page, locale: str) -> None:
    assert wrong(page, other_pages(locale), is_page=True) == []
