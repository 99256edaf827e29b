"""Instants and durations in ISO 8601, as POST /local/clock takes them."""

import calendar
import re
from datetime import UTC, datetime, timedelta

# Well before Python's last year, so that the next tick can always be named.
LAST_YEAR = 9000
# By their first letters: M is months before the T, minutes after it.
_DATE, _TIME = ("years", "months", "weeks", "days"), ("hours", "minutes", "seconds")


def _parts(names: tuple[str, ...]) -> str:
    return "".join(rf"(?:(?P<{name}>\d+(?:[.,]\d+)?){name[0].upper()})?" for name in names)


_DURATION = re.compile(rf"P(?!$){_parts(_DATE)}(?:T(?=\d){_parts(_TIME)})?", re.ASCII)


def instant(text: object) -> datetime:
    """An ISO 8601 instant with its offset, in UTC. Raises ValueError."""
    if not isinstance(text, str):
        raise ValueError("an instant is a text like 2026-03-02T10:00:00Z")
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("an instant carries its offset, like 2026-03-02T10:00:00Z")
    if not 1 < moment.year <= LAST_YEAR:
        raise ValueError(f"the clock ends with the year {LAST_YEAR}")
    return moment.astimezone(UTC)


def text(moment: datetime) -> str:
    """`moment` as every answer writes it: UTC, with Z, no more digits than needed ("2026-03-02T10:00:00Z")."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def later(moment: datetime, duration: object) -> datetime:
    """`moment` moved on by an ISO 8601 duration ("P3DT2H", "P1M"; calendar months). Raises ValueError."""
    match = _DURATION.fullmatch(duration) if isinstance(duration, str) else None
    if match is None:
        raise ValueError("a duration is a text like P3DT2H or PT0S, and not negative")
    parts = {name: float((value or "0").replace(",", ".")) for name, value in match.groupdict().items()}
    years, months = parts.pop("years"), parts.pop("months")
    if not (years.is_integer() and months.is_integer()):
        raise ValueError("years and months are whole")
    try:
        moved = _months_later(moment, int(years) * 12 + int(months)) + timedelta(**parts)
    except OverflowError as error:
        raise ValueError(f"the clock ends with the year {LAST_YEAR}") from error
    return instant(moved.isoformat())  # which knows the clock's bounds


def _months_later(moment: datetime, months: int) -> datetime:
    years, month = divmod(moment.month - 1 + months, 12)
    year = moment.year + years
    if year > LAST_YEAR:
        raise OverflowError
    # A month after 31 January is 28 February, or 29.
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def grid(moment: datetime, every: timedelta) -> datetime:
    """The first point at or after `moment` of the grid that starts at midnight UTC."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    steps = -((midnight - moment) // every)  # rounded up: division of what is negative rounds down
    return midnight + steps * every
