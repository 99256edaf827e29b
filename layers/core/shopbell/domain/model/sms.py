"""What a text costs as SMS, in segments, and how to write it so that it takes fewer."""

import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from shopbell.domain.model.transliteration import to_latin, without_accents

# 3GPP TS 23.038 (GSM 03.38), section 6.2.1: the default alphabet, and the extension table, whose characters
# take two places each, being escaped. No á, í, ó, ú, ő, ű, no Cyrillic.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")
_GSM_7 = _BASIC | _EXTENSION

# Replacements that look alike and are no longer: always made. None drops what nobody sees.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f", " "),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛‹›ʼ′", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200e\u200f\u2060\ufeff", None),
    }
)
# Replacements that are longer or say less: made only where the whole text then fits GSM-7.
_SPELLED = str.maketrans({"№": "No.", "…": "...", "₴": "UAH", "₽": "RUB", "×": "x", "•": "-", "·": "-"})


class Encoding(StrEnum):
    GSM_7 = "GSM-7"
    UCS_2 = "UCS-2"


# Characters in an SMS that is alone, and in one of several (the rest numbers them). UCS-2 counts UTF-16 units.
_ROOM = {Encoding.GSM_7: (160, 153), Encoding.UCS_2: (70, 67)}


def encoding(text: str) -> Encoding:
    return Encoding.GSM_7 if _GSM_7.issuperset(text) else Encoding.UCS_2


def segments(text: str) -> int:
    """How many SMS a text takes; 0 for an empty one. A character is never cut in two between segments."""
    alphabet = encoding(text)
    room_alone, room_in_several = _ROOM[alphabet]
    sizes = [_size(character, alphabet) for character in text]
    return min(len(sizes), 1) if sum(sizes) <= room_alone else _segments_of(sizes, room_in_several)


def _size(character: str, alphabet: Encoding) -> int:
    if alphabet is Encoding.GSM_7:
        return 2 if character in _EXTENSION else 1
    return 2 if ord(character) > 0xFFFF else 1


def _segments_of(sizes: Iterable[int], room: int) -> int:
    count, used = 1, 0
    for size in sizes:
        used += size
        if used > room:
            count, used = count + 1, size
    return count


def plain(text: str) -> str:
    """The same text without the typographic characters that force UCS-2.

    Quotes, dashes, spaces and invisible characters are always replaced; №, … and the like, whose replacement is
    longer or says less, only where the whole text then fits GSM-7.
    """
    composed = unicodedata.normalize("NFC", text).translate(_PLAIN)
    spelled = composed.translate(_SPELLED)
    return spelled if encoding(spelled) is Encoding.GSM_7 else composed


def transliterate(text: str, locale: str) -> str:
    """The plain text in letters of GSM-7: Cyrillic by the locale's rules, á as a, ő as ö."""
    latin = to_latin(unicodedata.normalize("NFC", text), locale)
    return plain(without_accents(latin, _GSM_7))
