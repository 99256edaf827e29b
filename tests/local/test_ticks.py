"""A clock that is moved ticks where something is due, and passes over the rest: months are seconds."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from local.stack import Stack
from tests.local.fixture_stack.serve import Tiny
from tests.local.outsider import FIXTURE

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@pytest.fixture
def stack() -> Iterator[Stack]:
    with Stack(START, template=FIXTURE / "template.yaml", product=Tiny()) as stack:
        yield stack


def tell(stack: Stack, what: str, at: str) -> None:
    """News of a letter that is due `at`."""
    body = json.dumps({"what": what, "at": at}).encode()
    assert stack.request("POST", "/tell/ann@customer.example", body=body).status == 200


def test_a_year_with_twelve_letters_in_it_is_twelve_ticks(stack: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    for month in range(1, 13):
        tell(stack, f"letter {month}", f"2027-{month:02}-28T10:00:00Z")
    assert stack.advance(lambda now: now + timedelta(days=700)) == 12
    assert capsys.readouterr().out.count("a tick") == 12


def test_a_sweep_that_fails_again_and_again_is_tried_once_at_each_tick_and_never_holds_the_clock(
    stack: Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    tell(stack, "poison", "2026-03-02T10:01:00Z")
    assert stack.advance(lambda now: now + timedelta(hours=2)) == 0
    assert stack.now() == START + timedelta(hours=2)
    printed = capsys.readouterr()
    assert (printed.out.count("a tick"), printed.err.count("RuntimeError: as asked")) == (24, 24)
