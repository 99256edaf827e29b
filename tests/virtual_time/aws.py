"""An AWS in memory whose calls cost virtual time, and a provider that takes so many letters a second."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tests.simulator.actions import Request
from tests.simulator.index import INDEX_KEYS, DueIndex
from tests.simulator.pages import page_of, partition_of
from tests.simulator.providers import FakeParameters
from tests.simulator.table import MOST_READ, Answer, FakeTable, Refused
from tests.simulator.values import Invalid, Raw
from tests.simulator.wire import Exceptions, as_raised, malformed
from tests.virtual_time.clock import Clock
from tests.virtual_time.feeds import memory_of
from tests.virtual_time.queues import Queues

TABLE, PROVIDER = 0.005, 0.100
"""Seconds until an answer: of the table, the queues and the parameters, and of the mail provider."""
WHOLE_CORE = 1_769
"""Megabytes at which AWS gives a function a whole core; with less it has so much less of one."""
PROCESSOR = {
    "react_to_event": 0.0024,
    "sweep_birthdays": 0.0023,
    "sweep_between_orders": 0.0023,
    "send_email": 0.0013,
}
"""Seconds of a whole core for each call of a function, with all that is done between calls: measured with botocore over
HTTP. They are 3.4 ms an event, 3.2 ms a birthday that is looked at, 8.3 ms a marketing letter, ten in a batch."""
OTHERS = 0.0013
PAGE = 1_000
"""Items of a query's page: a megabyte of the index's keys are more."""


class Index(DueIndex):
    def behind(self, partition: str, last: tuple[str, ...], most: int) -> list[tuple[str, str, str]]:
        """At most so many places (moment, partition and sort key of the item) after one, the earliest first."""
        entries = self._sorted.get(partition, [])
        first = bisect_right(entries, last)
        return entries[first : first + most]


class Table(FakeTable):
    """Finds a page of the due index where it begins, and serves whole batches."""

    index: Index

    def query(self, request: Request) -> Answer:
        if "IndexName" not in request:
            return super().query(request)
        return page_of(self._behind(request), request, PAGE)

    def _behind(self, request: Request) -> Iterator[Raw]:
        start, partition = request.get("ExclusiveStartKey"), partition_of(request)
        last = tuple(start[name]["S"] for name in (INDEX_KEYS[1], "pk", "sk")) if start else ("",)
        for at, pk, sk in self.index.behind(partition, last, PAGE + 1):
            texts = {"pk": pk, "sk": sk, "due_pk": partition, "due_at": at}
            yield {name: {"S": text} for name, text in texts.items()}

    def _served(self, at_once: int) -> int:
        return MOST_READ


@dataclass(frozen=True, slots=True)
class Letter:
    """That left: to whom, by whose order and about what (its tags), at which second."""

    to: str
    tags: Mapping[str, str]
    at: float


@dataclass
class Provider:
    """Refuses what is more than `rate` letters a second, counted over so many whole seconds of the clock."""

    clock: Clock
    rate: float
    window: int = 1
    letters: list[Letter] = field(default_factory=list)
    refused: int = 0
    in_second: Counter[int] = field(default_factory=Counter)

    def send_email(self, request: Mapping[str, Any]) -> dict[str, Any]:
        second = int(self.clock.seconds)
        if sum(self.in_second[second - ago] for ago in range(self.window)) >= self.rate * self.window:
            self.refused += 1
            raise Refused("TooManyRequestsException")
        self.in_second[second] += 1
        tags = {tag["Name"]: tag["Value"] for tag in request["EmailTags"]}
        self.letters.append(Letter(request["Destination"]["ToAddresses"][0], tags, self.clock.seconds))
        return {"MessageId": f"provider-{len(self.letters)}"}

    def get_account(self, request: Mapping[str, Any]) -> dict[str, Any]:
        return {"SendQuota": {"MaxSendRate": self.rate}}


@dataclass
class Aws:
    """`function`: whose calls these are; `alarms`: how many of its log's lines were one."""

    clock: Clock
    table: Table
    queues: Queues
    provider: Provider
    parameters: FakeParameters
    function: str = ""
    alarms: int = 0

    def note(self, message: str, facts: Mapping[str, object]) -> None:
        """Of the log only the alarms are counted."""
        self.alarms += message == "alarm"

    @property
    def processor(self) -> float:
        """Seconds of the function's processor for each call."""
        return PROCESSOR.get(self.function, OTHERS) / min(memory_of(self.function) / WHOLE_CORE, 1)

    def client(self, service: str) -> "Client":
        backends = {"dynamodb": self.table, "sqs": self.queues, "sesv2": self.provider, "ssm": self.parameters}
        return Client(self, backends.get(service), PROVIDER if service == "sesv2" else TABLE)


@dataclass(frozen=True, slots=True)
class Client:
    """Stands where botocore's clients stand; `wait`: seconds until an answer."""

    aws: Aws
    backend: Any
    wait: float
    exceptions: type[Exceptions] = Exceptions

    def __getattr__(self, operation: str) -> Callable[..., Answer]:
        return partial(self._call, operation)

    def _call(self, operation: str, **request: Any) -> Answer:
        self.aws.clock.wait(self.wait)
        self.aws.clock.worked += self.aws.processor
        try:
            answer: Answer = getattr(self.backend, operation)(request)
        except (Refused, Invalid) as error:
            if malformed(error):
                raise AssertionError(f"{operation}: {error}") from error
            raise as_raised(error, operation) from error
        return answer
