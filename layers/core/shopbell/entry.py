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
    from shopbell.domain.model.vocabulary import Sweep
    from shopbell.service.pages.customer_page import Visit

Handler = Callable[[Any, Any], Any]
HttpAnswer = dict[str, Any]
POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
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


def send(body: dict[str, Any]) -> None:
    """A doorbell: its message, if it still waits.

    Where AWS fails, the bell has done its work: its message was in the index of what is due before anybody rang, and
    is there until it has left or has an end. The outbox rings again, five minutes later at most.
    """
    from shopbell.channels.provider_errors import code_of, passes

    try:
        more = [(subject, message) for subject, message in body.get("more", ())]
        bootstrap.send()(body["shop"], body["subject"], body["message"], bootstrap.now(), more)
    except bootstrap.OUTAGES as error:
        facts = {"shop": body["shop"], "message": body["message"], "error": code_of(error)}
        note("outage" if passes(error) else "alarm", facts)


def react(body: dict[str, Any]) -> None:
    """An event that the door took. A shop that is gone by now has nothing to tell."""
    from shopbell.dialects.native import read

    shop = bootstrap.store().shop(body["shop"])
    if shop is None:
        note("no_such_shop", {"shop": body["shop"]})
        return
    now = bootstrap.now()
    bootstrap.react()(read(body, shop, bootstrap.locales(), now), shop, now)


def feedback(body: Any) -> None:
    """An event of the mail provider; what is not about a message of ours is noted, and that is all."""
    from shopbell.dialects.ses import read

    found = read(body)
    if found is None:
        said = body if isinstance(body, dict) else {}
        note("foreign_feedback", {name: str(said.get(name, ""))[:64] for name in ("id", "source", "detail-type")})
        return
    bootstrap.record_feedback()(found, bootstrap.now())


def raw_body(event: dict[str, Any]) -> bytes:
    """The bytes that were sent, however API Gateway passes them on."""
    body = event.get("body") or ""
    return b64decode(body) if event.get("isBase64Encoded") else body.encode("utf-8", "surrogatepass")


def headers(event: dict[str, Any]) -> dict[str, str]:
    """By their names in small letters."""
    return {name.lower(): value for name, value in event.get("headers", {}).items()}


def answer(status: int, content_type: str, body: str) -> HttpAnswer:
    return {"statusCode": status, "headers": {"content-type": content_type}, "body": body}


def visit(event: dict[str, Any]) -> Visit:
    """A request for the page behind a link."""
    from shopbell.service.pages.customer_page import Visit

    sent = event.get("headers", {})
    form = fields(sent.get("content-type", ""), raw_body(event))
    method = event["requestContext"]["http"]["method"]
    return Visit(event["pathParameters"]["token"], method, form, sent.get("accept-language", ""))


def html(status: int, page: str) -> HttpAnswer:
    """A page that nobody caches, frames or indexes."""
    said = {
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "content-security-policy": POLICY,
        "x-robots-tag": "noindex",
    }
    return {"statusCode": status, "headers": said, "body": page}
