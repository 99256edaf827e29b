"""SQS for many messages: the earliest visible one comes first, and whoever is fed by a queue is told of each batch."""

import heapq
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tests.simulator.queues import BATCH
from tests.simulator.values import check
from tests.virtual_time.clock import Clock


class Held(NamedTuple):
    """A message that can be received from a moment on, in seconds."""

    visible_at: float
    number: int
    body: str

    @property
    def record(self) -> dict[str, str]:
        return {"messageId": str(self.number), "body": self.body}


@dataclass
class Queues:
    """By URL. `was_put` is told where something was put, and when it can be received. Groups of messages are not told
    apart: SQS alone is fair to each."""

    clock: Clock
    was_put: Callable[[str, float], None] = lambda url, moment: None
    waiting: dict[str, list[Held]] = field(default_factory=lambda: defaultdict(list))
    in_hand: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _count: int = 0

    def send_message(self, request: Mapping[str, Any]) -> dict[str, Any]:
        self._put(request["QueueUrl"], [request])
        return {"MessageId": str(self._count)}

    def send_message_batch(self, request: Mapping[str, Any]) -> dict[str, Any]:
        check(0 < len(request["Entries"]) <= BATCH, "entries: none, or more than ten")
        self._put(request["QueueUrl"], request["Entries"])
        return {"Successful": [{"Id": entry["Id"]} for entry in request["Entries"]], "Failed": []}

    def get_queue_attributes(self, request: Mapping[str, Any]) -> dict[str, Any]:
        url, now = request["QueueUrl"], self.clock.seconds
        counts = {
            "ApproximateNumberOfMessages": sum(each.visible_at <= now for each in self.waiting[url]),
            "ApproximateNumberOfMessagesNotVisible": self.in_hand[url],
        }
        return {"Attributes": {name: str(counts[name]) for name in request["AttributeNames"]}}

    def _put(self, url: str, entries: Sequence[Mapping[str, Any]]) -> None:
        moments = {self._hold(url, entry["MessageBody"], entry.get("DelaySeconds", 0)) for entry in entries}
        for moment in moments:
            self.was_put(url, moment)

    def _hold(self, url: str, body: str, delay: float) -> float:
        self._count += 1
        moment = self.clock.seconds + delay
        heapq.heappush(self.waiting[url], Held(moment, self._count, body))
        return moment

    def receive(self, url: str, most: int, now: float) -> list[Held]:
        waiting, batch = self.waiting[url], list[Held]()
        while len(batch) < most and waiting and waiting[0].visible_at <= now:
            batch.append(heapq.heappop(waiting))
        self.in_hand[url] += len(batch)
        return batch

    def settle(self, url: str, batch: Sequence[Held], failed: Sequence[str], visible_at: float) -> None:
        """What failed can be received again at that moment."""
        self.in_hand[url] -= len(batch)
        for each in batch:
            if str(each.number) in failed:
                heapq.heappush(self.waiting[url], each._replace(visible_at=visible_at))
                self.was_put(url, visible_at)
