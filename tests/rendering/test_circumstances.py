"""What letters say of an item with parameters, of an order fetched from the shop, of an old price not known."""

import re
from pathlib import Path
from typing import Any

import pytest

from shopbell.rendering import Rendered
from shopbell.rendering.locale_templates import LocaleTemplates
from shopbell.rendering.sandbox import Part
from tests.rendering.letters import RENDERER
from tests.rendering.money import paid, paid_and_fetched
from tests.rendering.reader import Reader
from tests.rendering.samples import SAMPLES
from tests.rendering.usual import usual

TEMPLATES = Path(__file__).parents[2] / "templates"
LOCALES = sorted(RENDERER.locales())

every_locale = pytest.mark.parametrize("locale", LOCALES)


def letter(kind: str, locale: str, sample: str) -> Rendered:
    return RENDERER.render(kind, locale, "email", SAMPLES[sample](kind, locale))


def labels(locale: str, *names: str) -> list[str]:
    words: Any = LocaleTemplates(TEMPLATES, locale, Part.PLAIN).environment.globals["w"]
    return [words.labels[name] for name in names]


@every_locale
def test_each_parameter_of_a_missing_item_has_a_row_of_its_own(locale: str) -> None:
    said = letter("item_unavailable", locale, "made_to_order")
    assert "\nColour: white\nSize: L\n" in said.text
    assert "gift box" in said.text
    assert "Colour white Size L" in Reader(said.html).text


@every_locale
@pytest.mark.parametrize("kind", ["order_received", "order_accepted", "payment_received"])
def test_what_is_fetched_from_the_shop_is_not_said_to_leave_or_to_arrive(kind: str, locale: str) -> None:
    sent = RENDERER.render(kind, locale, "email", paid(kind, locale)).text
    fetched = RENDERER.render(kind, locale, "email", paid_and_fetched(kind, locale)).text
    for label in labels(locale, "ships_by", "arrives"):
        assert f"\n{label}: " in sent
        assert f"\n{label}: " not in fetched


@every_locale
@pytest.mark.parametrize("kind", ["order_received", "order_accepted"])
def test_a_day_of_dispatch_that_hangs_on_the_payment_is_no_row_of_its_own(kind: str, locale: str) -> None:
    (label,) = labels(locale, "ships_by")
    assert f"\n{label}: " not in letter(kind, locale, "usual").text


def test_an_english_letter_says_the_new_price_alone_where_the_old_one_is_not_known() -> None:
    content = usual("order_repriced", "en")
    content["repriced"].old_total = None
    said = RENDERER.render("order_repriced", "en", "email", content)
    by_sms = RENDERER.render("order_repriced", "en", "sms", content).text
    assert "£52.00" in said.preheader
    assert "Price now: £52.00" in said.text
    assert "Price when you ordered" not in said.text + Reader(said.html).text
    assert "costs £52." in by_sms
    for part in (said.subject, said.preheader, said.text.split("What you ordered")[0], by_sms):
        assert not re.search(r"None|46\.10|instead of|more|less", part)
