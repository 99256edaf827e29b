"""DynamoDB's expressions, read and judged strictly: what is not known here, or not used, is refused."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

Attribute = dict[str, Any]
"""A value as the API writes it: {"S": "text"}, {"N": "1"}, {"L": [...]}, …"""
Raw = dict[str, Attribute]

_TOKEN = re.compile(r"\s*(:\w+|#\w+|\w+|<=|>=|<>|[=<>(),.+-])")
_RESERVED = frozenset(Path(__file__).with_name("reserved_words.txt").read_text().split())
"""Those of DynamoDB's reserved words that an attribute of ours might be called by."""
_KEYWORDS = frozenset({"and", "or", "not", "between", "in", "set", "remove", "add", "delete"})


class Invalid(Exception):
    """What DynamoDB answers with a ValidationException."""


@dataclass(frozen=True, slots=True)
class Given:
    """The item, and the names and values that the request declares."""

    item: Raw
    names: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Attribute] = field(default_factory=dict)


Operand = Callable[[Given], Attribute | None]
Judge = Callable[[Given], bool]
Change = Callable[[Given, Raw], None]


@cache
def tokens(text: str) -> tuple[str, ...]:
    found, at = [], 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Invalid(f"cannot read {text[at:]!r}")
        found.append(match[1])
        at = match.end()
    return tuple(found)


def declared_and_used(texts: Iterator[str], names: Mapping[str, str], values: Mapping[str, Attribute]) -> None:
    """Raises Invalid where a placeholder is used and not declared, or declared and not used."""
    used = {token for text in texts for token in tokens(text) if token[0] in ":#"}
    if used != {*names, *values}:
        raise Invalid(f"placeholders {sorted(used ^ {*names, *values})} are declared or used, but not both")


class Reader:
    """A recursive descent over one expression."""

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

    def either(self) -> Judge:
        judges = [self._both()]
        while self.has("or"):
            judges.append(self._both())
        return lambda given: any(judge(given) for judge in judges)

    def _both(self) -> Judge:
        judges = [self._single()]
        while self.has("and"):
            judges.append(self._single())
        return lambda given: all(judge(given) for judge in judges)

    def _single(self) -> Judge:
        if self.has("not"):
            judge = self._single()
            return lambda given: not judge(given)
        if self.has("("):
            judge = self.either()
            self.take(")")
            return judge
        if self.ahead in _PREDICATES:
            return self._predicate(_PREDICATES[self.take()])
        return self._comparison(self.operand())

    def _predicate(self, holds: Callable[..., bool]) -> Judge:
        operands = self._arguments()
        return lambda given: holds(*(operand(given) for operand in operands))

    def _arguments(self) -> list[Operand]:
        self.take("(")
        operands = [self.operand()]
        while self.has(","):
            operands.append(self.operand())
        self.take(")")
        return operands

    def _comparison(self, left: Operand) -> Judge:
        if self.has("between"):
            low = self.operand()
            self.take("and")
            high = self.operand()
            return lambda given: _compare("<=", low(given), left(given)) and _compare("<=", left(given), high(given))
        if self.has("in"):
            among = self._arguments()
            return lambda given: any(_compare("=", left(given), each(given)) for each in among)
        sign = self.take("=", "<>", "<", "<=", ">", ">=")
        right = self.operand()
        return lambda given: _compare(sign, left(given), right(given))

    def operand(self) -> Operand:
        if self.ahead in _FUNCTIONS:
            make = _FUNCTIONS[self.take()]
            operands = self._arguments()
            return lambda given: make(*(operand(given) for operand in operands))
        if self.ahead.startswith(":"):
            name = self.take()
            return lambda given: given.values[name]
        path = self.path()
        return lambda given: found_at(given.item, path(given))

    def path(self) -> Callable[[Given], list[str]]:
        words = [self._word()]
        while self.has("."):
            words.append(self._word())
        return lambda given: [given.names[word] if word[0] == "#" else word for word in words]

    def _word(self) -> str:
        word = self.take()
        if word.lower() in _RESERVED | _KEYWORDS or not re.match(r"[#\w]", word):
            raise Invalid(f"{word!r} is a reserved word in {self._text!r}")
        return word

    def sum(self) -> Operand:
        left = self.operand()
        if self.ahead not in ("+", "-"):
            return left
        sign, right = (1 if self.take() == "+" else -1), self.operand()
        return lambda given: _number(_whole(left(given)) + sign * _whole(right(given)))


def found_at(item: Raw, path: list[str]) -> Attribute | None:
    value = item.get(path[0])
    for word in path[1:]:
        value = value["M"].get(word) if value and "M" in value else None
    return value


def put_at(item: Raw, path: list[str], value: Attribute | None) -> None:
    inside = item
    for word in path[:-1]:
        if "M" not in inside.get(word, {}):
            raise Invalid(f"the document path {'.'.join(path)} is not there")
        inside = inside[word]["M"]
    if value is None:
        inside.pop(path[-1], None)
    else:
        inside[path[-1]] = value


def _number(value: int) -> Attribute:
    return {"N": str(value)}


def _whole(value: Attribute | None) -> int:
    if value is None or "N" not in value:
        raise Invalid("an operand of + or - is not a number")
    return int(value["N"])


def _plain(value: Attribute) -> tuple[str, Any]:
    kind, content = next(iter(value.items()))
    return kind, int(content) if kind == "N" else content


def _compare(sign: str, left: Attribute | None, right: Attribute | None) -> bool:
    if left is None or right is None:
        return sign == "<>" and left is not right
    (kind, one), (other_kind, other) = _plain(left), _plain(right)
    if sign in ("=", "<>"):
        return ((kind, one) == (other_kind, other)) is (sign == "=")
    if kind != other_kind:
        return False
    return bool({"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}[sign])


def _joined(one: Attribute | None, other: Attribute | None) -> Attribute:
    if one is None or other is None or "L" not in one or "L" not in other:
        raise Invalid("an operand of list_append is not a list")
    return {"L": [*one["L"], *other["L"]]}


def _contains(whole: Attribute | None, part: Attribute | None) -> bool:
    if whole is None or part is None:
        return False
    content = next(iter(whole.values()))
    return (part in content) if "L" in whole else next(iter(part.values())) in content


_PREDICATES: Mapping[str, Callable[..., bool]] = {
    "attribute_exists": lambda value: value is not None,
    "attribute_not_exists": lambda value: value is None,
    "begins_with": lambda value, start: value is not None and value["S"].startswith(start["S"]),
    "contains": _contains,
}
_FUNCTIONS: Mapping[str, Callable[..., Attribute | None]] = {
    "if_not_exists": lambda value, otherwise: otherwise if value is None else value,
    "list_append": _joined,
    "size": lambda value: None if value is None else _number(len(next(iter(value.values())))),
}


@cache
def condition(text: str) -> Judge:
    reader = Reader(text)
    judge = reader.either()
    if reader.ahead:
        raise Invalid(f"{reader.ahead!r} is too much in {text!r}")
    return judge


@cache
def update(text: str) -> Change:
    reader, changes = Reader(text), []
    while reader.ahead:
        make = {"set": _set, "remove": _remove, "add": _add}[reader.take("set", "remove", "add").lower()]
        changes.append(make(reader))
        while reader.has(","):
            changes.append(make(reader))

    def change(given: Given, item: Raw) -> None:
        for each in changes:
            each(given, item)

    return change


def _set(reader: Reader) -> Change:
    path = reader.path()
    reader.take("=")
    value = reader.sum()
    return lambda given, item: put_at(item, path(given), value(given))


def _remove(reader: Reader) -> Change:
    path = reader.path()
    return lambda given, item: put_at(item, path(given), None)


def _add(reader: Reader) -> Change:
    path, by = reader.path(), reader.operand()

    def change(given: Given, item: Raw) -> None:
        before = found_at(item, path(given))
        put_at(item, path(given), _number((_whole(before) if before else 0) + _whole(by(given))))

    return change
