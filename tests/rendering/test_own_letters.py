"""Letters of shops' own: what they may say, what is refused, and what never leaves."""

import re
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError

from shopbell.commands.letter_trial import try_letter
from shopbell.commands.samples import any_shop, samples
from shopbell.domain.journeys import KINDS
from shopbell.domain.model.problems import Refused
from shopbell.rendering import Rendered, Renderer
from shopbell.rendering.compile import compile_all
from shopbell.rendering.sendable import MissingLinkError, TooLongError
from tests.rendering.broken import BROKEN, body, subject
from tests.rendering.letters import RENDERER, one_letter
from tests.rendering.reader import Reader
from tests.rendering.samples import HOSTILE, SAMPLES
from tests.rendering.usual import TO_STAFF, usual

TEMPLATES = Path(__file__).parents[2] / "templates"
LOCALES = sorted(RENDERER.locales())


def letter(own: str, kind: str = "order_received", channel: str = "email", **changed: Any) -> Rendered:
    return RENDERER.render(kind, "en", channel, usual(kind, "en") | changed, own)


def problems(own: str, name: str = "en/order_received") -> list[str]:
    """What `shopbell letter put` says: "line code"."""
    with pytest.raises(Refused) as refused:
        try_letter(RENDERER, any_shop(), name, own)
    return [f"{problem.pointer.partition(':')[2]} {problem.code}".strip() for problem in refused.value.problems]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_letter_may_be_taken_as_a_shops_own(kind: str, locale: str) -> None:
    source = (TEMPLATES / locale / f"{kind}.j2").read_text("utf-8")
    RENDERER.check(kind, locale, source, usual(kind, locale))


@pytest.mark.parametrize(("locale", "kind"), list(zip(cycle(LOCALES), KINDS, strict=False)), ids=lambda each: each)
def test_taken_so_it_says_the_same(kind: str, locale: str) -> None:
    source = (TEMPLATES / locale / f"{kind}.j2").read_text("utf-8")
    try_letter(RENDERER, any_shop(), f"{locale}/{kind}", source)
    for build in (SAMPLES["usual"], SAMPLES["bare"], SAMPLES["hostile"]):
        for channel in ("email",) if kind in TO_STAFF else ("email", "sms"):
            own, shipped = (RENDERER.render(kind, locale, channel, build(kind, locale), each) for each in (source, ""))
            assert (own.subject, own.preheader, own.text) == (shipped.subject, shipped.preheader, shipped.text)
            assert own.html.split() == shipped.html.split()


def test_a_block_that_is_left_out_is_the_shipped_ones() -> None:
    own, shipped = letter(subject("Hurrah: {{ order.number }}")), letter("")
    assert own.subject == "Hurrah: 1001"
    assert (own.preheader, own.text) == (shipped.preheader, shipped.text)
    assert letter(subject("Hurrah"), channel="sms") == letter("", channel="sms")


def test_styles_go_inline_and_the_frame_stays() -> None:
    page = letter(body('<p class="soft">We pack it <b>today</b>.</p>')).html
    assert '<p class="soft" style="margin:0 0 16px;color:#5f6368">We pack it' in page
    assert {"mailto:hello@shop.example", "tel:+442079460958"} <= set(Reader(page).links)


def test_a_loop_in_a_loop_runs_over_what_the_outer_one_holds() -> None:
    options = "{% for item in order.items %}{% for name, value in item.options %}{{ name }}: {{ value }}. {% endfor %}"
    own = "{% block text %}Yours: " + options + "{% endfor %}{% endblock %}"
    try_letter(RENDERER, any_shop(), "en/order_received", own)
    assert letter(own).text.startswith("Yours: Colour: sea blue.")


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_letter_is_refused(name: str) -> None:
    kind = "birthday_week" if name == "no way out" else "order_received"
    assert problems(BROKEN[name], f"en/{kind}")


@pytest.mark.parametrize(
    ("own", "found"),
    [
        (body("\n{{ w.helo(customer.name) }}\n{{ ordr }}"), ["2 unknown_macro", "3 unknown_name"]),
        ("\n{% block subject %}\n{{ order.number | shout }}{% endblock %}", ["3 unknown_filter"]),
        ("\n\n{% block footer %}{% endblock %}", ["3 unknown_block"]),
        (subject("Order") + "\n{% block body %}{% if %}{% endblock %}", ["2 syntax"]),
        (subject("Order") + "\n" + subject("Order"), ["2 cannot_be_made"]),
        (body("\n\n{{ order.total.cents }}"), ["3 cannot_be_made"]),
        (body("\n{{ customer.name | safe }}"), ["2 unknown_filter"]),
        (body("{% set order = 1 %}"), ["1 name_taken"]),
        (body("{% for item in order.items %}\n{% set item = order %}{% endfor %}"), ["2 name_taken"]),
        (body("{% set goods = order.items %}\n{% for each in goods %}{% endfor %}"), ["2 not_allowed"]),
        (body("\n{{ w.labels.update({}) }}"), ["2 not_allowed"]),
        (body("\n{{ order.items.clear() }}"), ["2 not_allowed"]),
        (body("{% set f = ''.center %}\n{{ f(9) }}"), ["2 unknown_macro"]),
        (body("{% if order.cancelled %}\n{{ cancelled_by }}{% endif %}"), ["2 unknown_name"]),
        ("x" * 65_537, ["too_large"]),
        (body("{{ 1" + " + 1" * 9_000 + " }}"), ["syntax"]),
    ],
)
def test_what_is_wrong_is_said_with_its_line(own: str, found: list[str]) -> None:
    assert problems(own) == found


@pytest.mark.parametrize(
    ("name", "found"),
    [("tlh/order_received", "unknown_locale"), ("en/order_lost", "unknown_kind"), ("order_received", "unknown_locale")],
)
def test_of_what_it_is_a_letter_must_be_known(name: str, found: str) -> None:
    assert problems(subject("Order"), name) == [found]


def test_a_fact_that_only_some_orders_have_is_tried_without() -> None:
    assert problems(subject("Arrives on the {{ order.delivery.arrives_by.day }}")) == ["1 cannot_be_made"]
    try_letter(RENDERER, any_shop(), "en/order_received", subject("Order{% if coupon %} {{ coupon.code }}{% endif %}"))
    assert problems(subject("Order {{ coupon.code }}")) == ["1 cannot_be_made"]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_letters_are_tried_with_makes_the_shipped_ones(kind: str, locale: str) -> None:
    tried = list(samples(kind, locale, any_shop()))
    assert tried
    for content in tried:
        assert RENDERER.render(kind, locale, "email", content).subject


def test_what_people_are_called_is_no_markup_in_a_shops_own_letter() -> None:
    own = body("<p>{{ customer.name }} {{ order.items[0].name | upper }} {{ 'for ' ~ customer.name }}</p>")
    page = RENDERER.render("order_received", "en", "email", SAMPLES["hostile"]("order_received", "en"), own).html
    assert "<b>" not in page.lower()
    assert Reader(page).text.count(" ".join(HOSTILE.split())[:30]) >= 2


TABLES = "{% for item in order.items %}" + "{{ order_items() }}" * 300 + "{% endfor %}"


@pytest.mark.parametrize(
    "own",
    [
        body("{% set all %}" + TABLES + "{% endset %}"),
        body("{% for item in order.items %}" + "{% if order_items() %}{% endif %}" * 300 + "{% endfor %}"),
        body(TABLES),
    ],
    ids=["kept", "asked", "written"],
)
def test_the_houses_macros_cannot_be_made_to_work_for_ever(own: str) -> None:
    with pytest.raises(TooLongError):
        RENDERER.render("order_received", "en", "email", SAMPLES["longest"]("order_received", "en"), own)


@pytest.mark.parametrize(
    "call", ["range(9)", "lipsum(9)", "dict()", "namespace()", "super()", "self.body()", "loop(1)"]
)
def test_what_jinja_brings_of_its_own_is_not_called(call: str) -> None:
    with pytest.raises((Refused, UndefinedError)):
        letter(body(f"{{{{ {call} }}}}"))


def test_an_order_so_long_that_its_letter_would_be_is_not_sent_in_the_shops_own() -> None:
    said = SAMPLES["longest"]("order_received", "en")
    long = body("{% for item in order.items %}<p>" + "about it " * 300 + "</p>{% endfor %}")
    with pytest.raises(TooLongError):
        RENDERER.render("order_received", "en", "email", said, long)


def test_a_marketing_sms_without_its_way_out_never_leaves() -> None:
    own = "{% block sms %}{{ shop.name }}: happy birthday{% endblock %}"
    with pytest.raises(MissingLinkError):
        letter(own, "birthday_week", "sms")
    stop = own.replace("birthday{", "birthday {{ unsubscribe_url }}{")
    assert re.fullmatch(r"Good Shop: happy birthday https://\S+", letter(stop, "birthday_week", "sms").text)


def test_what_is_in_the_table_is_not_believed() -> None:
    with pytest.raises(Refused):
        letter(body("{{ order.items.clear() }}"))


def test_beside_templates_compiled_ahead_it_says_the_same(tmp_path: Path) -> None:
    kind = "staff_confirm_order"
    source = (TEMPLATES / "en" / f"{kind}.j2").read_text("utf-8")
    folders = one_letter(kind, tmp_path / "edited"), tmp_path / "built"
    compile_all(*folders)
    edited, built = (Renderer(folder).render(kind, "en", "email", usual(kind, "en"), source) for folder in folders)
    assert built == edited
