"""Instants and days: how they are read and written, and where they lie on a zone's clock."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)

# What lies outside is a platform's "no date" (0001-01-01, 9999-12-31). Inside, no sum of a moment and a span
# leaves the years that a datetime can hold. Instants reach further than days: what was counted from a day and
# written down is read again.
_YEARS_OF_DAYS, _YEARS_OF_INSTANTS = range(1900, 3000), range(1800, 4000)

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]"
    r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})"
)


def parse_instant(text: str) -> datetime:
    """Read an ISO 8601 instant with its offset, as UTC; what is finer than a microsecond is cut off.

    Raises ValueError for anything else, a moment without an offset above all.
    """
    if _INSTANT.fullmatch(upper := text.upper()) is None:
        raise ValueError('must be an ISO 8601 moment with its offset, like "2026-03-02T10:00:00+02:00"')
    try:
        moment = datetime.fromisoformat(upper)
    except ValueError as error:
        raise ValueError(f"there is no such moment: {error}") from None
    _check_year(moment, _YEARS_OF_INSTANTS)
    return moment.astimezone(UTC)


def parse_day(text: str) -> date:
    """Read "2026-03-02"; raises ValueError for anything else and for days that do not exist."""
    if _DAY.fullmatch(text) is None:
        raise ValueError('must be a day, like "2026-03-02"')
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError("there is no such day in the calendar") from None
    _check_year(day, _YEARS_OF_DAYS)
    return day


def _check_year(day: date, years: range) -> None:
    if day.year not in years:
        raise ValueError(f"the year must lie between {years[0]} and {years[-1]}")


def as_utc(moment: datetime) -> datetime:
    """The same moment in UTC; a naive one is a mistake in our own code and raises ValueError."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment.astimezone(UTC)


def format_instant(moment: datetime) -> str:
    """ "2026-03-02T10:00:00Z": always this width, so that texts sort as moments do. Fractions are cut off."""
    return f"{as_utc(moment).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def format_stamp(moment: datetime) -> str:
    """ "2026-03-02T10:00:00.000000Z": for telling apart what happened within one second."""
    return f"{as_utc(moment).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    return as_utc(moment).astimezone(zone).date()


def at_local(day: date, at: time, zone: ZoneInfo) -> datetime:
    """When the clocks of the zone show this time, in UTC.

    A time that the clocks skip moves forward by as much (02:30 is 03:30); of a time shown twice, the first.
    """
    return datetime.combine(day, at.replace(fold=0), zone).astimezone(UTC)
