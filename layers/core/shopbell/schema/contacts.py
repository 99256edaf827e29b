"""How a customer is reached and spoken to: phones, addresses, locales, zones in one spelling, or dropped."""

import re
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shopbell.domain.model.events import Dropped, Json
from shopbell.domain.time.calendar import format_instant, parse_instant

_LOCALE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]{1,20})?")
_ZONE = re.compile(r"UTC|(?!posix|right)[A-Z][A-Za-z]+(?:/[A-Za-z0-9_+-]+){1,2}")


class UnreadableError(ValueError):
    """Says why, without the value."""


def read_phone(text: str, country: str) -> str:
    """E.164; a national number is one of `country` (ISO 3166). Raises UnreadableError."""
    import phonenumbers  # late: the door reads no phone

    try:
        number = phonenumbers.parse(text, country.partition("-")[0])
    except phonenumbers.NumberParseException:
        raise UnreadableError("is not a phone number") from None
    if not phonenumbers.is_possible_number(number):
        raise UnreadableError("has too few or too many digits for a phone number")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def read_email(text: str) -> str:
    """The address, its domain in lower case and ASCII; its existence is not asked. Raises UnreadableError."""
    from email_validator import EmailNotValidError, validate_email  # late: the door reads no address

    try:
        found = validate_email(
            text.strip(), check_deliverability=False, test_environment=True, allow_smtputf8=False, strict=True
        )
    except EmailNotValidError:
        raise UnreadableError("is not an e-mail address") from None
    return found.ascii_email or found.normalized


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
class Person:
    """A customer as an event tells of them; `fields` without what had to be dropped."""

    id: str | None
    fields: Mapping[str, Json]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the customers of one event, which happened at `at`, in a shop of `country`."""

    country: str
    locales: Collection[str]
    at: datetime

    def read(self, said: Mapping[str, Json]) -> Person:
        """`said` is a customer object in the form in which the door lets it through."""
        fields, dropped = dict(said), []
        for name, reading in self._readings().items():
            if (text := fields.get(name)) is None:
                continue
            try:
                fields[name] = reading(text)
            except UnreadableError as error:
                del fields[name]
                dropped.append(Dropped(f"customer.{name}", str(error) if text else "is not text"))
        if fields.get("consent"):
            fields["consent"] = {name: self._agreement(word) for name, word in fields["consent"].items()}
        return Person(fields.get("id"), fields, tuple(dropped))

    def without_person(self, extra: Mapping[str, Json]) -> dict[str, Json]:
        """What else an event says: a number in its one spelling where it can be read, and no customer twice."""
        said = dict(extra)
        if phone := said.pop("phone", None):
            with suppress(UnreadableError):
                said["phone"] = read_phone(phone, self.country)
        if isinstance(complaint := said.get("complaint"), Mapping):
            said["complaint"] = {name: word for name, word in complaint.items() if name != "customer"}
        return said

    def _readings(self) -> Mapping[str, Callable[[str], str]]:
        return {
            "email": read_email,
            "phone": lambda text: read_phone(text, self.country),
            "locale": lambda text: read_locale(text, self.locales),
            "timezone": read_zone,
        }

    def _agreement(self, word: Json) -> Json:
        """One form for both of the contract's; nobody can agree later than the event that tells of it."""
        if word is None:
            return None
        long = isinstance(word, dict)
        said = word if long else {"granted": word}
        at = min(parse_instant(said["at"]), self.at) if said.get("at") else None
        return {
            "granted": said["granted"],
            "at": format_instant(at) if at else None,
            "source": said.get("source"),
            "wording": said.get("wording"),
            "long": long,
        }
