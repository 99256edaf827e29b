"""The send queues: what stands in them, in which one, and what the version before this one put there."""

import json
from dataclasses import asdict, replace
from typing import Any

import pytest

from shopbell.channels.send_queues import SendQueues, read
from shopbell.domain.model.state import SendRequest
from shopbell.domain.model.vocabulary import Lane


class Sqs:
    """Keeps what was put, call by call."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, list[dict[str, Any]]]] = []

    def send_message_batch(self, QueueUrl: str, Entries: list[dict[str, Any]]) -> None:  # noqa: N803
        self.calls.append((QueueUrl, Entries))


def queues() -> SendQueues:
    return SendQueues(Sqs(), "order_email", "email", "sms")


def requests(number: int, lane: Lane = Lane.EMAIL) -> list[SendRequest]:
    return [SendRequest("dobra", f"order/{each}", f"m{each}", lane) for each in range(number)]


def test_each_lane_has_its_queue_and_a_call_carries_ten() -> None:
    sending = queues()
    sending.enqueue([*requests(12), *requests(2, Lane.ORDER_EMAIL), *requests(1, Lane.SMS)])
    assert [(url, len(entries)) for url, entries in sending.client.calls] == [
        ("email", 10),
        ("email", 2),
        ("order_email", 2),
        ("sms", 1),
    ]


def test_a_request_for_later_is_kept_by_the_queue_and_says_nothing_of_it_itself() -> None:
    sending = queues()
    now, later = requests(2)
    sending.enqueue([now, replace(later, delay=60)])
    ((_, entries),) = sending.client.calls
    assert [entry.get("DelaySeconds") for entry in entries] == [None, 60]
    assert read(json.loads(entries[1]["MessageBody"])) == later


def test_what_was_put_is_read_as_it_was() -> None:
    request = SendRequest("dobra", "order/1", "m1", Lane.ORDER_EMAIL, (("order/2", "m2"),))
    assert read(json.loads(json.dumps(asdict(request)))) == request


@pytest.mark.parametrize(
    ("channel", "message_class", "lane"),
    [
        ("email", "transactional", Lane.ORDER_EMAIL),
        ("email", "marketing", Lane.EMAIL),
        ("staff", "staff", Lane.EMAIL),
        ("sms", "transactional", Lane.SMS),
    ],
)
def test_a_request_of_the_former_version_is_still_read(channel: str, message_class: str, lane: Lane) -> None:
    body = {"shop": "dobra", "subject": "order/1", "message": "m1", "more": []}
    assert read(body | {"channel": channel, "message_class": message_class}).lane is lane
