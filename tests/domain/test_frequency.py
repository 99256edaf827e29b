"""So many marketing letters in any thirty days; a series counts once."""

from datetime import UTC, datetime, timedelta

import pytest

from shopbell.domain.deciding.marketing_places import Places

NOW = datetime(2026, 3, 20, 10, tzinfo=UTC)


def ago(**days: int) -> Places:
    return Places({name.replace("_", "|"): NOW - timedelta(days=number) for name, number in days.items()})


@pytest.mark.parametrize(
    ("places", "per_month", "free_in"),
    [
        (ago(), 2, 0),
        (ago(winback_1=5), 2, 0),
        (ago(winback_1=5, holiday_1=3), 2, 25),
        (ago(winback_1=5, holiday_1=3), 1, 27),
        (ago(winback_1=31, holiday_1=3), 2, 0),
        (ago(winback_1=30, holiday_1=3), 2, 0),
        (ago(birthday_2026=7, holiday_1=3), 2, 0),
        (ago(), 0, None),
    ],
)
def test_a_place_is_free_now_later_or_never(places: Places, per_month: int, free_in: int | None) -> None:
    free = places.free_from("birthday|2026", per_month, NOW)
    assert free == (None if free_in is None else NOW + timedelta(days=free_in))


def test_a_series_keeps_the_place_it_has() -> None:
    taken = ago(birthday_2026=7).with_one("birthday|2026", NOW, "id:7").taken
    assert taken == {"birthday|2026": NOW - timedelta(days=7)}


def test_what_is_older_than_a_month_is_forgotten() -> None:
    assert ago(winback_1=40).with_one("birthday|2026", NOW, "id:7").taken == {"birthday|2026": NOW}


@pytest.mark.parametrize(
    ("name", "waiting", "yields_to"),
    [
        ("winback|1", ["birthday|2026"], "birthday|2026"),
        ("winback|1", ["campaign|1"], ""),
        ("birthday|2026", ["winback|1", "campaign|1"], ""),
        ("holiday|1", ["replenishment|1", "birthday|2026"], "birthday|2026"),
        ("campaign|1", [], ""),
    ],
)
def test_who_comes_later_in_the_order_of_priority_leaves_the_last_place(
    name: str, waiting: list[str], yields_to: str
) -> None:
    assert ago(holiday_0=3).yields_to(name, waiting, 2, NOW) == yields_to


def test_where_there_is_room_for_all_nobody_yields() -> None:
    assert ago().yields_to("winback|1", ["birthday|2026"], 2, NOW) == ""
