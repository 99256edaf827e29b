"""Cyrillic and accented letters in those of the cheap SMS alphabet."""

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
# Ukrainian: resolution 55 of the Cabinet of Ministers of Ukraine, 27 January 2010; it differs from the above in
# these letters, and in five of them at the beginning of a word.
_UKRAINIAN_ONLY: Mapping[str, str] = {"г": "h", "ґ": "g", "є": "ie", "и": "y", "і": "i", "ї": "i"}
_UKRAINIAN_INITIALS: Mapping[str, str] = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
# Each language lends the other the letters it lacks: names come as they are.
_LETTERS: Mapping[str, Mapping[str, str]] = {
    "uk": {**_RUSSIAN, **_UKRAINIAN_ONLY},
    "ru": {**_UKRAINIAN_ONLY, **_RUSSIAN},
}
_INITIALS: Mapping[str, Mapping[str, str]] = {"uk": _UKRAINIAN_INITIALS, "ru": {}}

# The nearest letter that the cheap alphabet has, where dropping the accent would go too far or not far enough.
_NEAREST = str.maketrans("őűŐŰãÃčćČĆłŁđĐıİ", "öüÖÜaAccCClLdDiI")

_CYRILLIC = r"[\u0400-\u04ff]"
_WORD = re.compile(rf"{_CYRILLIC}+")
_APOSTROPHE = re.compile(rf"(?<={_CYRILLIC})['’ʼ](?={_CYRILLIC})")


def to_latin(text: str, locale: str) -> str:
    """Cyrillic in Latin letters, by the rules of Russian for "ru" and of Ukrainian for every other locale."""
    language = "ru" if locale == "ru" else "uk"
    return _WORD.sub(lambda word: _word(word[0], language), _APOSTROPHE.sub("", text))


def _word(word: str, language: str) -> str:
    shouted = len(word) > 1 and word.isupper()
    latin = "".join(_letter(word.lower(), at, language) or "" for at in range(len(word)))
    return latin
