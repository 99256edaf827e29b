"""The pace of letters: how the lanes divide what the provider takes, and how long a batch lasts for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.channels.sending_quota import letters_a_second
from shopbell.domain.deciding.pace import (
    KEPT_FREE,
    LANES,
    LEAST,
    LONGEST,
    PACED,
    TICK,
    Pace,
    least_seconds,
    most_in_a_tick,
    pace_for,
    shares_of,
)
from shopbell.domain.model.vocabulary import Lane
from shopbell.service.delivery.pacing import SetPace
from shopbell.storage.pacing import KEY, Pacing, pace_of
from tests.memory_table import MemoryTable
from tests.world import MONDAY

NEWS, REMINDERS, MARKETING = LANES
RATES = st.floats(1, 5_000)
WAITING = st.dictionaries(st.sampled_from(LANES), st.integers(0, 10**6))


@pytest.mark.parametrize(
    ("waiting", "shares"),
    [
        ({}, (0.08, 0.46, 0.46)),
        ({MARKETING: 10**6}, (0.08, 0.02, 0.90)),
        ({REMINDERS: 10**6}, (0.08, 0.90, 0.02)),
        ({REMINDERS: 500, MARKETING: 500}, (0.08, 0.46, 0.46)),
        ({REMINDERS: 272, MARKETING: 872}, (0.08, 0.24, 0.68)),
        ({REMINDERS: 3}, (0.08, 0.482, 0.438)),
        ({NEWS: 840, MARKETING: 10**6}, (0.28, 0.02, 0.70)),
        ({NEWS: 10**6, MARKETING: 10**6}, (0.80, 0.02, 0.18)),
    ],
)
def test_order_news_is_kept_free_and_the_other_lanes_divide_the_rest_by_what_waits(
    waiting: Mapping[Lane, int], shares: tuple[float, ...]
) -> None:
    assert tuple(shares_of(14, waiting).values()) == pytest.approx(shares, abs=0.001)


@given(RATES, WAITING)
def test_all_lanes_together_are_the_rate_and_each_can_begin(rate: float, waiting: Mapping[Lane, int]) -> None:
    shares = shares_of(rate, waiting)
    assert sum(shares.values()) == pytest.approx(1)
    assert min(shares[lane] for lane in PACED) >= LEAST
    assert shares[NEWS] >= KEPT_FREE


@pytest.mark.parametrize(
    ("letters", "concurrency", "share", "rate", "seconds"),
    [(10, 2, 0.5, 10, 4), (1, 2, 0.5, 10, 0.4), (10, 1, 1, 10, 1), (10, 20, 0.5, 200, 2), (0, 2, 0.5, 10, 0)],
)
def test_a_batch_lasts_as_long_as_its_lane_needs_for_so_many(
    letters: int, concurrency: int, share: float, rate: float, seconds: float
) -> None:
    assert least_seconds(letters, concurrency, share, rate) == pytest.approx(seconds)


@given(RATES, WAITING, st.sampled_from(PACED), st.integers(1, 10), st.integers(1, 5))
def test_batches_side_by_side_are_no_faster_than_their_share_unless_lambda_would_end_them(
    rate: float, waiting: Mapping[Lane, int], lane: Lane, letters: int, concurrency: int
) -> None:
    pace = pace_for(rate, waiting)
    seconds = pace.least_seconds(lane, letters, concurrency)
    assert seconds == LONGEST or letters * concurrency / seconds == pytest.approx(pace.shares[lane] * rate)
    assert seconds <= LONGEST


@pytest.mark.parametrize("lane", [Lane.ORDER_EMAIL, Lane.SMS])
def test_order_news_and_text_messages_are_not_paced(lane: Lane) -> None:
    assert pace_for(14, {lane: 10**6}).least_seconds(lane, 10, 2) == 0
    assert pace_for(14, {}).most_in_a_tick(lane) > 10**9


def test_where_no_batch_runs_beside_another_nobody_waits() -> None:
    assert Pace().least_seconds(MARKETING, 10, 0) == 0


@pytest.mark.parametrize(("share", "rate", "letters"), [(0.5, 14, 2_100), (0.03, 14, 126), (0.87, 200, 52_200)])
def test_a_tick_takes_as_many_as_leave_until_the_next(share: float, rate: float, letters: int) -> None:
    assert most_in_a_tick(share, rate) == letters


@pytest.mark.parametrize(
    ("waiting", "letters"),
    [
        ({}, 3_753),
        ({MARKETING: 2_000}, 3_753),
        ({MARKETING: 5_000}, 2_506),
        ({MARKETING: 8_000}, 0),
        ({REMINDERS: 3}, 3_750),
        ({REMINDERS: 10**6}, 84),
        ({NEWS: 10**6}, 733),
    ],
)
def test_no_more_is_put_into_a_lane_than_leaves_until_the_next_tick_and_never_more_than_two_ticks_wait(
    waiting: Mapping[Lane, int], letters: int
) -> None:
    assert pace_for(14, waiting).most_in_a_tick(MARKETING) == pytest.approx(letters, abs=5)


@pytest.mark.parametrize("lane", PACED)
@pytest.mark.parametrize("others", [0, 5, 20])
@pytest.mark.parametrize(("rate", "times"), [(14, 1.2), (200, 1.5)])
def test_a_hundred_thousand_letters_end_in_little_more_than_the_provider_needs(
    rate: float, times: float, others: int, lane: Lane
) -> None:
    """Tick by tick, as many as may be put into the lane; `others` are always in hand in the other one."""
    (other,) = {*PACED} - {lane}
    left, waits, seconds = 100_000.0, 0.0, 0.0
    while left + waits > 0:
        pace = pace_for(rate, {lane: round(waits), other: others})
        put = min(pace.most_in_a_tick(lane), left)
        left, waits = left - put, waits + put
        speed = pace.shares[lane] * rate
        leave = min(waits, speed * TICK)
        waits, seconds = waits - leave, seconds + (TICK if left else leave / speed)
    assert seconds <= times * 100_000 / rate


@pytest.mark.parametrize("rate", [0.0, -1.0])
def test_an_account_that_may_send_nothing_is_paced_as_slowly_as_any(rate: float) -> None:
    assert pace_for(rate, {}).rate == 1


def test_what_is_written_is_read_and_before_that_the_usual_pace_counts() -> None:
    pacing = Pacing(MemoryTable())
    assert pacing.read() == Pace() == pace_for(14, {})
    written = pace_for(200, {MARKETING: 70_000, REMINDERS: 20})
    pacing.save(written, MONDAY)
    assert pacing.read() == pace_of(pacing.table.get([KEY])[KEY]) == written


def test_a_lane_of_another_version_is_left_out() -> None:
    assert pace_of({"doc": '{"rate": 14.0, "waiting": {"email": 9, "reminder_email": 5}}'}) == Pace(14, {REMINDERS: 5})


class Ses:
    """Answers as the SDK does."""

    def get_account(self) -> dict[str, Any]:
        return {"SendQuota": {"Max24HourSend": 50_000.0, "MaxSendRate": 200.0, "SentLast24Hours": 7.0}}


def test_the_rate_is_what_ses_says_of_the_account() -> None:
    assert letters_a_second(Ses()) == 200


class OutageError(Exception):
    """Nobody answers."""


@dataclass
class Tick:
    """The outbox's, with a provider and queues that answer, or do not."""

    pacing: Pacing = field(default_factory=lambda: Pacing(MemoryTable()))
    failure: Exception | None = None
    queues_are_down: bool = False
    logged: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def rate(self) -> float:
        if self.failure:
            raise self.failure
        return 200

    def waiting(self, lanes: Iterable[Lane]) -> Mapping[Lane, int]:
        if self.queues_are_down:
            raise OutageError
        return {lane: number for number, lane in enumerate(lanes)}

    def note(self, message: str, facts: dict[str, object]) -> None:
        self.logged.append((message, facts))

    def __call__(self) -> Pace:
        is_outage = lambda error: isinstance(error, OutageError)  # noqa: E731
        SetPace(self.rate, self.waiting, self.pacing, is_outage, self.note)(MONDAY)
        return self.pacing.read()


def test_a_tick_sets_the_pace_from_what_the_provider_allows_and_what_waits() -> None:
    assert Tick()() == pace_for(200, {NEWS: 0, REMINDERS: 1, MARKETING: 2})


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        (Tick(failure=OutageError()), "pace_not_set"),
        (Tick(queues_are_down=True), "pace_not_set"),
        (Tick(failure=PermissionError()), "alarm"),
    ],
)
def test_a_rate_that_cannot_be_read_stops_no_tick_and_the_last_one_counts(broken: Tick, line: str) -> None:
    assert replace(broken, pacing=Pacing(MemoryTable()))() == Pace()
    assert [message for message, _ in broken.logged] == [line]
    broken.pacing.save(pace_for(50, {}), MONDAY)
    assert broken() == pace_for(50, {})
