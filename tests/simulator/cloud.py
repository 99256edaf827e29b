"""One world behind the handlers: a clock, a table, queues, providers, and the log of what happened in it."""

import random
import re
from datetime import datetime
from typing import Any

from tests.log_watch import heard
from tests.simulator.faults import Crash
from tests.simulator.index import DueIndex, Key
from tests.simulator.providers import FakeParameters, FakeProviders, Taken, codes_in
from tests.simulator.queues import FakeQueues
from tests.simulator.table import FakeTable
from tests.simulator.values import Raw
from tests.simulator.wire import Invocation, Wire

KEY, PUBLIC_URL = "a key of the simulator", "https://links.example"


class Cloud:
    """`rises` are the changes of messages' statuses, in order: (key, from, to, when)."""

    def __init__(self, now: datetime, seed: str = "", unruly: float = 0.0, table: str = "shopbell") -> None:
        self.now = now
        self.chance = random.Random(seed)
        self.rises: list[tuple[Key, str, str, datetime]] = []
        self.raised: list[str] = []
        self.wire = Wire(lambda: self.now, lambda: None, random.Random(f"others {seed}"))
        self.table = FakeTable(table, self._watch, index=DueIndex(lags=True))
        self.queues = FakeQueues(self.chance, now, unruly)
        self.providers = FakeProviders(self._take)
        self.parameters = FakeParameters({"key": KEY, "public-url": PUBLIC_URL})

    def move(self, now: datetime) -> None:
        """Only then the index learns what was written until now."""
        assert now >= self.now
        self.now = self.queues.now = now
        self.table.index.catch_up()

    def _watch(self, key: Key, before: Raw | None, after: Raw) -> None:
        if "status" in after and key[1].startswith("message#"):
            was = before["status"]["S"] if before else ""
            self.rises.append((key, was, after["status"]["S"], self.now))

    def _take(self, to: str, sender: str) -> Taken:
        running = self.wire.stack[-1]
        assert running.letter is not None
        claimed = running.looked or running.wrote or self.wire.number
        taken = Taken(running.letter, to, sender, self.now, claimed, running.began)
        taken.content = running.contents.get((running.letter.kind, running.letter.text), {})
        taken.codes = codes_in(running.letter.text)
        place = f"{running.letter.shop}#coupon#"
        taken.strange = tuple(code for code in taken.codes if (place + code, "head") not in self.table.items)
        running.sent = taken
        return taken

    def invoke(self, name: str, handler: Any, event: Any, time_left: float) -> Any:
        """The handler's answer; None where its process died or it raised."""
        running = Invocation(name, self.wire.number, _about(event), left=time_left)
        self.wire.stack.append(running)
        try:
            return handler(event, Context(running))
        except Crash:
            return None
        except Exception as error:  # noqa: BLE001  # what a function raises is an answer, as it is of Lambda's
            # As Lambda itself writes it into the log.
            self.raised.append(heard(f"{name}: {error!r}"))
            return None
        finally:
            self.wire.stack.pop()


def _about(event: Any) -> str:
    """The id of the event, or of the message, that a queue brings."""
    found = (_ID.search(record["body"]) for record in event.get("Records", ()) if "body" in record)
    return " ".join(each[1] for each in found if each)


_ID = re.compile(r'"(?:id|message)":\s*"([^"]+)"')


class Context:
    """What Lambda hands to a handler beside the event."""

    def __init__(self, running: Invocation) -> None:
        self.function_name, self._running = running.name, running
        self.aws_request_id, self.memory_limit_in_mb = "simulated", 512

    def get_remaining_time_in_millis(self) -> float:
        """Less at each look, so that a sweep with little time ends after a few subjects."""
        self._running.left -= 1_000
        return self._running.left
