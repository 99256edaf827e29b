"""The clock stands still until it is told, and brings all that falls due on the way."""

from typing import Any

import pytest

from tests.local.outsider import Outsider

START = "2026-03-02T10:00:00Z"


def tell(outsider: Outsider, what: str, at: str, who: str = "ann@customer.example", **more: Any) -> None:
    """News of a letter that is due `at`."""
    assert outsider.ask("POST", f"/tell/{who}", {"what": what, "at": at, **more}).status == 200


def sent(outsider: Outsider) -> list[tuple[str, str]]:
    return [(message["text"].split(": ")[-1], message["sent_at"]) for message in outsider.messages()]


def test_the_clock_stands_still_until_it_is_told(outsider: Outsider) -> None:
    assert outsider.ask("GET", "/local/health").json() == {"status": "ok", "now": START}
    assert outsider.ask("GET", "/local/clock").json() == {"now": START, "running": False}


@pytest.mark.parametrize(
    ("told", "now"),
    [
        ({"advance": "PT0S"}, START),
        ({"advance": "P3DT2H"}, "2026-03-05T12:00:00Z"),
        ({"advance": "PT90M"}, "2026-03-02T11:30:00Z"),
        ({"advance": "PT0.5S"}, "2026-03-02T10:00:00.500000Z"),
        ({"advance": "P2W"}, "2026-03-16T10:00:00Z"),
        ({"advance": "P1M"}, "2026-04-02T10:00:00Z"),
        ({"advance": "P1Y"}, "2027-03-02T10:00:00Z"),
        ({"to": START}, START),
        ({"to": "2026-03-02T12:00:01+02:00"}, "2026-03-02T10:00:01Z"),
    ],
)
def test_it_moves_by_a_duration_or_to_an_instant(outsider: Outsider, told: dict[str, str], now: str) -> None:
    assert outsider.move(**told) == {"now": now, "sent": 0}


@pytest.mark.parametrize(
    ("told", "pointer", "code"),
    [
        ({}, "#", "to_or_advance"),
        ({"to": START, "advance": "P1D"}, "#", "to_or_advance"),
        ({"to": "tomorrow"}, "#/to", "not_an_instant"),
        ({"to": "2026-03-03T10:00:00"}, "#/to", "not_an_instant"),
        ({"to": "2026-02-30T10:00:00Z"}, "#/to", "not_an_instant"),
        ({"to": 5}, "#/to", "not_an_instant"),
        ({"to": "9999-12-31T23:59:59Z"}, "#/to", "not_an_instant"),
        ({"advance": "-P1D"}, "#/advance", "not_a_duration"),
        ({"advance": "P"}, "#/advance", "not_a_duration"),
        ({"advance": "P99999Y"}, "#/advance", "not_a_duration"),
        ({"advance": None}, "#/advance", "not_a_duration"),
        ([], "#", "not_an_object"),
        (b"\xff{", "#", "not_json"),
        (b"[" * 100_000, "#", "not_json"),
        (b'{"to": "\\ud800"}', "#", "not_json"),
    ],
)
def test_what_it_cannot_read_is_named(passer_by: Outsider, told: Any, pointer: str, code: str) -> None:
    answer = passer_by.ask("POST", "/local/clock", told)
    assert (answer.status, answer.headers["content-type"]) == (400, "application/problem+json")
    error = answer.json()["errors"][0]
    assert (error["pointer"], error["code"]) == (pointer, code)


def test_time_never_moves_back(outsider: Outsider) -> None:
    assert outsider.ask("POST", "/local/clock", {"to": "2026-03-02T09:59:59Z"}).status == 409
    assert outsider.ask("GET", "/local/clock").json() == {"now": START, "running": False}


def test_what_is_due_leaves_at_the_first_tick_of_five_minutes(outsider: Outsider) -> None:
    tell(outsider, "early", "2026-03-02T10:05:00Z")
    tell(outsider, "later", "2026-03-02T10:05:01Z")
    assert outsider.move(advance="PT4M59S")["sent"] == 0
    assert outsider.move(advance="P1D") == {"now": "2026-03-03T10:04:59Z", "sent": 2}
    assert sent(outsider) == [("early", "2026-03-02T10:05:00Z"), ("later", "2026-03-02T10:10:00Z")]


def test_what_is_due_when_the_clock_is_stopped_between_two_ticks_leaves_too(outsider: Outsider) -> None:
    tell(outsider, "now", "2026-03-02T10:06:00Z")
    assert outsider.move(to="2026-03-02T10:06:59Z")["sent"] == 1
    assert sent(outsider) == [("now", "2026-03-02T10:06:59Z")]


def test_what_is_due_already_runs_when_the_clock_is_told_to_stay(outsider: Outsider) -> None:
    tell(outsider, "overdue", "2026-03-01T10:00:00Z")
    assert sent(outsider) == []
    assert outsider.move(advance="PT0S") == {"now": START, "sent": 1}


def test_things_happen_in_the_order_of_their_time(outsider: Outsider) -> None:
    tell(outsider, "third", "2026-03-20T10:00:00Z")
    tell(outsider, "second", "2026-03-10T10:00:00Z")
    tell(outsider, "first", "2026-03-02T10:01:00Z", delay=600)
    assert outsider.move(advance="P1M")["sent"] == 3
    assert sent(outsider) == [
        ("first", "2026-03-02T10:10:00Z"),
        ("second", "2026-03-10T10:00:00Z"),
        ("third", "2026-03-20T10:00:00Z"),
    ]


def test_a_reset_empties_everything_and_takes_the_clock_back(outsider: Outsider) -> None:
    tell(outsider, "first", "2026-03-02T10:05:00Z")
    tell(outsider, "second", "2026-03-09T10:05:00Z")
    outsider.move(advance="P1D")
    assert outsider.ask("POST", "/local/reset").status == 204
    assert outsider.ask("GET", "/local/clock").json() == {"now": START, "running": False}
    assert outsider.messages() == []
    assert outsider.move(advance="P1M")["sent"] == 0
