"""What `make bench` prints, and how it ends."""

import json

import pytest

from benchmarks.__main__ import main
from benchmarks.scoreboard import Figure, mean_of
from benchmarks.stack import NotMeasured

GOALS = {"8a": 24, "8b": 19, "8c": 11.5, "9a": 4.4, "9b": 6, "9c": 1.6, "9d": 4}


@pytest.mark.slow
def test_what_a_message_writes_and_asks_is_counted_against_its_goals(capsys: pytest.CaptureFixture[str]) -> None:
    """No value stands here: they are what the figures are taken for."""
    assert main(["--rows", "8,9", "--json", "--small"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["row"]: row["goal"] for row in rows} == GOALS
    assert all(list(row) == ["row", "figure", "value", "goal", "reference", "spread"] for row in rows)
    assert all(row["value"] > 0 and row["spread"] >= 0 for row in rows)


def taken(small: bool) -> list[Figure]:
    print("the product's log")
    return [mean_of("1", "calls", [2, 4], goal=3.5 if small else 2.5, reference="counted")]


def not_taken(small: bool) -> list[Figure]:
    print('{"level":"ERROR","message":"alarm"}')
    raise NotMeasured("9 of 10 letters left")


ROWS = {1: taken, 2: not_taken}


def test_a_goal_that_is_missed_stands_in_its_row_and_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--rows", "1"], ROWS) == 0
    heading, row = capsys.readouterr().out.splitlines()
    assert heading.split() == ["#", "figure", "value", "goal", "spread", "reference"]
    assert row.split() == ["1", "calls", "3", "≤", "2.5", "2", "missed", "counted"]


def test_a_goal_that_is_reached_stands_in_its_row(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--rows", "1", "--small"], ROWS) == 0
    assert " met " in capsys.readouterr().out


def test_a_figure_that_cannot_be_taken_is_a_failure_and_hides_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json"], ROWS) == 1
    printed = capsys.readouterr()
    assert [row["row"] for row in json.loads(printed.out)] == ["1"]
    assert printed.err.splitlines() == [
        "bench: row 2 could not be taken: 9 of 10 letters left",
        '{"level":"ERROR","message":"alarm"}',
    ]


@pytest.mark.parametrize(
    ("rows", "why"),
    [("7", "there is no row 7, only 1, 2"), ("eight", "no list of numbers"), ("", "no list of numbers")],
)
def test_a_row_that_there_is_not_is_refused(rows: str, why: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--rows", rows], ROWS)
    assert why in capsys.readouterr().err
