"""An item's options, under names of the shop's own: {"Colour": "green", "Size": 42}."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from shopbell.schema.reading import WrongError
from shopbell.schema.texts import LONGEST_ID, LONGEST_TEXT, Label, Line
from shopbell.schema.types import Schema

MOST_OPTIONS = 50


class Options(dict[str, str]):
    """Names to values, in the sender's order; a value that is null is left out."""

    schema: ClassVar[Schema] = {
        "type": "object",
        "maxProperties": MOST_OPTIONS,
        "propertyNames": {"maxLength": LONGEST_ID},
        "additionalProperties": {"type": ["string", "number", "null"], "maxLength": LONGEST_TEXT},
        "examples": [{"Colour": "green", "Size": 42}],
    }

    @classmethod
    def parse(cls, value: Any) -> Self:
        """Raises WrongError; `inside` names the option."""
        if not isinstance(value, Mapping):
            raise WrongError("wrong_type", "must be an object of names and values")
        if len(value) > MOST_OPTIONS:
            raise WrongError("too_many", f"must have at most {MOST_OPTIONS} names")
        return cls({_name(name): _value(name, choice) for name, choice in value.items() if choice is not None})


def _name(name: str) -> str:
    try:
        return Label.parse(name)
    except WrongError as wrong:
        raise WrongError(wrong.code, f"the name of an option {wrong.detail}") from None


def _value(name: str, value: Any) -> str:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    try:
        return Line.parse(str(value) if number else value)
    except WrongError as wrong:
        raise WrongError(wrong.code, wrong.detail, inside=(name,)) from None
