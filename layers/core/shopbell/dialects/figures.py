"""The values of a shop's configuration; the number, date or boolean that YAML makes of one is taken too."""

import base64
import binascii
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Self

from shopbell.dialects.people import read_email, read_zone
from shopbell.dialects.reading import WrongError
from shopbell.dialects.scalars import Choice, Scalar
from shopbell.dialects.texts import Url
from shopbell.dialects.values import Amount, Day
from shopbell.domain.calendar import Hours
from shopbell.domain.shop import Digest, HolidayMode
from shopbell.domain.span import Span

SHORTEST_KEY = 16
"""Bytes of a signing key; Standard Webhooks recommends 24 to 64."""

# An address written so needs no library to be read: a shop is loaded at every cold start.
_PLAIN_EMAIL = re.compile(r"(?=.{3,254}$)[a-z0-9_+-]+(\.[a-z0-9_+-]+)*@([a-z0-9]+(-+[a-z0-9]+)*\.)+[a-z]{2,}")
_PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")


class ShopEmail(Scalar):
    code = "not_an_email"

    @classmethod
    def canonical(cls, value: str) -> str:
        return value if _PLAIN_EMAIL.fullmatch(value) else read_email(value)


class ShopPhone(Scalar):
    """Any spelling; +380441234567 without quotes is a number in YAML."""

    code = "not_a_phone"

    @classmethod
    def parse(cls, value: Any) -> Self:
        return super().parse(f"+{value}" if type(value) is int else value)


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


class Distance(Scalar):
    code = "not_a_span"

    @classmethod
    def canonical(cls, value: str) -> str:
        return str(Span.parse(value))


class YamlDay(Day):
    """YAML has days of its own."""

    @classmethod
    def parse(cls, value: Any) -> Self:
        is_day = isinstance(value, date) and not isinstance(value, datetime)
        return super().parse(value.isoformat() if is_day else value)


class Price(Amount):
    """Money of which no sender has to be told that 50 is "50.00"."""

    @classmethod
    def parse(cls, value: Any) -> Self:
        return super().parse(str(value) if type(value) in (int, float) else value)


class Link(Url):
    """Empty where there is none."""

    @classmethod
    def canonical(cls, value: str) -> str:
        return super().canonical(value) if value else ""


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


class OrOff(Choice):
    """A word of which one is "off", which YAML reads as false."""

    @classmethod
    def parse(cls, value: Any) -> Self:
        return super().parse("off" if value is False else value)


class HolidayWord(OrOff):
    words = tuple(HolidayMode)


class DigestWord(OrOff):
    words = tuple(Digest)


class Shaped(Scalar):
    """What a pattern tells."""

    pattern: ClassVar[str] = ""
    like: ClassVar[str] = ""

    @classmethod
    def canonical(cls, value: str) -> str:
        if re.fullmatch(cls.pattern, value) is None:
            raise WrongError(cls.code, f"must be {cls.like}")
        return value


class Country(Shaped):
    code = "not_a_country"
    pattern = r"[A-Z]{2}(-[A-Z0-9]{1,3})?"
    like = 'an ISO 3166 code, like "UA" or "GB-ENG"'

    @classmethod
    def parse(cls, value: Any) -> Self:
        """Norway without quotes is false in YAML."""
        return super().parse("NO" if value is False else value)


class Language(Shaped):
    code = "not_a_locale"
    pattern = r"[a-z]{2,3}"
    like = 'a language, like "uk"'


class SenderId(Shaped):
    """What carriers show in place of a number."""

    code = "not_a_sender_id"
    pattern = r"(?=.*[A-Za-z])[A-Za-z0-9-]{1,11}"
    like = "1 to 11 Latin letters, digits or hyphens, with one letter at least"


class Domain(Shaped):
    code = "not_a_domain"
    pattern = r"([a-z0-9]+(-+[a-z0-9]+)*\.)+[a-z]{2,}"
    like = 'a domain, like "shop.example"'


class Accent(Shaped):
    """The colour of buttons, whose words are white."""

    code = "not_a_colour"
    pattern = "#[0-9a-fA-F]{6}"
    like = 'a colour, like "#1f5f8b"'

    @classmethod
    def canonical(cls, value: str) -> str:
        colour = super().canonical(value).lower()
        if _contrast_with_white(colour) < 4.5:
            raise WrongError("too_light", "must be dark enough for white words (a contrast of 4.5 to 1)")
        return colour


def _contrast_with_white(colour: str) -> float:
    """As WCAG 2 defines it, 1 to 21."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


class NativeSecret(Scalar):
    """Standard Webhooks: "whsec_" and the key in Base64."""

    code = "not_a_secret"

    @classmethod
    def canonical(cls, value: str) -> str:
        try:
            key = base64.b64decode(value.removeprefix("whsec_"), validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if not value.startswith("whsec_") or len(key) < SHORTEST_KEY:
            raise WrongError(cls.code, f'must be "whsec_" and at least {SHORTEST_KEY} bytes in Base64')
        return value


class PlatformSecret(Shaped):
    code = "not_a_secret"
    pattern = r"\S{1,256}"
    like = "1 to 256 characters without spaces"
