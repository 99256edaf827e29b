"""A shop's working days, and what is counted on them."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbell.domain.time.calendar import WorkingCalendar, format_instant, parse_day, parse_instant
from shopbell.domain.time.span import Span
from tests.domain.calendars import (
    ALWAYS_OPEN,
    CALENDARS,
    KYIV,
    LATE_SHOP,
    MOMENTS,
    OFFICE,
    SATURDAY_SHOP,
    SHOP,
    WITHOUT_HOURS,
)


@pytest.mark.parametrize(
    ("calendar", "placed", "days", "reminded"),
    [
        (SHOP, "2026-03-02T10:00:00+02:00", 2, "2026-03-04T10:00:00+02:00"),  # Monday: Wednesday
        (SHOP, "2026-03-05T23:59:59+02:00", 2, "2026-03-09T23:59:59+02:00"),  # Thursday: Monday
        (SHOP, "2026-03-06T10:00:00+02:00", 2, "2026-03-10T10:00:00+02:00"),  # Friday: Tuesday
        (SHOP, "2026-03-07T10:00:00+02:00", 2, "2026-03-10T10:00:00+02:00"),  # Saturday: Tuesday
        (SHOP, "2026-03-08T10:00:00+02:00", 2, "2026-03-10T10:00:00+02:00"),  # Sunday: Tuesday
        (SATURDAY_SHOP, "2026-03-06T10:00:00+02:00", 2, "2026-03-09T10:00:00+02:00"),  # Saturday counts
        (SHOP, "2026-08-21T10:00:00+03:00", 2, "2026-08-26T10:00:00+03:00"),  # the Monday is a day off
        (SHOP, "2026-08-24T10:00:00+03:00", 1, "2026-08-25T10:00:00+03:00"),  # placed on the day off
        (SHOP, "2026-03-27T10:00:00+02:00", 2, "2026-03-31T10:00:00+03:00"),  # summer time has begun
        (SHOP, "2026-10-23T10:00:00+03:00", 2, "2026-10-27T10:00:00+02:00"),  # winter time has begun
        (ALWAYS_OPEN, "2026-03-28T03:30:00+02:00", 1, "2026-03-29T04:30:00+03:00"),  # 03:30 is skipped
        (ALWAYS_OPEN, "2026-10-24T03:30:00+03:00", 1, "2026-10-25T03:30:00+03:00"),  # 03:30 comes twice
        (WITHOUT_HOURS, "2026-03-06T10:00:00+02:00", 2, "2026-03-08T10:00:00+02:00"),  # every day counts
        (WITHOUT_HOURS, "2026-08-23T10:00:00+03:00", 1, "2026-08-25T10:00:00+03:00"),  # but the days off
        (SHOP, "2026-03-02T00:30:00+02:00", 1, "2026-03-03T00:30:00+02:00"),  # still Sunday in UTC
        (SHOP, "2026-03-07T10:00:00+02:00", 0, "2026-03-07T10:00:00+02:00"),
        (SHOP, "2026-03-10T10:00:00+02:00", -2, "2026-03-06T10:00:00+02:00"),
    ],
)
def test_an_unpaid_order_is_remembered_working_days_later_at_the_same_time_of_day(
    calendar: WorkingCalendar, placed: str, days: int, reminded: str
) -> None:
    found = calendar.add_working_days(parse_instant(placed), days)
    assert found == parse_instant(reminded)
    assert found.tzinfo is UTC


@given(CALENDARS, MOMENTS, st.integers(1, 12))
@settings(deadline=None, max_examples=150)
def test_working_days_are_counted_one_by_one_on_any_calendar(
    calendar: WorkingCalendar, moment: datetime, count: int
) -> None:
    start = moment.astimezone(calendar.zone).date()
    end = calendar.add_working_days(moment, count).astimezone(calendar.zone).date()
    passed = [start + timedelta(days=day) for day in range(1, (end - start).days + 1)]
    assert calendar.is_working_day(end)
    assert sum(map(calendar.is_working_day, passed)) == count


@given(CALENDARS, MOMENTS, st.integers(-12, 12), st.sampled_from(["days", "working days"]))
@settings(deadline=None, max_examples=150)
def test_the_time_of_day_stays_unless_the_clocks_skip_it(
    calendar: WorkingCalendar, moment: datetime, count: int, unit: str
) -> None:
    before = moment.astimezone(calendar.zone)
    after = calendar.plus(moment, Span.parse(f"{count} {unit}")).astimezone(calendar.zone)
    skipped = after.utcoffset() != (after - timedelta(hours=2)).astimezone(UTC).astimezone(calendar.zone).utcoffset()
    assert after.time() == before.time() or (skipped and after.time() > before.time())


@given(CALENDARS, MOMENTS, st.integers(0, 8), st.integers(0, 8))
@settings(deadline=None)
def test_working_days_add_up(calendar: WorkingCalendar, moment: datetime, some: int, more: int) -> None:
    day = calendar.add_working_days(calendar.add_working_days(moment, some), more)
    assert day.date() == calendar.add_working_days(moment, some + more).date()


@pytest.mark.parametrize(
    ("calendar", "day", "working", "next_one"),
    [
        (SHOP, "2026-03-06", True, "2026-03-06"),
        (SHOP, "2026-03-07", False, "2026-03-09"),
        (SHOP, "2026-08-22", False, "2026-08-25"),
        (SHOP, "2026-08-24", False, "2026-08-25"),
        (SATURDAY_SHOP, "2026-03-07", True, "2026-03-07"),
        (WITHOUT_HOURS, "2026-03-08", True, "2026-03-08"),
        (WITHOUT_HOURS, "2026-08-24", False, "2026-08-25"),
    ],
)
def test_weekends_and_days_off_are_no_working_days(
    calendar: WorkingCalendar, day: str, working: bool, next_one: str
) -> None:
    assert calendar.is_working_day(parse_day(day)) is working
    assert calendar.next_working_day(parse_day(day)) == parse_day(next_one)


@pytest.mark.parametrize(
    ("span", "moment"),
    [
        ("90 minutes", "2026-03-28T19:30:00Z"),
        ("12 hours", "2026-03-29T06:00:00Z"),  # nine in the morning, by one hour more
        ("1 day", "2026-03-29T17:00:00Z"),  # the same time of day, 23 hours later
        ("-7 days", "2026-03-21T18:00:00Z"),
        ("1 working day", "2026-03-30T17:00:00Z"),
        ("0 days", "2026-03-28T18:00:00Z"),
    ],
)
def test_hours_pass_as_they_are_and_days_keep_the_time_of_day(span: str, moment: str) -> None:
    eight_in_the_evening = parse_instant("2026-03-28T20:00:00+02:00")
    assert format_instant(SHOP.plus(eight_in_the_evening, Span.parse(span))) == moment


@pytest.mark.parametrize(
    ("since", "span", "moment"),
    [
        ("2026-03-28T20:00:00+02:00", "3 years", "2029-03-28T20:00:00+03:00"),  # summer time by then
        ("2024-02-29T20:00:00+02:00", "1 year", "2025-02-28T20:00:00+02:00"),
        ("2024-02-29T20:00:00+02:00", "4 years", "2028-02-29T20:00:00+02:00"),
        ("2026-01-31T20:00:00+02:00", "1 month", "2026-02-28T20:00:00+02:00"),
        ("2026-01-31T20:00:00+02:00", "-2 months", "2025-11-30T20:00:00+02:00"),
        ("2026-01-31T20:00:00+02:00", "18 months", "2027-07-31T20:00:00+03:00"),
        ("2026-12-31T23:30:00+02:00", "12 months", "2027-12-31T23:30:00+02:00"),
    ],
)
def test_months_and_years_keep_the_day_and_the_time_of_day(since: str, span: str, moment: str) -> None:
    assert SHOP.plus(parse_instant(since), Span.parse(span)) == parse_instant(moment)


def test_no_days_later_is_the_very_moment_even_in_an_hour_that_comes_twice() -> None:
    second_time = parse_instant("2026-10-25T03:30:00+02:00")
    assert SHOP.plus(second_time, Span.parse("0 days")) == second_time
    assert SHOP.plus(second_time, Span.parse("0 working days")) == second_time


def test_the_longest_distance_from_the_last_year_that_is_taken_is_still_a_date() -> None:
    one_day_a_week = WorkingCalendar(KYIV, {0: OFFICE})
    far = one_day_a_week.plus(parse_instant("2999-12-31T23:59:59Z"), Span.parse("99999 working days"))
    assert far.year == 4916
    assert one_day_a_week.plus(parse_instant("1900-01-01T00:00:00Z"), Span.parse("-99999 days")).year == 1626


def test_microseconds_survive() -> None:
    moment = datetime(2026, 3, 2, 8, 0, 0, 123456, tzinfo=UTC)
    assert SHOP.add_days(moment, 1).time() == time(8, 0, 0, 123456)


@pytest.mark.parametrize(
    ("calendar", "ordered", "span", "due"),
    [
        (SHOP, "2026-03-02T10:00:00+02:00", "20 working minutes", "2026-03-02T10:20:00+02:00"),
        (SHOP, "2026-03-02T17:50:00+02:00", "20 working minutes", "2026-03-03T09:10:00+02:00"),
        (SHOP, "2026-03-02T17:00:00+02:00", "1 working hour", "2026-03-02T18:00:00+02:00"),  # just made it
        (SHOP, "2026-03-02T18:00:00+02:00", "1 working hour", "2026-03-03T10:00:00+02:00"),  # just closed
        (SHOP, "2026-03-03T03:00:00+02:00", "1 working hour", "2026-03-03T10:00:00+02:00"),  # at night
        (SHOP, "2026-03-06T17:30:00+02:00", "3 working hours", "2026-03-09T11:30:00+02:00"),  # over the weekend
        (SHOP, "2026-08-21T17:00:00+03:00", "3 working hours", "2026-08-25T11:00:00+03:00"),  # and a day off
        (SHOP, "2026-03-27T17:00:00+02:00", "2 working hours", "2026-03-30T10:00:00+03:00"),  # summer time has begun
        (SHOP, "2026-03-02T10:00:00+02:00", "20 working hours", "2026-03-04T12:00:00+02:00"),  # nine a day
        (SATURDAY_SHOP, "2026-03-06T17:30:00+02:00", "3 working hours", "2026-03-07T12:30:00+02:00"),
        (LATE_SHOP, "2026-03-02T23:00:00+02:00", "3 working hours", "2026-03-03T11:00:00+02:00"),  # open to midnight
        (
            ALWAYS_OPEN,
            "2026-03-29T02:30:00+02:00",
            "2 working hours",
            "2026-03-29T05:30:00+03:00",
        ),  # one is skipped
        (ALWAYS_OPEN, "2026-03-07T23:30:00+02:00", "1 working hour", "2026-03-08T00:30:00+02:00"),
        (WITHOUT_HOURS, "2026-08-23T23:30:00+03:00", "1 working hour", "2026-08-25T00:30:00+03:00"),  # but the days off
        (SHOP, "2026-03-02T20:00:00+02:00", "0 working hours", "2026-03-03T09:00:00+02:00"),
        (SHOP, "2026-03-02T15:00:00+02:00", "-3 working hours", "2026-03-02T12:00:00+02:00"),
        (SHOP, "2026-03-03T12:00:00+02:00", "-3 working hours", "2026-03-03T09:00:00+02:00"),
        (SHOP, "2026-03-02T10:00:00+02:00", "-3 working hours", "2026-02-27T16:00:00+02:00"),  # from Monday to Friday
        (SHOP, "2026-03-02T20:00:00+02:00", "-3 working hours", "2026-03-02T15:00:00+02:00"),
        (SHOP, "2026-03-08T12:00:00+02:00", "-3 working hours", "2026-03-06T15:00:00+02:00"),
        (SHOP, "2026-08-25T10:00:00+03:00", "-3 working hours", "2026-08-21T16:00:00+03:00"),  # the Monday is a day off
        (SHOP, "2026-03-04T10:00:00+02:00", "-20 working hours", "2026-02-27T17:00:00+02:00"),
        (ALWAYS_OPEN, "2026-03-29T05:30:00+03:00", "-3 working hours", "2026-03-29T01:30:00+02:00"),  # one is skipped
        (LATE_SHOP, "2026-03-03T01:00:00+02:00", "-1 working hours", "2026-03-02T23:00:00+02:00"),
    ],
)
def test_working_time_passes_while_the_shop_is_open(
    calendar: WorkingCalendar, ordered: str, span: str, due: str
) -> None:
    found = calendar.plus(parse_instant(ordered), Span.parse(span))
    assert found == parse_instant(due)
    assert found.tzinfo is UTC


@given(CALENDARS, MOMENTS, st.integers(0, 600), st.integers(0, 600))
@settings(deadline=None, max_examples=20)
def test_working_time_adds_up_and_never_runs_back(
    calendar: WorkingCalendar, moment: datetime, some: int, more: int
) -> None:
    first = calendar.add_working_time(moment, timedelta(minutes=some))
    assert first >= moment
    assert calendar.add_working_time(first, timedelta(minutes=more)) == calendar.add_working_time(
        moment, timedelta(minutes=some + more)
    )


@pytest.mark.parametrize(
    ("calendar", "called", "again"),
    [
        (SHOP, "2026-03-02T09:00:00+02:00", "2026-03-02T11:00:00+02:00"),
        (SHOP, "2026-03-02T15:59:00+02:00", "2026-03-02T17:59:00+02:00"),
        (SHOP, "2026-03-02T16:00:00+02:00", "2026-03-02T17:00:00+02:00"),  # not as the door is being locked
        (SHOP, "2026-03-02T17:30:00+02:00", "2026-03-02T17:45:00+02:00"),
        (SHOP, "2026-03-02T17:31:00+02:00", "2026-03-03T10:31:00+02:00"),  # too late for another try today
        (SHOP, "2026-03-06T17:45:00+02:00", "2026-03-09T10:45:00+02:00"),
        (SHOP, "2026-03-02T21:00:00+02:00", "2026-03-03T11:00:00+02:00"),
        (SHOP, "2026-03-07T12:00:00+02:00", "2026-03-09T11:00:00+02:00"),
        (LATE_SHOP, "2026-03-02T22:00:00+02:00", "2026-03-02T23:00:00+02:00"),
        (ALWAYS_OPEN, "2026-03-02T23:40:00+02:00", "2026-03-03T01:40:00+02:00"),
    ],
)
def test_a_call_that_nobody_answered_is_made_again_later_the_same_working_day(
    calendar: WorkingCalendar, called: str, again: str
) -> None:
    assert calendar.later_today(parse_instant(called)) == parse_instant(again)


@pytest.mark.parametrize(
    ("calendar", "promised", "morning"),
    [
        (SHOP, "2026-03-05", "2026-03-04T09:00:00+02:00"),
        (SHOP, "2026-03-09", "2026-03-06T09:00:00+02:00"),  # a Monday: the Friday before
        (SHOP, "2026-03-08", "2026-03-06T09:00:00+02:00"),  # a Sunday
        (SHOP, "2026-08-25", "2026-08-21T09:00:00+03:00"),  # the day before is a day off
        (SATURDAY_SHOP, "2026-03-08", "2026-03-07T10:00:00+02:00"),
        (WITHOUT_HOURS, "2026-08-25", "2026-08-23T00:00:00+03:00"),
    ],
)
def test_the_last_morning_before_a_day_is_of_a_day_on_which_the_shop_works(
    calendar: WorkingCalendar, promised: str, morning: str
) -> None:
    assert calendar.last_morning_before(parse_day(promised)) == parse_instant(morning)
