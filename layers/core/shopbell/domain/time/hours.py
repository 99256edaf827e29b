"""Hours of the day in which something may be done: a shop's working hours, a customer's send hours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from shopbell.domain.time.instants import ONE_DAY, as_utc, at_local, local_day

MIDNIGHT = time(0)

_HOURS = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9]) *[-–] *(?:([01]?[0-9]|2[0-3]):([0-5][0-9])|24:00)")


@dataclass(frozen=True, slots=True)
class Hours:
    """From `opens` until just before `closes`, on the local clock; `closes` at 00:00 ends the day."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if MIDNIGHT != self.closes <= self.opens:
            raise ValueError("must close later than it opens, on the same day")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "09:00-18:00" or "00:00-24:00"; raises ValueError for anything else."""
        match = _HOURS.fullmatch(text.strip())
        if match is None:
            raise ValueError('must be hours of a day, like "09:00-18:00"')
        opens = time(int(match[1]), int(match[2]))
        if match[3] is None:
            return cls(opens, MIDNIGHT)
        if (closes := time(int(match[3]), int(match[4]))) == MIDNIGHT:
            raise ValueError('must close later than it opens; the end of the day is "24:00"')
        return cls(opens, closes)

    def __str__(self) -> str:
        closes = "24:00" if self.closes == MIDNIGHT else f"{self.closes:%H:%M}"
        return f"{self.opens:%H:%M}-{closes}"

    def include(self, at: time) -> bool:
        return self.opens <= at and (at < self.closes or self.closes == MIDNIGHT)


ROUND_THE_CLOCK = Hours(MIDNIGHT, MIDNIGHT)


def next_send_moment(moment: datetime, hours: Hours, zone: ZoneInfo) -> datetime:
    """The moment itself inside the hours of the zone's clock, else when they begin next; UTC.

    Around a change of the clocks the clock on the customer's wall counts: an hour shown twice is inside or
    outside both times, and hours of which the clocks skip the beginning begin where the skipping ends.
    """
    moment = as_utc(moment)
    day = local_day(moment, zone)
    while (opening := first_inside(moment, day, hours, zone)) is None:
        day += ONE_DAY
    return opening


def first_inside(moment: datetime, day: date, hours: Hours, zone: ZoneInfo) -> datetime | None:
    """The first moment of a local day inside the hours, not before `moment` (UTC); None: none is left."""

    def fits(candidate: datetime) -> bool:
        local = candidate.astimezone(zone)
        return candidate >= moment and local.date() == day and hours.include(local.time())

    if fits(moment):
        return moment
    return min(filter(fits, _beginnings(day, hours, zone)), default=None)


def _beginnings(day: date, hours: Hours, zone: ZoneInfo) -> Iterator[datetime]:
    """Where hours can begin: at the opening, shown once or twice, or where a clock change lands in them."""
    starts, ends = at_local(day, MIDNIGHT, zone), at_local(day + ONE_DAY, MIDNIGHT, zone)
    yield starts
    for fold in (0, 1):
        yield datetime.combine(day, hours.opens.replace(fold=fold), zone).astimezone(UTC)
    if _offset(starts, zone) != _offset(ends, zone):
        yield _clock_change(starts, ends, zone)


def _clock_change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The second in which the zone's offset changes; zoneinfo does not tell, so halve the time between."""
    old = _offset(before, zone)
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        before, after = (middle, after) if _offset(middle, zone) == old else (before, middle)
    return after


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()
