"""The types of ids, texts and links, in events and configurations."""

import re
from typing import ClassVar

from shopbell.schema.reading import WrongError
from shopbell.schema.types import Scalar, Schema

LONGEST_ID = 128
LONGEST_TEXT = 1000

# Neither SQS, nor a mail's headers, nor a page wants these: controls, the overrides that turn the reading
# direction round (a name could rewrite the sentence it stands in), and what is no character at all.
_UNWANTED = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFFFE, 0xFFFF]
)
INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF, 0xAD])
"""What comes along when a contact is copied from elsewhere: direction marks, joiners, soft hyphens."""
_BREAKS = {0x2028: "\n", 0x2029: "\n", 0x85: "\n", 0x0B: "\n", 0x0C: "\n"}
_TO_TEXT = _UNWANTED | {ord("\n"): "\n", ord("\t"): " "} | _BREAKS
_TO_LINE = _UNWANTED | {ord(mark): " " for mark in "\r\n\t\x0b\x0c\x85\u2028\u2029"}
_URL = re.compile(r"https?://[^\s/?#<>\"\\^`{|}]+(?:[/?#][^\s<>\"\\^`{|}]*)?", re.IGNORECASE)


class Id(Scalar):
    """An id that a program gave, kept character by character: one with control characters is refused, not mended."""

    schema: ClassVar[Schema] = {"type": "string", "minLength": 1, "maxLength": LONGEST_ID}

    @classmethod
    def canonical(cls, value: str) -> str:
        if not value.strip():
            raise WrongError("empty", "must not be empty")
        if value.translate(_UNWANTED) != value:
            raise WrongError("not_an_id", "must not hold control characters")
        return _at_most(LONGEST_ID, value)


class Line(Scalar):
    """A text on one line; breaks become spaces."""

    schema: ClassVar[Schema] = {"type": "string", "maxLength": LONGEST_TEXT}

    @classmethod
    def canonical(cls, value: str) -> str:
        return " ".join(filter(None, _at_most(LONGEST_TEXT, value).translate(_TO_LINE).split(" ")))


class Label(Line):
    """A number or code that people read aloud."""

    schema: ClassVar[Schema] = {"type": "string", "maxLength": LONGEST_ID}

    @classmethod
    def canonical(cls, value: str) -> str:
        return super().canonical(_at_most(LONGEST_ID, value))


class Text(Scalar):
    """A text that may have several lines."""

    longest: ClassVar[int] = LONGEST_TEXT
    schema: ClassVar[Schema] = {"type": "string", "maxLength": LONGEST_TEXT}

    @classmethod
    def canonical(cls, value: str) -> str:
        return _at_most(cls.longest, value).replace("\r\n", "\n").replace("\r", "\n").translate(_TO_TEXT).strip()


class Contact(Scalar):
    """What a customer is reached by or spoken to in, as it was written: only with the shop can it be read."""

    droppable = True
    schema: ClassVar[Schema] = {
        "type": "string",
        "description": "In any usual spelling; one that cannot be read is dropped, and the event taken all the same",
    }

    @classmethod
    def canonical(cls, value: str) -> str:
        return _at_most(LONGEST_TEXT, value)


class Url(Scalar):
    """A link to the web; one of another kind ("javascript:") must never stand in a letter."""

    code = "not_a_url"
    droppable = True
    schema: ClassVar[Schema] = {
        "type": "string",
        "format": "uri",
        "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://",
        "maxLength": LONGEST_TEXT,
    }

    @classmethod
    def canonical(cls, value: str) -> str:
        if _URL.fullmatch(value) is None or value.translate(_UNWANTED) != value:
            raise WrongError(cls.code, "must be an address that begins with http:// or https://")
        return _at_most(LONGEST_TEXT, value)


def _at_most(length: int, value: str) -> str:
    if len(value) > length:
        raise WrongError("too_long", f"must have at most {length} characters")
    return value
