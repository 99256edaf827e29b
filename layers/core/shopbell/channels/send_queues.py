"""The doorbells: queues that tell the senders which messages wait. They carry ids only."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from shopbell.domain.model.state import SendRequest
from shopbell.domain.model.vocabulary import ChannelName, MessageClass

BATCH = 10
"""As many as SQS takes in one call."""


@dataclass(frozen=True, slots=True)
class SendQueues:
    """News about orders has its own e-mail queue, so that no mailing stands before a receipt."""

    client: Any
    order_email: str
    email: str
    sms: str

    def enqueue(self, send_requests: Sequence[SendRequest]) -> None:
        by_queue = defaultdict(list)
        for send_request in send_requests:
            by_queue[self._queue(send_request)].append(json.dumps(asdict(send_request)))
        for queue, bodies in by_queue.items():
            for start in range(0, len(bodies), BATCH):
                self._put(queue, bodies[start : start + BATCH])

    def _queue(self, send_request: SendRequest) -> str:
        if send_request.channel is ChannelName.SMS:
            return self.sms
        return self.order_email if send_request.message_class is MessageClass.TRANSACTIONAL else self.email

    def _put(self, queue: str, bodies: list[str]) -> None:
        entries = [{"Id": str(number), "MessageBody": body} for number, body in enumerate(bodies)]
        self.client.send_message_batch(QueueUrl=queue, Entries=entries)


@dataclass(frozen=True, slots=True)
class EventsQueue:
    """Where the door puts what it has taken."""

    client: Any
    url: str

    def put(self, body: str) -> None:
        self.client.send_message(QueueUrl=self.url, MessageBody=body)
