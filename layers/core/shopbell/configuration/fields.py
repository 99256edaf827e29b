"""The types of single values in a shop's configuration.

YAML makes a number, a date or a boolean of some texts that stand without quotes; those are taken as well.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Self

from shopbell.domain.model.bank import MOST_NAME, is_iban, written_iban
from shopbell.domain.model.holiday import HolidayMode
from shopbell.domain.model.shop import AskedBy, DeliveriesTold, Digest
from shopbell.domain.model.told import LONGEST_NAME, without_links
from shopbell.domain.time.calendar import Birthday, Hours
from shopbell.domain.time.span import Span, Unit
from shopbell.schema.addresses import read_email
from shopbell.schema.contacts import read_zone
from shopbell.schema.patterns import PatternText
from shopbell.schema.reading import WrongError
from shopbell.schema.texts import Id, Line, Url
from shopbell.schema.types import Choice, Scalar
from shopbell.schema.values import Amount, Day

# An address written so needs no library to be read: a shop is loaded at every cold start.
_PLAIN_EMAIL = re.compile(r"(?=.{3,254}$)[a-z0-9_+-]+(\.[a-z0-9_+-]+)*@([a-z0-9]+(-+[a-z0-9]+)*\.)+[a-z]{2,}")
_PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")


class ShopEmail(Scalar):
    code = "not_an_email"

    @classmethod
    def canonical(cls, value: str) -> str:
        return value if _PLAIN_EMAIL.fullmatch(value) else read_email(value)


class ShopPhone(Scalar):
    """In any spelling, to be read with the shop's country; +380441234567 without quotes is a number in YAML."""

    code = "not_a_phone"

    @classmethod
    def parse(cls, value: Any) -> Self:
        return super().parse(f"+{value}" if type(value) is int else value)


class Iban(Scalar):
    """In groups or in one piece."""

    code = "not_an_iban"

    @classmethod
    def canonical(cls, value: str) -> str:
        iban = written_iban(value)
        if not is_iban(iban):
            raise WrongError(cls.code, "must be an IBAN: its length or its check digits are wrong")
        return iban


class Bic(PatternText):
    code = "not_a_bic"
    pattern = r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?"
    like = "a BIC of 8 or 11 characters"


class AccountName(Line):
    """Whose an account is, no longer than a credit transfer takes it."""

    @classmethod
    def canonical(cls, value: str) -> str:
        name = super().canonical(value)
        if not 0 < len(name) <= MOST_NAME:
            raise WrongError("too_long", f"must have 1 to {MOST_NAME} characters")
        return name


class Zone(Scalar):
    code = "not_a_zone"

    @classmethod
    def canonical(cls, value: str) -> str:
        return read_zone(value)


class DayHours(Scalar):
    code = "not_hours"

    @classmethod
    def canonical(cls, value: str) -> str:
        return str(Hours.parse(value))


class SpanText(Scalar):
    code = "not_a_span"

    @classmethod
    def canonical(cls, value: str) -> str:
        return str(Span.parse(value))


class Retention(Scalar):
    """A span between thirty days and ten years. One month is taken as thirty days, ten years as 3 652."""

    code = "not_a_span"
    allowed: ClassVar[Mapping[Unit, range]] = {
        Unit.DAYS: range(30, 3_653),
        Unit.MONTHS: range(1, 121),
        Unit.YEARS: range(1, 11),
    }

    @classmethod
    def canonical(cls, value: str) -> str:
        span = Span.parse(value)
        if span.unit not in cls.allowed:
            raise WrongError(cls.code, 'must be in days, months or years, like "3 years"')
        if span.amount not in cls.allowed[span.unit]:
            raise WrongError("out_of_range", "must be at least 30 days and at most 10 years")
        return str(span)


class Code(Id):
    """Of a product; one of digits alone is a number in YAML."""

    @classmethod
    def parse(cls, value: Any) -> Self:
        return super().parse(str(value) if type(value) is int else value)


class YamlDay(Day):
    """2026-08-24 without quotes is a date in YAML."""

    @classmethod
    def parse(cls, value: Any) -> Self:
        is_day = isinstance(value, date) and not isinstance(value, datetime)
        return super().parse(value.isoformat() if is_day else value)


class Price(Amount):
    """Money; a number is taken, too: a person writes 50 for "50.00"."""

    @classmethod
    def parse(cls, value: Any) -> Self:
        return super().parse(str(value) if type(value) in (int, float) else value)


class Link(Url):
    """An address, or an empty text for none."""

    @classmethod
    def canonical(cls, value: str) -> str:
        return super().canonical(value) if value else ""


class PictureLink(Link):
    """Mail programs leave out a picture that comes over an open line."""

    @classmethod
    def canonical(cls, value: str) -> str:
        if value and not value.lower().startswith("https://"):
            raise WrongError(cls.code, "must be an address that begins with https://")
        return super().canonical(value)


class Percent(Scalar):
    code = "not_a_percentage"

    @classmethod
    def parse(cls, value: Any) -> Self:
        return super().parse(str(value) if type(value) in (int, float) else value)

    @classmethod
    def canonical(cls, value: str) -> str:
        if not _PERCENT.fullmatch(value) or not 0 < Decimal(value) <= 100:
            raise WrongError(cls.code, "must be more than 0 and at most 100")
        return value


class ChoiceOrOff(Choice):
    """A choice of which one is "off": without quotes it is false in YAML."""

    @classmethod
    def parse(cls, value: Any) -> Self:
        return super().parse("off" if value is False else value)


class HolidayText(ChoiceOrOff):
    words = tuple(HolidayMode)


class DayOfYear(Scalar):
    """05-20; 29 February is kept on 28 February in other years."""

    code = "not_a_day"

    @classmethod
    def canonical(cls, value: str) -> str:
        try:
            return str(Birthday.parse(f"--{value}")).removeprefix("--")
        except ValueError:
            raise WrongError(cls.code, 'must be a month and a day, like "05-20"') from None


class HolidayName(Line):
    """It stands in cards, which sell nothing."""

    @classmethod
    def canonical(cls, value: str) -> str:
        name = super().canonical(value)
        if not 0 < len(name) <= LONGEST_NAME:
            raise WrongError("too_long" if name else "empty", f"must have 1 to {LONGEST_NAME} characters")
        if "%" in name or without_links(name) != name:
            raise WrongError("not_a_name", "must be the name of a day, without a link or a percentage")
        return name


class DeliveriesToldText(Choice):
    words = tuple(DeliveriesTold)


class AskedByText(Choice):
    words = tuple(AskedBy)


class DigestText(ChoiceOrOff):
    words = tuple(Digest)
