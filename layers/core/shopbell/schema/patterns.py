"""Values of a shop's configuration that are checked by a pattern, and its secrets."""

import base64
import re
from typing import Any, ClassVar, Self

from shopbell.schema.reading import WrongError
from shopbell.schema.types import Scalar

SHORTEST_KEY = 16
"""Bytes of a signing key; Standard Webhooks recommends 24 to 64."""


class PatternText(Scalar):
    """A text that matches `pattern`; `like` says in words what that is: "must be " stands before it."""

    pattern: ClassVar[str] = ""
    like: ClassVar[str] = ""

    @classmethod
    def canonical(cls, value: str) -> str:
        if re.fullmatch(cls.pattern, value) is None:
            raise WrongError(cls.code, f"must be {cls.like}")
        return value


class Country(PatternText):
    code = "not_a_country"
    pattern = r"[A-Z]{2}(-[A-Z0-9]{1,3})?"
    like = 'an ISO 3166 code, like "UA" or "GB-ENG"'

    @classmethod
    def parse(cls, value: Any) -> Self:
        """Norway without quotes is false in YAML."""
        return super().parse("NO" if value is False else value)


class Language(PatternText):
    code = "not_a_locale"
    pattern = r"[a-z]{2,3}"
    like = 'a language, like "uk"'


class SenderId(PatternText):
    """Of SMS: carriers show it in place of a number."""

    code = "not_a_sender_id"
    pattern = r"(?=.*[A-Za-z])[A-Za-z0-9-]{1,11}"
    like = "1 to 11 Latin letters, digits or hyphens, with one letter at least"


class Domain(PatternText):
    code = "not_a_domain"
    pattern = r"([a-z0-9]+(-+[a-z0-9]+)*\.)+[a-z]{2,}"
    like = 'a domain, like "shop.example"'


class NativeSecret(Scalar):
    """Standard Webhooks: "whsec_" and the key in Base64."""

    code = "not_a_secret"

    @classmethod
    def canonical(cls, value: str) -> str:
        try:
            key = base64.b64decode(value.removeprefix("whsec_"), validate=True)
        except ValueError:
            key = b""
        if not value.startswith("whsec_") or len(key) < SHORTEST_KEY:
            raise WrongError(cls.code, f'must be "whsec_" and at least {SHORTEST_KEY} bytes in Base64')
        return value


class PlatformSecret(PatternText):
    code = "not_a_secret"
    pattern = r"\S{1,256}"
    like = "1 to 256 characters without spaces"
