"""When a shop is open, and until when a day lasts."""

from datetime import datetime

import pytest
from hypothesis import given, settings

from shopbell.domain.time.calendar import WorkingCalendar, latest_moment, parse_instant
from tests.domain.calendars import (
    ALWAYS_OPEN,
    CALENDARS,
    LATE_SHOP,
    MOMENTS,
    SATURDAY_SHOP,
    SHOP,
    WITHOUT_HOURS,
)


@given(CALENDARS, MOMENTS)
@settings(deadline=None, max_examples=150)
def test_a_shop_opens_at_a_moment_in_its_hours_and_never_in_the_past(
    calendar: WorkingCalendar, moment: datetime
) -> None:
    opening = calendar.opens_after(moment)
    assert calendar.is_open(opening)
    assert opening >= moment
    assert calendar.opens_after(opening) == opening
    assert opening == moment or not calendar.is_open(moment)


@pytest.mark.parametrize(
    ("calendar", "moment", "opens"),
    [
        (SHOP, "2026-03-02T10:00:00+02:00", "2026-03-02T10:00:00+02:00"),
        (SHOP, "2026-03-02T08:59:59+02:00", "2026-03-02T09:00:00+02:00"),
        (SHOP, "2026-03-02T18:00:00+02:00", "2026-03-03T09:00:00+02:00"),
        (SHOP, "2026-03-06T20:00:00+02:00", "2026-03-09T09:00:00+02:00"),
        (SHOP, "2026-08-21T18:00:00+03:00", "2026-08-25T09:00:00+03:00"),
        (SHOP, "2026-03-27T18:00:00+02:00", "2026-03-30T09:00:00+03:00"),
        (SATURDAY_SHOP, "2026-03-06T20:00:00+02:00", "2026-03-07T10:00:00+02:00"),
        (ALWAYS_OPEN, "2026-03-08T03:00:00+02:00", "2026-03-08T03:00:00+02:00"),
        (WITHOUT_HOURS, "2026-03-08T03:00:00+02:00", "2026-03-08T03:00:00+02:00"),
        (WITHOUT_HOURS, "2026-08-24T03:00:00+03:00", "2026-08-25T00:00:00+03:00"),
    ],
)
def test_an_order_placed_outside_the_working_hours_waits_for_the_next_opening(
    calendar: WorkingCalendar, moment: str, opens: str
) -> None:
    found = calendar.opens_after(parse_instant(moment))
    assert found == parse_instant(opens)
    assert calendar.is_open(parse_instant(moment)) is (moment == opens)


@pytest.mark.parametrize(
    ("calendar", "day", "ends"),
    [
        (SHOP, "2026-03-06", "2026-03-06T18:00:00+02:00"),
        (SHOP, "2026-07-03", "2026-07-03T18:00:00+03:00"),
        (SHOP, "2026-03-07", "2026-03-07T18:00:00+02:00"),
        (SATURDAY_SHOP, "2026-03-06", "2026-03-06T18:00:00+02:00"),
        (SATURDAY_SHOP, "2026-03-07", "2026-03-07T20:00:00+02:00"),
        (SATURDAY_SHOP, "2026-03-08", "2026-03-08T20:00:00+02:00"),
        (ALWAYS_OPEN, "2026-03-08", "2026-03-09T00:00:00+02:00"),
        (LATE_SHOP, "2026-03-03", "2026-03-03T20:00:00+02:00"),
        (LATE_SHOP, "2026-03-08", "2026-03-09T00:00:00+02:00"),
        (ALWAYS_OPEN, "2026-10-25", "2026-10-26T00:00:00+02:00"),
        (WITHOUT_HOURS, "2026-08-24", "2026-08-25T00:00:00+03:00"),
        (SHOP, "2026-03-06T12:00:00+02:00", "2026-03-06T12:00:00+02:00"),
        (SHOP, "2026-03-06 23:00:00Z", "2026-03-06T23:00:00Z"),
    ],
)
def test_a_day_on_its_own_ends_with_its_working_hours(calendar: WorkingCalendar, day: str, ends: str) -> None:
    assert latest_moment(day, calendar) == parse_instant(ends)


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-02-30", "2026-02-30T10:00:00Z", "06.03.2026", "2026-03-06T12:00:00"]
)
def test_what_is_neither_a_day_nor_a_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"must be|no such"):
        latest_moment(text, SHOP)
