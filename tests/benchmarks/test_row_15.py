"""What the figures of row 15 are made of, and how a goal is shown that is a least."""

import json
from datetime import date, timedelta

import pytest

from benchmarks import data
from benchmarks.__main__ import main
from benchmarks.row_15 import CUT, auc, needless, scored
from benchmarks.scoreboard import Figure
from benchmarks.stack import NotMeasured


@pytest.mark.parametrize(
    ("seemed", "expected"),
    [
        ([(1, False), (2, True)], 1),
        ([(1, True), (2, False)], 0),
        ([(1, True), (1, False)], 0.5),
        ([(1, False), (2, True), (3, False), (4, True)], 0.75),
        ([(1, False), (2, True), (2, False), (4, True)], 0.875),
    ],
)
def test_the_area_is_how_often_who_came_back_seemed_the_more_awake(
    seemed: list[tuple[float, bool]], expected: float
) -> None:
    assert auc(seemed) == expected


def test_of_those_who_seemed_most_asleep_those_are_counted_who_came_back() -> None:
    assert needless([(n, n % 4 == 0) for n in range(100)]) == pytest.approx(11 / 43)


def test_what_came_after_is_not_looked_at_before() -> None:
    """Who came back has a gap that nobody knew of then; only those with three days are asked."""
    bought = {
        **{f"a{n}": [CUT - timedelta(days=d) for d in (90, 60, 30 - n % 9)] for n in range(40)},
        "b": [date(1997, 12, 1), date(1998, 1, 9)],
        "c": [CUT - timedelta(days=d) for d in (90, 60, 30)] + [CUT + timedelta(days=9)],
    }
    by_expectation, by_median = scored(bought)
    assert len(by_expectation) == len(by_median) == 41
    assert by_expectation[-1][1] is by_median[-1][1] is True
    assert by_median[-1][0] == -1
    assert by_expectation[-1][0] == by_expectation[0][0]


def test_a_goal_may_be_a_least(capsys: pytest.CaptureFixture[str]) -> None:
    def taken(small: bool) -> list[Figure]:
        return [Figure("1", "share", value, 0.7, "counted", 0.0, at_least=True) for value in (0.69, 0.7)]

    assert main(["--rows", "1"], {1: taken}) == 0
    _, missed, met = capsys.readouterr().out.splitlines()
    assert (missed.split()[2:7], met.split()[2:7]) == (
        ["0.69", "≥", "0.7", "0", "missed"],
        ["0.7", "≥", "0.7", "0", "met"],
    )
    assert main(["--rows", "1", "--json"], {1: taken}) == 0
    assert [row["at_least"] for row in json.loads(capsys.readouterr().out)] == [True, True]


def test_rows_with_data_of_their_own_are_taken_only_where_they_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    def taken(small: bool) -> list[Figure]:
        return [Figure("15a", "share", 1, 1, "counted", 0.0)]

    def usual(small: bool) -> list[Figure]:
        return [Figure("1", "calls", 1, 1, "counted", 0.0)]

    assert main(["--json"], {1: usual, 15: taken}) == 0
    assert [row["row"] for row in json.loads(capsys.readouterr().out)] == ["1"]


def test_data_that_cannot_be_had_are_no_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "_install", lambda: None)
    with pytest.raises(NotMeasured, match=r"no-such-package has no data.txt"):
        data.of_package("no-such-package", "data.txt")
