"""A mailing in virtual time takes what arithmetic says, whatever this machine's clock does."""

from dataclasses import replace
from unittest.mock import patch

import pytest

from benchmarks import row_13
from benchmarks.stack import NotMeasured
from shopbell.domain.deciding.pace import least_seconds, shares_of
from shopbell.domain.model.vocabulary import Lane
from shopbell.pool import Failed
from tests.prove.telling import MONDAY
from tests.simulator.table import Refused
from tests.virtual_time import aws
from tests.virtual_time.clock import Clock, SideBySide
from tests.virtual_time.feeds import feeds
from tests.virtual_time.mailing import Mailing, played
from tests.virtual_time.outcome import Outcome, p99
from tests.virtual_time.queues import Queues

URL = "queue"
LETTER = {"Destination": {"ToAddresses": ["somebody@customer.example"]}, "EmailTags": []}
USUAL = Outcome(10_000, 857.0, (1.0, 2.0), 3, [(100, 1.0)], (), 0)


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY)


@pytest.mark.slow
def test_letters_take_as_long_as_their_batches_last_two_side_by_side() -> None:
    """Six batches, of which the last two begin when two have ended after each other; a batch is sent at its begin. The
    first ones may go by the share of a lane in which nothing waits."""
    outcome = played(Mailing(60, 14, window=5))
    longest, shortest = (_lasts({Lane.MARKETING_EMAIL: waiting}) for waiting in (0, 60))
    assert (outcome.left, outcome.refused) == (60, 0)
    assert 2 * shortest < outcome.seconds < 2 * longest + 1.5
    assert max(outcome.waits, default=0.0) < 1


@pytest.mark.slow
def test_cards_of_a_holiday_leave_as_birthday_letters_do_and_nobody_waits_for_them() -> None:
    outcome = played(Mailing(60, 14, window=5, holiday=True))
    shortest, longest = (_lasts({Lane.MARKETING_EMAIL: waiting}) for waiting in (60, 0))
    assert (outcome.left, outcome.refused) == (60, 0)
    assert 2 * shortest < outcome.seconds < 2 * longest + 1.5
    assert max(outcome.waits, default=0.0) < 1


def _lasts(waiting: dict[Lane, int]) -> float:
    return least_seconds(10, 2, shares_of(14, waiting)[Lane.MARKETING_EMAIL], 14)


@pytest.mark.slow
def test_a_sweep_stops_where_its_virtual_time_is_short_and_goes_on_at_the_next_tick() -> None:
    with patch.dict(aws.PROCESSOR, sweep_birthdays=2.6):
        outcome = played(Mailing(100, 14, window=5))
    (first, took), *others = outcome.looked
    assert 0 < first < 100
    assert 240 < took < 270
    assert first + sum(number for number, _ in others) == outcome.left == 100


def test_calls_of_a_pool_wait_at_the_same_time_and_share_the_processor(clock: Clock) -> None:
    def call(number: int) -> int:
        clock.wait(number)
        clock.worked += 1
        return 10 // number

    done = SideBySide(clock).each(call, [5, 0, 2])
    assert [type(each) for each in done] == [int, Failed, int]
    assert clock.seconds == 5 + 3


def test_a_provider_refuses_what_is_more_than_its_rate_in_a_second(clock: Clock) -> None:
    provider = aws.Provider(clock, rate=2)
    for _ in range(2):
        provider.send_email(LETTER)
    with pytest.raises(Refused, match="TooManyRequests"):
        provider.send_email(LETTER)
    clock.begin(1.0)
    provider.send_email(LETTER)
    assert (len(provider.letters), provider.refused) == (3, 1)


def test_a_provider_that_counts_over_five_seconds_takes_a_burst(clock: Clock) -> None:
    provider = aws.Provider(clock, rate=2, window=5)
    for _ in range(10):
        provider.send_email(LETTER)
    clock.begin(4.0)
    with pytest.raises(Refused):
        provider.send_email(LETTER)


def test_a_message_is_received_when_its_delay_is_over_and_again_where_it_failed(clock: Clock) -> None:
    queues = Queues(clock)
    queues.send_message({"QueueUrl": URL, "MessageBody": "{}", "DelaySeconds": 3})
    assert queues.receive(URL, 10, 2.9) == []
    (message,) = queues.receive(URL, 10, 3.0)
    queues.settle(URL, [message], [message.record["messageId"]], 60.0)
    assert queues.receive(URL, 10, 59.0) == []
    assert [each.number for each in queues.receive(URL, 10, 60.0)] == [message.number]


def test_queues_feed_functions_as_the_template_says() -> None:
    by_url = feeds(mail_concurrency=7)
    assert {by_url[lane].side_by_side for lane in ("ORDER_EMAIL_QUEUE_URL", "MARKETING_EMAIL_QUEUE_URL")} == {7}
    past = by_url["PAST_EVENTS_QUEUE_URL"]
    assert (past.function, past.size, past.side_by_side, past.hidden) == ("react_to_event", 10, 2, 360.0)


def test_the_slowest_hundredth_is_what_a_wait_is_judged_by() -> None:
    assert p99([float(number) for number in range(200)]) == 198.0
    assert p99([]) == 0.0


def test_the_figures_are_ratios_to_what_the_provider_needs_and_seconds() -> None:
    slow = replace(USUAL, seconds=100.0, waits=(4.0,), looked=[(100, 2.0)])
    with patch.object(row_13, "played", side_effect=[USUAL, slow]):
        found = row_13.figures(small=True)
    assert {each.row: (each.value, each.goal) for each in found} == {
        "13a": (1.2, 1.2),
        "13b": (2.0, 1.5),
        "13c": (4.0, 10.0),
        "13d": (3.0, 1.0),
    }


def test_no_figure_is_taken_of_a_mailing_that_has_not_left() -> None:
    with patch.object(row_13, "played", return_value=replace(USUAL, left=9_999)), pytest.raises(NotMeasured):
        row_13.figures(small=True)
