"""Take a shop's event at the door: authentic, well formed, and in the queue before the answer is yes."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Protocol

from shopbell.domain.model.events import CheckedEvent, Json
from shopbell.domain.model.problems import Problem, Refused
from shopbell.domain.time.instants import format_stamp

LARGEST_BODY = 256 * 1024
DIALECT = "native"
PROBLEM = "application/problem+json"
"""RFC 9457."""

Answer = tuple[int, str, str]
"""Status, content type, body."""


class Secrets(Protocol):
    def of(self, shop: str, scheme: str) -> tuple[str, ...]:
        """The active ones; none for a shop that nobody knows."""
        ...

    def refresh(self, shop: str, scheme: str) -> tuple[str, ...]:
        """The same, asked anew because none of those known fits."""
        ...


class Queue(Protocol):
    def put(self, body: str) -> None: ...


class Verdict(Protocol):
    @property
    def fault(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def seconds_off(self) -> int: ...


Verify = Callable[[Sequence[str], Mapping[str, str], bytes, datetime], Verdict]
"""(secrets, headers, body, now): see dialects.signatures."""

Check = Callable[[bytes, datetime], CheckedEvent]
"""(body, now); raises Refused."""

ContactNotes = Callable[[str, Mapping[str, Json]], Sequence[Problem]]
"""(shop, checked body) to a note for each contact in it that cannot be read; raises what the table raises."""

Note = Callable[[str, dict[str, object]], None]


@dataclass(frozen=True, slots=True)
class Receive:
    """The use case; `outages` are what the secrets, the queue or the table raise when they cannot be had."""

    secrets: Secrets
    queue: Queue
    verify: Verify
    check: Check
    contact_notes: ContactNotes
    note: Note
    outages: tuple[type[Exception], ...]

    def __call__(self, shop: str, headers: Mapping[str, str], body: bytes, now: datetime) -> Answer:
        """Names of `headers` are lower case. Size, then signature, then content: a stranger costs little."""
        if len(body) > LARGEST_BODY:
            return _problem(413, "The body is too large", f"It may have {LARGEST_BODY} bytes.")
        try:
            return self._answer(shop, headers, body, now)
        except Refused as wrong:
            self._refused(shop, wrong)
            return _wrong(wrong.problems)
        except self.outages as error:
            return not_taken(shop, error, self.note)

    def _answer(self, shop: str, headers: Mapping[str, str], body: bytes, now: datetime) -> Answer:
        verdict = judged(self.secrets, self.verify, shop, headers, body, now)
        if verdict.fault:
            return refused(shop, verdict, self.note)
        event = self.check(body, now)
        self.queue.put(queued(shop, verdict.id, event, now))
        self.note("event_taken", taken(shop, verdict.id, event.body))
        notes = [asdict(note) for note in (*event.notes, *self._contact_notes(shop, event))]
        return 200, "application/json", json.dumps({"status": "accepted", "id": verdict.id, "notes": notes})

    def _contact_notes(self, shop: str, event: CheckedEvent) -> Sequence[Problem]:
        """The event is in the queue by now: without the table the answer is as good, but for these notes."""
        try:
            return self.contact_notes(shop, event.body)
        except self.outages as error:
            self.note("contacts_not_read", {"shop": shop, "error": type(error).__name__})
            return ()

    def _refused(self, shop: str, wrong: Refused) -> None:
        fields = [f"{_without_own_names(problem.pointer)} {problem.code}" for problem in wrong.problems]
        self.note("event_refused", {"shop": shop, "wrong": fields})


def judged(
    secrets: Secrets, verify: Verify, shop: str, headers: Mapping[str, str], body: bytes, now: datetime
) -> Verdict:
    """Judged once more with secrets asked anew, when it was signed with none that we know."""
    verdict = verify(secrets.of(shop, DIALECT), headers, body, now)
    if verdict.fault != "signature":
        return verdict
    return verify(secrets.refresh(shop, DIALECT), headers, body, now)


def refused(shop: str, verdict: Verdict, note: Note) -> Answer:
    """What was wrong is said to the log alone."""
    note("not_authentic", {"shop": shop[:63], "fault": verdict.fault, "seconds_off": verdict.seconds_off})
    return 401, "text/plain", ""


def not_taken(shop: str, error: Exception, note: Note) -> Answer:
    note("door_closed", {"shop": shop, "error": type(error).__name__})
    return _problem(503, "Not taken", "Please send it again later; nothing of it was kept.")


def taken(shop: str, event_id: str, event: Mapping[str, Any]) -> dict[str, object]:
    """What the log says of an event; `order` is the id of the order that it names, or empty."""
    about = event["data"].get("order") or (event["data"].get("complaint") or {}).get("order") or ""
    order = about.get("id", "") if isinstance(about, Mapping) else about
    facts = {"shop": shop, "event": event_id, "type": event["type"], "at": event["timestamp"]}
    return {**facts, "order": order, "platform": DIALECT}


def queued(shop: str, event_id: str, event: CheckedEvent, now: datetime) -> str:
    """The queue's message. ASCII, so that what SQS does not take (it wants XML's characters) never stands in it."""
    message = {
        "shop": shop,
        "id": event_id,
        "dialect": DIALECT,
        "received_at": format_stamp(now),
        "body": event.body,
        "dropped": {field.path: field.detail for field in event.dropped},
    }
    return json.dumps(message, separators=(",", ":"))


def _without_own_names(pointer: str) -> str:
    """For the log: the names of an item's options are the sender's ("Engraving for Anna"), all others the schema's."""
    before, options, _ = pointer.partition("/options/")
    return before + options.rstrip("/")


def _wrong(problems: Sequence[Problem]) -> Answer:
    number = len(problems)
    detail = f"{number} field{'s are' if number > 1 else ' is'} missing or wrong."
    return _problem(400, "The event cannot be taken", detail, errors=[asdict(problem) for problem in problems])


def _problem(status: int, title: str, detail: str, **more: Any) -> Answer:
    content = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return status, PROBLEM, json.dumps(content)
