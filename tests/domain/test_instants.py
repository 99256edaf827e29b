"""How moments and days are read, written and found on a zone's clock."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbell.domain.time.calendar import (
    at_local,
    format_instant,
    format_stamp,
    local_day,
    parse_day,
    parse_instant,
)

MOMENTS = st.datetimes(datetime(1901, 1, 1), datetime(2998, 12, 31), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026-03-02T10:00:00+02:00", "2026-03-02T08:00:00Z"),
        ("2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z"),
        ("2026-03-02t10:00:00z", "2026-03-02T10:00:00Z"),
        ("2026-03-02 10:00:00+00:00", "2026-03-02T10:00:00Z"),
        ("2026-03-02T10:00+0200", "2026-03-02T08:00:00Z"),
        ("2026-03-02T10:00:00.999999-05:30", "2026-03-02T15:30:00Z"),
        ("2026-03-02T10:00:00,5Z", "2026-03-02T10:00:00Z"),
        ("2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z"),
        ("1800-01-01T00:00:00Z", "1800-01-01T00:00:00Z"),
        ("3999-12-31T23:59:59Z", "3999-12-31T23:59:59Z"),
    ],
)
def test_a_moment_with_its_offset_is_kept_in_utc_to_the_second(text: str, written: str) -> None:
    assert format_instant(parse_instant(text)) == written


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("2026-03-02T10:00:00Z", "2026-03-02T10:00:00.000000Z"),
        ("2026-03-02T10:00:00.5+02:00", "2026-03-02T08:00:00.500000Z"),
        ("2026-03-02T10:00:00.123456789Z", "2026-03-02T10:00:00.123456Z"),
    ],
)
def test_a_stamp_tells_apart_what_happened_within_one_second(text: str, stamp: str) -> None:
    assert format_stamp(parse_instant(text)) == stamp


@pytest.mark.parametrize(
    "text",
    ["", "now", "2026-03-02", "2026-03-02T10:00:00", "2026-03-02T10Z", "20260302T100000Z",
     "2026-W10-1T10:00:00Z",
     "2026-03-02T24:00:00Z", "2026-03-02T10:60:00Z", "2026-03-02T23:59:60Z", "2026-02-30T10:00:00Z",
     "2026-13-01T10:00:00Z", "2026-03-02T10:00:00+25:00", "2026-03-02T10:00:00 Z", " 2026-03-02T10:00:00Z",
     "2026-03-02T10:00:00Z\n", "٢٠٢٦-03-02T10:00:00Z", "1772445600", "2026-03-02T10:00:00[Europe/Kyiv]",
     "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "1799-12-31T23:59:59Z",
     "4000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-12:00", "10000-01-01T00:00:00Z"],
)  # fmt: skip
def test_what_is_no_moment_or_has_no_offset_or_means_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"ISO 8601 moment|no such moment|the year must lie"):
        parse_instant(text)


@pytest.mark.parametrize(
    "text",
    ["", "2026-3-2", "02.03.2026", "20260302", "2026-W10-1", "2026-02-29", "2026-04-31", "2026-00-01",
     "2026-13-01",
     "2026-03-02T00:00:00Z", "2026-03-02 ", "٢٠٢٦-03-02", "0000-01-01", "0001-01-01", "1899-12-31",
     "3000-01-01", "9999-12-31"],
)  # fmt: skip
def test_what_is_no_day_of_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"must be a day|no such day|the year must lie"):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-02-29", date(2024, 2, 29)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2999-12-31", date(2999, 12, 31)),
    ],
)
def test_a_day_reads_as_that_day(text: str, day: date) -> None:
    assert parse_day(text) == day


@given(MOMENTS, MOMENTS)
@settings(deadline=None)
def test_texts_of_moments_sort_as_the_moments_do(one: datetime, other: datetime) -> None:
    assert (format_stamp(one) < format_stamp(other)) == (one < other)
    assert one > other or format_instant(one) <= format_instant(other)
    assert len({len(format_instant(one)), len(format_instant(other))}) == 1


@given(MOMENTS, st.integers(-14 * 60, 14 * 60))
@settings(deadline=None)
def test_a_written_moment_reads_as_the_same_moment(moment: datetime, offset: int) -> None:
    elsewhere = moment.astimezone(timezone(timedelta(minutes=offset)))
    assert parse_instant(format_stamp(elsewhere)) == moment
    assert parse_instant(elsewhere.isoformat()) == moment


def test_a_moment_without_a_zone_is_never_guessed_at() -> None:
    naive = datetime(2026, 3, 2, 10)
    with pytest.raises(ValueError, match="without a zone"):
        format_instant(naive)
    with pytest.raises(ValueError, match="without a zone"):
        local_day(naive, ZoneInfo("Europe/Kyiv"))


@pytest.mark.parametrize(
    ("zone", "day", "at", "moment"),
    [
        ("Europe/Kyiv", "2026-03-02", time(10), "2026-03-02T08:00:00Z"),
        ("Europe/Kyiv", "2026-07-02", time(10), "2026-07-02T07:00:00Z"),
        ("Europe/Kyiv", "2026-03-29", time(3, 30), "2026-03-29T01:30:00Z"),  # skipped: 04:30
        ("Europe/Kyiv", "2026-10-25", time(3, 30), "2026-10-25T00:30:00Z"),  # twice: the first
        ("Africa/Cairo", "2026-04-24", time(0), "2026-04-23T22:00:00Z"),  # no midnight: 01:00
        ("America/Havana", "2026-11-01", time(0), "2026-11-01T04:00:00Z"),  # two midnights: the first
        ("Australia/Lord_Howe", "2026-10-04", time(2, 15), "2026-10-03T15:45:00Z"),  # half an hour: 02:45
        ("Pacific/Apia", "2011-12-30", time(9), "2011-12-30T19:00:00Z"),  # no such day: 31 December
    ],
)
def test_a_time_that_clocks_skip_moves_forward_and_of_two_the_first_counts(
    zone: str, day: str, at: time, moment: str
) -> None:
    assert format_instant(at_local(parse_day(day), at, ZoneInfo(zone))) == moment
    assert format_instant(at_local(parse_day(day), at.replace(fold=1), ZoneInfo(zone))) == moment


def test_the_day_is_that_of_the_place() -> None:
    moment = parse_instant("2026-03-02T23:30:00Z")
    assert local_day(moment, ZoneInfo("Europe/Kyiv")) == date(2026, 3, 3)
    assert local_day(moment, ZoneInfo("America/New_York")) == date(2026, 3, 2)
