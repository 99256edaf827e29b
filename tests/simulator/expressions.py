"""What conditions and updates have in common: words, values, and how an expression is read."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from tests.simulator.values import Attribute, Invalid, Raw, check

_TOKEN = re.compile(r"\s*(:\w+|#\w+|\w+|<=|>=|<>|[=<>(),.+-])", re.ASCII)
_NAME = re.compile(r"#|[A-Za-z_]")
_RESERVED = frozenset(Path(__file__).with_name("reserved_words.txt").read_text().split())
"""Those of DynamoDB's reserved words that an attribute of ours might be called by."""
_KEYWORDS = frozenset({"and", "or", "not", "between", "in", "set", "remove", "add", "delete"})
LONGEST = 4 * 1024


class Given(NamedTuple):
    """The item, and the names and values that the request declares."""

    item: Raw
    names: Mapping[str, str]
    values: Mapping[str, Attribute]


Words = list[str]
Operand = Callable[[Given], Attribute | None]
Place = Callable[[Given], Words]
"""An attribute, or one inside a map."""


@cache
def tokens(text: str) -> tuple[str, ...]:
    check(len(text.encode()) <= LONGEST, f"an expression has more than {LONGEST} bytes")
    found, at = [], 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Invalid(f"cannot read {text[at:]!r}")
        found.append(match[1])
        at = match.end()
    return tuple(found)


class Reader:
    """A recursive descent over one expression. `functions` are those whose answer is a value."""

    functions: ClassVar[Mapping[str, Callable[[Any], Operand]]] = {}

    def __init__(self, text: str) -> None:
        self._text, self._rest = text, list(tokens(text))

    @property
    def ahead(self) -> str:
        return self._rest[0] if self._rest else ""

    def take(self, *expected: str) -> str:
        if not self._rest or (expected and self.ahead.lower() not in expected):
            raise Invalid(f"expected {expected or 'more'} before {self._rest} in {self._text!r}")
        return self._rest.pop(0)

    def has(self, word: str) -> bool:
        """Takes the word if it comes next."""
        if self.ahead.lower() != word:
            return False
        self.take()
        return True

    def operand(self) -> Operand:
        if self.ahead in self.functions:
            return self.functions[self.take()](self)
        if self.ahead.startswith(":"):
            name = self.take()
            return lambda given: given.values[name]
        return self.attribute()

    def attribute(self) -> Operand:
        place = self.place()
        return lambda given: found_at(given.item, place(given))

    def place(self) -> Place:
        words = [self._word()]
        while self.has("."):
            words.append(self._word())
        if not any(word[0] == "#" for word in words):
            return lambda given: words
        return lambda given: [given.names[word] if word[0] == "#" else word for word in words]

    def _word(self) -> str:
        word = self.take()
        if word.lower() in _RESERVED | _KEYWORDS or not _NAME.match(word):
            raise Invalid(f"{word!r} is a reserved word, or none, in {self._text!r}")
        return word

    def arguments(self, *kinds: Callable[[], Operand]) -> list[Operand]:
        """In brackets; each is read by its kind."""
        self.take("(")
        found = [kinds[0]()]
        for kind in kinds[1:]:
            self.take(",")
            found.append(kind())
        self.take(")")
        return found


def found_at(item: Raw, words: Words) -> Attribute | None:
    value = item.get(words[0])
    for word in words[1:]:
        value = value["M"].get(word) if value and "M" in value else None
    return value
