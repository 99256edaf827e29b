"""Runs the product's own handlers, loaded as Lambda loads them, against a responder that counts their calls to AWS."""

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

import boto3

from benchmarks.cloud import Call, Cloud
from benchmarks.metered_table import MeteredTable
from benchmarks.responder import Responder
from local.cloudformation import REGION
from shopbell import bootstrap, settings
from shopbell.commands.connection import patient
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
"""Records that Lambda hands over at once (template.yaml, BatchSize)."""
STOP_POLL_SECONDS = 0.01
"""How often the responder looks whether it is to stop; half a second by default, for which each figure would wait."""
REACT, SEND = "react_to_event", "send_email"


class NotMeasured(Exception):
    """A figure could not be taken: the product did not do what was to be counted."""


@dataclass(frozen=True, slots=True)
class Context:
    """What Lambda hands to a handler beside the event; the time that is left never grows less."""

    function_name: str
    aws_request_id: str = "benchmark"
    memory_limit_in_mb: int = 512

    def get_remaining_time_in_millis(self) -> int:
        return 120_000


@dataclass(frozen=True, slots=True)
class Invocation:
    """One run of a function: its calls to AWS, their write units, and the addresses that its letters went to."""

    calls: tuple[Call, ...]
    units: int
    letters: tuple[str, ...]


def combined(runs: Sequence[Invocation]) -> Invocation:
    """Several runs counted as one."""
    calls = tuple(call for run in runs for call in run.calls)
    letters = tuple(address for run in runs for address in run.letters)
    return Invocation(calls, sum(run.units for run in runs), letters)


@dataclass
class Stack:
    """`now` is the product's clock; it stands until somebody sets it."""

    cloud: Cloud
    now: datetime
    _handlers: dict[str, Any] = field(default_factory=dict)
    _records: int = 0

    def invoke(self, function: str, event: Mapping[str, Any]) -> tuple[Any, Invocation]:
        """The function's answer, and what the run cost. Raises NotMeasured."""
        cloud = self.cloud
        calls_before, units_before, letters_before = len(cloud.calls), cloud.table.units, len(cloud.letters)
        answer = self.handler(function)(event, Context(function))
        if cloud.rejected:
            raise NotMeasured(f"{function} asked what the responder cannot answer: {cloud.rejected[0]}")
        return answer, Invocation(
            calls=tuple(cloud.calls[calls_before:]),
            units=cloud.table.units - units_before,
            letters=tuple(cloud.letters[letters_before:]),
        )

    def next_due(self) -> datetime:
        """The earliest moment in the due index. Raises NotMeasured where it is empty."""
        if moment := self.cloud.table.next_due():
            return datetime.fromisoformat(moment)
        raise NotMeasured("nothing is due any more")

    def tick(self, sweep: str) -> Invocation:
        """One tick of a schedule."""
        return self.invoke(sweep, {})[1]

    def drain(self, function: str, batch: int) -> list[Invocation]:
        """Hands a function everything that waits in its queues, in batches of so many: letters to customers first, for
        they are what is counted, and the tasks of the shop's people share their queue."""
        runs = []
        for queue in [queue for queue, consumer in QUEUES.items() if consumer == function]:
            bodies = sorted(self.cloud.take(queue), key=self._is_task)
            starts = range(0, len(bodies), batch)
            runs += [self._run_batch(function, queue, bodies[start : start + batch]) for start in starts]
        return runs

    def _is_task(self, body: str) -> bool:
        record = json.loads(body)
        if "subject" not in record:
            return False  # an event
        place = keys.subject_partition(record["shop"], record["subject"]), keys.message(record["message"])
        message = self.cloud.table.table.items.get(place)
        return message is not None and json.loads(message["doc"]["S"])["channel"] == ChannelName.STAFF

    def _run_batch(self, function: str, queue: str, bodies: Sequence[str]) -> Invocation:
        answer, run = self.invoke(function, {"Records": [self.record(queue, body) for body in bodies]})
        if answer["batchItemFailures"]:
            raise NotMeasured(f"{function} failed {len(answer['batchItemFailures'])} of {len(bodies)} records")
        return run

    def record(self, queue: str, body: str) -> dict[str, Any]:
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

    def handler(self, function: str) -> Any:
        if function not in self._handlers:
            self._handlers[function] = _loaded(ROOT / "functions" / function / "app.py")
        return self._handlers[function]


def new_cloud() -> Cloud:
    return Cloud(MeteredTable(ENVIRONMENT["TABLE_NAME"]), parameters=dict(PARAMETERS))


@contextmanager
def stack(now: datetime) -> Iterator[Stack]:
    """A cold start on an empty table, with a clock of its own; afterwards everything is as before."""
    cloud = new_cloud()
    with Responder(cloud) as responder:
        Thread(target=responder.serve_forever, args=(STOP_POLL_SECONDS,), daemon=True).start()
        try:
            with running_on(Stack(cloud, now), responder.url) as made:
                yield made
        finally:
            responder.shutdown()


@contextmanager
def running_on(made: Stack, url: str) -> Iterator[Stack]:
    """The product's clients speak to that address, and its clock is the stack's."""
    # In place of this machine's own variables, which may name an AWS account.
    environment = ENVIRONMENT | OF_LAMBDA | {"SHOPBELL_ENDPOINT": url}
    try:
        with patch.dict(os.environ, environment, clear=True), patch.object(bootstrap, "now", lambda: made.now):
            _forget()
            # However busy the machine is, a figure is not taken of an answer that came too late.
            bootstrap.make_clients_with(patient(boto3.Session().client))
            yield made
    finally:
        bootstrap.make_clients_with(None)
        _forget()  # else clients of this responder would outlive it


def _forget() -> None:
    """Drops what the product makes once a process, so that it is made anew with the environment of the moment."""
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
