"""So many marketing letters in any thirty days; a series counts once, and so does a person under several ids.

A place stands with the days since it was taken, and by which of their ids: "birthday/2026 7, winback/1 9 by id:8".
"""

from datetime import UTC, datetime, timedelta

from shopbell.domain.deciding.marketing_places import Holder, Places
from tests.domain.tables import each_row

NOW = datetime(2026, 3, 20, 10, tzinfo=UTC)
DAY = timedelta(days=1)

FREE = """
taken                        | per_month | free_in
                             | 2         | 0
winback/1 5                  | 2         | 0
winback/1 5, holiday/1 3     | 2         | 25
winback/1 5, holiday/1 3     | 1         | 27
winback/1 29, holiday/1 3    | 2         | 1
winback/1 30, holiday/1 3    | 2         | 0
winback/1 31, holiday/1 3    | 2         | 0
birthday/2026 7, holiday/1 3 | 2         | 0
birthday/2025 7, holiday/1 3 | 2         | 23
                             | 0         | never
birthday/2026 7              | 0         | 0
"""
YIELDS = """
taken                        | name          | waiting                        | per_month | yields_to
holiday/0 3                  | winback/1     | birthday/2026                  | 2         | birthday/2026
holiday/0 3                  | winback/1     | campaign/1                     | 2         |
holiday/0 3                  | birthday/2026 | winback/1, campaign/1          | 2         |
holiday/0 3                  | holiday/1     | replenishment/1, birthday/2026 | 2         | birthday/2026
holiday/0 3                  | campaign/1    |                                | 2         |
                             | winback/1     | birthday/2026                  | 2         |
                             | campaign/1    | birthday/2026, winback/1       | 2         | birthday/2026
holiday/0 3, campaign/1 5    | campaign/1    | birthday/2026                  | 2         |
holiday/0 3, birthday/2026 5 | campaign/1    | birthday/2026                  | 2         |
holiday/0 31                 | campaign/1    | birthday/2026                  | 2         |
holiday/0 30                 | campaign/1    | birthday/2026                  | 2         |
holiday/0 29                 | campaign/1    | birthday/2026                  | 2         | birthday/2026
"""
TAKES = """
taken                           | after
                                | birthday/2026 0 by id:7
birthday/2026 7 by id:7         | birthday/2026 7 by id:7
winback/1 29 by id:8            | birthday/2026 0 by id:7, winback/1 29 by id:8
winback/1 40 by id:8            | birthday/2026 0 by id:7, winback/1 - by id:8
winback/1 399 by id:8           | birthday/2026 0 by id:7, winback/1 - by id:8
winback/1 401 by id:8           | birthday/2026 0 by id:7
profile_completion/ 401 by id:8 | birthday/2026 0 by id:7, profile_completion/ - by id:8
"""
WHOSE = """
taken                   | id   | its | anothers
                        | id:7 | no  | no
birthday/2026 7 by id:7 | id:7 | yes | no
birthday/2026 7 by id:7 | id:8 | no  | yes
birthday/2026 - by id:7 | id:7 | no  | no
birthday/2026 - by id:7 | id:8 | no  | yes
birthday/2025 7 by id:7 | id:7 | no  | no
"""


def places(text: str) -> Places:
    taken, holders = dict[str, datetime](), dict[str, Holder]()
    for each in text.split(", ") if text else ():
        name, days, _, by = (*each.split(), "", "")[:4]
        at = NOW - int(days if days != "-" else 0) * DAY
        taken |= {_named(name): at} if days != "-" else {}
        holders |= {_named(name): Holder(by, at)} if by else {}
    return Places(taken, 0, holders)


def _named(name: str) -> str:
    return name.replace("/", "|")


def shown(after: Places) -> set[str]:
    """Each place as the tables write it; "-" days of those that are only held."""
    found = {name: f"{(NOW - at) / DAY:g}" for name, at in after.taken.items()}
    return {
        f"{name} {found.get(name, '-')} by {held.customer}".replace("|", "/") for name, held in after.holders.items()
    }


@each_row(FREE, "of {per_month} a month, after {taken}, one is free in {free_in} days")
def test_a_place_is_free_now_later_or_never(taken: str, per_month: str, free_in: str) -> None:
    free = places(taken).free_from("birthday|2026", int(per_month), NOW)
    assert free == (None if free_in == "never" else NOW + int(free_in) * DAY)


@each_row(YIELDS, "after {taken}, {name} yields to {yields_to} of {waiting}")
def test_who_comes_later_in_the_order_of_priority_leaves_the_last_place(
    taken: str, name: str, waiting: str, per_month: str, yields_to: str
) -> None:
    others = map(_named, waiting.split(", ") if waiting else ())
    assert places(taken).yields_to(_named(name), others, int(per_month), NOW) == _named(yields_to)


@each_row(TAKES, "after {taken} it stands {after}")
def test_a_series_keeps_its_place_and_who_held_one_is_known_for_a_year(taken: str, after: str) -> None:
    assert shown(places(taken).with_one("birthday|2026", NOW, "id:7")) == set(after.split(", "))


@each_row(WHOSE, "{taken}, asked by {id}: its own {its}, another's {anothers}")
def test_a_place_is_one_persons_under_whichever_id(taken: str, id: str, its: str, anothers: str) -> None:
    known = places(taken)
    assert known.is_of("birthday|2026", id) is (its == "yes")
    assert known.is_anothers("birthday|2026", [id]) is (anothers == "yes")


def test_a_greeting_takes_no_place_of_the_month_and_is_one_persons_all_the_same() -> None:
    known = places("winback/1 5 by id:8, holiday/2024 401 by id:8").with_greeting("birthday|2026", NOW, "id:7")
    assert shown(known) == {"winback/1 5 by id:8", "birthday/2026 - by id:7"}
    assert known.free_from("campaign|1", 2, NOW) == NOW
    assert known.is_anothers("birthday|2026", ["id:8"])
    assert [known.is_held_by("birthday|2026", id) for id in ("id:7", "id:8")] == [True, False]
    assert shown(known.without("birthday|2026")) == {"winback/1 5 by id:8"}


def test_what_stands_in_two_places_is_one_persons_and_its_own_word_counts() -> None:
    joined = places("birthday/2026 7 by id:7").joined(places("birthday/2026 9 by id:8, winback/1 3 by id:8"))
    assert shown(joined) == {"birthday/2026 7 by id:7", "winback/1 3 by id:8"}


def test_a_place_of_a_letter_that_does_not_leave_is_free_again() -> None:
    assert shown(places("birthday/2026 0 by id:7, winback/1 3 by id:8").without("birthday|2026")) == {
        "winback/1 3 by id:8"
    }
