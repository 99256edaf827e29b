"""DynamoDB's conditions, read and judged strictly: what is not known here is refused."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from operator import ge, gt, le, lt
from typing import Any, ClassVar

from tests.simulator.expressions import Given, Operand, Reader, tokens
from tests.simulator.values import Attribute, Invalid, check, number

Judge = Callable[[Given], bool]
MOST_ALTERNATIVES = 100
_KEY_CONDITION = re.compile(
    r"(?P<partition>#?\w+) = (?P<value>:\w+)"
    r"( and ((?P<sort>#?\w+) ((=|<|<=|>|>=) :\w+|between :\w+ and :\w+)|begins_with \( (?P<begins>#?\w+) , :\w+ \)))?",
    re.IGNORECASE,
)


class ConditionReader(Reader):
    def whole(self) -> Judge:
        judge = self._either()
        check(not self.ahead, f"{self.ahead!r} is too much in {self._text!r}")
        return judge

    def _either(self) -> Judge:
        judges = [self._both()]
        while self.has("or"):
            judges.append(self._both())
        return judges[0] if len(judges) == 1 else lambda given: any(judge(given) for judge in judges)

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
            judge = self._either()
            self.take(")")
            return judge
        if self.ahead in _PREDICATES:
            return self._predicate(self.take())
        return self._comparison(self.operand())

    def _predicate(self, name: str) -> Judge:
        holds, others = _PREDICATES[name]
        operands = self.arguments(self.attribute, *[self.operand] * others)
        return lambda given: holds(*(operand(given) for operand in operands))

    def _comparison(self, left: Operand) -> Judge:
        if self.has("between"):
            low = self.operand()
            self.take("and")
            high = self.operand()
            return lambda given: _compare("<=", low(given), left(given)) and _compare("<=", left(given), high(given))
        if self.has("in"):
            among = self._alternatives()
            return lambda given: any(_compare("=", left(given), each(given)) for each in among)
        sign = self.take("=", "<>", "<", "<=", ">", ">=")
        right = self.operand()
        return lambda given: _compare(sign, left(given), right(given))

    def _alternatives(self) -> list[Operand]:
        self.take("(")
        among = [self.operand()]
        while self.has(","):
            among.append(self.operand())
        self.take(")")
        check(len(among) <= MOST_ALTERNATIVES, f"IN has more than {MOST_ALTERNATIVES} operands")
        return among

    def size(self) -> Operand:
        (operand,) = self.arguments(self.attribute)
        return lambda given: _size(operand(given))

    functions: ClassVar = {"size": size}


def _compare(sign: str, left: Attribute | None, right: Attribute | None) -> bool:
    if left is None or right is None:
        return sign == "<>" and left is not right
    (kind, one), (other_kind, other) = _plain(left), _plain(right)
    if sign in ("=", "<>"):
        return ((kind, one) == (other_kind, other)) is (sign == "=")
    return kind == other_kind and kind in _ORDERED and _SIGNS[sign](one, other)


_ORDERED = frozenset({"S", "N", "B"})
_SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


def _plain(value: Attribute) -> tuple[str, Any]:
    kind, content = next(iter(value.items()))
    if kind == "S":
        return kind, content.encode()  # the order of UTF-8's bytes
    return kind, number(content) if kind == "N" else content


def _size(value: Attribute | None) -> Attribute | None:
    if value is None:
        return None
    kind, content = next(iter(value.items()))
    check(kind not in ("N", "BOOL", "NULL"), f"size has no meaning for {kind}")
    return {"N": str(len(content))}


def _contains(whole: Attribute | None, part: Attribute | None) -> bool:
    if whole is None or part is None:
        return False
    kind, content = next(iter(whole.items()))
    return (part in content) if kind == "L" else kind in part and part[kind] in content


def _begins_with(value: Attribute | None, start: Attribute | None) -> bool:
    (kind, content), (other, beginning) = (next(iter((each or {"": ""}).items())) for each in (value, start))
    check(other in ("S", "B"), "begins_with asks for a text")
    return kind == other and content.startswith(beginning)


_PREDICATES: Mapping[str, tuple[Callable[..., bool], int]] = {
    "attribute_exists": (lambda value: value is not None, 0),
    "attribute_not_exists": (lambda value: value is None, 0),
    "attribute_type": (lambda value, kind: value is not None and kind["S"] in value, 1),
    "begins_with": (_begins_with, 1),
    "contains": (_contains, 1),
}
"""Each with the number of its operands beside the attribute."""


@cache
def condition(text: str) -> Judge:
    return ConditionReader(text).whole()


@cache
def key_condition(text: str) -> tuple[str, str, str]:
    """The partition key and its value, and the sort key or "", as they stand there."""
    read = _KEY_CONDITION.fullmatch(" ".join(tokens(text)))
    if read is None:
        raise Invalid(f"{text!r} is no condition of keys")
    return read["partition"], read["value"], read["sort"] or read["begins"] or ""
