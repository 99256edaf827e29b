"""What an event can do without: fields that do not exist, and optional ones whose value means nothing."""

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_args, get_origin

from msgspec import Struct
from msgspec.structs import fields

from shopbell.domain.model.events import Dropped
from shopbell.domain.model.problems import Problem
from shopbell.schema.reading import MOST_PROBLEMS, Step, WrongError, pointer, wrong_with
from shopbell.schema.texts import Contact, Id, Label
from shopbell.schema.types import Scalar

REFUSING = frozenset({"negative", "too_long", "too_many"})
"""What is wrong with a value that can be read all the same: it refuses the event wherever it stands."""
NUMBERS_READ = (Contact, Id, Label)
"""Texts that some senders have as a number: a telephone number, an id, a tracking number."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an event needs. `required` are the paths that must hold something ("order.items.*.sku"); `firm` those that
    may be absent, but without which, where they cannot be read, the event would say something else. `whole`: objects
    of these types mean nothing without the fields named here, and so does the optional list that they stand in."""

    required: tuple[str, ...] = ()
    firm: tuple[str, ...] = ()
    whole: Mapping[type[Struct], Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remaining:
    """`value` is the JSON value that remains. `notes` tell its sender what was left out, MOST_PROBLEMS at most.

    `dropped` are the unreadable fields, each once however many elements of a list have it: a decision is kept of each,
    and a transaction of the table takes a hundred items at most.
    """

    value: Any
    notes: tuple[Problem, ...]
    dropped: tuple[Dropped, ...]


def drop_unreadable(value: Any, kind: type[Struct], wanted: Wanted, root: str, *, thorough: bool) -> Remaining:
    """`value` without the fields that `kind` does not have, and without the optional ones that are empty.

    `thorough`: without all optional fields that cannot be read as `kind` has them. It costs more than the reading
    itself, and is for what could not be read. What is required stays, to be refused where it is wrong.
    """
    walk = _Walk(wanted, root, thorough)
    remaining = walk.object(value, kind, ())
    dropped = (Dropped(path, detail) for path, detail in walk.dropped.items())
    return Remaining(remaining, tuple(walk.notes), tuple(dropped))


@dataclass(frozen=True, slots=True)
class FieldType:
    """`part` is the type of an object, or of the objects in a list; `scalar` that of a single value."""

    annotation: Any
    scalar: type[Scalar] | None
    part: type[Struct] | None
    is_list: bool


class _UnreadableError(Exception):
    """An object, or a list of them, means nothing as a whole."""


@dataclass(frozen=True, slots=True)
class _Walk:
    """One walk through a value. `dropped` maps a field's path, without the indexes of lists, to why it was dropped."""

    wanted: Wanted
    root: str
    thorough: bool
    notes: list[Problem] = field(default_factory=list)
    dropped: dict[str, str] = field(default_factory=dict)

    def object(self, value: Any, kind: type[Struct], steps: tuple[Step, ...]) -> Any:
        """What is no object stays as it is: the parser says what is wrong with it."""
        if not isinstance(value, Mapping):
            return value
        own, remaining = fields_of(kind), {}
        for name, inner in value.items():
            here = (*steps, name)
            if name not in own:
                self._note_unknown(here, own)
                continue
            try:
                remaining[name] = self._field(inner, own[name], here)
            except WrongError as wrong:
                if name in self.wanted.whole.get(kind, ()):
                    raise _UnreadableError from wrong
                self._drop(here, wrong.detail)
        return remaining

    def _field(self, value: Any, own: FieldType, steps: tuple[Step, ...]) -> Any:
        """Raises WrongError where it is to be left out."""
        optional = self._is_optional(steps)
        if isinstance(value, str) and not value.strip() and optional:
            raise WrongError("empty", "is empty")
        if value is None or (own.part is None and not self.thorough):
            return value
        if optional and self.thorough:
            return self._optional(value, own, steps)
        try:
            return self._inside(value, own, steps)
        except _UnreadableError:
            return value

    def _inside(self, value: Any, own: FieldType, steps: tuple[Step, ...]) -> Any:
        if own.part is None:
            return value
        if isinstance(value, list):
            return [self.object(element, own.part, (*steps, index)) for index, element in enumerate(value)]
        return self.object(value, own.part, steps)

    def _optional(self, value: Any, own: FieldType, steps: tuple[Step, ...]) -> Any:
        if own.scalar and issubclass(own.scalar, NUMBERS_READ) and type(value) is int:
            value = str(value)
        if own.part is None or not isinstance(value, list if own.is_list else Mapping):
            return self._readable(value, own, steps)
        try:
            remaining = self._inside(value, own, steps)
        except _UnreadableError:
            raise WrongError("incomplete", "holds something that cannot be read") from None
        return self._complete(remaining, own)

    def _readable(self, value: Any, own: FieldType, steps: tuple[Step, ...]) -> Any:
        """The value as it is, where it can be read or refuses the event."""
        wrong = wrong_with(value, own.annotation)
        if wrong is None or ".".join(map(str, steps)) in self.wanted.firm:
            return value
        if wrong.code in REFUSING and not (own.scalar and own.scalar.droppable):
            return value
        raise wrong

    def _complete(self, value: Any, own: FieldType) -> Any:
        """Without the objects in it there may be something that is required of each."""
        for element in value if own.is_list else (value,):
            if not isinstance(element, Mapping):
                raise WrongError("wrong_type", "must be an array of objects")
            if own.part and not element.keys() >= _required_of(own.part):
                raise WrongError("incomplete", f"must have {' and '.join(sorted(_required_of(own.part)))}")
        return value

    def _is_optional(self, steps: tuple[Step, ...]) -> bool:
        return _pattern(steps) not in _with_parents(self.wanted.required)

    def _drop(self, steps: tuple[Step, ...], detail: str) -> None:
        self.dropped.setdefault(_path(steps), detail)
        if len(self.notes) < MOST_PROBLEMS:
            self.notes.append(Problem(pointer(self.root, *steps), "unreadable", detail))

    def _note_unknown(self, steps: tuple[Step, ...], names: Collection[str]) -> None:
        if len(self.notes) < MOST_PROBLEMS:
            detail = _with_nearest(str(steps[-1]), names)
            self.notes.append(Problem(pointer(self.root, *steps), "unknown_field", detail))


def _pattern(steps: tuple[Step, ...]) -> str:
    """As required paths are written: "order.items.*.sku"."""
    return ".".join("*" if isinstance(step, int) else step for step in steps)


def _path(steps: tuple[Step, ...]) -> str:
    return ".".join(step for step in steps if isinstance(step, str))


@cache
def fields_of(kind: type[Struct]) -> Mapping[str, FieldType]:
    return {own.encode_name: _field_of(own.type) for own in fields(kind)}


def _field_of(annotation: Any) -> FieldType:
    types = [part for part in _parts_of(annotation) if isinstance(part, type)]
    scalar = next((kind for kind in types if issubclass(kind, Scalar)), None)
    part = next((kind for kind in types if issubclass(kind, Struct)), None)
    return FieldType(annotation, scalar, part, _holds_list(annotation))


def _holds_list(annotation: Any) -> bool:
    return get_origin(annotation) is list or any(map(_holds_list, get_args(annotation)))


@cache
def _required_of(kind: type[Struct]) -> AbstractSet[str]:
    return {own.encode_name for own in fields(kind) if own.required}


@cache
def _with_parents(required: tuple[str, ...]) -> AbstractSet[str]:
    """What holds something that is required is required itself."""
    steps = [path.split(".") for path in required]
    return {".".join(path[: length + 1]) for path in steps for length in range(len(path))}


def _parts_of(annotation: Any) -> list[Any]:
    """What unions, lists and Annotated are made of: `list[Item] | None` of Item and None."""
    inner = [part for argument in get_args(annotation) for part in _parts_of(argument)]
    return inner or [annotation]


def _with_nearest(name: str, names: Collection[str]) -> str:
    from difflib import get_close_matches  # late: a body without mistakes does not need it

    nearest = get_close_matches(name, names, 1)
    return f'there is no such field; is "{nearest[0]}" meant?' if nearest else "there is no such field"
