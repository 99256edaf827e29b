"""Distances in time as shops write them."""

import pytest

from shopbell.domain.time.span import Span, Unit, days, hours, minutes, working_days, years


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2 working days", working_days(2)),
        ("1 working day", working_days(1)),
        ("7 days", days(7)),
        ("1 day", days(1)),
        ("-7 days", days(-7)),
        ("-1 day", days(-1)),
        ("0 days", days(0)),
        ("2 hours", hours(2)),
        ("1 hour", hours(1)),
        ("5 minutes", minutes(5)),
        ("99999 minutes", minutes(99999)),
        ("1 year", years(1)),
        ("3 years", years(3)),
        ("18 months", Span(18, Unit.MONTHS)),
    ],
)
def test_a_distance_reads_and_is_written_as_shops_write_it(text: str, span: Span) -> None:
    assert Span.parse(text) == span
    assert str(span) == text


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("  3  Days ", days(3)),
        ("2 Working  Days", working_days(2)),
        ("1 days", days(1)),
        ("2 working day", working_days(2)),
        ("007 days", days(7)),
    ],
)
def test_spaces_capitals_and_the_plural_are_taken_as_they_come(text: str, span: Span) -> None:
    assert Span.parse(text) == span


@pytest.mark.parametrize(
    "text",
    ["", "7", "days", "two days", "2 weeks", "2.5 days", "2days", "+2 days", "--2 days", "2 days ago",
     "2\tdays",
     "100000 days", "٣ days", "P2D", "2 workingdays", "1e3 days", "2 days\n3 days"],
)  # fmt: skip
def test_anything_else_is_refused_with_an_example_of_what_is_right(text: str) -> None:
    with pytest.raises(ValueError, match="2 working days"):
        Span.parse(text)


def test_each_unit_has_the_name_that_shops_use() -> None:
    assert [unit.value for unit in Unit] == [
        *("minutes", "hours", "days"),
        *("working days", "working hours", "working minutes"),
        *("months", "years"),
    ]


@pytest.mark.parametrize("text", ["201 years", "-201 years", "2401 months", "99999 years"])
def test_no_distance_leads_out_of_the_calendar(text: str) -> None:
    with pytest.raises(ValueError, match="must be at most 2"):
        Span.parse(text)
