"""What the door takes, and the one spelling in which it hands it on."""

import json
from typing import Any

import pytest

from shopbell.dialects.event_types import DATA
from shopbell.dialects.examples import EXAMPLES
from tests.dialects.bodies import NOW, REMOVED, check_of, checked, order, raw, wrong, wrong_in


@pytest.mark.parametrize("event_type", EXAMPLES)
def test_every_example_of_the_reference_is_taken(event_type: str) -> None:
    assert wrong_in(event_type) == []


def test_every_type_that_is_taken_has_an_example() -> None:
    assert list(EXAMPLES) == list(DATA)


@pytest.mark.parametrize("event_type", EXAMPLES)
def test_a_checked_body_checked_again_stays_as_it_is(event_type: str) -> None:
    once = checked(event_type)
    assert check_of(json.loads(json.dumps(once))) == once


def test_a_field_that_nobody_knows_is_ignored_wherever_it_stands() -> None:
    strange = {"loyalty": 7, "data.gift": {}, "data.order.mood": "good", "data.order.items.0.weight": 1.5}
    assert checked(**strange) == checked()


def test_absent_and_null_stay_two_things() -> None:
    assert "url" not in order(url=REMOVED)
    assert order(url=None)["url"] is None
    assert order(delivery=None)["delivery"] is None


@pytest.mark.parametrize(
    ("path", "sent", "kept"),
    [
        ("total", "1499", "1499.00"),
        ("total", "0", "0.00"),
        ("total", "999999999999.9999", "999999999999.9999"),
        ("items.0.quantity", 2, "2"),
        ("items.0.quantity", 2.5, "2.5"),
        ("items.0.quantity", 1e6, "1000000"),
        ("items.0.quantity", "2.00", "2"),
        ("items.0.quantity", "1000000", "1000000"),
        ("items.0.quantity", "0.000001", "0.000001"),
        ("items.0.quantity", 0.000001, "0.000001"),
        ("items.0.lasts_days", 1, 1),
        ("placed_at", "2026-03-02T10:00:00+02:00", "2026-03-02T08:00:00Z"),
        ("placed_at", "2026-03-02T08:00:00.25Z", "2026-03-02T08:00:00Z"),
        ("delivery.arrives_by", "2026-03-06", "2026-03-06"),
        ("delivery.arrives_by", "2026-03-06T18:00:00+02:00", "2026-03-06T16:00:00Z"),
        ("delivery.arrives_by", "2028-02-29", "2028-02-29"),
        ("customer.birthday", "--02-29", "--02-29"),
        ("customer.birthday", "1990-02-28", "1990-02-28"),
        ("items.0.name", "Mug\r\n<b>{{7*7}}</b> \t🎁", "Mug <b>{{7*7}}</b> 🎁"),
        ("items.0.name", "100\u00a0g", "100\u00a0g"),
        ("customer.name", "A\u0000n\u001bn\u009fa\u202e", "Anna"),
        ("payment.details", "IBAN UA00\r\nDobra\rKyiv\u2028\u0007", "IBAN UA00\nDobra\nKyiv"),
        ("delivery.address", "  1 Sample St\n", "1 Sample St"),
        ("payment.url", "HTTPS://pay.example/a?b=c#d", "HTTPS://pay.example/a?b=c#d"),
        ("payment.url", "https://оплата.example/замовлення", "https://оплата.example/замовлення"),
        (
            "items.0.options",
            {"Size": 42, "Cut": "slim", "Old": None, "Long": 1.5},
            {"Size": "42", "Cut": "slim", "Long": "1.5"},
        ),
    ],
)
def test_a_value_has_one_spelling(path: str, sent: Any, kept: Any) -> None:
    found: Any = order(**{path: sent})
    for step in path.split("."):
        found = found[int(step)] if isinstance(found, list) else found[step]
    assert found == kept


def test_of_a_name_that_stands_twice_the_last_counts() -> None:
    twice = raw(checked()).replace(b'"total":', b'"total": "1.00", "total":')
    assert twice.count(b'"total"') == 2
    assert check_of(json.loads(twice)) == check_of(json.loads(raw(checked())))
    assert wrong(twice) == []


def test_which_of_two_events_is_newer_is_told_to_the_microsecond() -> None:
    assert checked(timestamp="2026-03-02T10:00:00.123456+02:00")["timestamp"] == "2026-03-02T08:00:00.123456Z"


@pytest.mark.parametrize(
    ("timestamp", "found"),
    [
        ("2026-03-02T08:05:00Z", []),
        ("2026-03-02T08:05:00.000001Z", [("#/timestamp", "in_the_future")]),
        ("2026-03-02T10:05:01+02:00", [("#/timestamp", "in_the_future")]),
        ("1999-01-01T00:00:00Z", []),
        ("2026-03-02T08:00:00", [("#/timestamp", "not_a_moment")]),
        ("2026-02-30T08:00:00Z", [("#/timestamp", "not_a_moment")]),
        ("9999-12-31T23:59:59Z", [("#/timestamp", "not_a_moment")]),
        (1772438400, [("#/timestamp", "not_a_moment")]),
        (None, [("#/timestamp", "missing")]),
    ],
)
def test_a_timestamp_has_an_offset_and_is_at_most_five_minutes_ahead(timestamp: Any, found: list[Any]) -> None:
    assert NOW.isoformat() == "2026-03-02T08:00:00+00:00"
    assert wrong_in(timestamp=timestamp) == found
