"""DynamoDB's updates: what an item is afterwards, made of what it was before."""

from collections.abc import Callable, Mapping
from functools import cache
from itertools import combinations
from typing import Any, ClassVar

from tests.simulator.expressions import Given, Operand, Place, Reader, Words, found_at
from tests.simulator.values import Attribute, Invalid, Raw, check, total

Change = tuple[Place, Operand]
"""A place, and what stands there afterwards; None: nothing."""


class UpdateReader(Reader):
    def whole(self) -> list[Change]:
        changes, sections = [], []
        while self.ahead:
            sections.append(self.take("set", "remove", "add").lower())
            changes.append(self._SECTIONS[sections[-1]](self))
            while self.has(","):
                changes.append(self._SECTIONS[sections[-1]](self))
        check(len(sections) == len({*sections}) > 0, f"a section is there twice, or none, in {self._text!r}")
        return changes

    def _set(self) -> Change:
        place = self.place()
        self.take("=")
        return place, _there(self._sum())

    def _sum(self) -> Operand:
        left = self.operand()
        if self.ahead not in ("+", "-"):
            return left
        sign, right = (1 if self.take() == "+" else -1), self.operand()
        return lambda given: total(left(given), right(given), sign)

    def _remove(self) -> Change:
        return self.place(), lambda given: None

    def _add(self) -> Change:
        place, by = self.place(), self.operand()
        return place, lambda given: total(found_at(given.item, place(given)) or {"N": "0"}, by(given), 1)

    def if_not_exists(self) -> Operand:
        known, otherwise = self.arguments(self.attribute, self.operand)
        return lambda given: known(given) or otherwise(given)

    def list_append(self) -> Operand:
        one, other = self.arguments(self.operand, self.operand)
        return lambda given: _joined(one(given), other(given))

    functions: ClassVar = {"if_not_exists": if_not_exists, "list_append": list_append}
    _SECTIONS: ClassVar[Mapping[str, Callable[[Any], Change]]] = {"set": _set, "remove": _remove, "add": _add}


def _there(operand: Operand) -> Operand:
    def value(given: Given) -> Attribute:
        found = operand(given)
        if found is None:
            raise Invalid("it refers to an attribute that is not there")
        return found

    return value


def _put_at(item: Raw, words: Words, value: Attribute | None) -> None:
    """Maps on the way are copied: the item before has the same."""
    inside = item
    for word in words[:-1]:
        check("M" in inside.get(word, {}), f"the document path {'.'.join(words)} is not there")
        inside[word] = {"M": {**inside[word]["M"]}}
        inside = inside[word]["M"]
    if value is None:
        inside.pop(words[-1], None)
    else:
        inside[words[-1]] = value


def _joined(one: Attribute | None, other: Attribute | None) -> Attribute:
    if one is None or other is None or "L" not in one or "L" not in other:
        raise Invalid("an operand of list_append is not a list")
    return {"L": [*one["L"], *other["L"]]}


@cache
def changes(text: str) -> list[Change]:
    return UpdateReader(text).whole()


def updated(text: str, given: Given) -> Raw:
    """The item as an update leaves it; all that is read is what stood there before."""
    after = dict(given.item)
    done = [(place(given), value(given)) for place, value in changes(text)]
    if len({words[0] for words, _ in done}) < len(done):
        _check_apart([words for words, _ in done])
    for words, value in done:
        _put_at(after, words, value)
    return after


def _check_apart(places: list[Words]) -> None:
    for one, other in combinations(places, 2):
        check(one[: len(other)] != other[: len(one)], f"paths {one} and {other} overlap")
