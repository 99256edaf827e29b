"""How a customer is called: by the name that the shop knows, where it is the name of somebody."""

import re
from typing import NamedTuple

from shopbell.domain.model.told import told_name

NOTHING = frozenset({"undefined", "null", "nil", "nan", "(null)", "[object", "object]", "n/a"})
"""What programs write where nobody gave a name; beside a name it is left out."""
NOBODY = frozenset(
    {"guest", "anonymous", "anonym", "unknown", "none", "noname", "name", "customer", "client", "buyer", "user"}
    | {"гість", "невідомо", "невідомий", "анонім", "клієнт", "покупець", "ім'я", "немає"}
    | {"гость", "неизвестно", "неизвестный", "аноним", "клиент", "покупатель", "имя", "нет"}
    | {"vendég", "ismeretlen", "névtelen", "ügyfél", "vásárló", "vevő", "név", "nincs"}
)
"""What people and programs write instead of a name, in the languages of letters."""

_WORDS = re.compile(r"[^\W\d_]+")
_NUMERAL = re.compile(r"I{2,3}|I?V|VI{1,3}|IX|XI{0,3}")
PARTICLES = frozenset(
    {"van", "von", "der", "den", "de", "da", "di", "del", "dos", "la", "le", "ван", "фон", "дер", "де"}
)
_APOSTROPHES = "'’ʼ`"
_SOFTENED = frozenset("яюєїЯЮЄЇ")
"""After an apostrophe these go on with a word; any other letter begins a part of a name there."""


class Called(NamedTuple):
    """`name`: as it was written, "" where it is nobody's. `greeting`: whom a letter greets, "" for nobody."""

    name: str
    greeting: str


def called(first_name: str, name: str) -> Called:
    """By the first name where the shop gives one, else by the whole name: who knows which of its words is the first?"""
    first, whole = _somebodys(told_name(first_name)), _somebodys(told_name(name))
    return Called(whole or first, in_small_letters(first or whole))


def _somebodys(name: str) -> str:
    """Without placeholders; "" where it is no name."""
    words = [word for word in name.split() if word.strip(".,").lower() not in NOTHING]
    return " ".join(words) if "@" not in name and _is_a_name(words) else ""


def _is_a_name(words: list[str]) -> bool:
    """Two letters at least, and not all of the words are those that stand for anybody."""
    letters = sum(map(str.isalpha, "".join(words)))
    with_letters = (word for word in words if any(map(str.isalpha, word)))
    return letters > 1 and not all(word.strip("()[]<>.,!?").lower() in NOBODY for word in with_letters)


def in_small_letters(name: str) -> str:
    """A name in capitals with one at the beginning of each of its parts; any other as it is."""
    if not name.isupper():
        return name
    first, *others = name.split(" ")
    return " ".join([_part(first), *(_later_part(word) for word in others)])


def _later_part(word: str) -> str:
    if _NUMERAL.fullmatch(word):
        return word
    return word.lower() if word.lower() in PARTICLES else _part(word)


def _part(word: str) -> str:
    """ "O'NEILL-SMITH" is "O'Neill-Smith", "МАР'ЯНА" is "Мар'яна"."""
    return _WORDS.sub(lambda match: _capitalized(match, word), word)


def _capitalized(match: re.Match[str], word: str) -> str:
    letters, before = match[0], word[: match.start()]
    goes_on = before[-1:] in tuple(_APOSTROPHES) and (letters[0] in _SOFTENED or len(letters) == 1)
    if before and goes_on:
        return letters.lower()
    if letters.startswith("MC") and len(letters) > len("MCX"):
        return f"Mc{letters[2:].capitalize()}"
    return letters.capitalize()
