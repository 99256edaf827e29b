"""What strangers wrote is told without links, and ordinary names as they are."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.model.told import told_name, told_number, told_words, without_links

ORDINARY = [
    *("J.R. Smith", "J.R.Smith", "Anna-Maria", "О.В. Шевченко", "О.В.Шевченко", "Шевченко О. В.", "Acme Co.Ltd"),
    *("Acme Co. Ltd.", "D'Arcy O’Neill", "Dr. Kovács Béla", "Dr.Kovács", "ТОВ «Мрія»", "Jean-Luc St. John", "José"),
    *("ФОП Іваненко І.І.", "R2-D2", "Smith, Jr.", "محمد علي", "李小龍", "Олена 👍🏽", "A.B.", "M. Night", "Ltd."),
]
LINKS = [
    *("http://evil.example", "https://evil.example/x?y=1", "HTTP://EVIL.EXAMPLE", "ftp://evil.example", "www.evil.foo"),
    *("evil.example", "evil.example/win", "evil.com", "evil.co.uk", "evil.example:8080", "evil.example.", "EVIL.COM"),
    *("t.me/evil", "bit.ly/evil", "evil@buyers.example", "mailto:evil@x", "tel:+19001234567", "evil.укр", "євіл.укр"),
    *(
        "почта.рф",
        "evil.xn--p1ai",
        "evil\u200b.example",
        "ev\u00adil.example",
        "evil。com",
        "evil．com",
        "ｅｖｉｌ.com",
    ),
    *("evil.com\u2060/x", "\u200bhttp://evil.example", "http:\u200b//evil.example", "//evil.example/x", "evil․com"),
    *(
        "192.0.2.1",
        "192.0.2.1/evil",
        "(evil.com)",
        "«evil.com»",
        "evil.com,",
        "evil.example!",
        "<evil.com>",
        "[evil.com]",
    ),
    *("user:pw@evil.com", "evil.com?x", "evil.com#x", "evil.com.Smith", "javascript:evil()", "\\\\evil\\share"),
    *("evil.ev\ufe0fil.com", "𝖾𝗏𝗂𝗅.𝖼𝗈𝗆", "evil.com/evil.com", "a.evil.com", "evil.museum", "evil.test"),
]


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_name_is_told_as_it_is(name: str) -> None:
    assert told_name(name) == name


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("around", ["{}", "Olena {}", "{} Olena", "Olena {} Kovalenko", "Olena,{}", "Olena\t{}"])
def test_a_name_is_told_without_the_link_in_it(link: str, around: str) -> None:
    told = told_name(around.format(link))
    assert "evil" not in told.casefold()
    assert told_name(told) == told
    assert ("Olena" in told) == ("Olena" in around)


@pytest.mark.parametrize(
    "address",
    [
        "вул.Шевченка,5",
        "м.Київ, вул. Хрещатик, буд.12, кв.5",
        "г.Москва, ул.Ленина д.5",
        "Bp.Kossuth L.u.12",
        "St. 5/7",
    ],
)
def test_an_address_is_told_as_it_is(address: str) -> None:
    assert told_words(address, 300) == address


def test_a_word_that_ends_as_a_scheme_is_a_word() -> None:
    assert told_words("Üdvözlettel: a bolt", 300) == "Üdvözlettel: a bolt"


def test_lines_stay_lines() -> None:
    assert told_words("Kyiv\nSample St 1 evil.com\n01001", 300) == "Kyiv\nSample St 1\n01001"


def test_a_name_is_told_up_to_100_characters_and_words_are_cut_visibly() -> None:
    assert told_name("a" * 1_000) == "a" * 100
    assert told_words("word " * 200, 500) == f"{('word ' * 99).rstrip()}…"
    assert told_words("a" * 1_000, 500) == f"{'a' * 499}…"
    assert told_words("short", 500) == "short"


@pytest.mark.parametrize("phone", ["+1 900 123 4567", "0 900 123-45-67", "+380501234567", "(044) 555 01 01"])
def test_a_name_is_no_number_to_ring(phone: str) -> None:
    assert told_name(f"Olena {phone}") == "Olena"


def test_a_number_that_is_a_link_gives_way_to_the_id() -> None:
    assert told_number("http://evil.example/1001", "1001") == "1001"
    assert told_number("evil.com", "evil.com") == "–"
    assert told_number("UA-1001/26", "7") == "UA-1001/26"


@given(st.text(alphabet=st.sampled_from("evil.com/:@ -wh tp\u200b。ua,()J"), max_size=40))
def test_what_is_told_is_told_so_again(text: str) -> None:
    told = without_links(text)
    assert without_links(told) == told
    assert "evil.com" not in told
    assert not re.search(r"[a-z]://", told, re.IGNORECASE)
