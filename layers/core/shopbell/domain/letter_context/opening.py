"""When a shop is open in a week, and moments on its clock for a reader whose clock shows another time."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta, timezone, tzinfo
from itertools import groupby
from typing import NamedTuple, Self

from shopbell.domain.time.calendar import WorkingCalendar


class Opening(NamedTuple):
    """From the `first` to the `last` day of the week, 0 is Monday; `closes` at 00:00 ends the day.

    Hours that have a zone are told with it.
    """

    first: int
    last: int
    opens: time
    closes: time


def opening(calendar: WorkingCalendar) -> tuple[Opening, ...]:
    """The days in their order, neighbours with the same hours together; none where it is open round the clock."""
    return tuple(_openings(calendar)) if calendar.hours else ()


def _openings(calendar: WorkingCalendar) -> Iterator[Opening]:
    for hours, days in groupby(range(7), calendar.hours.get):
        if hours:
            run = list(days)
            yield Opening(run[0], run[-1], hours.opens, hours.closes)


class Elsewhere(datetime):
    """A moment on the shop's clock, told to somebody whose own shows another time: with its zone."""

    @classmethod
    def of(cls, moment: datetime) -> Self:
        return cls.combine(moment.date(), moment.timetz())


def for_a_reader_in(zone: tzinfo, moment: datetime) -> datetime:
    return Elsewhere.of(moment) if _differs(zone, moment) else moment


def week_for_a_reader_in(zone: tzinfo, week: tuple[Opening, ...], now: datetime) -> tuple[Opening, ...]:
    """`now` on the shop's clock."""
    if not _differs(zone, now):
        return week
    shops = timezone(now.utcoffset() or timedelta())
    return tuple(each._replace(opens=each.opens.replace(tzinfo=shops)) for each in week)


def _differs(zone: tzinfo, moment: datetime) -> bool:
    return moment.utcoffset() != moment.astimezone(zone).utcoffset()
