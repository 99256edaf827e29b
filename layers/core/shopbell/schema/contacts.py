"""Read phone numbers, e-mail addresses, locales and time zones as people write them, each into one spelling."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shopbell.domain.model.events import Json
from shopbell.domain.time.calendar import format_instant, parse_instant

_LOCALE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]{1,20})?")
_ZONE = re.compile(r"UTC|(?!posix|right)[A-Z][A-Za-z]+(?:/[A-Za-z0-9_+-]+){1,2}")

# What email_validator takes and leaves as it is, without its import, which takes longer than all else at the door: no
# label of an international domain (xn--), no top level that never has mail.
_PLAIN_EMAIL = re.compile(
    r"(?=[^@]{1,64}@.{1,189}$)[a-z0-9_+-]+(\.[a-z0-9_+-]+)*@"
    r"((?=[a-z0-9-]{1,63}\.)[a-z0-9]+(-[a-z0-9]+)*\.)+(?!(arpa|invalid|local|localhost|onion)$)[a-z]{2,63}"
)


class UnreadableError(ValueError):
    """Why a text is no phone number, address, locale or zone; it never quotes the text."""


def is_national(phone: str) -> bool:
    """Whether it takes a country to read the number: without "+" it may begin with any country's own prefixes."""
    return not phone.strip().removeprefix("tel:").startswith(("+", "\uff0b"))


def read_phone(text: str, country: str) -> str:
    """E.164; a national number is one of `country` (ISO 3166). Raises UnreadableError."""
    import phonenumbers  # late: most events bring no phone

    try:
        number = phonenumbers.parse(text, country.partition("-")[0])
    except phonenumbers.NumberParseException:
        raise UnreadableError("is not a phone number") from None
    if not phonenumbers.is_possible_number(number):
        raise UnreadableError("has too few or too many digits for a phone number")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def read_email(text: str) -> str:
    """The address, its domain in lower case and ASCII; its existence is not asked. Raises UnreadableError."""
    if _PLAIN_EMAIL.fullmatch(text.strip()):
        return text.strip()
    from email_validator import EmailNotValidError, validate_email

    try:
        address = validate_email(
            text.strip(), check_deliverability=False, test_environment=True, allow_smtputf8=False, strict=True
        )
    except EmailNotValidError:
        raise UnreadableError("is not an e-mail address") from None
    return address.ascii_email or address.normalized


def read_locale(text: str, locales: Collection[str]) -> str:
    """The language of "uk-UA", "uk_UA" or "UK", if letters are written in it. Raises UnreadableError."""
    match = _LOCALE.fullmatch(text.strip())
    if match is None:
        raise UnreadableError('is not a locale, like "uk" or "uk-UA"')
    if (language := match[1].lower()) not in locales:
        raise UnreadableError("is a language without letters")
    return language


def read_zone(text: str) -> str:
    """The name of a zone of the IANA database. Raises UnreadableError."""
    name = text.strip()
    try:
        if _ZONE.fullmatch(name) is None:
            raise ValueError
        ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise UnreadableError('is not a time zone, like "Europe/Kyiv"') from None
    return name


@dataclass(frozen=True, slots=True)
class ContactReader:
    """Reads contacts, locales and zones in a shop of `country` (ISO 3166) whose letters are written in `locales`."""

    country: str
    locales: Collection[str]

    def read(self, fields: Mapping[str, Json]) -> tuple[dict[str, Json], dict[str, str]]:
        """The fields with each contact in its one spelling, and by name why each that was left out cannot be read."""
        readable, unreadable = dict(fields), dict[str, str]()
        for name, reading in self._readings().items():
            if (text := fields.get(name)) is None:
                continue
            try:
                readable[name] = reading(text)
            except UnreadableError as error:
                del readable[name]
                unreadable[name] = str(error)
        return readable, unreadable

    def _readings(self) -> Mapping[str, Callable[[str], str]]:
        return {
            "email": read_email,
            "phone": lambda text: read_phone(text, self.country),
            "locale": lambda text: read_locale(text, self.locales),
            "timezone": read_zone,
        }


def with_whole_consents(fields: Mapping[str, Json], timestamp: datetime) -> dict[str, Json]:
    """A customer's fields as an event of `timestamp` has them, each consent in one form, `true` or long in the event.

    `long` says which it was there: only a consent in the long form lifts what the person withdrew.
    """
    if not fields.get("consent"):
        return dict(fields)
    consents = {purpose: _whole(consent, timestamp) for purpose, consent in fields["consent"].items()}
    return {**fields, "consent": consents}


def _whole(consent: Json, timestamp: datetime) -> Json:
    """Nobody can agree later than the event that tells of it: else a wrong date would outweigh all withdrawals."""
    if consent is None:
        return None
    long = isinstance(consent, dict)
    given = consent if long else {"granted": consent}
    agreed_at = min(parse_instant(given["at"]), timestamp) if given.get("at") else None
    return {
        "granted": given["granted"],
        "at": format_instant(agreed_at) if agreed_at else None,
        "source": given.get("source"),
        "wording": given.get("wording"),
        "long": long,
    }
