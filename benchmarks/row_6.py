"""Row 6: how long a batch of ten letters takes where the provider answers in 100 ms and the table in 5 ms.

What answers runs in a process of its own, so that its work is not counted as the product's. The reference is the
provider's answer to one letter: no batch can be faster.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.managers import BaseManager
from threading import Thread
from typing import Any, cast

from benchmarks.cloud import Call
from benchmarks.orders import order, place, put_shop
from benchmarks.receipts import FIRST_ORDER, START, person
from benchmarks.responder import Responder
from benchmarks.scoreboard import Figure, median_of
from benchmarks.stack import BATCH, REACT, SEND, Context, NotMeasured, Stack, new_cloud, running_on
from tests.simulator.shops import TASKS
from tests.simulator.stage import QUEUES

PROVIDER, TABLE = 0.100, 0.005
"""Seconds until an answer."""
BATCHES = 9
GOAL = 1.6


class Served:
    """A cloud and its responder, in the process where they are made."""

    def __init__(self) -> None:
        self.cloud = new_cloud()
        self.responder = Responder(self.cloud, {"sesv2": PROVIDER, "dynamodb": TABLE, "sqs": TABLE})
        Thread(target=self.responder.serve_forever, daemon=True).start()

    def url(self) -> str:
        return self.responder.url

    def take(self, queue: str) -> list[str]:
        return self.cloud.take(queue)

    def seen(self) -> tuple[list[Call], list[str], list[str], int]:
        """Calls, letters, what was rejected, write units."""
        return self.cloud.calls, self.cloud.letters, self.cloud.rejected, self.cloud.table.units


class Processes(BaseManager):
    """Starts a process that serves one."""


Processes.register("Served", Served)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A cloud that another process serves, as `Stack` asks it."""

    served: Any

    def take(self, queue: str) -> list[str]:
        return cast(list[str], self.served.take(queue))

    @property
    def calls(self) -> list[Call]:
        return cast(list[Call], self.served.seen()[0])

    @property
    def letters(self) -> list[str]:
        return cast(list[str], self.served.seen()[1])

    @property
    def rejected(self) -> list[str]:
        return cast(list[str], self.served.seen()[2])

    @property
    def table(self) -> "Elsewhere":
        return self

    @property
    def units(self) -> int:
        return cast(int, self.served.seen()[3])


def figures(small: bool) -> list[Figure]:
    ratios = [seconds / PROVIDER for seconds in _batches(3 if small else BATCHES)]
    what = "seconds of a batch of ten letters, provider at 100 ms, table at 5 ms"
    return [median_of("6", what, ratios, goal=GOAL, reference="the provider's 100 ms")]


def _batches(number: int) -> list[float]:
    """Seconds of each, after one that warms the process."""
    with Processes() as processes, _running(processes.Served()) as stack:  # type: ignore[attr-defined]
        put_shop({task: {"enabled": False} for task in TASKS})
        return [_seconds(stack, batch) for batch in range(number + 1)][1:]


@contextmanager
def _running(served: Any) -> Iterator[Stack]:
    with running_on(Stack(cast(Any, Elsewhere(served)), START), served.url()) as stack:
        yield stack


def _seconds(stack: Stack, batch: int) -> float:
    for number in range(batch * BATCH, (batch + 1) * BATCH):
        place(stack, order(FIRST_ORDER + number, person(number), stack.now))
    stack.drain(REACT, BATCH)
    handler, records = stack.handler(SEND), _records(stack)
    before, begun = len(stack.cloud.letters), time.perf_counter()
    handler({"Records": records}, Context(SEND))
    seconds = time.perf_counter() - begun
    if len(stack.cloud.letters) - before != BATCH:
        raise NotMeasured(f"{len(stack.cloud.letters) - before} of {BATCH} letters left")
    return seconds


def _records(stack: Stack) -> list[dict[str, Any]]:
    queues = [queue for queue, consumer in QUEUES.items() if consumer == SEND]
    return [stack.record(queue, body) for queue in queues for body in stack.cloud.take(queue)]
