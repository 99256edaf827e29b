"""The send queues, which tell the senders which messages wait. They carry ids only."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from shopbell.domain.model.state import SendRequest
from shopbell.domain.model.vocabulary import ChannelName, Lane, MessageClass

BATCH = 10
"""As many as SQS takes in one call."""


def read(body: Mapping[str, Any]) -> SendRequest:
    """A request as a queue carried it."""
    more = tuple((subject, message) for subject, message in body.get("more", ()))
    lane = Lane(body["lane"]) if "lane" in body else _former_lane(body)
    return SendRequest(body["shop"], body["subject"], body["message"], lane, more)


def _former_lane(body: Mapping[str, Any]) -> Lane:
    """Where a request stands that the version before this one put there: it named its channel and class instead."""
    if body.get("channel") == ChannelName.SMS:
        return Lane.SMS
    return Lane.ORDER_EMAIL if body.get("message_class") == MessageClass.TRANSACTIONAL else Lane.EMAIL


@dataclass(frozen=True, slots=True)
class SendQueues:
    """A queue a lane, so that no mailing stands before a receipt."""

    client: Any
    order_email: str
    email: str
    sms: str

    def enqueue(self, send_requests: Sequence[SendRequest]) -> None:
        by_lane = defaultdict(list)
        for send_request in send_requests:
            by_lane[send_request.lane].append(send_request)
        for lane, together in by_lane.items():
            for start in range(0, len(together), BATCH):
                self._put(self._queue(lane), together[start : start + BATCH])

    def _queue(self, lane: Lane) -> str:
        return {Lane.ORDER_EMAIL: self.order_email, Lane.EMAIL: self.email, Lane.SMS: self.sms}[lane]

    def _put(self, queue: str, send_requests: Sequence[SendRequest]) -> None:
        entries = [{"Id": str(number), **_entry(each)} for number, each in enumerate(send_requests)]
        self.client.send_message_batch(QueueUrl=queue, Entries=entries)


def _entry(send_request: SendRequest) -> dict[str, Any]:
    said = asdict(send_request)
    delay = said.pop("delay")
    return {"MessageBody": json.dumps(said)} | ({"DelaySeconds": delay} if delay else {})


@dataclass(frozen=True, slots=True)
class EventsQueue:
    """Where the door puts what it has taken."""

    client: Any
    url: str

    def put(self, body: str) -> None:
        self.client.send_message(QueueUrl=self.url, MessageBody=body)
