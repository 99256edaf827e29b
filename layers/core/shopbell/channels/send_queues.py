"""The send queues, which tell the senders which messages wait (they carry ids only), and the queues of events."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from shopbell.domain.model.state import SendRequest
from shopbell.domain.model.vocabulary import ChannelName, Lane, MessageClass

BATCH = 10
"""As many as SQS takes in one call."""
COUNTS = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")


def read(body: Mapping[str, Any]) -> SendRequest:
    """A request as a queue carried it."""
    more = tuple((subject, message) for subject, message in body.get("more", ()))
    lane = Lane(body["lane"]) if body.get("lane") in {*Lane} else _former_lane(body)
    hints = {"customer": body.get("customer", ""), "contacts": tuple(body.get("contacts", ()))}
    return SendRequest(body["shop"], body["subject"], body["message"], lane, more, **hints)


def _former_lane(body: Mapping[str, Any]) -> Lane:
    """Of a request that a version before this one put there: one named its channel and class instead of a lane, one
    knew a single lane, "email", for all letters but order news. What may be a reminder waits behind no mailing."""
    if body.get("channel") == ChannelName.SMS:
        return Lane.SMS
    return _LANES.get(body.get("message_class", ""), Lane.REMINDER_EMAIL)


_LANES = {
    MessageClass.TRANSACTIONAL: Lane.ORDER_EMAIL,
    MessageClass.MARKETING: Lane.MARKETING_EMAIL,
    MessageClass.GREETING: Lane.MARKETING_EMAIL,
}


@dataclass(frozen=True, slots=True)
class SendQueues:
    """A queue a lane, by its URL, so that no mailing stands before a receipt. Each request bears its shop, so that the
    queue can be fair: no shop's mailing stands before another's."""

    client: Any
    by_lane: Mapping[Lane, str]

    def enqueue(self, send_requests: Sequence[SendRequest]) -> None:
        by_lane = defaultdict(list)
        for send_request in send_requests:
            by_lane[send_request.lane].append(send_request)
        for lane, together in by_lane.items():
            for start in range(0, len(together), BATCH):
                self._put(self.by_lane[lane], together[start : start + BATCH])

    def waiting(self, lanes: Iterable[Lane]) -> dict[Lane, int]:
        """How many requests stand in each, those in hand too; SQS's figures may be a minute old."""
        return {lane: self._waiting(self.by_lane[lane]) for lane in lanes}

    def _waiting(self, queue: str) -> int:
        answer = self.client.get_queue_attributes(QueueUrl=queue, AttributeNames=[*COUNTS])
        return sum(int(answer["Attributes"][name]) for name in COUNTS)

    def _put(self, queue: str, send_requests: Sequence[SendRequest]) -> None:
        entries = [{"Id": str(number), **_entry(each)} for number, each in enumerate(send_requests)]
        self.client.send_message_batch(QueueUrl=queue, Entries=entries)


def _entry(send_request: SendRequest) -> dict[str, Any]:
    body = asdict(send_request)
    delay = body.pop("delay")
    entry = {"MessageBody": json.dumps(body), "MessageGroupId": send_request.shop}
    return entry | ({"DelaySeconds": delay} if delay else {})


@dataclass(frozen=True, slots=True)
class EventsQueue:
    """Where the door puts what it has taken, each under its shop: no shop's import stands before another's events."""

    client: Any
    url: str

    def put(self, body: str, shop: str) -> None:
        self.client.send_message(QueueUrl=self.url, MessageBody=body, MessageGroupId=shop)
