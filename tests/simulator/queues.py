"""SQS as a standard queue is: it may double, delay and reorder; what fails too often goes to the dead letters."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.simulator.story import POISON
from tests.simulator.values import Invalid

RECEIVES = 5
BATCH = 10
LONGEST_WANTED = 900
"""Seconds for which SQS holds a message back, if asked."""
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
LONGEST_DELAY = timedelta(minutes=20)


@dataclass
class Waiting:
    """A message in a queue, visible from a moment on."""

    id: str
    body: str
    visible_at: datetime
    received: int = 0


@dataclass
class FakeQueues:
    """By URL. `unruly`: the share of messages that are doubled, and of those that are delayed. `bunched`: they are
    brought only so often, in batches of any size.

    `died`: all that ever became dead letters, by queue and body.
    """

    chance: random.Random
    now: datetime
    unruly: float = 0.0
    bunched: timedelta = timedelta()
    waiting: dict[str, list[Waiting]] = field(default_factory=dict)
    dead: dict[str, list[Waiting]] = field(default_factory=dict)
    died: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[tuple[str, str]] = field(default_factory=list)
    _count: int = 0

    def send_message(self, request: Mapping[str, Any]) -> dict[str, Any]:
        return {"MessageId": self._put(request["QueueUrl"], request)}

    def send_message_batch(self, request: Mapping[str, Any]) -> dict[str, Any]:
        entries = request["Entries"]
        if not 0 < len(entries) <= BATCH or len({entry["Id"] for entry in entries}) != len(entries):
            raise Invalid("entries: none, more than ten, or one id twice")
        done = [{"Id": entry["Id"], "MessageId": self._put(request["QueueUrl"], entry)} for entry in entries]
        return {"Successful": done, "Failed": []}

    def get_queue_attributes(self, request: Mapping[str, Any]) -> dict[str, Any]:
        waiting = self.waiting.get(request["QueueUrl"], ())
        hidden = sum(each.visible_at > self.now for each in waiting)
        counts = {"ApproximateNumberOfMessages": len(waiting) - hidden, "ApproximateNumberOfMessagesNotVisible": hidden}
        return {"Attributes": {name: str(counts[name]) for name in request["AttributeNames"]}}

    def _put(self, url: str, entry: Mapping[str, Any]) -> str:
        body, wanted = entry["MessageBody"], entry.get("DelaySeconds", 0)
        if not 0 <= wanted <= LONGEST_WANTED:
            raise Invalid("a delay of more than 900 seconds")
        self.bodies.append((url, body))
        copies = 2 if self.chance.random() < self.unruly else 1
        for _ in range(copies):
            self._count += 1
            delayed = LONGEST_DELAY * self.chance.random() if self.chance.random() < self.unruly else timedelta()
            message = Waiting(f"m{self._count}", body, self._brought(self.now + timedelta(seconds=wanted) + delayed))
            self.waiting.setdefault(url, []).append(message)
        return f"m{self._count}"

    def _brought(self, moment: datetime) -> datetime:
        """Together with the others of so much time."""
        return moment + (EPOCH - moment) % self.bunched if self.bunched else moment

    def receive(self, url: str, hidden: timedelta) -> list[Waiting]:
        """A batch, in no promised order; hidden so long, or until its deletion."""
        waiting = self.waiting.get(url)
        if not waiting:
            return []
        visible = [each for each in waiting if each.visible_at <= self.now]
        if self.unruly:
            self.chance.shuffle(visible)
        batch = visible[: self.chance.randint(1, BATCH) if self.bunched else BATCH]
        for each in batch:
            each.visible_at, each.received = self.now + hidden, each.received + 1
        return batch

    def settle(self, url: str, batch: Sequence[Waiting], failed: Sequence[str]) -> None:
        """What did not fail is deleted; what failed too often is a dead letter."""
        for each in batch:
            if each.id not in failed:
                self.waiting[url].remove(each)
            elif each.received >= RECEIVES:
                self.waiting[url].remove(each)
                self.dead.setdefault(url, []).append(each)
                self.died.append((url, each.body))

    def redrive(self) -> int:
        """An operator brings the dead letters back, but what nobody can read."""
        moved = 0
        for url, letters in self.dead.items():
            readable = [each for each in letters if each.body != POISON]
            for each in readable:
                each.received, each.visible_at = 0, self.now
                moved += 1
            self.waiting[url].extend(readable)
            letters.clear()
        return moved

    def next_moment(self) -> datetime | None:
        return min((each.visible_at for waiting in self.waiting.values() for each in waiting), default=None)
