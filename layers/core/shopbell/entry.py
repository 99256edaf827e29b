"""The shapes in which Lambda calls: a batch of records, a tick of the clock."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from shopbell import bootstrap
from shopbell.errors import where
from shopbell.http_forms import fields
from shopbell.observability import note

if TYPE_CHECKING:
    from shopbell.domain.model.events import Event
    from shopbell.domain.model.shop import Shop
    from shopbell.domain.model.state import SendRequest
    from shopbell.domain.model.vocabulary import Sweep
    from shopbell.service.pages.customer_page import Visit

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


def records(use: Callable[[dict[str, Any]], None]) -> Handler:
    """A queue's handler: each record alone; those that failed come back, the others do not."""

    def handler(event: Any, context: Any) -> dict[str, list[dict[str, str]]]:
        failed = [record["messageId"] for record in event["Records"] if not _done(use, record)]
        return {"batchItemFailures": [{"itemIdentifier": each} for each in failed]}

    return handler


def _done(use: Callable[[dict[str, Any]], None], record: dict[str, Any]) -> bool:
    try:
        use(json.loads(record["body"]))
    except Exception as error:
        note("alarm", {"record": record["messageId"], **where(error)})
        return False
    return True


def sweep(name: Sweep) -> Handler:
    """A schedule's handler: looks at what is due until the time is short."""

    def handler(event: Any, context: Any) -> dict[str, int]:
        enough = lambda: context.get_remaining_time_in_millis() < TIME_LEFT  # noqa: E731
        return {"looked": bootstrap.sweep(name)(bootstrap.now(), enough)}

    return handler


def send(event: Any, context: Any) -> HttpAnswer:
    """A send queue's handler: each request alone, while a provider that hangs does not outlive the function.

    For what is left then is asked anew: a request that returned to its queue would count towards the dead letters.
    """
    from shopbell.channels.send_queues import read

    left: list[SendRequest] = []

    def is_time(needed: int = bootstrap.TIME_FOR_A_CALL) -> bool:
        return bool(context.get_remaining_time_in_millis() >= needed)

    def use(body: dict[str, Any]) -> None:
        request = read(body)
        if not (is_time(bootstrap.TIME_FOR_A_REQUEST) and _sent(request, is_time)):
            left.append(request)

    answered = records(use)(event, context)
    if left:
        bootstrap.enqueue(left)
    return dict(answered)


def _sent(request: SendRequest, is_time: Callable[[], bool]) -> bool:
    """A request's message, if it still waits; False where there was no time for it.

    Where AWS fails, the request has done its work: its message was in the index of what is due before anybody asked,
    and is there until it has left or has an end. The outbox asks again.
    """
    from shopbell.channels.provider_errors import code_of, passes

    names = (request.shop, request.subject, request.message)
    try:
        return bootstrap.send()(*names, bootstrap.now(), request.more, is_time)
    except bootstrap.OUTAGES as error:
        facts: dict[str, object] = {"shop": request.shop, "message": request.message, "error": code_of(error)}
        note("outage" if passes(error) else "alarm", facts)
        return True


def react(body: dict[str, Any]) -> None:
    """An event that the door took. A shop that is gone by now has nothing to tell."""
    from shopbell.channels.provider_errors import is_refused_for_good
    from shopbell.dialects.native import read

    shop = bootstrap.store().shop(body["shop"])
    if shop is None:
        note("no_such_shop", {"shop": body["shop"]})
        return
    now = bootstrap.now()
    event = read(body, shop, bootstrap.locales(), now)
    try:
        bootstrap.react()(event, shop, now)
    except bootstrap.OUTAGES as error:
        if not is_refused_for_good(error):
            raise
        _give_up(body, event, shop, error)


def _give_up(body: dict[str, Any], event: Event, shop: Shop, error: Exception) -> None:
    """An event that can never be worked off is a dead letter at once, with a decision; tried again for hours it would
    only hide what is wrong."""
    from shopbell.service.subjects.customers import record_given_up

    bootstrap.events_dead_letters().put(json.dumps(body))
    record_given_up(bootstrap.workplace().work(shop, bootstrap.now()), event)
    note("alarm", {"shop": shop.id, "event": event.id, **where(error)})


def feedback(body: Any) -> None:
    """An event of the mail provider; what is not about a message of ours is noted, and that is all."""
    from shopbell.dialects.ses import read

    event = read(body)
    if event is None:
        envelope = body if isinstance(body, dict) else {}
        note("foreign_feedback", {name: str(envelope.get(name, ""))[:64] for name in ("id", "source", "detail-type")})
        return
    bootstrap.record_feedback()(event, bootstrap.now())


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
