"""Cyrillic and accented letters written with those of GSM-7, the alphabet that makes the cheapest SMS."""

import re
import unicodedata
from collections.abc import Mapping

# Russian: ICAO Doc 9303, part 3, section 6 (what Russian passports use).
_RUSSIAN: Mapping[str, str] = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "ie", "ы": "y",
    "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip
# Ukrainian: resolution 55 of the Cabinet of Ministers of Ukraine, 27 January 2010. It differs from the above
# in these letters, and in five at the beginning of a word.
_UKRAINIAN_ONLY: Mapping[str, str] = {"г": "h", "ґ": "g", "є": "ie", "и": "y", "і": "i", "ї": "i"}
_UKRAINIAN_INITIALS: Mapping[str, str] = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
# A text in one language may hold a name in the other: each has the other's letters too.
_LETTERS: Mapping[str, Mapping[str, str]] = {
    "uk": {**_RUSSIAN, **_UKRAINIAN_ONLY},
    "ru": {**_UKRAINIAN_ONLY, **_RUSSIAN},
}
_INITIALS: Mapping[str, Mapping[str, str]] = {"uk": _UKRAINIAN_INITIALS, "ru": {}}

# Letters whose nearest in GSM-7 keeps an accent, and letters that are not a plain one with an accent.
_NEAREST = str.maketrans("őűŐŰłŁđĐı", "öüÖÜlLdDi")

_CYRILLIC = r"[\u0400-\u04ff]"
_WORD = re.compile(rf"{_CYRILLIC}+")
_APOSTROPHE = re.compile(rf"(?<={_CYRILLIC})['’ʼ](?={_CYRILLIC})")


def to_latin(text: str, locale: str) -> str:
    """Cyrillic in Latin letters: by the rules of Russian for "ru", of Ukrainian for every other locale."""
    language = "ru" if locale == "ru" else "uk"
    return _WORD.sub(lambda word: _word(word[0], language), _APOSTROPHE.sub("", text))


def _word(word: str, language: str) -> str:
    capital = str.upper if len(word) > 1 and word.isupper() else str.capitalize
    letters = (_letter(word.lower(), at, language) for at in range(len(word)))
    return "".join(capital(new) if old.isupper() else new for old, new in zip(word, letters, strict=True))


def _letter(word: str, at: int, language: str) -> str:
    letter = word[at]
    if at == 0 and letter in _INITIALS[language]:
        return _INITIALS[language][letter]
    if language == "uk" and word[max(at - 1, 0) : at + 1] == "зг":
        return "gh"  # "zh" would read as ж
    return _LETTERS[language].get(letter, letter)


def without_accents(text: str, keep: frozenset[str]) -> str:
    """Letters outside `keep` without their accents: á is a, ő is ö."""
    nearest = unicodedata.normalize("NFC", text).translate(_NEAREST)
    return "".join(letter if letter in keep else _without_accent(letter) for letter in nearest)


def _without_accent(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return parts[0] if "LATIN" in unicodedata.name(parts[0], "") else letter
