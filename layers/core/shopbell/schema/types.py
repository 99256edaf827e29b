"""The types of single values: how each is read, its one spelling, its code for a wrong value, its JSON Schema."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self, TypeAlias, TypeVar

from msgspec import UnsetType

from shopbell.schema.reading import Gap, WrongError

Schema = Mapping[str, Any]
"""A JSON Schema of the 2020-12 draft."""

T = TypeVar("T")
Maybe: TypeAlias = T | UnsetType | None
"""A field that may be absent (unchanged), null (removed) or a value."""


class Scalar(str):
    """A text in its one spelling. `code` stands in the problem of a value that cannot be read.

    `droppable`: in an optional field one that is too long is left out like any other that cannot be read; else it
    refuses the event.
    """

    __slots__ = ()
    code: ClassVar[str] = "wrong_type"
    droppable: ClassVar[bool] = False
    schema: ClassVar[Schema] = {"type": "string"}

    @classmethod
    def parse(cls, value: Any) -> Self:
        """Raises WrongError, which never repeats the value."""
        if isinstance(value, Gap):
            return cls()
        if not isinstance(value, str):
            raise WrongError(cls.code, f"must be a string, not {_json_type(value)}")
        try:
            return cls(cls.canonical(value))
        except WrongError:
            raise
        except ValueError as error:
            raise WrongError(cls.code, str(error)) from None

    @classmethod
    def canonical(cls, value: str) -> str:
        """The value's one spelling. Raises WrongError, or ValueError whose text says what it must be."""
        return value


def _json_type(value: Any) -> str:
    names = {bool: "a boolean", int: "a number", float: "a number", list: "an array", dict: "an object"}
    return names.get(type(value), "this")


class Choice(Scalar):
    """One of the `words`."""

    code = "unknown_value"
    words: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls.schema = {"type": "string", "enum": list(cls.words)}

    @classmethod
    def canonical(cls, value: str) -> str:
        if value not in cls.words:
            raise WrongError(cls.code, f"must be one of: {', '.join(cls.words)}")
        return value
