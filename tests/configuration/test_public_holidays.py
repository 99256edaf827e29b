"""Which days a country's law keeps free."""

from datetime import date

import pytest

from shopbell.configuration.public_holidays import public_holidays


@pytest.mark.parametrize(
    ("country", "day", "free"),
    [
        ("HU", date(2026, 3, 15), True),
        ("HU", date(2026, 4, 6), True),
        ("HU", date(2026, 8, 20), True),
        ("HU", date(2026, 3, 16), False),
        ("hu", date(2026, 10, 23), True),
        ("GB", date(2026, 12, 25), True),
        ("GB", date(2026, 8, 31), False),
        ("GB-ENG", date(2026, 8, 31), True),
        ("DE", date(2026, 5, 1), True),
        ("DE", date(2026, 2, 14), False),
    ],
)
def test_a_country_keeps_its_public_holidays_free_and_no_other_days(country: str, day: date, free: bool) -> None:
    assert (day in public_holidays(country, range(2026, 2028))) is free


def test_ukraine_works_on_its_holidays_as_long_as_martial_law_lasts() -> None:
    assert public_holidays("UA", range(2023, 2031)) == frozenset()


def test_ukraine_had_holidays_before() -> None:
    assert date(2021, 8, 24) in public_holidays("UA", range(2021, 2022))


@pytest.mark.parametrize("country", ["ZZ", "", "UKRAINE", "GB-NOWHERE"])
def test_a_country_that_nobody_knows_has_no_holidays(country: str) -> None:
    assert public_holidays(country, range(2026, 2027)) == frozenset()


def test_only_the_years_asked_for_are_answered() -> None:
    assert {day.year for day in public_holidays("HU", range(2026, 2029))} == {2026, 2027, 2028}
