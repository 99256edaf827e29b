"""AWS hangs: no function outlives it, no request becomes a dead letter, and nobody is left in doubt without need."""

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from shopbell import bootstrap
from shopbell.domain.model.state import LEASE
from tests.prove.telling import HOUR, MINUTE, MONDAY, OLENA, placed, repeated, taken
from tests.simulator.case import Case
from tests.simulator.faults import Fault, Target
from tests.simulator.play import Play, live
from tests.simulator.stage import TIMEOUTS
from tests.simulator.story import Break

NEWS = "ORDER_EMAIL_QUEUE_URL"
SENDERS = ("send_email", "send_sms")


def ten_receipts(world: Play, since: int = 0) -> list[dict[str, str]]:
    """Their requests, which nobody has heard."""
    for number in range(since, since + 10):
        person = replace(OLENA, id=f"c-{number}", email=f"person{number}@customer.example")
        world.tell(placed(str(number), person, MONDAY))
    while world.deliver_from("EVENTS_QUEUE_URL"):
        pass
    waiting = world.cloud.queues.waiting[NEWS]
    records = [{"messageId": each.id, "body": each.body} for each in waiting]
    waiting.clear()
    return records


def statuses(world: Play) -> list[str]:
    return [message.status for message in Case(world.played).messages]


@pytest.mark.parametrize("sender", SENDERS)
def test_a_batch_has_time_for_the_silence_that_parks_a_channel(sender: str) -> None:
    silence = 3 * (bootstrap.ONCE.connect_timeout + bootstrap.ONCE.read_timeout) * 1_000
    assert TIMEOUTS[sender] >= silence + bootstrap.TIME_FOR_A_REQUEST


@pytest.mark.parametrize("sender", SENDERS)
def test_no_claim_runs_out_while_its_sender_may_still_run(sender: str) -> None:
    assert LEASE.total_seconds() * 1_000 > 2 * TIMEOUTS[sender]


def test_a_provider_that_hangs_is_parked_by_one_batch_and_outlives_no_function() -> None:
    with live(MONDAY) as world:
        first, records = ten_receipts(world), ten_receipts(world, since=10)
        world.act(Break(MONDAY, Target.EMAIL, Fault.TIMEOUT_BEFORE, until=MONDAY + HOUR))
        for batch in (first, records):
            answer = world.stage.invoke("send_email", {"Records": batch}, TIMEOUTS["send_email"])
            assert answer == {"batchItemFailures": []}
        assert Counter(statuses(world)) == {"sending": 10, "held": 10}


@pytest.mark.parametrize("target", [Target.EMAIL, Target.READ, Target.WRITE, Target.QUEUE])
def test_whatever_hangs_for_hours_no_request_is_given_up_and_all_letters_leave(target: Target) -> None:
    with live(MONDAY) as world:
        for record in ten_receipts(world):
            world.cloud.queues.send_message({"QueueUrl": NEWS, "MessageBody": record["body"]})
        world.act(Break(MONDAY, target, Fault.TIMEOUT_BEFORE, until=MONDAY + 3 * HOUR))
        world.until(MONDAY + 12 * HOUR)
        assert not [url for url, _ in world.cloud.queues.died if url == NEWS]
        assert (taken(world), repeated(world)) == (10, 0)


def test_what_no_time_is_left_for_is_asked_anew_in_one_call_and_counts_as_done() -> None:
    with live(MONDAY) as world:
        records = ten_receipts(world)
        before = len(world.cloud.wire.calls)
        answer = world.stage.invoke("send_email", {"Records": records}, bootstrap.TIME_FOR_A_REQUEST)
        asked = [call.operation for call in world.cloud.wire.calls[before:]]
        assert answer == {"batchItemFailures": []}
        assert asked == ["send_message_batch"]
        bodies = sorted(each.body for each in world.cloud.queues.waiting[NEWS])
        assert list(map(json.loads, bodies)) == list(map(json.loads, sorted(each["body"] for each in records)))
        world.until(MONDAY + MINUTE)
        assert taken(world) == 10


def test_a_request_that_cannot_be_read_comes_back_even_where_no_time_is_left() -> None:
    with live(MONDAY) as world:
        answer = world.stage.invoke("send_email", {"Records": [{"messageId": "1", "body": "poison"}]}, 1_000)
        assert answer == {"batchItemFailures": [{"itemIdentifier": "1"}]}


def test_what_no_time_is_left_for_is_looked_at_by_the_outbox_where_the_queue_hangs_too() -> None:
    with live(MONDAY) as world:
        records = ten_receipts(world)
        world.act(Break(MONDAY, Target.QUEUE, Fault.TIMEOUT_BEFORE, until=MONDAY + timedelta(seconds=1)))
        answer = world.stage.invoke("send_email", {"Records": records}, bootstrap.TIME_FOR_A_REQUEST)
        assert answer == {"batchItemFailures": []}
        world.until(MONDAY + 10 * MINUTE)
        assert taken(world) == 10
