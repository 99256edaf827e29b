"""What a text costs as SMS, and how to make it cheaper: alphabets, segments, plain characters."""

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

# Same look, same length: always worth it. None drops what nobody sees.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f", " "),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛‹›ʼ′", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200e\u200f\u2060\ufeff", None),
    }
)
# Longer or poorer: only where the cheap alphabet is won by it.
_SPELLED = str.maketrans({"№": "No.", "…": "...", "₴": "UAH", "₽": "RUB", "×": "x", "•": "-", "·": "-"})


class Encoding(StrEnum):
    GSM_7 = "GSM-7"
    UCS_2 = "UCS-2"


# Places in an SMS that is alone, and in each of several (the rest numbers them). UCS-2 counts UTF-16 units.
_ROOM = {Encoding.GSM_7: (160, 153), Encoding.UCS_2: (70, 67)}


def encoding(text: str) -> Encoding:
    return Encoding.GSM_7 if _GSM_7.issuperset(text) else Encoding.UCS_2


def segments(text: str) -> int:
    """How many SMS a text takes; 0 for an empty one. A character is never cut in two between segments."""
    alphabet = encoding(text)
    alone, each = _ROOM[alphabet]
    sizes = [_size(character, alphabet) for character in text]
    return min(len(sizes), 1) if sum(sizes) <= alone else _packed(sizes, each)


def _size(character: str, alphabet: Encoding) -> int:
    if alphabet is Encoding.GSM_7:
        return 2 if character in _EXTENSION else 1
    return 2 if ord(character) > 0xFFFF else 1


def _packed(sizes: Iterable[int], room: int) -> int:
    count, used = 1, 0
    for size in sizes:
        used += size
        if used > room:
            count, used = count + 1, size
    return count


def plain(text: str) -> str:
    """The same text without the typographic characters that force the costly alphabet.

    Quotes, dashes, spaces and invisible characters always; №, … and the like, whose plain form is longer or
    poorer, only where the whole text then fits the cheap alphabet.
    """
    composed = unicodedata.normalize("NFC", text).translate(_PLAIN)
    spelled = composed.translate(_SPELLED)
    return spelled if encoding(spelled) is Encoding.GSM_7 else composed


def transliterate(text: str, locale: str) -> str:
    """The plain text in letters of the cheap alphabet: Cyrillic by the locale's rules, á as a, ő as ö."""
    latin = to_latin(unicodedata.normalize("NFC", text), locale)
    return plain(without_accents(latin, _GSM_7))
