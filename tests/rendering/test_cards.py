"""A card is only a card: a name and a greeting, no code, no price, no link to goods, whoever wrote it."""

from pathlib import Path
from typing import Any

import pytest

from shopbell.commands.letter_trial import try_letter
from shopbell.commands.samples import any_shop
from shopbell.domain.model.problems import Refused
from shopbell.rendering.cards import sold
from shopbell.rendering.sandbox import Part
from tests.rendering.broken import subject
from tests.rendering.letters import LOCALES, RENDERER, every_locale
from tests.rendering.parts import coupon
from tests.rendering.reader import Reader
from tests.rendering.usual import CARDS, usual

TEMPLATES = Path(__file__).parents[2] / "templates"
GOODS = ("https://shop.example", "https://shop.example/faq", "https://shop.example/delivery")
HOLIDAYS = {"new_year": "", "womens_day": "", "defenders_day": "", "": "20 years"}


def body(words: str) -> str:
    return f"{{% block body %}}{words}{{% endblock %}}"


def card(locale: str, holiday: str = "womens_day", **changed: Any) -> dict[str, Any]:
    said = usual("holiday_card", locale) | changed
    said["holiday"].id, said["holiday"].name = holiday, HOLIDAYS[holiday]
    return said


def wrong(own: str, locale: str = "en", kind: str = "holiday_card") -> list[str]:
    """What `shopbell letter put` says."""
    with pytest.raises(Refused) as refused:
        try_letter(RENDERER, any_shop(), f"{locale}/{kind}", own)
    return [f"{problem.code}: {problem.detail}" for problem in refused.value.problems]


def test_there_is_one_kind_of_card() -> None:
    assert CARDS == ("holiday_card",)


@pytest.mark.parametrize("holiday", HOLIDAYS)
@every_locale
def test_a_card_is_a_name_and_a_greeting_and_its_frame_leads_to_no_goods(locale: str, holiday: str) -> None:
    said = card(locale, holiday, coupon=coupon(code="FEST10"))
    letter = RENDERER.render("holiday_card", locale, "email", said)
    assert said["customer"].name in letter.text
    assert said["shop"].name in letter.text
    links = [link for link in Reader(letter.html).links if not link.startswith(("mailto:", "tel:"))]
    assert links == [said["unsubscribe_url"]]
    sms = RENDERER.render("holiday_card", locale, "sms", said).text
    for text in (letter.html, letter.text, sms):
        assert not [each for each in (*GOODS, "FEST10", "%") if f">{each}" in text or f" {each}" in text]


@every_locale
def test_all_else_leads_to_the_shop(locale: str) -> None:
    links = Reader(RENDERER.render("holiday_offer", locale, "email", usual("holiday_offer", locale)).html).links
    assert "https://shop.example" in links


@every_locale
def test_a_shipped_card_keeps_to_what_a_card_may_hold_and_an_offer_does_not(locale: str) -> None:
    shipped = {
        kind: (TEMPLATES / locale / f"{kind}.j2").read_text("utf-8") for kind in ("holiday_card", "holiday_offer")
    }
    try_letter(RENDERER, any_shop(), f"{locale}/holiday_card", shipped["holiday_card"])
    assert any("not_a_card" in each for each in wrong(shipped["holiday_offer"], locale))


SOLD = [
    ("Come and see: https://shop.example", "a link"),
    ("Come and see www.shop.com", "a link"),
    ("Come and see shop.com", "a link"),
    ('<a href="{{ unsubscribe_url }}">Here</a>', "a link"),
    ("Now 20% off", "a price or percentage"),
    ("Now 20 % off", "a price or percentage"),
    ("A mug for £9", "a price or percentage"),
    ("A mug for 9.50 €", "a price or percentage"),
    ("A mug for 900 UAH", "a price or percentage"),
    ("With FEST10 you pay less", "a code"),
    ("All our discounts await you", "'discounts'"),
]


@pytest.mark.parametrize(("text", "what"), SOLD, ids=[text for text, _ in SOLD])
def test_a_shops_own_card_sells_nothing(text: str, what: str) -> None:
    assert wrong(body(f"<p>{text}</p>")) == [f"not_a_card: a card is only a card, without {what}"]


@pytest.mark.parametrize("text", [text for text, _ in SOLD if "https" not in text and "href" not in text])
def test_nor_does_its_subject_or_its_sms(text: str) -> None:
    assert "not_a_card" in wrong(subject(text))[0]
    assert "not_a_card" in wrong("{% block sms %}" + text + " {{ unsubscribe_url }}{% endblock %}")[0]


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        *(("uk", text) for text in ("Знижки для Вас", "Купон у листівці", "Кружка за 90 грн")),
        *(("ru", text) for text in ("Скидки для Вас", "Купон в открытке", "Кружка за 90 руб.")),
        *(("hu", text) for text in ("Kedvezmények Önnek", "Kupon a lapban", "Bögre 90 forint")),
    ],
)
def test_it_sells_nothing_in_any_language(locale: str, text: str) -> None:
    assert "not_a_card" in wrong(body(f"<p>{text}</p>"), locale)[0]


@pytest.mark.parametrize(
    "text",
    [
        *("Happy 2027!", "20 years with you", "8 March, 10 a.m.", "На рубеже года ценим Вас", "Áron, boldog új évet"),
        *("Цінуємо кожного з Вас", "Mr. J. R. Hill, all the best", "Together since 1998: thank you"),
    ],
)
def test_a_greeting_is_no_sale(text: str) -> None:
    words = [
        each for locale in LOCALES for each in RENDERER._templates_of(locale, Part.PLAIN).selling("holiday_card") or ()
    ]
    assert sold(text, words) == ""


NAMED = [
    ("{{ coupon.code }}", "a card does not name 'coupon'"),
    ("{{ button(unsubscribe_url, customer.name) }}", "a card does not name 'button'"),
    ("{{ coupon_box() }}", "a card does not name 'coupon_box'"),
    ("{{ shop.site }}", "of 'shop' a card names locale, name alone"),
    ("{{ shop['site'] }}", "of 'shop' a card names locale, name alone"),
    ("{% set s = shop %}{{ s.site }}", "of 'shop' a card names locale, name alone"),
    ("{{ customer.email }}", "of 'customer' a card names gender, greeting, name alone"),
    ("{{ w.off(customer.name) }}", "of 'w' a card names hello alone"),
    ('{% from "en/_words.j2" import off %}{{ off("9") }}', "a card imports nothing"),
]


@pytest.mark.parametrize(("text", "what"), NAMED, ids=[text for text, _ in NAMED])
def test_it_names_nothing_that_is_sold(text: str, what: str) -> None:
    assert f"not_a_card: {what}" in wrong(body(f"<p>{text}</p>"))


def test_a_card_of_ones_own_says_what_one_likes() -> None:
    own = body("<h1>{{ holiday.name or 'Spring' }}</h1><p>Dear {{ customer.name }}, be well. {{ shop.name }}</p>")
    try_letter(RENDERER, any_shop(), "en/holiday_card", own)
    assert "Dear Anna Hill, be well." in RENDERER.render("holiday_card", "en", "email", card("en"), own).html


def test_what_no_card_may_hold_another_letter_may() -> None:
    try_letter(
        RENDERER, any_shop(), "en/holiday_offer", body('<p>20% off: <a href="https://shop.example">here</a></p>')
    )


def test_one_that_was_put_before_there_was_the_rule_never_leaves() -> None:
    with pytest.raises(Refused):
        RENDERER.render("holiday_card", "en", "email", card("en"), body("<p>Now 20% off</p>"))
