"""A discrete-event play of what AWS does with the product's functions: schedules, queues, and who runs side by side.

An invocation begins at a virtual moment, is run at once, and ends when what it did would be done.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from typing import Any

from tests.simulator.stage import TIMEOUTS
from tests.virtual_time.aws import Aws
from tests.virtual_time.feeds import Feed
from tests.virtual_time.queues import Held

Act = Callable[[], None]
TICK = 300.0
"""Seconds from one tick of a schedule to the next (template.yaml, ScheduleExpression)."""


@dataclass(frozen=True, slots=True)
class Context:
    """What Lambda hands to a handler beside the event. `ends_at`: the second at which the function is ended."""

    aws: Aws
    function_name: str
    ends_at: float
    aws_request_id: str = "virtual"
    memory_limit_in_mb: int = 512

    def get_remaining_time_in_millis(self) -> float:
        return (self.ends_at - self.aws.clock.seconds) * 1_000


@dataclass
class World:
    """`feeds` by the URL of their queue; `now`: the second that it is. `swept`: what each tick of a sweep answered,
    with the seconds that it took; `failures`: how many records came back to a queue."""

    aws: Aws
    feeds: Mapping[str, Feed]
    now: float = 0.0
    swept: list[tuple[str, int, float]] = field(default_factory=list)
    failures: int = 0
    _running: Counter[str] = field(default_factory=Counter)
    _plan: list[tuple[float, int, Act]] = field(default_factory=list)
    _count: int = 0

    def at(self, moment: float, act: Act) -> None:
        self._count += 1
        heapq.heappush(self._plan, (moment, self._count, act))

    def open(self) -> None:
        """From now on the queues feed their functions."""
        self.aws.queues.was_put = lambda url, moment: self.at(moment, partial(self._feed, self.feeds[url]))

    def run(self, is_over: Callable[[], bool], most: float) -> None:
        """Moment by moment, for so many seconds at most."""
        while self._plan and self._plan[0][0] <= most and not is_over():
            self.now, _, act = heapq.heappop(self._plan)
            act()

    def tick(self, function: str) -> None:
        """A schedule runs its function now, and every five minutes from now on."""
        answer, ended = self.invoke(function, {})
        self.swept.append((function, answer["looked"], ended - self.now))
        self.at(self.now + TICK, partial(self.tick, function))

    def invoke(self, function: str, event: Mapping[str, Any]) -> tuple[Any, float]:
        """The function's answer, and the second at which it ended."""
        clock, timeout = self.aws.clock, TIMEOUTS[function] / 1_000
        clock.begin(self.now)
        self.aws.function = function
        handler = import_module(f"functions.{function}.app").handler
        answer = handler(event, Context(self.aws, function, self.now + timeout))
        assert clock.seconds - self.now <= timeout, f"{function} was ended after {timeout} seconds"
        return answer, clock.seconds

    def _feed(self, feed: Feed) -> None:
        while self._running[feed.url] < feed.side_by_side:
            batch = self.aws.queues.receive(feed.url, feed.size, self.now)
            if not batch:
                return
            self._running[feed.url] += 1
            answer, ended = self.invoke(feed.function, {"Records": [each.record for each in batch]})
            failed = [each["itemIdentifier"] for each in answer["batchItemFailures"]]
            self.at(ended, partial(self._ended, feed, batch, failed, self.now))

    def _ended(self, feed: Feed, batch: Sequence[Held], failed: Sequence[str], begun: float) -> None:
        self._running[feed.url] -= 1
        self.failures += len(failed)
        self.aws.queues.settle(feed.url, batch, failed, begun + feed.hidden)
        self._feed(feed)
