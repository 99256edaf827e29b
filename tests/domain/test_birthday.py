"""Birthdays, with or without the year, and the one that comes every four years."""

from calendar import isleap
from datetime import date, timedelta

import pytest

from shopbell.domain.time.calendar import Birthday


@pytest.mark.parametrize(
    ("text", "birthday"),
    [
        ("1990-05-17", Birthday(5, 17, 1990)),
        ("--05-17", Birthday(5, 17)),
        ("--02-29", Birthday(2, 29)),
        ("2000-02-29", Birthday(2, 29, 2000)),
        ("1900-01-01", Birthday(1, 1, 1900)),
    ],
)
def test_a_birthday_reads_with_and_without_the_year(text: str, birthday: Birthday) -> None:
    assert Birthday.parse(text) == birthday
    assert str(birthday) == text


@pytest.mark.parametrize(
    "text",
    ["", "17.05.1990", "05-17", "-05-17", "--5-17", "--02-30", "--13-01", "--00-10", "--04-31", "1990-02-29",
     "1900-02-29", "1990-02-30", "1990-05-17T00:00:00Z", "0001-01-01", "9999-12-31", "--05-17 ", "--٠٥-17"],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_no_birthday(text: str) -> None:
    with pytest.raises(ValueError, match=r"day|year"):
        Birthday.parse(text)


def test_a_birthday_cannot_be_made_of_a_day_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="day"):
        Birthday(2, 29, 2026)


def test_who_was_born_on_29_february_is_congratulated_every_year_on_the_last_day_of_february() -> None:
    years = range(1904, 2101)
    kept = [Birthday.parse("--02-29").in_year(year) for year in years]
    assert kept == [date(year, 3, 1) - timedelta(days=1) for year in years]
    assert [day.day for day in kept] == [29 if isleap(year) else 28 for year in years]


@pytest.mark.parametrize(("year", "day"), [(1904, 29), (2023, 28), (2024, 29), (2026, 28), (2000, 29), (2100, 28)])
def test_29_february_by_hand(year: int, day: int) -> None:
    assert Birthday.parse("1996-02-29").in_year(year) == date(year, 2, day)


def test_every_other_birthday_is_kept_on_its_own_day() -> None:
    days = [date(2025, 1, 1) + timedelta(days=count) for count in range(365)]
    assert [Birthday(day.month, day.day).in_year(2028) for day in days] == [day.replace(year=2028) for day in days]
