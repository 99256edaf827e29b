"""Read the contacts, the locale and the time zone of a customer, each into one spelling."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shopbell.domain.model.events import Json
from shopbell.domain.time.calendar import format_instant, parse_instant
from shopbell.schema.addresses import read_emails
from shopbell.schema.phones import read_known_phone, read_phone
from shopbell.schema.reading import UnreadableError
from shopbell.schema.texts import Line

_LOCALE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]{1,20})?")
_ZONE = re.compile(r"UTC|(?!posix|right)[A-Z][A-Za-z]+(?:/[A-Za-z0-9_+-]+){1,2}")


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
class ReadFields:
    """`readable`: the fields with each contact in its one spelling. `unreadable`: by name why each that was left out
    cannot be read; `as_written`: what stood in those of them that a person could still make out."""

    readable: dict[str, Json]
    unreadable: dict[str, str]
    as_written: dict[str, str]


@dataclass(frozen=True, slots=True)
class ContactReader:
    """Reads contacts, locales and zones in a shop of `country` (ISO 3166) whose letters are written in `locales`.

    `finds`: to find what is kept of a contact, not to write to it.
    """

    country: str
    locales: Collection[str]
    finds: bool = False

    def read(self, fields: Mapping[str, Json]) -> ReadFields:
        result = ReadFields(dict(fields), {}, {})
        for name, reading in self._readings().items():
            if (text := fields.get(name)) is None:
                continue
            try:
                result.readable[name] = reading(text)
            except UnreadableError as error:
                del result.readable[name]
                result.unreadable[name] = str(error)
                if name in FOR_PEOPLE:
                    result.as_written[name] = Line.canonical(text)
        return result

    def _readings(self) -> Mapping[str, Callable[[str], str]]:
        of_phones = read_known_phone if self.finds else read_phone
        return {
            "email": read_emails,
            "phone": lambda text: of_phones(text, self.country),
            "locale": lambda text: read_locale(text, self.locales),
            "timezone": read_zone,
        }


FOR_PEOPLE = ("email", "phone")
"""Contacts that a person may make out where a program cannot."""


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
