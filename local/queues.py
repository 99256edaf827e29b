"""Carries messages from the mapped queues to their functions, batch by batch, as Lambda's mappings do."""

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from moto.sqs.models import Message, Queue, SQSBackend, sqs_backends

from local.cloudformation import ACCOUNT, REGION
from local.declared import QueueMapping
from local.functions import Crashed

Invoke = Callable[[str, Any], Any]
EPOCH = datetime.fromtimestamp(0, UTC)


class Queues:
    """The queues that feed functions, in the template's order: an earlier mapping's messages go first."""

    def __init__(self, mappings: Sequence[QueueMapping], invoke: Invoke, now: Callable[[], datetime]) -> None:
        self._mappings = mappings
        self._invoke = invoke
        self._now = now

    def drain(self) -> None:
        """Delivers all that is visible now, and what that causes, until nothing is left."""
        while any(self._deliver(mapping) for mapping in self._mappings):
            pass

    def put(self, queue: str, body: str) -> None:
        """What another service of AWS puts there."""
        _backend().send_message(queue, body)

    def next_moment(self) -> datetime | None:
        """When the earliest message that is hidden or delayed now can be delivered; None: there is none."""
        moments = [_visible_at(message) for mapping in self._mappings for message in _messages(mapping)]
        hidden = [EPOCH + timedelta(milliseconds=at) for at in moments if at > self._milliseconds()]
        return min(hidden, default=None)

    def _deliver(self, mapping: QueueMapping) -> bool:
        queue = _backend().queues[mapping.queue]
        if not queue._messages:
            return False
        self._reveal(queue)
        batch = _backend().receive_message(
            mapping.queue,
            mapping.batch,
            0,
            vars(queue)["visibility_timeout"],
            ["All"],
        )
        if not batch:
            return False
        self._hand_over(mapping, queue, batch)
        return True

    def _reveal(self, queue: Queue) -> None:
        """moto shows a message only after its moment; the clock stands still at it."""
        now = self._milliseconds()
        for message in queue._messages:
            if message.visible_at <= now:
                message.visible_at = 0

    def _milliseconds(self) -> float:
        """Now, as moto counts it; rounded up, since its fractions are not quite ours."""
        return (self._now() - EPOCH) / timedelta(milliseconds=1) + 1

    def _hand_over(self, mapping: QueueMapping, queue: Queue, batch: Sequence[Message]) -> None:
        event = {"Records": [_record(queue, message) for message in batch]}
        try:
            failed = _failed(mapping, self._invoke(mapping.function, event), batch)
        except Crashed as crash:
            print(f"local: a batch of {mapping.queue} goes back: {crash}", file=sys.stderr)
            return
        for message in batch:
            if message.id not in failed:
                _backend().delete_message(mapping.queue, str(message.receipt_handle))


def _backend() -> SQSBackend:
    return sqs_backends[ACCOUNT][REGION]


def _messages(mapping: QueueMapping) -> list[Message]:
    return _backend().queues[mapping.queue]._messages


def _visible_at(message: Message) -> float:
    return max(message.visible_at, message.delayed_until)


def _failed(mapping: QueueMapping, answer: Any, batch: Sequence[Message]) -> set[str]:
    """The ids that come back; as with Lambda, an answer that names a stranger fails the whole batch."""
    if not mapping.partial or not answer:
        return set()
    sent = {message.id for message in batch}
    named = [failure.get("itemIdentifier") for failure in answer.get("batchItemFailures") or []]
    return sent if any(name not in sent for name in named) else set(named)


def _record(queue: Queue, message: Message) -> dict[str, Any]:
    return {
        "messageId": message.id,
        "receiptHandle": message.receipt_handle,
        "body": message.body,
        "attributes": {
            "ApproximateReceiveCount": str(message.approximate_receive_count),
            "SentTimestamp": str(message.sent_timestamp),
            "SenderId": message.sender_id,
            "ApproximateFirstReceiveTimestamp": str(message.approximate_first_receive_timestamp),
        },
        "messageAttributes": {name: _attribute(value) for name, value in message.message_attributes.items()},
        "md5OfBody": message.body_md5,
        "eventSource": "aws:sqs",
        "eventSourceARN": queue.queue_arn,
        "awsRegion": REGION,
    }


def _attribute(value: dict[str, Any]) -> dict[str, Any]:
    kept = {"stringValue": value.get("StringValue"), "binaryValue": value.get("BinaryValue")}
    return {**{k: v for k, v in kept.items() if v is not None}, "dataType": value["DataType"]}
