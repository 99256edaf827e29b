"""What a text costs as SMS, and how it is made cheaper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.model.sms import Encoding, encoding, plain, segments

DEFAULT_ALPHABET = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)


def test_the_cheap_alphabet_has_127_letters_and_10_escaped_ones() -> None:
    assert len(set(DEFAULT_ALPHABET)) == 127
    assert encoding(DEFAULT_ALPHABET) is Encoding.GSM_7
    assert [character for character in DEFAULT_ALPHABET if segments(character * 160) != 1] == []
    assert [segments(character * 81) for character in "\f^{}\\[~]|€"] == [2] * 10


@pytest.mark.parametrize(
    ("text", "alphabet"),
    [
        ("Demo Shop: order 1001 is on its way, tracking 20450000001.", "GSM-7"),
        ("Mintabolt: a csomag é, ö, ü nélkül", "GSM-7"),
        ("Mintabolt: a csomag úton van", "UCS-2"),
        ("Kovács", "UCS-2"),
        ("őszi", "UCS-2"),
        ("Façade", "UCS-2"),
        ("Добра Крамниця", "UCS-2"),
        ("№ 1001", "UCS-2"),
        ("1\u00a0499", "UCS-2"),
        ("it’s", "UCS-2"),
        ("😀", "UCS-2"),
        ("\t", "UCS-2"),
        ("\x1b", "UCS-2"),
        ("", "GSM-7"),
    ],
)
def test_one_letter_outside_the_cheap_alphabet_makes_the_whole_text_costly(text: str, alphabet: str) -> None:
    assert encoding(text) == alphabet


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("a", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("a" + "€" * 80, 2),
        ("€" * 152, 2),
        ("€" * 153, 3),
        ("a" + "€" * 152, 2),
        ("a" * 152 + "€" + "a" * 151, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("ж" * 70, 1),
        ("ж" * 71, 2),
        ("ж" * 134, 2),
        ("ж" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("😀" * 66, 2),
        ("😀" * 67, 3),
        ("ж" * 66 + "😀" + "ж" * 65, 2),
        ("ж" * 66 + "😀" + "ж" * 66, 3),
    ],
    ids=lambda value: f"{value[:2]}…{len(value)}" if isinstance(value, str) else str(value),
)
def test_a_text_takes_so_many_segments(text: str, count: int) -> None:
    assert segments(text) == count


@given(st.text(alphabet="aé€[жú😀\n", max_size=400))
def test_segments_are_filled_in_order_and_no_character_is_cut(text: str) -> None:
    wide = encoding(text) is Encoding.UCS_2
    sizes = [len(c.encode("utf-16-be")) // 2 if wide else 1 + (c in "€[") for c in text]
    alone, room = (70, 67) if wide else (160, 153)
    filled = [0]
    for size in sizes:
        filled = [*filled[:-1], filled[-1] + size] if filled[-1] + size <= room else [*filled, size]
    assert segments(text) == (min(len(text), 1) if sum(sizes) <= alone else len(filled))


@given(st.text(max_size=200), st.text(max_size=50))
def test_a_longer_text_never_takes_fewer_segments(text: str, more: str) -> None:
    assert segments(text) <= segments(text + more)


@pytest.mark.parametrize(
    ("text", "cheap"),
    [
        ("It’s “on its way” – order\u00a01001", 'It\'s "on its way" - order 1001'),
        ("Order №\u00a01001…", "Order No. 1001..."),
        ("£1\u202f499 × 2", "£1 499 x 2"),
        ("Total: 149,00\u00a0₴", "Total: 149,00 UAH"),
        ("Total: 149,00\u00a0₽", "Total: 149,00 RUB"),
        ("soft\u00adhyphen\u200b", "softhyphen"),
        ("u\u0308ber", "über"),
        ("Замовлення №\u00a01001 «їде»…", 'Замовлення № 1001 "їде"…'),
        ("п’ятниця — 149\u00a0₴", "п'ятниця - 149 ₴"),
        ("и\u0306", "й"),
        ("Kovács №\u00a05", "Kovács № 5"),
        ("line\nbreak", "line\nbreak"),
    ],
)
def test_typography_goes_and_longer_spellings_come_only_where_they_make_the_text_cheap(text: str, cheap: str) -> None:
    assert plain(text) == cheap


@given(st.text(max_size=100))
def test_a_plain_text_is_as_plain_as_it_gets(text: str) -> None:
    assert plain(plain(text)) == plain(text)
