"""The stack as a whole: one process, one lock, usable without HTTP."""

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
from local.aws import WIRE, Aws, Call, Carry, answer
from local.clock import Clock, RealTime, real_time
from local.door import Answer, Door, Request
from local.due_index import DueIndex
from local.events import Events
from local.faults import Faults
from local.functions import Functions
from local.notes import noted
from local.product import Product, Shopbell
from local.providers import Providers, Taken, record
from local.queues import Queues
from local.timeline import Timeline
from local.wiring import Wiring

TEMPLATE = Path(__file__).parent.parent / "template.yaml"
READS = frozenset({"GetItem", "BatchGetItem", "Query", "TransactGetItems"})


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
        self._timeline = Timeline(self._clock, self._queues, schedules, self._due.moments, self._functions.invoke)
        self._door = Door(self._wiring.routes, self._functions.invoke, self._clock.now)
        self._providers = Providers(self._clock.now)
        self._events = Events(self._clock.now)
        self.faults = Faults()

    def __enter__(self) -> Self:
        self._clock.start()
        self._aws.start()
        try:
            WIRE.rule = self._rule
            self._begin()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        WIRE.rule = None
        self._functions.unload()
        self._aws.stop()
        self._clock.stop()

    def _begin(self) -> None:
        resources.make(self._wiring)
        self._functions.load()
        record(self._product.channels())
        self._due.changed()

    def _rule(self, call: Call, carry: Carry) -> AWSResponse | None:
        if call.service == "dynamodb" and call.operation not in READS:
            self._due.changed()
        return self.faults(call, lambda: self._providers(call, carry))

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One at a time; what has fallen due by now has happened before."""
        with self._lock:
            self._timeline.catch_up()
            yield

    @contextmanager
    def _settled(self) -> Iterator[None]:
        """Whatever happens in here, what it puts into queues is delivered before anyone else has a turn."""
        with self._turn():
            yield
            self._due.changed()
            self._queues.drain()

    @property
    def running(self) -> bool:
        """Whether the clock runs by itself."""
        return self._clock.running

    def catch_up(self) -> None:
        """Runs what has fallen due; where the clock runs, somebody has to call this again and again."""
        with self._turn():
            pass

    def now(self) -> datetime:
        with self._turn():
            return self._clock.now()

    def request(self, method: str, target: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Answer:
        """A request to the product's own routes, and all that it causes now."""
        lower = {name.lower(): value for name, value in (headers or {}).items()}
        return self.answer(Request(method, target, lower, body))

    def answer(self, request: Request) -> Answer:
        with self._settled():
            with noted(self._product.log()) as notes:
                answered = self._door.answer(request)
            self._events.add(notes)
            return refusals.explained(answered, notes, self._is_shop)

    def _is_shop(self, shop: str) -> bool:
        return any(row["id"] == shop for row in self._product.shops())

    def aws(self, headers: Mapping[str, str], body: bytes) -> Answer | None:
        """An AWS request of the operators' command, taken by moto; None: a service not known here."""
        with self._settled():
            taken = answer(dict(headers), body)
        return Answer(*taken) if taken else None

    def advance(self, target: Callable[[datetime], datetime]) -> int:
        """Moves the clock to what `target` makes of now; how many messages providers took on the way.

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
        """What providers took, or (with `status`) the ledger's messages of a status; see the contract."""
        with self._turn():
            ledger = self._product.messages()
            show = messages.by_status if wanted.get("status") else messages.taken
            return show(self._providers.taken, ledger, wanted)

    def decisions(self, **wanted: str) -> list[dict[str, Any]]:
        """Every decision, oldest first, that matches `wanted`: shop, order, customer."""
        with self._turn():
            return [row for row in self._product.decisions() if messages.matches(row, wanted)]

    def events(self, **wanted: str) -> list[dict[str, Any]]:
        """What the door took, oldest first, that matches `wanted`: shop, order."""
        with self._turn():
            return self._events.rows(**wanted)

    def feedback(self, message: str, kind: str) -> None:
        """SES reports that of a letter, to whoever the template says. Raises NeverSent."""
        with self._settled():
            entry = next((e for e in reversed(self._providers.taken) if _is_letter(e, message)), None)
            if entry is None:
                raise NeverSent(message)
            known = ses_events.KINDS[kind]
            if event_bus.is_reported(known, entry.got.tags, self._wiring.reports):
                event = ses_events.event(entry, known, self._clock.now())
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
            self._events.clear()
            self._clock.reset()
            self._begin()


def _is_letter(entry: Taken, message: str) -> bool:
    return entry.got.channel == "email" and entry.got.tags.get("message") == message
