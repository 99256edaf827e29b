"""Values of a shop's configuration that are checked by a pattern, and its secrets."""

import base64
import re
from typing import Any, ClassVar, Self

from shopbell.schema.reading import WrongError
from shopbell.schema.types import Scalar

SHORTEST_KEY = 16
"""Bytes of a signing key; Standard Webhooks recommends 24 to 64."""

_CODES = """
AC AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA
CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR
MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO
RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TG TH TJ TK TL TM TN TO TR TT
TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
"""
PHONE_COUNTRIES = frozenset(_CODES.split())
"""ISO 3166 codes of all countries with telephone numbers; the library that knows them is slow to import."""


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


class PhoneCountry(Country):
    """One with telephone numbers of its own: a misspelt one would silence its customers."""

    like = 'an ISO 3166 code of a country with telephone numbers, like "UA"'

    @classmethod
    def canonical(cls, value: str) -> str:
        if value not in PHONE_COUNTRIES:
            raise WrongError(cls.code, f"must be {cls.like}")
        return value


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
