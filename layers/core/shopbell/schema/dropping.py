"""What an event can do without: fields that do not exist, and optional ones whose value means nothing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_args

from msgspec import Struct
from msgspec.structs import fields

from shopbell.domain.model.events import Dropped
from shopbell.domain.model.problems import Problem
from shopbell.schema.reading import MOST_PROBLEMS, Step, WrongError, pointer
from shopbell.schema.types import Scalar


@dataclass(frozen=True, slots=True)
class Remaining:
    """`value` is the JSON value that remains. `notes` tell its sender what was left out, MOST_PROBLEMS at most.

    `dropped` are the unreadable fields, each once however many elements of a list have it: a decision is kept of each,
    and a transaction of the table takes a hundred items at most.
    """

    value: Any
    notes: tuple[Problem, ...]
    dropped: tuple[Dropped, ...]


def drop_unreadable(value: Any, kind: type[Struct], required: Collection[str], root: str) -> Remaining:
    """`value` without the fields that `kind` does not have, and without the optional ones that cannot be read.

    `required` are the paths that must hold something ("order.items.*.sku"): what is wrong there stays, to be refused.
    """
    walk = _Walk(frozenset(required), root)
    remaining = walk.object(value, kind, ())
    dropped = (Dropped(path, detail) for path, detail in walk.dropped.items())
    return Remaining(remaining, tuple(walk.notes), tuple(dropped))


@dataclass(frozen=True, slots=True)
class _Field:
    """`scalar` is the type of a single value, `part` that of an object or of the objects in a list."""

    scalar: type[Scalar] | None
    part: type[Struct] | None


@dataclass(frozen=True, slots=True)
class _Walk:
    """One walk through a value. `dropped` maps a field's path, without the indexes of lists, to why it was dropped."""

    required: frozenset[str]
    root: str
    notes: list[Problem] = field(default_factory=list)
    dropped: dict[str, str] = field(default_factory=dict)

    def object(self, value: Any, kind: type[Struct], steps: tuple[Step, ...]) -> Any:
        """What is no object stays as it is: the parser says what is wrong with it."""
        if not isinstance(value, Mapping):
            return value
        own, remaining = _fields_of(kind), {}
        for name, inner in value.items():
            if name not in own:
                self._note_unknown((*steps, name), own)
            elif (detail := _meaningless(inner, own[name].scalar)) and self._is_optional((*steps, name)):
                self._drop((*steps, name), detail)
            elif part := own[name].part:
                remaining[name] = self._inside(inner, part, (*steps, name))
            else:
                remaining[name] = inner
        return remaining

    def _inside(self, value: Any, part: type[Struct], steps: tuple[Step, ...]) -> Any:
        if isinstance(value, list):
            return [self.object(element, part, (*steps, index)) for index, element in enumerate(value)]
        return self.object(value, part, steps)

    def _is_optional(self, steps: tuple[Step, ...]) -> bool:
        return _pattern(steps) not in self.required

    def _drop(self, steps: tuple[Step, ...], detail: str) -> None:
        self.dropped.setdefault(_path(steps), detail)
        if len(self.notes) < MOST_PROBLEMS:
            self.notes.append(Problem(pointer(self.root, *steps), "unreadable", detail))

    def _note_unknown(self, steps: tuple[Step, ...], names: Collection[str]) -> None:
        if len(self.notes) < MOST_PROBLEMS:
            detail = _with_nearest(str(steps[-1]), names)
            self.notes.append(Problem(pointer(self.root, *steps), "unknown_field", detail))


def _meaningless(value: Any, scalar: type[Scalar] | None) -> str:
    """Why a value says nothing; "" if it says something, as null does, which removes."""
    if isinstance(value, str) and not value.strip():
        return "is empty"
    if value is None or scalar is None or not scalar.droppable:
        return ""
    try:
        scalar.parse(value)
    except WrongError as wrong:
        return wrong.detail
    return ""


def _pattern(steps: tuple[Step, ...]) -> str:
    """As required paths are written: "order.items.*.sku"."""
    return ".".join("*" if isinstance(step, int) else step for step in steps)


def _path(steps: tuple[Step, ...]) -> str:
    return ".".join(step for step in steps if isinstance(step, str))


@cache
def _fields_of(kind: type[Struct]) -> Mapping[str, _Field]:
    return {own.encode_name: _field_of(own.type) for own in fields(kind)}


def _field_of(annotation: Any) -> _Field:
    types = [part for part in _parts_of(annotation) if isinstance(part, type)]
    scalar = next((kind for kind in types if issubclass(kind, Scalar)), None)
    return _Field(scalar, next((kind for kind in types if issubclass(kind, Struct)), None))


def _parts_of(annotation: Any) -> list[Any]:
    """What unions, lists and Annotated are made of: `list[Item] | None` of Item and None."""
    inner = [part for argument in get_args(annotation) for part in _parts_of(argument)]
    return inner or [annotation]


def _with_nearest(name: str, names: Collection[str]) -> str:
    from difflib import get_close_matches  # late: a body without mistakes does not need it

    nearest = get_close_matches(name, names, 1)
    return f'there is no such field; is "{nearest[0]}" meant?' if nearest else "there is no such field"
