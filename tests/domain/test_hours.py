"""Hours of a day, and when something may be sent."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from shopbell.domain.time.calendar import Hours, format_instant, next_send_moment, parse_instant

QUARTER = timedelta(minutes=15)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("09:00-18:00", Hours(time(9), time(18))),
        ("00:00-24:00", Hours(time(0), time(0))),
        ("21:30-24:00", Hours(time(21, 30), time(0))),
        ("00:00-00:01", Hours(time(0), time(0, 1))),
    ],
)
def test_hours_read_and_are_written_as_shops_write_them(text: str, hours: Hours) -> None:
    assert Hours.parse(text) == hours
    assert str(hours) == text


@pytest.mark.parametrize("text", ["9:00-18:00", "09:00 - 18:00", "09:00–18:00", " 09:00-18:00 "])
def test_a_missing_nought_a_dash_or_spaces_do_not_matter(text: str) -> None:
    assert Hours.parse(text) == Hours(time(9), time(18))


@pytest.mark.parametrize(
    "text",
    ["", "9-18", "09:00", "09:00-", "09:00-25:00", "09:60-18:00", "24:00-24:00", "09:00-24:01", "9am-6pm",
     "9-18-20",
     "18:00-09:00", "09:00-09:00", "09:00-00:00", "00:00-00:00", "٠٩:00-18:00", "09:00-18:00\n09:00-18:00"],
)  # fmt: skip
def test_hours_that_are_none_or_run_backwards_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"hours of a day|close later"):
        Hours.parse(text)


@pytest.mark.parametrize(
    ("hours", "at", "inside"),
    [
        ("09:00-18:00", time(8, 59, 59), False),
        ("09:00-18:00", time(9), True),
        ("09:00-18:00", time(17, 59, 59, 999999), True),
        ("09:00-18:00", time(18), False),
        ("00:00-24:00", time(0), True),
        ("00:00-24:00", time(23, 59, 59, 999999), True),
        ("12:00-24:00", time(11, 59), False),
    ],
)
def test_hours_begin_at_their_opening_and_are_over_at_their_closing(hours: str, at: time, inside: bool) -> None:
    assert Hours.parse(hours).include(at) is inside


@pytest.mark.parametrize(
    ("zone", "hours", "moment", "sent"),
    [
        ("Europe/Kyiv", "09:00-21:00", "2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z"),
        ("Europe/Kyiv", "09:00-21:00", "2026-03-02T18:59:59Z", "2026-03-02T18:59:59Z"),
        ("Europe/Kyiv", "09:00-21:00", "2026-03-02T19:00:00Z", "2026-03-03T07:00:00Z"),
        ("Europe/Kyiv", "09:00-21:00", "2026-03-02T22:30:00Z", "2026-03-03T07:00:00Z"),
        ("Europe/Kyiv", "09:00-21:00", "2026-03-03T06:59:59Z", "2026-03-03T07:00:00Z"),
        ("America/New_York", "09:00-21:00", "2026-03-02T10:00:00Z", "2026-03-02T14:00:00Z"),
        ("Asia/Tokyo", "09:00-21:00", "2026-03-02T15:00:00Z", "2026-03-03T00:00:00Z"),
        ("Europe/Kyiv", "00:00-24:00", "2026-03-02T22:00:00Z", "2026-03-02T22:00:00Z"),
        # The night before summer time: nine o'clock comes an hour sooner.
        ("Europe/Kyiv", "09:00-21:00", "2026-03-28T20:00:00Z", "2026-03-29T06:00:00Z"),
        # The night before winter time: an hour later.
        ("Europe/Kyiv", "09:00-21:00", "2026-10-24T20:00:00Z", "2026-10-25T07:00:00Z"),
        # The opening is skipped: it is where the skipping ends, 04:00.
        ("Europe/Kyiv", "03:30-09:00", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z"),
        # All of the hours are skipped: the next day.
        ("Europe/Kyiv", "03:15-03:45", "2026-03-29T00:00:00Z", "2026-03-30T00:15:00Z"),
        # Hours shown twice: those after the first time are inside again the second time.
        ("Europe/Kyiv", "02:00-03:30", "2026-10-25T00:45:00Z", "2026-10-25T01:00:00Z"),
        ("Europe/Kyiv", "03:30-03:45", "2026-10-25T00:50:00Z", "2026-10-25T01:30:00Z"),
        # A day without midnight begins at one.
        ("Africa/Cairo", "00:30-08:00", "2026-04-23T21:00:00Z", "2026-04-23T22:00:00Z"),
        # The day that Samoa left out.
        ("Pacific/Apia", "09:00-21:00", "2011-12-30T09:00:00Z", "2011-12-30T19:00:00Z"),
    ],
)
def test_what_falls_outside_the_send_hours_waits_for_the_next_opening(
    zone: str, hours: str, moment: str, sent: str
) -> None:
    found = next_send_moment(parse_instant(moment), Hours.parse(hours), ZoneInfo(zone))
    assert format_instant(found) == sent


ZONES = [
    "Europe/Kyiv",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "America/Havana",
    "America/Santiago",
]
WINDOWS = ["09:00-21:00", "00:00-24:00", "00:30-03:15", "01:30-02:30", "23:15-24:00"]


def _quarters_around_clock_changes(zone: ZoneInfo) -> Iterator[list[datetime]]:
    """Every quarter of an hour from two days before each change of 2026 to four days after it."""
    days = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=count) for count in range(365)]
    for before, after in pairwise(days):
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            yield [before - timedelta(days=2) + QUARTER * count for count in range(6 * 96)]


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("window", WINDOWS)
def test_around_both_clock_changes_everything_leaves_at_the_first_moment_inside_the_hours(
    name: str, window: str
) -> None:
    """All edges here lie on quarters of an hour: the first one inside, found by looking, is the answer."""
    zone, hours = ZoneInfo(name), Hours.parse(window)
    changes = list(_quarters_around_clock_changes(zone))
    assert len(changes) == 2
    for quarters in changes:
        first = None
        for moment in reversed(quarters):
            first = moment if hours.include(moment.astimezone(zone).time()) else first
            if first and moment < quarters[-192]:
                assert next_send_moment(moment, hours, zone) == first
                assert next_send_moment(first, hours, zone) == first


@pytest.mark.parametrize("name", ZONES)
def test_off_the_quarters_too_nothing_leaves_early_or_outside_the_hours(name: str) -> None:
    zone, hours = ZoneInfo(name), Hours.parse("01:07-02:41")
    for quarters in _quarters_around_clock_changes(zone):
        for moment in (quarter + timedelta(seconds=397.25) for quarter in quarters):
            sent = next_send_moment(moment, hours, zone)
            assert sent >= moment
            assert hours.include(sent.astimezone(zone).time())
            assert sent - moment < timedelta(hours=49)
