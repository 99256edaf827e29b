"""Read the telephone numbers of a field as people write them: several in one, with notes, with old prefixes.

Never another number than was meant: letters inside, a digit too few or too many, a number that nobody can have are
unreadable, and nothing is put right by a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from shopbell.schema.reading import UnreadableError
from shopbell.schema.texts import INVISIBLE

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_WORDS = r"(?:або|чи|та|или|и|vagy|és|or|and)"
_SEPARATOR = re.compile(rf"[,;|\n\r]|(?<=[\d)\s])\b{_WORDS}\b(?=[\s\d+(])|(?<=\d)\s*(?=\+)", re.IGNORECASE)
_EXTENSION = re.compile(
    r"(?<=[\d)])[\s(,;.]*\b(?:ext(?:ension)?|x|доб(?:авочный)?|дод(?:атковий)?|вн(?:утр)?|mellék|m)"
    r"[\s.:=]*\d{1,6}\b\)?(?![\s()-]*\d)",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_MIXED = re.compile(r"[^\W\d_]\d|\d[^\W\d_]")
"""A letter that touches a digit: a letter o for a zero, a word in place of digits."""
_RUN = re.compile(r"\+?[(\d][\d\s()\[\]/.~·‐-―−-]*")
_OLD_TRUNK = {"UA": re.compile(r"^\s*8([\s(-]*0(?:\D*\d){9}\D*)$")}
"""Where long-distance calls once began with an 8 before the area's 0, which people still write."""


def is_national(text: str) -> bool:
    """Whether it takes a country to read a number of it: without "+" it may begin with any country's own prefixes."""
    return any("+" not in part for part in _parts(_tidied(text)))


def read_phone(text: str, country: str) -> str:
    """E.164 of the first mobile number that can be read, else of the first number.

    A national number is one of `country` (ISO 3166). Raises UnreadableError.
    """
    region = country.partition("-")[0]
    numbers = [number for part in _parts(_tidied(text)) for number in _numbers(part, region)]
    if not numbers:
        raise UnreadableError(_why_none(text, region))
    return _e164(next(filter(_is_mobile, numbers), numbers[0]))


def read_known_phone(text: str, country: str) -> str:
    """The same, to find what was kept of a number: once it was enough that there might be such a number."""
    try:
        return read_phone(text, country)
    except UnreadableError:
        return read_one_phone(text, country)


def read_one_phone(text: str, country: str) -> str:
    """E.164 of a field that holds one number and nothing else, which need not be assigned to anybody.

    For what a shop says of itself: its numbers are its own affair. Raises UnreadableError.
    """
    import phonenumbers  # late: most events bring no phone

    written = _tidied(text).removeprefix("tel:")
    number = _parsed(written, country.partition("-")[0])
    if number is None or _LETTER.search(written):
        raise UnreadableError("is not a phone number")
    if not phonenumbers.is_possible_number(number):
        raise UnreadableError("has too few or too many digits for a phone number")
    return _e164(number)


def _tidied(text: str) -> str:
    whole = unicodedata.normalize("NFKC", text).translate(INVISIBLE)
    return _EXTENSION.sub(" ", whole)


def _parts(text: str) -> list[str]:
    return [part for part in _SEPARATOR.split(text) if any(map(str.isdecimal, part))]


def _numbers(part: str, region: str) -> Iterator[PhoneNumber]:
    if _MIXED.search(part):
        return
    for run in _RUN.findall(part):
        if number := _valid(run, region):
            yield number
        else:
            yield from _divided(run, region)


def _divided(run: str, region: str) -> Iterator[PhoneNumber]:
    """Two numbers with a stroke or nothing but space between them; both must be numbers, or it is one with a slip."""
    for gap in re.finditer(r"\s*/\s*|\s+", run):
        one, other = _valid(run[: gap.start()], region), _valid(run[gap.end() :], region)
        if one and other:
            yield from (one, other)
            return


def _valid(run: str, region: str) -> PhoneNumber | None:
    import phonenumbers  # late: most events bring no phone

    old = _OLD_TRUNK.get(region)
    number = _parsed(old.sub(r"\1", run) if old else run, region)
    return number if number and phonenumbers.is_valid_number(number) else None


def _parsed(run: str, region: str) -> PhoneNumber | None:
    import phonenumbers  # late: most events bring no phone

    try:
        return phonenumbers.parse(run, region)
    except phonenumbers.NumberParseException:
        return None


def _is_mobile(number: PhoneNumber) -> bool:
    from phonenumbers import PhoneNumberType, number_type

    return number_type(number) in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


def _e164(number: PhoneNumber) -> str:
    from phonenumbers import PhoneNumberFormat, format_number

    return format_number(number, PhoneNumberFormat.E164)


def _why_none(text: str, region: str) -> str:
    import phonenumbers

    tidied = _tidied(text)
    if _MIXED.search(tidied):
        return "has letters between its digits"
    number = _parsed(tidied, region)
    if number is None:
        return "is not a phone number"
    if not phonenumbers.is_possible_number(number):
        return "has too few or too many digits for a phone number"
    return "is a number that nobody can have"
