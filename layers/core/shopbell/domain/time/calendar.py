"""A shop's working calendar: working days, opening hours, and distances counted on them."""

from calendar import monthrange
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shopbell.domain.time.birthday import Birthday
from shopbell.domain.time.hours import MIDNIGHT, ROUND_THE_CLOCK, Hours, first_inside, next_send_moment
from shopbell.domain.time.instants import (
    ONE_DAY,
    as_utc,
    at_local,
    format_instant,
    format_stamp,
    local_day,
    parse_day,
    parse_instant,
)
from shopbell.domain.time.span import Span, Unit

__all__ = [
    "Birthday",
    "Hours",
    "WorkingCalendar",
    "at_local",
    "format_instant",
    "format_stamp",
    "latest_moment",
    "local_day",
    "next_send_moment",
    "parse_day",
    "parse_instant",
]


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """When a shop works: hours by weekday (0 is Monday) in its zone, but not on its days off.

    A shop without any hours works round the clock on all days but its days off: then nothing waits for ever.
    """

    zone: ZoneInfo
    hours: Mapping[int, Hours]
    days_off: Container[date] = frozenset()

    def hours_on(self, day: date) -> Hours | None:
        """The hours of that day, None when the shop does not work."""
        if day in self.days_off:
            return None
        return self.hours.get(day.weekday()) if self.hours else ROUND_THE_CLOCK

    def is_working_day(self, day: date) -> bool:
        return self.hours_on(day) is not None

    def next_working_day(self, day: date) -> date:
        """That day, or the first working day after it."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def add_working_days(self, moment: datetime, count: int) -> datetime:
        """That many working days later (earlier when negative) at the same time of day, in UTC.

        The day of `moment` itself is not counted, working or not: two working days from a Friday, or
        from the weekend after it, are on Tuesday. A time of day that the clocks skip there moves forward.
        """
        day, step = local_day(moment, self.zone), ONE_DAY if count > 0 else -ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return self._at_same_time(moment, day)

    def add_working_time(self, moment: datetime, left: timedelta) -> datetime:
        """When the shop has been open so long since `moment`, in UTC; when it is still open so long until then, where
        the distance is negative."""
        if left < timedelta():
            return self._working_time_before(as_utc(moment), -left)
        moment = self.opens_after(moment)
        while left and (open_for := self._open_for(moment)) < left:
            left -= open_for
            moment = self.opens_after(moment + open_for)
        return moment + left

    def _working_time_before(self, moment: datetime, left: timedelta) -> datetime:
        day = self._last_working_day_until(local_day(moment, self.zone))
        while (open_for := self._open_until(moment, day)) < left:
            left -= open_for
            day = self.last_working_day_before(day)
        return min(moment, self.end_of(day)) - left

    def _open_until(self, moment: datetime, day: date) -> timedelta:
        """How long it is open on that working day before that moment."""
        return max(min(moment, self.end_of(day)) - self._opening(day), timedelta())

    def _open_for(self, moment: datetime) -> timedelta:
        """How much longer, on an open day, it stays open; a whole second at the least, so that time goes on."""
        return max(self.end_of(local_day(moment, self.zone)) - moment, timedelta(seconds=1))

    def later_today(self, moment: datetime) -> datetime:
        """Two open hours later; where the day has fewer left, half of them later, but not in its last half hour."""
        left = self._open_for(moment) if self.is_open(moment) else timedelta()
        if timedelta(minutes=30) <= left <= timedelta(hours=2):
            return as_utc(moment) + left / 2
        return self.add_working_time(moment, timedelta(hours=2))

    def last_morning_before(self, day: date) -> datetime:
        """When the shop opens on the last working day before that day, in UTC."""
        return self._opening(self.last_working_day_before(day))

    def last_working_day_before(self, day: date) -> date:
        return self._last_working_day_until(day - ONE_DAY)

    def _last_working_day_until(self, day: date) -> date:
        while not self.is_working_day(day):
            day -= ONE_DAY
        return day

    def next_morning(self, moment: datetime) -> datetime:
        """When the shop opens next after that moment, in UTC: in the morning, were it open now."""
        day = self.next_working_day(local_day(moment, self.zone))
        while (opening := self._opening(day)) <= as_utc(moment):
            day = self.next_working_day(day + ONE_DAY)
        return opening

    def _opening(self, day: date) -> datetime:
        return at_local(day, (self.hours_on(day) or ROUND_THE_CLOCK).opens, self.zone)

    def add_days(self, moment: datetime, count: int) -> datetime:
        """That many calendar days later at the same time of day, in UTC; skipped times move forward."""
        return self._at_same_time(moment, local_day(moment, self.zone) + count * ONE_DAY)

    def add_months(self, moment: datetime, count: int) -> datetime:
        """The same day and time of day that many months later, in UTC; of a shorter month its last day."""
        day = local_day(moment, self.zone)
        year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
        longest = monthrange(year, month + 1)[1]
        return self._at_same_time(moment, date(year, month + 1, min(day.day, longest)))

    def _at_same_time(self, moment: datetime, day: date) -> datetime:
        moment = as_utc(moment)
        local = moment.astimezone(self.zone)
        return moment if day == local.date() else at_local(day, local.time(), self.zone)

    def plus(self, moment: datetime, span: Span) -> datetime:
        """The moment that lies `span` away, in UTC."""
        match span.unit:
            case Unit.MINUTES:
                return as_utc(moment) + timedelta(minutes=span.amount)
            case Unit.HOURS:
                return as_utc(moment) + timedelta(hours=span.amount)
            case Unit.DAYS:
                return self.add_days(moment, span.amount)
            case Unit.WORKING_DAYS:
                return self.add_working_days(moment, span.amount)
            case Unit.WORKING_HOURS:
                return self.add_working_time(moment, timedelta(hours=span.amount))
            case Unit.WORKING_MINUTES:
                return self.add_working_time(moment, timedelta(minutes=span.amount))
            case Unit.MONTHS:
                return self.add_months(moment, span.amount)
            case Unit.YEARS:
                return self.add_months(moment, 12 * span.amount)

    def is_open(self, moment: datetime) -> bool:
        local = as_utc(moment).astimezone(self.zone)
        hours = self.hours_on(local.date())
        return hours is not None and hours.include(local.time())

    def opens_after(self, moment: datetime) -> datetime:
        """The moment itself when the shop is open then, else its next opening; UTC."""
        moment = as_utc(moment)
        day = local_day(moment, self.zone)
        while (opening := self._first_open(moment, day)) is None:
            day += ONE_DAY
        return opening

    def _first_open(self, moment: datetime, day: date) -> datetime | None:
        hours = self.hours_on(day)
        return None if hours is None else first_inside(moment, day, hours, self.zone)

    def end_of(self, day: date) -> datetime:
        """The end of that day's working hours, in UTC; of a day without, the week's latest closing."""
        closes = (self.hours_on(day) or self._longest_hours()).closes
        return at_local(day + ONE_DAY if closes == MIDNIGHT else day, closes, self.zone)

    def _longest_hours(self) -> Hours:
        return max(self.hours.values(), key=_closing, default=ROUND_THE_CLOCK)


def _closing(hours: Hours) -> tuple[bool, time]:
    return hours.closes == MIDNIGHT, hours.closes


def latest_moment(value: str, calendar: WorkingCalendar) -> datetime:
    """Until when a date holds, in UTC: an instant itself, a day on its own to the end of its working hours.

    Raises ValueError when it is neither.
    """
    if "T" in value.upper() or " " in value:
        return parse_instant(value)
    return calendar.end_of(parse_day(value))
