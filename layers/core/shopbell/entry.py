"""The shapes in which Lambda calls: a batch of records, a tick of the clock."""

from __future__ import annotations

import json
import time
from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from shopbell import bootstrap
from shopbell.errors import where
from shopbell.http_forms import fields
from shopbell.observability import note
from shopbell.pool import Failed, attempted
from shopbell.settings import settings

if TYPE_CHECKING:
    from datetime import datetime

    from shopbell.domain.model.events import Event
    from shopbell.domain.model.shop import Shop
    from shopbell.domain.model.state import SendRequest
    from shopbell.domain.model.vocabulary import Sweep
    from shopbell.domain.rules.feedback import Feedback
    from shopbell.service.pages.customer_page import Visit

T = TypeVar("T")
Handler = Callable[[Any, Any], Any]
HttpAnswer = dict[str, Any]
SAFE = {
    "cache-control": "no-store",
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
}
"""Headers of every answer. Of a shop's other subdomains nothing is said: they are not ours."""
PAGE = SAFE | {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex",
}
"""Of a page, which nobody caches, frames or indexes."""
TIME_LEFT = 30_000
"""Milliseconds at which a sweep stops; the next tick goes on."""


def batch(read: Callable[[Any], T], use: Callable[[list[T], Any], Sequence[Exception | None]]) -> Handler:
    """A queue's handler, which takes the records of a batch together: those that failed come back, the others do not.

    `read` is given a record's body, `use` what it made of each, and Lambda's context; it returns why each failed.
    """

    def handler(event: Any, context: Any) -> dict[str, list[dict[str, str]]]:
        names = [record["messageId"] for record in event["Records"]]
        bodies = [attempted(lambda record: read(json.loads(record["body"])), record) for record in event["Records"]]
        failed = {name: each.error for name, each in zip(names, bodies, strict=True) if isinstance(each, Failed)}
        taken = {name: each for name, each in zip(names, bodies, strict=True) if not isinstance(each, Failed)}
        errors = attempted(lambda each: use(each, context), [*taken.values()])
        for number, name in enumerate(taken):
            if error := errors.error if isinstance(errors, Failed) else errors[number]:
                failed[name] = error
        return _answered(names, failed)

    return handler


def _answered(names: list[str], failed: Mapping[str, Exception]) -> dict[str, list[dict[str, str]]]:
    for name, error in failed.items():
        note("alarm", {"record": name, **where(error)})
    return {"batchItemFailures": [{"itemIdentifier": name} for name in names if name in failed]}


def sweep(name: Sweep) -> Handler:
    """A schedule's handler: looks at what is due until the time is short."""

    def handler(event: Any, context: Any) -> dict[str, int]:
        enough = lambda: context.get_remaining_time_in_millis() < TIME_LEFT
        return {"looked": bootstrap.sweep(name)(bootstrap.now(), enough)}

    return handler


def send() -> Handler:
    """A send queue's handler, while a provider that hangs does not outlive the function.

    What no time is left for is asked anew: a request that returned to its queue would count towards the dead letters.
    """
    from shopbell.channels.send_queues import read

    return batch(read, _send)


def _send(requests: list[SendRequest], context: Any) -> list[Exception | None]:
    """Where AWS fails, a request has done its work: its message was in the index of what is due before anybody asked,
    and is there until it has left or has an end. The outbox asks again."""
    from shopbell.service.delivery.mailroom import TimeLeft

    def is_left(needed: int) -> bool:
        return bool(context.get_remaining_time_in_millis() >= needed)

    begun = time.monotonic()
    time_left = TimeLeft(lambda: is_left(bootstrap.TIME_FOR_A_REQUEST), lambda: is_left(bootstrap.TIME_FOR_A_CALL))
    sent = bootstrap.send()(requests, time_left)
    if sent.left:
        bootstrap.enqueue(sent.left)
    _keep_pace(requests, sent.letters, begun)
    failed = {request: error for request, error in sent.failed if not _is_outage_of(request, error)}
    return [failed.get(request) for request in requests]


def _keep_pace(requests: Sequence[SendRequest], letters: int, begun: float) -> None:
    """A batch of a lane that does not go before the others lasts as long as its share of the provider's rate allows."""
    from shopbell.domain.deciding.pace import PACED

    lanes = {request.lane for request in requests if request.lane in PACED}
    if letters and lanes:
        pace, side_by_side = bootstrap.pacing().read(), settings().mail_concurrency
        least = max(pace.least_seconds(lane, letters, side_by_side) for lane in lanes)
        bootstrap.pause(max(begun + least - time.monotonic(), 0.0))


def _is_outage_of(request: SendRequest, error: Exception) -> bool:
    from shopbell.channels.provider_errors import code_of, passes

    if not isinstance(error, bootstrap.OUTAGES):
        return False
    facts: dict[str, object] = {"shop": request.shop, "message": request.message, "error": code_of(error)}
    note("outage" if passes(error) else "alarm", facts)
    return True


def react() -> Handler:
    """The handler of events that the door took."""
    return batch(lambda body: body, _react)


def _react(bodies: list[dict[str, Any]], context: Any) -> list[Exception | None]:
    """A shop that is gone by now has nothing to tell."""
    now = bootstrap.now()
    shops = bootstrap.store().shops([str(body["shop"]) for body in bodies])
    read = [attempted(lambda body: _event(body, shops[body["shop"]], now), body) for body in bodies]
    told = [(number, each) for number, each in enumerate(read) if each is not None and not isinstance(each, Failed)]
    failed = {number: each.error for number, each in enumerate(read) if isinstance(each, Failed)}
    for (number, each), error in zip(told, bootstrap.react()([each for _, each in told], now), strict=True):
        if error is not None and not _is_given_up(bodies[number], *each, error):
            failed[number] = error
    return [failed.get(number) for number in range(len(bodies))]


def _event(body: dict[str, Any], shop: Shop | None, now: datetime) -> tuple[Event, Shop] | None:
    from shopbell.dialects.native import read

    if shop is None:
        note("no_such_shop", {"shop": body["shop"]})
        return None
    return read(body, shop, bootstrap.locales(), now), shop


def _is_given_up(body: dict[str, Any], event: Event, shop: Shop, error: Exception) -> bool:
    """An event that can never be worked off is a dead letter at once, with a decision; tried again for hours it would
    only hide what is wrong."""
    from shopbell.channels.provider_errors import is_refused_for_good
    from shopbell.service.subjects.customers import record_given_up

    if not isinstance(error, bootstrap.OUTAGES) or not is_refused_for_good(error):
        return False
    bootstrap.events_dead_letters().put(json.dumps(body), shop.id)
    record_given_up(bootstrap.workplace().work(shop, bootstrap.now()), event)
    note("alarm", {"shop": shop.id, "event": event.id, **where(error)})
    return True


def feedback() -> Handler:
    """The handler of the mail provider's events; what is not about a message of ours is noted, and that is all."""
    return batch(_report, _record)


def _report(body: Any) -> Feedback | None:
    from shopbell.dialects.ses import read

    event = read(body)
    if event is None:
        envelope = body if isinstance(body, dict) else {}
        note("foreign_feedback", {name: str(envelope.get(name, ""))[:64] for name in ("id", "source", "detail-type")})
    return event


def _record(reports: list[Feedback | None], context: Any) -> list[Exception | None]:
    known = [(number, report) for number, report in enumerate(reports) if report is not None]
    errors = bootstrap.record_feedback()([report for _, report in known], bootstrap.now())
    failed = {number: error for (number, _), error in zip(known, errors, strict=True)}
    return [failed.get(number) for number in range(len(reports))]


def raw_body(event: dict[str, Any]) -> bytes:
    """The bytes that were sent, however API Gateway passes them on."""
    body = event.get("body") or ""
    return b64decode(body) if event.get("isBase64Encoded") else body.encode("utf-8", "surrogatepass")


def headers(event: dict[str, Any]) -> dict[str, str]:
    """By their names in small letters."""
    return {name.lower(): value for name, value in event.get("headers", {}).items()}


def answer(status: int, content_type: str, body: str) -> HttpAnswer:
    return {"statusCode": status, "headers": SAFE | {"content-type": content_type}, "body": body}


def visit(event: dict[str, Any]) -> Visit:
    """A request for the page behind a link."""
    from shopbell.service.pages.customer_page import Visit

    sent = event.get("headers", {})
    form = fields(sent.get("content-type", ""), raw_body(event))
    method = event["requestContext"]["http"]["method"]
    return Visit(event["pathParameters"]["token"], method, form, sent.get("accept-language", ""))


def html(status: int, page: str) -> HttpAnswer:
    """An answer to HEAD too is whole: API Gateway leaves the body out, and says how long it would have been."""
    return {"statusCode": status, "headers": PAGE, "body": page}
