"""How letters are built, so that Outlook for Windows, narrow screens and screen readers do well by them."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from shopbell.rendering.colours import palette
from shopbell.rendering.long_lists import MOST_PICTURED
from tests.rendering.letters import RENDERER, every_letter, every_locale, letter
from tests.rendering.markup import Inspector
from tests.rendering.parts import item_context, shop
from tests.rendering.test_order_tables import CLIPPED, filled
from tests.rendering.usual import usual

TAG = re.compile(r"<(table|td|th|div|a|img|span|tr)\b([^>]*)>")
BROKEN_IN_OUTLOOK: dict[str, Callable[[str, str], bool]] = {
    "a table with gaps": lambda tag, told: tag == "table" and 'cellspacing="0"' not in told,
    "a table without padding of its own": lambda tag, told: tag == "table" and 'cellpadding="0"' not in told,
    "a table, cell or picture with a margin": lambda tag, told: tag != "a" and "margin" in told,
    "a link that is padded there": lambda tag, told: (
        tag == "a" and "padding" in told and "mso-padding-alt:0" not in told
    ),
    "a colour that is inherited": lambda tag, told: "color:inherit" in told.replace(" ", ""),
}
PICTURE = "https://shop.example/mug.jpg"


def letter_of(kind: str = "order_received", **changed: Any) -> str:
    return RENDERER.render(kind, "en", "email", usual(kind, "en") | changed).html


@every_locale
@every_letter
def test_outlook_for_windows_has_cells_that_are_padded_and_no_gaps(kind: str, locale: str) -> None:
    html = letter(kind, locale, "usual").html
    found = [(tag, told) for tag, told in TAG.findall(html.partition("<body")[2])]
    assert [(name, told) for name, is_so in BROKEN_IN_OUTLOOK.items() for tag, told in found if is_so(tag, told)] == []
    assert len(re.findall(r"max-width:\s*\d+px;", html.partition("<body")[2])) == 1
    assert re.search(
        r"<!--\[if mso\]><table[^>]* width=\"600\"[^>]*><tr><td><!\[endif\]-->\s*<table[^>]*max-width:600px", html
    )


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        *(("table", ' cellpadding="0"'), ("table", ' cellspacing="0"'), ("td", ' style="margin:0 0 8px"')),
        *(("a", ' style="padding:13px"'), ("a", ' style="color: inherit"')),
    ],
)
def test_what_outlook_would_break_is_noticed(tag: str, told: str) -> None:
    assert any(is_so(tag, told) for is_so in BROKEN_IN_OUTLOOK.values())


def test_the_cell_of_a_button_is_padded_for_outlook_and_its_whole_width_is_the_link_elsewhere() -> None:
    cell, link = re.findall(r'<td class="pad"[^>]*>|<a class="button"[^>]*>', letter_of())
    assert "mso-padding-alt:13px 28px" in cell
    assert "padding:13px 28px;mso-padding-alt:0" in link


@pytest.mark.parametrize(
    ("things", "with_picture", "shown"),
    [(1, 1, 1), (3, 2, 2), (3, 0, 0), (MOST_PICTURED, 10, 10), (MOST_PICTURED + 1, 11, 0), (137, 137, 0)],
)
def test_up_to_ten_things_have_their_pictures_beside_them(things: int, with_picture: int, shown: int) -> None:
    content = usual("order_received", "en")
    urls = [PICTURE if number < with_picture else "" for number in range(things)]
    content["order"].items = [item_context("en", "Mug", "1.00", image_url=url) for url in urls]
    html = RENDERER.render("order_received", "en", "email", content).html
    pictures = re.findall(r"<img[^>]*>", html)
    assert len(pictures) == shown
    assert all(f'src="{PICTURE}" width="64" height="64" alt=""' in each for each in pictures)
    # Each row has a cell for a picture, or none has.
    rows = re.findall(r"<tr>(?:(?!</tr>).)*class=\"sum stack\"", html, re.DOTALL)
    assert {row.count("<td") for row in rows[:-1] or rows} == {3 if shown else 2}
    assert Inspector(html).faults == []


def test_things_that_are_offered_have_theirs_too() -> None:
    offered = [item_context("en", "Mug", "1.00", image_url=PICTURE), item_context("en", "Bowl", "1.00")]
    assert letter_of("item_unavailable", alternatives=offered).count(PICTURE) == 1


@pytest.mark.parametrize("text", ["&" * 1000, "Ї" * 1000])
def test_long_addresses_of_pictures_do_not_make_a_letter_that_is_cut(text: str) -> None:
    content = filled("order_received", text)
    things = content["order"].items[:MOST_PICTURED]
    for thing in things:
        thing.image_url = "https://shop.example/" + "&" * 900
    content["order"].items = things
    assert len(RENDERER.render("order_received", "uk", "email", content).html.encode()) < CLIPPED


def test_a_logo_stands_for_the_name_of_the_shop_and_says_it() -> None:
    html = letter_of(shop=shop("en", logo_url="https://shop.example/logo.png", name="A & B"))
    assert 'src="https://shop.example/logo.png" width="160" height="48" alt="A &amp; B"' in html
    assert "<img" not in letter_of(shop=shop("en"))


@pytest.mark.parametrize("accent", ["#1f5f8b", "#ffe066", "#ffffff"])
def test_the_card_has_a_line_in_the_shops_colour_by_day_and_by_night(accent: str) -> None:
    html = letter_of(shop=shop("en", accent=accent))
    assert f"border-top:4px solid {accent}" in html
    assert f".card{{border-top-color:{palette(accent).dark_link}!important}}" in html


@every_locale
@pytest.mark.parametrize("kind", ["order_received", "item_unavailable"])
def test_the_columns_of_a_table_are_named_for_those_who_have_it_read(kind: str, locale: str) -> None:
    html = letter(kind, locale, "usual").html
    names = re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', html)
    assert len(names) == len(set(names)) == 2
    assert ".heard .column{" in html


@every_locale
def test_facts_stand_side_by_side_on_a_phone_wherever_both_fit(locale: str) -> None:
    html = letter("order_shipped", locale, "usual").html
    narrow = html.partition("@media (max-width:480px){")[2].partition("\n}\n")[0]
    assert ".facts .fact{display:inline-block!important" in narrow
    assert ".facts .told{display:inline-block!important" in narrow
    assert '<th scope="row" class="fact"' in html
