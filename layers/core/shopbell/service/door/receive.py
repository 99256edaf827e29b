"""Take a shop's event at the door: authentic, well formed, and in the queue before the answer is 200."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from shopbell.domain.model.events import CheckedEvent, Json
from shopbell.domain.model.problems import Problem, Refused
from shopbell.domain.time.calendar import parse_instant
from shopbell.errors import where
from shopbell.service.ports import EventsQueue, Log
from shopbell.service.subjects.queued import DIALECT, queue_message

LARGEST_BODY = 256 * 1024
"""Bytes. Escaped for the queue it may take three times as many, and a message of the queue has one MiB."""
PAST = timedelta(hours=1)
"""What happened longer ago is an import, or lay at the shop's for hours: nobody waits for a letter about it."""
PROBLEM = "application/problem+json"
"""RFC 9457."""

Answer = tuple[int, str, str]
"""Status, content type, body."""


class Secrets(Protocol):
    def of(self, shop: str, scheme: str) -> tuple[str, ...]:
        """The active ones, as they were last read; none for an unknown shop."""
        ...

    def refresh(self, shop: str, scheme: str) -> tuple[str, ...]:
        """The same, read anew because none of those last read fits."""
        ...


class SignatureCheck(Protocol):
    """See dialects.signatures: an empty `fault` is an authentic request."""

    @property
    def fault(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def seconds_off(self) -> int: ...


Verify = Callable[[Sequence[str], Mapping[str, str], bytes, datetime], SignatureCheck]
"""(secrets, headers, body, now): see dialects.signatures."""

Check = Callable[[bytes, datetime], CheckedEvent]
"""(body, now); raises Refused."""

ContactNotes = Callable[[str, Mapping[str, Json]], Sequence[Problem]]
"""(shop, checked body) to a note for each contact in it that cannot be read; raises what the table raises."""


@dataclass(frozen=True, slots=True)
class Request:
    """What was sent to the door of a shop; the names of `headers` are lower case."""

    shop: str
    headers: Mapping[str, str]
    body: bytes
    now: datetime


@dataclass(frozen=True, slots=True)
class Receive:
    """The use case; `outages` are what the secrets, the queues or the table raise when they cannot be had.

    `past_queue`: for what happened more than an hour ago. Merging knows no order, so it need not stand before the rest.
    """

    secrets: Secrets
    queue: EventsQueue
    past_queue: EventsQueue
    verify: Verify
    check: Check
    contact_notes: ContactNotes
    log: Log
    outages: tuple[type[Exception], ...]

    def __call__(self, request: Request) -> Answer:
        """Size, then signature, then content: a stranger's request costs little."""
        if len(request.body) > LARGEST_BODY:
            return _problem(413, "The body is too large", f"It may have {LARGEST_BODY} bytes.")
        try:
            return self._answer(request)
        except Refused as refusal:
            self.log("event_refused", {"shop": request.shop, "wrong": _fields_for_log(refusal.problems)})
            return _invalid(refusal.problems)
        except self.outages as error:
            return unavailable(request.shop, error, self.log)

    def _answer(self, request: Request) -> Answer:
        signature = authenticate(self.secrets, self.verify, request)
        if signature.fault:
            return unauthorized(request.shop, signature, self.log)
        event = self.check(request.body, request.now)
        queue = self._queue_of(event, request.now)
        queue.put(queue_message(request.shop, signature.id, event, request.now), request.shop)
        self.log("event_taken", _facts_for_log(request.shop, signature.id, event.body))
        notes = [asdict(note) for note in (*event.notes, *self._contact_notes(request.shop, event))]
        return 200, "application/json", json.dumps({"status": "accepted", "id": signature.id, "notes": notes})

    def _queue_of(self, event: CheckedEvent, now: datetime) -> EventsQueue:
        happened = parse_instant(str(event.body["timestamp"]))
        return self.past_queue if happened < now - PAST else self.queue

    def _contact_notes(self, shop: str, event: CheckedEvent) -> Sequence[Problem]:
        """The event is in the queue by now: without the table the answer is as good, but for these notes."""
        try:
            return self.contact_notes(shop, event.body)
        except self.outages as error:
            self.log("contacts_not_read", {"shop": shop, **where(error)})
            return ()


def authenticate(secrets: Secrets, verify: Verify, request: Request) -> SignatureCheck:
    """Checks the headers before any secret is asked for, then the signature; where no secret fits, once more with the
    secrets read anew: they may just have changed."""
    shop, headers, body, now = request.shop, request.headers, request.body, request.now
    unsigned = verify((), headers, b"", now)
    if unsigned.fault != "signature":
        return unsigned
    signature = verify(secrets.of(shop, DIALECT), headers, body, now)
    if signature.fault != "signature":
        return signature
    return verify(secrets.refresh(shop, DIALECT), headers, body, now)


def unauthorized(shop: str, signature: SignatureCheck, log: Log) -> Answer:
    """What is wrong stands in the log alone: a stranger learns nothing from the answer."""
    log("not_authentic", {"shop": shop[:63], "fault": signature.fault, "seconds_off": signature.seconds_off})
    return 401, "text/plain", ""


def unavailable(shop: str, error: Exception, log: Log) -> Answer:
    log("door_closed", {"shop": shop, **where(error)})
    return _problem(503, "Not taken", "Please send it again later; nothing of it was kept.")


def _facts_for_log(shop: str, event_id: str, event: Mapping[str, Any]) -> dict[str, object]:
    """`order` is the id of the order that the event names, or empty."""
    about = event["data"].get("order") or (event["data"].get("complaint") or {}).get("order") or ""
    order = about.get("id", "") if isinstance(about, Mapping) else about
    facts = {"shop": shop, "event": event_id, "type": event["type"], "at": event["timestamp"]}
    return {**facts, "order": order, "platform": DIALECT}


def _fields_for_log(problems: Sequence[Problem]) -> list[str]:
    return [f"{_without_own_names(problem.pointer)} {problem.code}" for problem in problems]


def _without_own_names(pointer: str) -> str:
    """The names of an item's options are the sender's own ("Engraving for Anna"), all others those of the schema."""
    before, options, _ = pointer.partition("/options/")
    return before + options.rstrip("/")


def _invalid(problems: Sequence[Problem]) -> Answer:
    number = len(problems)
    detail = f"{number} field{'s are' if number > 1 else ' is'} missing or wrong."
    return _problem(400, "The event cannot be taken", detail, errors=[asdict(problem) for problem in problems])


def _problem(status: int, title: str, detail: str, **more: Any) -> Answer:
    content = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return status, PROBLEM, json.dumps(content)
