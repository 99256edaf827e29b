"""The product's own handlers, loaded as Lambda loads them, before a responder that counts what they ask for."""

import importlib.util
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Any
from unittest.mock import patch

from benchmarks.cloud import Call, Cloud
from benchmarks.metered_table import MeteredTable
from benchmarks.responder import Responder
from local.cloudformation import REGION
from shopbell import bootstrap, settings
from shopbell.domain.model.vocabulary import ChannelName
from shopbell.storage import keys
from tests.simulator.stage import ENVIRONMENT, QUEUES, ROOT

OF_LAMBDA = {
    "LOG_LEVEL": "INFO",
    "AWS_ACCESS_KEY_ID": "benchmark",
    "AWS_SECRET_ACCESS_KEY": "benchmark",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_REGION": REGION,
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}
PARAMETERS = {
    ENVIRONMENT["KEY_PARAMETER"]: "a key of the benchmarks",
    ENVIRONMENT["PUBLIC_URL_PARAMETER"]: "https://links.example",
}
BATCH = 10
"""Records that Lambda brings at once (template.yaml, BatchSize)."""
SOON = 0.01
"""Seconds after which the responder notices that it is to stop."""
REACT, SEND = "react_to_event", "send_email"


class NotTaken(Exception):
    """A figure cannot be taken: the product did not do what is to be counted."""


@dataclass(frozen=True, slots=True)
class Context:
    """What Lambda hands to a handler beside the event; the time left does not run."""

    function_name: str
    aws_request_id: str = "benchmark"
    memory_limit_in_mb: int = 512

    def get_remaining_time_in_millis(self) -> int:
        return 120_000


@dataclass(frozen=True, slots=True)
class Invocation:
    """One run of a function: what it asked of AWS, the write units of that, and to whom its letters went."""

    calls: tuple[Call, ...]
    units: int
    letters: tuple[str, ...]


def together(runs: Sequence[Invocation]) -> Invocation:
    """Several runs as one."""
    calls = tuple(call for run in runs for call in run.calls)
    return Invocation(calls, sum(run.units for run in runs), tuple(to for run in runs for to in run.letters))


@dataclass
class Stack:
    """`now` is the product's clock, which moves when it is told to."""

    cloud: Cloud
    now: datetime
    _handlers: dict[str, Any] = field(default_factory=dict)
    _records: int = 0

    def invoke(self, function: str, event: Mapping[str, Any]) -> tuple[Any, Invocation]:
        """The function's answer, and what the run took."""
        cloud = self.cloud
        calls, units, letters = len(cloud.calls), cloud.table.units, len(cloud.letters)
        answer = self._handler(function)(event, Context(function))
        if cloud.rejected:
            raise NotTaken(f"{function} asked what the responder cannot answer: {cloud.rejected[0]}")
        made, left = tuple(cloud.calls[calls:]), tuple(cloud.letters[letters:])
        return answer, Invocation(made, cloud.table.units - units, left)

    def next_due(self) -> datetime:
        """The earliest moment in the index of what is due; raises NotTaken where there is none."""
        if moment := self.cloud.table.next_due():
            return datetime.fromisoformat(moment)
        raise NotTaken("nothing is due any more")

    def tick(self, sweep: str) -> Invocation:
        """A schedule's turn."""
        return self.invoke(sweep, {})[1]

    def drain(self, function: str, batch: int) -> list[Invocation]:
        """Everything that waits in the queues of a function, in batches of so many: what is for customers first, for a
        receipt is what is counted, and the tasks of the shop's people share its queue."""
        runs = []
        for queue in [queue for queue, fed in QUEUES.items() if fed == function]:
            bodies = sorted(self.cloud.take(queue), key=self._is_task)
            runs += [self._batch(function, queue, bodies[at : at + batch]) for at in range(0, len(bodies), batch)]
        return runs

    def _is_task(self, body: str) -> bool:
        said = json.loads(body)
        if "subject" not in said:
            return False  # an event
        place = keys.subject_partition(said["shop"], said["subject"]), keys.message(said["message"])
        message = self.cloud.table.table.items.get(place)
        return message is not None and json.loads(message["doc"]["S"])["channel"] == ChannelName.STAFF

    def _batch(self, function: str, queue: str, bodies: Sequence[str]) -> Invocation:
        answer, run = self.invoke(function, {"Records": [self._record(queue, body) for body in bodies]})
        if answer["batchItemFailures"]:
            raise NotTaken(f"{function} failed {len(answer['batchItemFailures'])} of {len(bodies)} records")
        return run

    def _record(self, queue: str, body: str) -> dict[str, Any]:
        self._records += 1
        return {
            "messageId": f"message-{self._records}",
            "receiptHandle": f"receipt-{self._records}",
            "body": body,
            "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": str(int(self.now.timestamp() * 1000))},
            "messageAttributes": {},
            "eventSource": "aws:sqs",
            "eventSourceARN": f"arn:aws:sqs:{REGION}:000000000000:{queue}",
            "awsRegion": REGION,
        }

    def _handler(self, function: str) -> Any:
        if function not in self._handlers:
            self._handlers[function] = _loaded(ROOT / "functions" / function / "app.py")
        return self._handlers[function]


@contextmanager
def stack(now: datetime) -> Iterator[Stack]:
    """A cold start on an empty table; everything is as before afterwards."""
    cloud = Cloud(MeteredTable(ENVIRONMENT["TABLE_NAME"]), parameters=dict(PARAMETERS))
    made = Stack(cloud, now)
    with Responder(cloud) as responder:
        Thread(target=responder.serve_forever, args=(SOON,), daemon=True).start()
        environment = ENVIRONMENT | OF_LAMBDA | {"SHOPBELL_ENDPOINT": responder.url}
        try:
            with patch.dict(os.environ, environment, clear=True), patch.object(bootstrap, "now", lambda: made.now):
                _forget()
                yield made
        finally:
            _forget()
            responder.shutdown()


def _forget() -> None:
    """What a process makes once is made anew, with this environment."""
    for module in (bootstrap, settings):
        for maker in vars(module).values():
            if hasattr(maker, "cache_clear"):
                maker.cache_clear()


def _loaded(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(f"_measured_{path.parent.name}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.handler
