"""How fast letters leave: how the lanes divide what the provider takes, and how long a batch lasts for it."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from tests.domain.tables import each_row

NEWS, REMINDERS, MARKETING = LANES
RATES = st.floats(1, 5_000)
WAITING = st.dictionaries(st.sampled_from(LANES), st.integers(0, 10**6))

SHARES = """
rate | news_wait | reminders_wait | mailings_wait | news | reminders | mailings
14   | 0         | 0              | 0             | 0.08 | 0.46      | 0.46
14   | 0         | 0              | 1000000       | 0.08 | 0.02      | 0.90
14   | 0         | 1000000        | 0             | 0.08 | 0.90      | 0.02
14   | 0         | 500            | 500           | 0.08 | 0.46      | 0.46
14   | 0         | 272            | 872           | 0.08 | 0.24      | 0.68
14   | 0         | 3              | 0             | 0.08 | 0.482     | 0.438
14   | 840       | 0              | 1000000       | 0.28 | 0.02      | 0.70
14   | 1000000   | 0              | 1000000       | 0.80 | 0.02      | 0.18
200  | 12000     | 0              | 1000000       | 0.28 | 0.02      | 0.70
"""
SECONDS = """
letters | side_by_side | share | rate | seconds
10      | 2            | 0.5   | 10   | 4
1       | 2            | 0.5   | 10   | 0.4
10      | 1            | 1     | 10   | 1
10      | 20           | 0.5   | 200  | 2
0       | 2            | 0.5   | 10   | 0
"""
TICKS = """
share | rate | letters
0.5   | 14   | 2100
0.03  | 14   | 126
0.87  | 200  | 52200
"""
ROOM = """
news_wait | reminders_wait | mailings_wait | more_mailings
0         | 0              | 0             | 3753
0         | 0              | 2000          | 3753
0         | 0              | 5000          | 2506
0         | 0              | 8000          | 0
0         | 3              | 0             | 3750
0         | 1000000        | 0             | 84
1000000   | 0              | 0             | 733
"""


def waiting(news: str, reminders: str, mailings: str) -> Mapping[Lane, int]:
    return {NEWS: int(news), REMINDERS: int(reminders), MARKETING: int(mailings)}


@each_row(SHARES, "{news_wait} news, {reminders_wait} reminders and {mailings_wait} mailings at {rate} a second")
def test_order_news_is_kept_free_and_the_other_lanes_divide_the_rest_by_what_waits(
    rate: str, news_wait: str, reminders_wait: str, mailings_wait: str, news: str, reminders: str, mailings: str
) -> None:
    shares = shares_of(float(rate), waiting(news_wait, reminders_wait, mailings_wait))
    expected = {NEWS: float(news), REMINDERS: float(reminders), MARKETING: float(mailings)}
    assert shares == pytest.approx(expected, abs=0.001)


@each_row(SECONDS, "{letters} letters, {side_by_side} batches side by side, {share} of {rate}: {seconds} s")
def test_a_batch_lasts_as_long_as_its_lane_needs_for_so_many(
    letters: str, side_by_side: str, share: str, rate: str, seconds: str
) -> None:
    found = least_seconds(int(letters), int(side_by_side), float(share), float(rate))
    assert found == pytest.approx(float(seconds))


@each_row(TICKS, "{share} of {rate}: {letters} letters")
def test_a_tick_takes_as_many_as_leave_until_the_next(share: str, rate: str, letters: str) -> None:
    assert most_in_a_tick(float(share), float(rate)) == int(letters)


@each_row(ROOM, "{news_wait} news, {reminders_wait} reminders, {mailings_wait} mailings: {more_mailings} more")
def test_no_more_is_put_into_a_lane_than_leaves_until_the_next_tick_and_never_more_than_two_ticks_wait(
    news_wait: str, reminders_wait: str, mailings_wait: str, more_mailings: str
) -> None:
    pace = pace_for(14, waiting(news_wait, reminders_wait, mailings_wait))
    assert pace.most_in_a_tick(MARKETING) == pytest.approx(int(more_mailings), abs=5)


@given(RATES, WAITING)
def test_all_lanes_together_are_the_rate_and_each_can_begin(rate: float, waiting: Mapping[Lane, int]) -> None:
    shares = shares_of(rate, waiting)
    assert sum(shares.values()) == pytest.approx(1)
    assert min(shares[lane] for lane in PACED) >= LEAST
    assert shares[NEWS] >= KEPT_FREE


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
