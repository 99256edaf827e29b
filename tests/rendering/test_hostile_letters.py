"""What a shop's own letter may contain: lists of what is allowed, and a budget of work."""

import re
from contextlib import suppress
from typing import Any

import pytest

from shopbell.commands.letter_trial import try_letter
from shopbell.commands.samples import any_shop
from shopbell.domain.model.problems import Refused
from shopbell.rendering.css import wrong_in_style
from shopbell.rendering.markup import wrong_in_markup
from shopbell.rendering.sendable import TooLongError, UnsendableError
from tests.rendering.broken import body
from tests.rendering.hostile_letters import HEAVY, HOSTILE_LETTERS
from tests.rendering.letters import RENDERER, every_kind, every_locale, letter
from tests.rendering.parts import item_context
from tests.rendering.usual import usual

DECENT = {
    "words": "<p>We <b>pack</b> it <em>today</em>.<br>Thank you!</p>",
    "a list": '<ul style="padding:0 0 0 20px"><li>one</li><li>two</li></ul>',
    "a table": '<table width="100%" cellpadding="0" role="presentation"><tr><td bgcolor="#f4f3f1">x</td></tr></table>',
    "a link": "<a class='link' href='https://shop.example/?a=1&amp;b=2' target='_blank' rel='noopener'>See</a>",
    "a link to write": '<a href="mailto:hello@shop.example">Write</a> or <a href="tel:+442079460958">ring</a>',
    "an image": '<img src="https://shop.example/mug.jpg?v=2" alt="A mug" width="120" height="90">',
    "an image of a thing": "{% for item in order.items %}{% if item.image_url %}"
    '<img alt="{{ item.name }}" src="{{ item.image_url }}" width="120">{% endif %}{% endfor %}',
    "a style": "<p style=\"margin:0 0 8px;font-family:'Segoe UI',Arial;font-size:15px;color:rgb(2, 3, 4)\">Order</p>",
    "a style with a fact": '<p style="color:{{ colours.link }}">Order</p>',
    "an attribute for some": '<p{% if order.cancelled %} class="soft"{% endif %}>Order</p>',
    "a smaller sign": "<p>Love &lt;3 from all of us</p>",
    "lines": "<p>one</p>\n<hr>\n<h2>two</h2>",
}


def own(said: str, **changed: Any) -> str:
    return RENDERER.render("order_received", "en", "email", usual("order_received", "en") | changed, said).html


@pytest.mark.parametrize("name", HOSTILE_LETTERS)
def test_a_hostile_letter_is_not_taken(name: str) -> None:
    with pytest.raises(Refused):
        try_letter(RENDERER, any_shop(), "en/order_received", HOSTILE_LETTERS[name])


@pytest.mark.parametrize("name", HOSTILE_LETTERS)
def test_nor_does_it_leave_where_it_stands_in_the_table_all_the_same(name: str) -> None:
    with pytest.raises((Refused, UnsendableError)):
        own(HOSTILE_LETTERS[name])


@pytest.mark.parametrize("name", DECENT)
def test_what_a_shop_would_write_is_taken(name: str) -> None:
    try_letter(RENDERER, any_shop(), "en/order_received", body(DECENT[name]))
    thing = item_context("en", "Mug", "1.00", image_url="https://shop.example/1.jpg")
    said = usual("order_received", "en")
    said["order"].items = [thing]
    assert own(body(DECENT[name]), order=said["order"])


@every_locale
@every_kind
def test_the_shipped_letters_hold_to_the_same_lists(kind: str, locale: str) -> None:
    _, _, said = letter(kind, locale, "usual").html.partition('<span id="letter"></span>')
    # What programs read stands last, and is the frame's.
    said = re.sub(r'<script type="application/ld\+json">[^<]*</script>(?=<span id="end">)', "", said, count=1)
    assert list(wrong_in_markup(said.partition('<span id="end"></span>')[0])) == []


def test_what_is_wrong_is_said_with_its_line_and_in_words() -> None:
    said = "\n{% if order %}\n<p>Order</p>\n{% endif %}\n<script>\n</script>\n" + '<p style="position:fixed">x</p>'
    with pytest.raises(Refused) as refused:
        try_letter(RENDERER, any_shop(), "en/order_received", body(said))
    told = [(problem.pointer.rpartition(":")[2], problem.detail) for problem in refused.value.problems]
    assert told == [
        ("5", "<script> has no place in a letter"),
        ("6", "<script> has no place in a letter"),
        ("7", "the style 'position' has no place in a letter"),
    ]


def test_a_fact_that_is_no_link_makes_no_link() -> None:
    said = usual("order_received", "en")
    said["order"].url = "javascript:alert(1)"
    with pytest.raises(UnsendableError, match="a link leads to"):
        own(body('<a href="{{ order.url }}">See</a>'), order=said["order"])


@pytest.mark.parametrize("style", ["", "color:red;", " margin : 0 AUTO ", "line-height:1.5", "width:100%"])
def test_usual_styles_are_taken_however_they_are_spaced(style: str) -> None:
    assert list(wrong_in_style(style)) == []


@pytest.mark.parametrize(
    "style",
    ["color", "margin:1e9px", "margin:9vw", "padding:121px", "padding:8em", "color:red;;behavior:x", "color:var(--x)",
     "width:calc(1px)", "font-size:2em", "font-size:80pt", "display:flex", "color:rgb(url(x))", "color:red\\9",
     "font-family:'a(b)'", "margin:+-1px", "margin:٣٣٣px"],
)  # fmt: skip
def test_unusual_ones_are_not(style: str) -> None:
    assert list(wrong_in_style(style))


def test_a_letter_takes_no_more_work_than_its_budget_however_large_the_order() -> None:
    said = usual("order_received", "en")
    heavy = body("{% for item in order.items %}" + "{% if item.name == 'x' %}{% endif %}" * 80 + "{% endfor %}")
    assert own(heavy)
    said["order"].items = [item_context("en", "Mug", "1.00")] * 500
    with pytest.raises(TooLongError):
        own(heavy, order=said["order"])


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_letter_is_made_refused_or_stopped_and_nothing_else(name: str) -> None:
    with suppress(Refused, UnsendableError):
        assert own(HEAVY[name])


def test_a_letter_of_more_parts_than_any_needs_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        try_letter(RENDERER, any_shop(), "en/order_received", body("{{ order.number }}" * 1_500))
    assert [problem.code for problem in refused.value.problems] == ["too_large"]


def test_a_letter_so_large_that_it_would_be_cut_is_not_sent_in_the_shops_own_words() -> None:
    said = usual("order_received", "en")
    said["order"].items = [item_context("en", "Ї" * 90, "1.00")] * 500
    with pytest.raises(TooLongError):
        own(body("{% for item in order.items %}<p>{{ item.name }}</p>{% endfor %}"), order=said["order"])
