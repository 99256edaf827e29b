"""The last day of keeping as a file for the reader's calendar (RFC 5545): an event of a whole day."""

from collections.abc import Iterator, Mapping
from datetime import UTC, timedelta
from hashlib import blake2b
from typing import Any

from shopbell.domain.journeys.names import READY
from shopbell.domain.model.letter import Enclosure
from shopbell.rendering.formats import one_line
from shopbell.rendering.whitespace import CONTROL

LONGEST_LINE = 75
"""Bytes of a line without its end; what is longer goes on in the next one, after a space."""
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def last_day(content: Mapping[str, Any], words: Any) -> Iterator[Enclosure]:
    """Where the letter tells one."""
    day = content["order"].delivery.pickup_until if content["kind"] == READY else None
    if day is not None:
        file = "".join(f"{line}\r\n" for each in _lines(content, words) for line in _folded(each))
        content_type = "text/calendar; charset=utf-8; method=PUBLISH"
        yield Enclosure(f"collect-by-{day:%Y-%m-%d}.ics", content_type, file.encode(errors="replace"))


def _lines(content: Mapping[str, Any], words: Any) -> Iterator[str]:
    order = content["order"]
    day, number = order.delivery.pickup_until, order.delivery.tracking_number
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Shopbell//Order news//EN", "METHOD:PUBLISH")
    yield from (
        "BEGIN:VEVENT",
        f"UID:{_uid(content)}",
        f"DTSTAMP:{content['happened_at'].astimezone(UTC):%Y%m%dT%H%M%SZ}",
    )
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(words.calendar_title(order.number))}"
    if place := _place(content):
        yield f"LOCATION:{_text(place)}"
    if number:
        yield f"DESCRIPTION:{_text(words.labels['tracking'])}: {_text(number)}"
    yield from ("TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR")


def _place(content: Mapping[str, Any]) -> str:
    delivery = content["order"].delivery
    own = content["shop"].address if delivery.method == "self_pickup" else ""
    return one_line(delivery.address or own)


def _uid(content: Mapping[str, Any]) -> str:
    """The same for each word about one parcel, so that a later day takes the place of the former."""
    shop, order = content["shop"], content["order"]
    about = f"{shop.email} {order.number} {order.delivery.tracking_number}"
    domain = shop.email.rpartition("@")[2] or "shopbell.invalid"
    return f"{blake2b(about.encode(errors='replace'), digest_size=10).hexdigest()}@{domain}"


def _text(text: str) -> str:
    return CONTROL.sub("", str(text).replace("\r\n", "\n")).translate(ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """Cut between characters, never within one."""
    piece, room = "", LONGEST_LINE
    for sign in line:
        size = len(sign.encode(errors="replace"))
        if size > room:
            yield piece
            piece, room = " ", LONGEST_LINE - 1
        piece, room = piece + sign, room - size
    yield piece
