"""DynamoDB's values as its API writes them: what is one, how many bytes it counts, and numbers of up to 38 digits."""

import re
from collections.abc import Callable, Mapping
from decimal import Context, Decimal
from functools import lru_cache
from typing import Any

Attribute = dict[str, Any]
"""A value as the API writes it: {"S": "text"}, {"N": "1"}, {"L": [...]}, …"""
Raw = dict[str, Attribute]

LARGEST_ITEM = 400 * 1024
DEEPEST = 32
_DIGITS = 38
_EXACT = Context(prec=_DIGITS * 2)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


class Invalid(Exception):
    """What DynamoDB answers with a ValidationException."""


def check(holds: bool, why: str) -> None:
    if not holds:
        raise Invalid(why)


def check_item(item: Raw) -> int:
    """The bytes that it counts; raises Invalid where it is none."""
    size = size_of(item)
    if size > LARGEST_ITEM:
        raise Invalid(f"the item has {size} bytes; {LARGEST_ITEM} are allowed")
    return size


def size_of(item: Raw) -> int:
    """By the published rule: the UTF-8 bytes of names and values. Raises Invalid where something is no value."""
    return _map_size(item, 1)


def _map_size(content: Raw, depth: int) -> int:
    size = 0
    for name, value in content.items():
        size += text_size(name) + _value_size(value, depth)
    return size


def _value_size(value: Attribute, depth: int) -> int:
    if len(value) != 1 or depth > DEEPEST:
        raise Invalid(f"{value!r:.80} is no value")
    ((kind, content),) = value.items()
    if not isinstance(content, _TYPES.get(kind, ())):
        raise Invalid(f"{value!r:.80} is no value of type {kind}")
    if kind == "L":
        return 3 + sum(1 + _value_size(each, depth + 1) for each in content)
    if kind == "M":
        return 3 + len(content) + _map_size(content, depth + 1)
    return _SIZES[kind](content)


def text_size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())


@lru_cache
def _number_size(text: str) -> int:
    """A byte for two significant digits, one for the exponent, one for the sign of what is negative."""
    sign, digits, _ = number(text).normalize(_EXACT).as_tuple()
    return (len(digits) + 1) // 2 + 1 + sign


_TYPES: Mapping[str, Any] = {
    **{"S": str, "N": str, "B": bytes, "BOOL": bool, "NULL": bool},
    **{"L": list, "M": dict},
}
_SIZES: Mapping[str, Callable[[Any], int]] = {
    **{"S": text_size, "N": _number_size, "B": len},
    **dict.fromkeys(("BOOL", "NULL"), lambda content: 1),
}


@lru_cache
def number(text: str) -> Decimal:
    """Raises Invalid for what has more than 38 significant digits, or is too large or too small."""
    if not _NUMBER.fullmatch(text):
        raise Invalid(f"{text!r:.80} is no number")
    return _kept(Decimal(text))


def _kept(value: Decimal) -> Decimal:
    digits = value.normalize(_EXACT).as_tuple().digits
    check(len(digits) <= _DIGITS, "a number has more than 38 significant digits")
    check(value == 0 or -130 <= value.adjusted() <= 125, "a number is too large or too small")
    return value


def total(one: Attribute | None, other: Attribute | None, sign: int) -> Attribute:
    """The sum of two numbers, or with -1 their difference."""
    if one is None or other is None or "N" not in one or "N" not in other:
        raise Invalid("an operand of + or - is not a number")
    found = _EXACT.add(number(one["N"]), sign * number(other["N"]))
    return {"N": format(_kept(found).normalize(_EXACT), "f")}
