"""Where no moment is given, the clock runs with the real time, and what falls due happens by itself."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from local.__main__ import keep_up
from local.instants import later
from local.stack import ClockMovesBack, Stack
from tests.local.fixture_stack.serve import Tiny
from tests.local.outsider import FIXTURE

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@dataclass
class Wall:
    """The clock on the wall; it goes on when the test says so."""

    time: datetime = START

    def __call__(self) -> datetime:
        return self.time

    def pass_by(self, **duration: int) -> None:
        self.time += timedelta(**duration)


@pytest.fixture(scope="module")
def wall() -> Wall:
    return Wall()


@pytest.fixture(scope="module")
def started(wall: Wall) -> Iterator[Stack]:
    with Stack(template=FIXTURE / "template.yaml", product=Tiny(), real=wall) as stack:
        yield stack


@pytest.fixture
def stack(started: Stack, wall: Wall) -> Stack:
    """The fixture's stack just reset, on Monday 2 March 2026, 10:00 UTC."""
    wall.time = START
    started.reset()
    return started


def tell(stack: Stack, what: str, at: str, **more: Any) -> None:
    """News of a letter that is due at that time of the day."""
    body = json.dumps({"what": what, "at": f"2026-03-02T{at}Z", **more}).encode()
    assert stack.request("POST", "/tell/ann@customer.example", body=body).status == 200


def sent(stack: Stack) -> list[tuple[str, str]]:
    return [(message["subject"], message["sent_at"][11:-1]) for message in stack.messages()]


def advance(stack: Stack, duration: str) -> int:
    return stack.advance(lambda now: later(now, duration))


def test_it_starts_at_the_real_time_and_runs_with_it(stack: Stack, wall: Wall) -> None:
    assert (stack.running, stack.now()) == (True, START)
    wall.pass_by(days=1, seconds=3)
    assert stack.now() == START + timedelta(days=1, seconds=3)


def test_what_is_due_leaves_by_itself_at_the_first_tick_of_five_minutes(stack: Stack, wall: Wall) -> None:
    tell(stack, "due", "10:06:00")
    wall.pass_by(minutes=9, seconds=59)
    assert sent(stack) == []
    wall.pass_by(seconds=1)
    stack.catch_up()
    wall.pass_by(seconds=7)
    assert sent(stack) == [("due", "10:10:00")]


def test_a_delayed_message_of_a_queue_comes_after_its_delay(stack: Stack, wall: Wall) -> None:
    tell(stack, "overdue", "10:00:00", delay=420)
    wall.pass_by(minutes=9)
    assert sent(stack) == []
    wall.pass_by(minutes=1)
    assert sent(stack) == [("overdue", "10:10:00")]


def test_what_failed_is_tried_again_after_a_minute(stack: Stack, wall: Wall) -> None:
    wall.pass_by(minutes=3, seconds=30)
    tell(stack, "refused once", "10:00:00", refuse=1)
    tell(stack, "refused twice", "10:00:00", refuse=2)
    wall.pass_by(minutes=7)
    assert sent(stack) == [("refused once", "10:05:00"), ("refused twice", "10:10:00")]


def test_after_a_long_sleep_things_happen_in_the_order_of_their_time(stack: Stack, wall: Wall) -> None:
    tell(stack, "third", "18:31:00")
    tell(stack, "second", "12:00:00")
    tell(stack, "first", "10:01:00", delay=600)
    wall.pass_by(hours=9)
    assert sent(stack) == [("first", "10:10:00"), ("second", "12:00:00"), ("third", "18:35:00")]


def test_a_sweep_that_fails_is_tried_once_at_each_tick_however_often_one_looks(
    stack: Stack, wall: Wall, capsys: pytest.CaptureFixture[str]
) -> None:
    tell(stack, "poison", "10:01:00")
    for _ in range(4 * 11):
        wall.pass_by(seconds=15)
        stack.catch_up()
        stack.catch_up()
    assert capsys.readouterr().err.count("RuntimeError: as asked") == 2


def test_what_it_is_advanced_by_is_added(stack: Stack, wall: Wall) -> None:
    tell(stack, "due", "12:00:00")
    wall.pass_by(minutes=1)
    assert advance(stack, "PT3H") == 1
    assert stack.now() == START + timedelta(hours=3, minutes=1)
    wall.pass_by(seconds=20)
    assert stack.now() == START + timedelta(hours=3, minutes=1, seconds=20)
    assert sent(stack) == [("due", "12:00:00")]


def test_told_to_stay_it_runs_what_is_due_and_goes_on(stack: Stack, wall: Wall) -> None:
    tell(stack, "due", "10:01:00")
    wall.pass_by(minutes=2)
    assert (advance(stack, "PT0S"), sent(stack)) == (1, [("due", "10:02:00")])
    wall.pass_by(seconds=1)
    assert stack.now() == START + timedelta(minutes=2, seconds=1)


def test_it_never_moves_back_even_when_the_wall_clock_is_set_back(stack: Stack, wall: Wall) -> None:
    wall.pass_by(minutes=10)
    assert stack.now() == START + timedelta(minutes=10)
    wall.pass_by(minutes=-1)
    assert stack.now() == START + timedelta(minutes=10)
    with pytest.raises(ClockMovesBack):
        stack.advance(lambda now: now - timedelta(seconds=1))
    wall.pass_by(minutes=3)
    assert stack.now() == START + timedelta(minutes=12)


def test_it_catches_up_until_the_process_ends_even_after_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    ended, left = threading.Event(), ["third", "second", "first"]

    def catch_up() -> None:
        name = left.pop()
        if not left:
            ended.set()
        raise RuntimeError(name)

    keep_up(catch_up, ended, seconds=0)
    assert (left, capsys.readouterr().err.count("RuntimeError: ")) == ([], 3)


def test_a_reset_takes_it_back_to_the_real_time(stack: Stack, wall: Wall) -> None:
    advance(stack, "P1M")
    wall.pass_by(seconds=30)
    stack.reset()
    assert stack.now() == START + timedelta(seconds=30)
