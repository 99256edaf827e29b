"""The local stack as a whole: one process, one lock; it can be used without HTTP."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from botocore.awsrequest import AWSResponse

from local import event_bus, messages, refusals, resources, ses_events
from local.aws import INTERCEPTOR, Aws, Call, Forward, answer
from local.clock import Clock, RealTime, real_time
from local.due_index import DueIndex
from local.event_journal import EventJournal
from local.faults import Faults
from local.functions import Functions
from local.http_api import Answer, HttpApi, Request
from local.log_lines import recorded
from local.product import Product, Shopbell
from local.providers import Providers, TakenMessage, quota, record
from local.queues import Queues
from local.timeline import Timeline
from local.wiring import Wiring

TEMPLATE = Path(__file__).parent.parent / "template.yaml"
READS = frozenset({"GetItem", "BatchGetItem", "Query", "TransactGetItems"})
"""DynamoDB's operations after which the due index is as before."""


class ClockMovesBack(Exception):
    """Time never moves back."""


class NeverSent(Exception):
    """The provider of e-mail took no letter of that id."""


class Stack:
    """`with Stack(now) as stack:` starts everything; one at a time in a process. Raises UnknownInTemplate.

    Without `now` the clock runs. Every method takes the lock, so that handlers never run side by side.
    """

    def __init__(
        self,
        now: datetime | None = None,
        *,
        base_url: str = "http://127.0.0.1:8700",
        template: Path = TEMPLATE,
        product: Product | None = None,
        real: RealTime = real_time,
    ) -> None:
        self._lock = threading.RLock()
        self._wiring = Wiring(template.resolve(), base_url)
        resources.check(self._wiring)
        self._product = product or Shopbell()
        self._clock = Clock(now, real)
        self._aws = Aws()
        self._functions = Functions(self._wiring, self._clock.now)
        self._queues = Queues(self._wiring.mappings, self._functions.invoke, self._clock.now)
        self._due = DueIndex()
        schedules = self._wiring.schedules
        self._timeline = Timeline(
            self._clock, self._queues, schedules, due=self._due.moments, invoke=self._functions.invoke
        )
        self._http_api = HttpApi(self._wiring.routes, self._functions.invoke, self._clock.now)
        self._providers = Providers(self._clock.now)
        self._journal = EventJournal(self._clock.now)
        self.faults = Faults()

    def __enter__(self) -> Self:
        self._clock.start()
        self._aws.start()
        try:
            INTERCEPTOR.intercept = self._intercept
            self._begin()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        INTERCEPTOR.intercept = None
        self._functions.unload()
        self._aws.stop()
        self._clock.stop()

    def _begin(self) -> None:
        resources.make(self._wiring)
        self._functions.load()
        record(self._product.channels())
        # The table is empty, whatever was in it when the index was last read.
        self._due.changed()

    def _intercept(self, call: Call, forward: Forward) -> AWSResponse | None:
        if call.service == "dynamodb" and call.operation not in READS:
            self._due.changed()
        return quota(call) or self.faults(call, lambda: self._providers(call, forward))

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """The lock, held; whatever has fallen due by now has run."""
        with self._lock:
            self._timeline.catch_up()
            yield

    @contextmanager
    def _settled(self) -> Iterator[None]:
        """A turn at whose end all that was put into queues is delivered, before anyone else has one."""
        with self._turn():
            yield
            self._due.changed()
            self._queues.drain()

    @property
    def running(self) -> bool:
        """Whether the clock runs by itself."""
        return self._clock.running

    def catch_up(self) -> None:
        """Runs what has fallen due. Where the clock runs, somebody has to call this again and again."""
        with self._turn():
            pass

    def now(self) -> datetime:
        with self._turn():
            return self._clock.now()

    def request(self, method: str, target: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Answer:
        """Answers a request to the product's routes, and delivers all that it causes now."""
        lower = {name.lower(): value for name, value in (headers or {}).items()}
        return self.answer(Request(method, target, lower, body))

    def answer(self, request: Request) -> Answer:
        with self._settled():
            with recorded(self._product.log()) as lines:
                answered = self._http_api.answer(request)
            self._journal.add(lines)
            return refusals.with_reason(answered, lines, self._is_shop)

    def _is_shop(self, shop: str) -> bool:
        return any(row["id"] == shop for row in self._product.shops())

    def aws(self, headers: Mapping[str, str], body: bytes) -> Answer | None:
        """moto's answer to an AWS request of the operators' command; None: a service not known here."""
        with self._settled():
            answered = answer(dict(headers), body)
        return Answer(*answered) if answered else None

    def advance(self, target: Callable[[datetime], datetime]) -> int:
        """Moves the clock to `target(now)`; returns how many messages the providers took on the way.

        Raises ClockMovesBack, and what `target` raises.
        """
        with self._turn():
            now = self._clock.now()
            moment = target(now)
            if moment < now:
                raise ClockMovesBack
            before = len(self._providers.taken)
            self._clock.run_ahead(moment - now)
            self._timeline.advance(moment)
            return len(self._providers.taken) - before

    def messages(self, **wanted: str) -> list[dict[str, Any]]:
        """What providers took, or (with `status`) the ledger's messages of that status; see docs/integrating.md."""
        with self._turn():
            ledger = self._product.messages()
            show = messages.by_status if wanted.get("status") else messages.taken
            return show(self._providers.taken, ledger, wanted)

    def decisions(self, **wanted: str) -> list[dict[str, Any]]:
        """Every decision, oldest first, that matches `wanted`: shop, order, customer."""
        with self._turn():
            return [row for row in self._product.decisions() if messages.matches(row, wanted)]

    def events(self, **wanted: str) -> list[dict[str, Any]]:
        """The events that the product took, oldest first, that match `wanted`: shop, order."""
        with self._turn():
            return self._journal.rows(**wanted)

    def feedback(self, message: str, kind: str) -> None:
        """Puts SES's event about a letter where the template says; `kind` is one of REPORT_KINDS. Raises NeverSent."""
        with self._settled():
            letters = (taken for taken in reversed(self._providers.taken) if _is_letter(taken, message))
            entry = next(letters, None)
            if entry is None:
                raise NeverSent(message)
            report = ses_events.REPORT_KINDS[kind]
            if event_bus.is_reported(report, entry.request.tags, self._wiring.event_destinations):
                event = ses_events.event(entry, report, self._clock.now())
                for queue in event_bus.queues(event, self._wiring.rules):
                    self._queues.put(queue, json.dumps(event, ensure_ascii=False))

    def shops(self) -> list[dict[str, Any]]:
        with self._turn():
            return self._product.shops()

    def put_shop(self, shop: str, document: Mapping[str, Any]) -> None:
        """Creates or replaces a shop. Raises the product's Refused."""
        with self._settled():
            self._product.put_shop(shop, document)

    def environment(self) -> dict[str, str]:
        """The functions' variables: what the operators' command needs to find the table and queues."""
        return self._wiring.environment

    def reset(self) -> None:
        """Empties everything; the clock goes back to the start."""
        with self._lock:
            self._aws.reset()
            self.faults.clear()
            self._providers.taken.clear()
            self._journal.clear()
            self._clock.reset()
            self._begin()


def _is_letter(entry: TakenMessage, message: str) -> bool:
    return entry.request.channel == "email" and entry.request.tags.get("message") == message
