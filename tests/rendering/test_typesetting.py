"""What stays together at the end of a line, and names that are read from right to left."""

import re

import pytest

from shopbell.rendering.typesetting import CONTROLS
from tests.rendering.letters import RENDERER, by_phone, every_letter, every_locale, harmless, letter
from tests.rendering.parts import customer, item_context
from tests.rendering.test_formats import BY_LOCALE
from tests.rendering.usual import usual

N, J = "\xa0", "\u2060"
HEBREW, ARABIC = "דוד כהן", "محمد علي"


@pytest.mark.parametrize(
    ("locale", "said", "told"),
    [
        ("uk", "Замовлення № 1001 вже їде", f"Замовлення №{N}1001 вже їде"),
        ("uk", "щодня 8–20, 9:00–18:00", f"щодня 8–{J}20, 9:00–{J}18:00"),
        ("uk", "3 березня й 6–7 бер. 2026", f"3{N}березня й 6–{J}7{N}бер. 2026"),
        ("uk", "50 грн, 20 ₴ і 5 EUR", f"50{N}грн, 20{N}₴ і 5{N}EUR"),
        ("uk", "3 кухлі – 2 коробки", "3 кухлі – 2 коробки"),
        ("ru", "12 марта, 12 мартовских котов", f"12{N}марта, 12 мартовских котов"),
        ("hu", "2026. március 3., 14 990 Ft", f"2026.{N}március 3., 14 990{N}Ft"),
        ("en", "4 March, 5 EUR", f"4{N}March, 5{N}EUR"),
        ("en", "5 Marchers and 7 shops", "5 Marchers and 7 shops"),
        ("en", "see https://shop.example/8–20?a=1–2, 8–20", f"see https://shop.example/8–20?a=1–2, 8–{J}20"),
        ("en", "", ""),
    ],
)
def test_numbers_stay_beside_their_word(locale: str, said: str, told: str) -> None:
    assert BY_LOCALE[locale].formats.typesetting.text(said) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('<p title="8–20">8–20</p>', f'<p title="8–20">8–{J}20</p>'),
        ('<a href="https://s.example/1–2">1–2</a>', f'<a href="https://s.example/1–2">1–{J}2</a>'),
        ("<b>№ 1</b> 5 March", f"<b>№{N}1</b> 5{N}March"),
        (f'<img alt="{HEBREW}"><b>{HEBREW}, 12</b>', f'<img alt="{HEBREW}"><b><bdi>{HEBREW}</bdi>, 12</b>'),
        (f"<b>\u202eSmith\u202c {ARABIC}\u200f</b>", f"<b>Smith <bdi>{ARABIC}</bdi></b>"),
    ],
)
def test_a_page_is_set_in_what_is_read_and_not_in_its_tags(said: str, told: str) -> None:
    page = "<title>8–20</title><body>"
    assert BY_LOCALE["en"].formats.typesetting.page(f"{page}{said}") == f"{page}{told}"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (f"Order for {HEBREW}, 12", f"Order for \u2068{HEBREW}\u2069, 12"),
        (f"{ARABIC} 1001", f"\u2068{ARABIC}\u2069 1001"),
        ("\u2066Anna\u2069 \u202eHill", "Anna Hill"),
        ("Олена 🌻 Ősz 漢字", "Олена 🌻 Ősz 漢字"),
    ],
)
def test_a_name_from_right_to_left_turns_nothing_round_it(said: str, told: str) -> None:
    assert BY_LOCALE["en"].formats.typesetting.text(said) == told


@pytest.mark.parametrize("name", [HEBREW, f"\u202e{HEBREW}", "\u2067Anna"])
def test_in_every_part_of_a_letter(name: str) -> None:
    content = usual("order_shipped", "en")
    content["customer"] = customer("en", name=name)
    content["order"].items = [item_context("en", name, "1.00")]
    said = RENDERER.render("order_shipped", "en", "email", content)
    plain = name.strip("\u202e\u2067")
    assert not set("\u202e\u2067") & set(said.text + said.html + said.subject + said.preheader)
    told = (f"\u2068{plain}\u2069", f"<bdi>{plain}</bdi>") if plain == HEBREW else (plain, plain)
    assert told[0] in said.text
    assert told[1] in said.html


@every_locale
@every_letter
@harmless
def test_no_letter_leaves_a_number_alone_at_the_end_of_a_line(kind: str, locale: str, sample: str) -> None:
    said = letter(kind, locale, sample)
    seen = re.sub("<script.*?</script>", "", said.html, flags=re.DOTALL)
    for part in (said.subject, said.preheader, said.text, re.sub("<[^>]*>", "", seen)):
        assert not re.search(r"№ \d|\d–\d|\d [₴₽€$£]|\d (?:грн|Ft|березня|марта|March)\b", part)


@every_locale
@every_letter
@harmless
def test_no_sms_has_a_character_that_nobody_sees(kind: str, locale: str, sample: str) -> None:
    for text in by_phone(kind, locale, sample):
        assert not set(text) & {N, J, *CONTROLS}
