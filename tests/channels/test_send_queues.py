"""The queues: what stands in them, in which one, whose it is, and what the versions before this one put there."""

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import pytest

from shopbell.channels.dead_letters import DeadLetters
from shopbell.channels.send_queues import EventsQueue, SendQueues, read
from shopbell.domain.model.state import SendRequest
from shopbell.domain.model.vocabulary import Lane


@dataclass
class Sqs:
    """Keeps what was put, call by call; `counts` are what a queue says of itself, `dead` what it gives out."""

    calls: list[tuple[str, list[dict[str, Any]]]] = field(default_factory=list)
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    dead: list[dict[str, Any]] = field(default_factory=list)

    def send_message_batch(self, QueueUrl: str, Entries: list[dict[str, Any]]) -> dict[str, Any]:
        self.calls.append((QueueUrl, Entries))
        return {"Successful": Entries}

    def send_message(self, QueueUrl: str, **entry: Any) -> None:
        self.calls.append((QueueUrl, [entry]))

    def get_queue_attributes(self, QueueUrl: str, AttributeNames: list[str]) -> dict[str, Any]:
        return {"Attributes": dict(zip(AttributeNames, map(str, self.counts[QueueUrl]), strict=True))}

    def receive_message(self, **request: Any) -> dict[str, Any]:
        wanted = request["MessageSystemAttributeNames"]
        given = [each["Attributes"] for each in self.dead]
        kept = [{name: value for name, value in each.items() if name in wanted} for each in given]
        return {"Messages": [each | {"Attributes": of} for each, of in zip(self.dead, kept, strict=True)]}

    def delete_message_batch(self, **_: Any) -> None: ...


def queues(sqs: Sqs | None = None) -> SendQueues:
    return SendQueues(sqs or Sqs(), {lane: str(lane) for lane in Lane})


def requests(number: int, lane: Lane = Lane.MARKETING_EMAIL) -> list[SendRequest]:
    return [SendRequest("dobra", f"order/{each}", f"m{each}", lane) for each in range(number)]


def test_each_lane_has_its_queue_and_a_call_carries_ten() -> None:
    sending = queues()
    others = [*requests(2, Lane.ORDER_EMAIL), *requests(3, Lane.REMINDER_EMAIL), *requests(1, Lane.SMS)]
    sending.enqueue([*requests(12), *others])
    assert [(url, len(entries)) for url, entries in sending.client.calls] == [
        ("marketing_email", 10),
        ("marketing_email", 2),
        ("order_email", 2),
        ("reminder_email", 3),
        ("sms", 1),
    ]


def test_each_request_bears_its_shop_so_that_a_queue_can_be_fair() -> None:
    sending = queues()
    ours, theirs = requests(2)
    sending.enqueue([ours, replace(theirs, shop="susidy")])
    ((_, entries),) = sending.client.calls
    assert [entry["MessageGroupId"] for entry in entries] == ["dobra", "susidy"]


def test_each_event_bears_its_shop_too() -> None:
    sqs = Sqs()
    EventsQueue(sqs, "events").put("{}", "dobra")
    assert sqs.calls == [("events", [{"MessageBody": "{}", "MessageGroupId": "dobra"}])]


def test_a_dead_letter_goes_back_under_its_shop() -> None:
    ours = {"Body": "a", "ReceiptHandle": "1", "Attributes": {"MessageGroupId": "dobra", "SenderId": "x"}}
    nobodys = {"Body": "b", "ReceiptHandle": "2", "Attributes": {}}
    sqs = Sqs(dead=[ours, nobodys])
    letters = DeadLetters(sqs, "events", "dead")
    assert letters.put_back(letters.take(10)) == 2
    ((_, entries),) = sqs.calls
    assert [(entry["MessageBody"], entry.get("MessageGroupId")) for entry in entries] == [("a", "dobra"), ("b", None)]


def test_what_waits_in_a_lane_is_what_it_holds_and_what_it_has_given_out() -> None:
    sqs = Sqs(counts={"order_email": (0, 3), "reminder_email": (120, 20)})
    waiting = queues(sqs).waiting([Lane.ORDER_EMAIL, Lane.REMINDER_EMAIL])
    assert waiting == {Lane.ORDER_EMAIL: 3, Lane.REMINDER_EMAIL: 140}


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


BODY = {"shop": "dobra", "subject": "order/1", "message": "m1", "more": []}


@pytest.mark.parametrize(
    ("channel", "message_class", "lane"),
    [
        ("email", "transactional", Lane.ORDER_EMAIL),
        ("email", "service", Lane.REMINDER_EMAIL),
        ("email", "marketing", Lane.MARKETING_EMAIL),
        ("email", "greeting", Lane.MARKETING_EMAIL),
        ("staff", "staff", Lane.REMINDER_EMAIL),
        ("sms", "transactional", Lane.SMS),
    ],
)
def test_a_request_that_names_its_channel_and_class_is_still_read(channel: str, message_class: str, lane: Lane) -> None:
    assert read(BODY | {"channel": channel, "message_class": message_class}).lane is lane


@pytest.mark.parametrize(
    ("named", "lane"),
    [("order_email", Lane.ORDER_EMAIL), ("email", Lane.REMINDER_EMAIL), ("sms", Lane.SMS), (None, Lane.REMINDER_EMAIL)],
)
def test_a_request_of_the_lanes_of_the_former_version_is_still_read(named: str | None, lane: Lane) -> None:
    assert read(BODY | ({"lane": named} if named else {})).lane is lane
