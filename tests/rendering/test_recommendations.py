"""What suits the customer stands under a letter that promotes, each with its reason and its link; in no SMS."""

import pytest

from tests.rendering.letters import RENDERER, every_locale
from tests.rendering.reader import Reader
from tests.rendering.usual import RECOMMENDING, usual

WHY = {
    "en": ("often bought with: ", "goes with: "),
    "hu": ("gyakran ezzel együtt veszik: ", "ehhez illik: "),
    "ru": ("часто покупают вместе: ", "дополняет: "),
    "uk": ("часто купують разом: ", "доповнює: "),
}
"""Of what is learnt, and of what the shop says."""


@every_locale
@pytest.mark.parametrize("kind", sorted(RECOMMENDING))
def test_each_is_told_with_its_reason_and_its_link(kind: str, locale: str) -> None:
    said = usual(kind, locale)
    letter = RENDERER.render(kind, locale, "email", said)
    read = Reader(letter.html)
    for each, why in zip(said["recommended"], WHY[locale], strict=True):
        told = f"{each.name} ({why}{each.beside})"
        assert told in " ".join(letter.text.split())
        assert told in " ".join(read.text.split())
        assert f'href="{each.url}"' in letter.html
        assert f"{each.url}\n" in letter.text
    assert said["recommended"][0].name not in RENDERER.render(kind, locale, "sms", said).text


@every_locale
@pytest.mark.parametrize("kind", sorted(RECOMMENDING))
def test_where_nothing_suits_nothing_is_said_of_it(kind: str, locale: str) -> None:
    letter = RENDERER.render(kind, locale, "email", usual(kind, locale) | {"recommended": []})
    assert not [why for why in WHY[locale] if why in letter.text + letter.html]


@every_locale
def test_whoever_rings_says_why_it_goes_with_the_order(locale: str) -> None:
    letter = RENDERER.render("staff_confirm_order", locale, "email", usual("staff_confirm_order", locale))
    assert [why in " ".join(letter.text.split()) for why in WHY[locale]] == [True, True]
