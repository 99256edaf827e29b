"""The types of money, moments, days and quantities."""

import re
from decimal import Decimal
from typing import Any, ClassVar, Self

from shopbell.domain.model.money import format_amount, is_currency, parse_amount
from shopbell.domain.time.calendar import Birthday, format_instant, format_stamp, parse_day, parse_instant
from shopbell.schema.reading import WrongError
from shopbell.schema.types import Scalar, Schema

_SIGNED = re.compile(r"-\d+(?:\.\d*)?", re.ASCII)
_COUNT = re.compile(r"\d{1,7}(?:\.\d{1,6})?", re.ASCII)


class Amount(Scalar):
    code = "not_an_amount"
    schema: ClassVar[Schema] = {
        "type": "string",
        "pattern": r"^[0-9]{1,12}(\.[0-9]{1,4})?$",
        "description": "Money as a decimal string, never negative",
        "examples": ["1499.00"],
    }

    @classmethod
    def canonical(cls, value: str) -> str:
        if _SIGNED.fullmatch(value):
            raise WrongError("negative", "must not be negative")
        return format_amount(parse_amount(value))


class SignedAmount(Amount):
    schema: ClassVar[Schema] = {
        "type": "string",
        "pattern": r"^-?[0-9]{1,12}(\.[0-9]{1,4})?$",
        "description": "Money as a decimal string; less than nothing where it is taken off",
        "examples": ["-100.00"],
    }

    @classmethod
    def canonical(cls, value: str) -> str:
        digits = value.removeprefix("-")
        amount = parse_amount(digits)
        return format_amount(amount if digits == value else -amount)


class Currency(Scalar):
    code = "not_a_currency"
    schema: ClassVar[Schema] = {
        "type": "string",
        "pattern": "^[A-Z]{3}$",
        "description": "ISO 4217",
        "examples": ["UAH"],
    }

    @classmethod
    def canonical(cls, value: str) -> str:
        if not is_currency(value):
            raise WrongError(cls.code, 'must be an ISO 4217 code, like "UAH"')
        return value


class Moment(Scalar):
    code = "not_a_moment"
    droppable = True
    schema: ClassVar[Schema] = {
        "type": "string",
        "format": "date-time",
        "description": "ISO 8601 with the offset",
        "examples": ["2026-03-02T10:00:00+02:00"],
    }

    @classmethod
    def canonical(cls, value: str) -> str:
        return format_instant(parse_instant(value))


class Stamp(Moment):
    """A moment to the microsecond: an event's timestamp, which tells the newer of two events."""

    @classmethod
    def canonical(cls, value: str) -> str:
        return format_stamp(parse_instant(value))


class Day(Scalar):
    code = "not_a_day"
    droppable = True
    schema: ClassVar[Schema] = {"type": "string", "format": "date", "examples": ["2026-03-02"]}

    @classmethod
    def canonical(cls, value: str) -> str:
        return parse_day(value).isoformat()


class DayOrMoment(Scalar):
    """A day on its own ends with that day's working hours; a moment is taken as it is."""

    code = "not_a_day"
    droppable = True
    schema: ClassVar[Schema] = {
        "type": "string",
        "anyOf": [{"format": "date"}, {"format": "date-time"}],
        "description": "A day, or an ISO 8601 moment with its offset",
        "examples": ["2026-03-02", "2026-03-02T18:00:00+02:00"],
    }

    @classmethod
    def canonical(cls, value: str) -> str:
        if len(value) > len("2026-03-02"):
            return format_instant(parse_instant(value))
        return parse_day(value).isoformat()


class BirthdayText(Scalar):
    code = "not_a_day"
    droppable = True
    schema: ClassVar[Schema] = {
        "type": "string",
        "pattern": "^([0-9]{4}|-)-[0-9]{2}-[0-9]{2}$",
        "description": "YYYY-MM-DD, or --MM-DD without the year",
        "examples": ["1990-02-28", "--02-29"],
    }

    @classmethod
    def canonical(cls, value: str) -> str:
        return str(Birthday.parse(value))


class Quantity(Scalar):
    """Pieces, metres or kilograms: a number or a decimal string, kept as the shortest decimal string."""

    code = "not_a_quantity"
    schema: ClassVar[Schema] = {
        "anyOf": [
            {"type": "number", "exclusiveMinimum": 0, "maximum": 1_000_000},
            {"type": "string", "pattern": r"^[0-9]{1,7}(\.[0-9]{1,6})?$"},
        ],
        "examples": [2, "0.5"],
    }

    @classmethod
    def parse(cls, value: Any) -> Self:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return super().parse(_plain(value) if number else value)

    @classmethod
    def canonical(cls, value: str) -> str:
        if _SIGNED.fullmatch(value):
            raise WrongError("out_of_range", "must be more than 0")
        if _COUNT.fullmatch(value) is None:
            raise WrongError(cls.code, 'must be a number, or a decimal string like "2" or "0.5"')
        return _shortest(Decimal(value))


def _plain(number: float) -> str:
    """A number's digits without an exponent."""
    if abs(number) > 10_000_000:  # too large for a quantity, whatever its digits: 1e300 has three hundred
        number = 9_999_999
    return f"{Decimal(repr(number)):f}"


def _shortest(number: Decimal) -> str:
    if not 0 < number <= 1_000_000:
        raise WrongError("out_of_range", "must be more than 0 and at most 1000000")
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
