"""What the look at a page finds: each fault in a page that has it alone, and none in one that is sound."""

import pytest
from playwright.sync_api import Page

from tests.programs.look import faults
from tests.rendering.letters import letter

SOUND = """
<h1>Your order is on its way</h1><p>It arrives on <a href="https://shop.example">Friday</a>.</p>
<table><tr><th>Carrier</th><td>Parcel Post</td></tr></table>
<p><button>Done</button></p><div class="field"><label for="note">Note</label><input id="note"></div>
"""
STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 sans-serif; margin: 16px; background: Canvas; color: CanvasText; }
th, td { padding: 4px 16px 4px 0; }
button, input { min-height: 44px; font: inherit; }
label { display: block; margin: 0 0 8px; }
@media (prefers-color-scheme: dark) { a { color: #9ec1ff; } }
"""


def found(page: Page, body: str = SOUND, style: str = "") -> list[str]:
    head = f"<title>A page</title><style>{STYLE}{style}</style>"
    html = f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'
    return faults(page, html, is_page=True)


def test_a_sound_page_has_no_fault(page: Page) -> None:
    assert found(page) == []


@pytest.mark.parametrize(
    ("fault", "style"),
    [
        ("320 light: it scrolls sideways", "button { width: 310px; }"),
        ("640 light: it scrolls sideways", "h1 { width: 700px; }"),
        ("360 dark: words leave the screen", "h1 { white-space: nowrap; width: 100px; font-size: 40px; }"),
        ("320 light: something leaves the screen", "button { margin-left: -20px; }"),
        ("640 light: words lie on each other", "p { margin-top: -40px; }"),
        ("640 light: lines are stuck together", "h1, p { margin: 0; line-height: 1.15; }"),
        ("640 light: words are stuck together", "table { border-spacing: 0; } th, td { padding: 0; }"),
        ("320 dark: words are stuck together", "@media (max-width: 480px) { th { padding: 0; } }"),
        ("640 light: words leave their box", "th { display: block; width: 20px; }"),
        ("640 light: words leave their box", "th { background: #ddd; color: #000; padding: 0; }"),
        ("640 light: words are cut", "h1 { height: 20px; overflow: hidden; }"),
        ("320 light: words are cut", "h1 { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }"),
        ("640 light: a control is stuck to words", "p { margin: 0; } table { margin: 0; } tr { height: 0; }"),
        ("640 light: a control is stuck to words", "label { margin: 0; line-height: 1; }"),
        ("640 light: boxes are stuck together", "button { position: relative; top: 60px; }"),
        ("640 light: words are too pale", "h1 { color: #888; }"),
        ("320 dark: words are too pale", "@media (prefers-color-scheme: dark) { h1 { color: #666; } }"),
        ("320 dark: color-contrast", "@media (prefers-color-scheme: dark) { th { color: #666; } }"),
        ("640 light: words are too pale", "p { background: #fff; color: rgba(0, 0, 0, 0.5); }"),
        ("640 light: a control is lower than 44 px", "button { min-height: 0; }"),
    ],
)
def test_a_fault_of_style_is_found(page: Page, fault: str, style: str) -> None:
    assert [each for each in found(page, style=style) if each.startswith(fault)]


@pytest.mark.parametrize(
    ("fault", "body"),
    [
        ("640 light: words are stuck together", "<p><b>Total</b><span>46.10</span></p>"),
        ("640 light: boxes are stuck together", "<p><button>Yes</button><button>No</button></p>"),
        ("640 light: image-alt", '<img src="data:," width="9" height="9">'),
        ("640 light: button-name", "<button></button>"),
        ("640 light: label", "<input>"),
    ],
)
def test_a_fault_of_content_is_found(page: Page, fault: str, body: str) -> None:
    assert [each for each in found(page, body) if each.startswith(fault)]


@pytest.mark.parametrize(
    ("fault", "was", "becomes"),
    [
        ("640 light: words lie on each other", "padding:5px 16px 5px 0", "width:1px;white-space:nowrap;padding:0"),
        ("320 light: it scrolls sideways", ".stack{display:block!important;", ".stack{white-space:nowrap;"),
        ("320 light: words leave their box", ".card{padding:28px 20px!important}", ".card{padding:28px 2px!important}"),
        ("640 dark: words are too pale", "a.link{color:#", "a.link{background:#"),
        ("640 light: words leave their box", "padding:13px 28px", "padding:13px 0"),
    ],
)
def test_a_letter_that_is_spoilt_is_found_out(page: Page, fault: str, was: str, becomes: str) -> None:
    html = letter("order_received", "uk", "longest").html
    assert was in html
    assert faults(page, html, ask_axe=False) == []
    assert [each for each in faults(page, html.replace(was, becomes), ask_axe=False) if each.startswith(fault)]
