"""A client of the local stack: the product's events and pages, and /local, over HTTP as any program would use them."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from local.demo.steps import Event
from local.demo.story import DemoShop

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Refused(Exception):
    """The stack did not take something of the story; the message says what and why."""


class TryLater(Refused):
    """The stack does not take it now, but may later."""


@dataclass(frozen=True, slots=True)
class StackClient:
    """`address` is "host:port"; `key` the webhook secret of all demo shops, another one each time."""

    address: str
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def put_shop(self, shop: DemoShop) -> None:
        secret = f"whsec_{base64.b64encode(self.key).decode()}"
        document = {**shop.document, "webhooks": {"native": [secret]}}
        self._ask("PUT", f"/local/shops/{shop.id}", _json(document), what=f"the shop {shop.id}")

    def send(self, event: Event) -> None:
        """Posts an event, signed as Standard Webhooks says. Raises Refused."""
        body = _json({"type": event.type, "timestamp": event.happened.isoformat(), "data": event.data})
        what = f"{event.type} of {event.shop} ({event.id}, {event.at:%d %B %H:%M} UTC)"
        headers = signed(event.id, int(event.at.timestamp()), body, self.key)
        self._ask("POST", f"/v1/shops/{event.shop}/events", body, headers=headers, what=what)

    def move_to(self, moment: datetime) -> None:
        """Moves the stack's clock; whatever falls due on the way has run when this returns."""
        self._ask("POST", "/local/clock", _json({"to": moment.isoformat()}), what=f"the clock at {moment}")

    def messages(self, **wanted: str) -> list[dict[str, Any]]:
        return self._list("messages", wanted)

    def decisions(self, **wanted: str) -> list[dict[str, Any]]:
        return self._list("decisions", wanted)

    def unsubscribe(self, link: str) -> None:
        """Opens the page of a letter's List-Unsubscribe link, then posts the one click (RFC 8058)."""
        path = urlsplit(link).path
        self._ask("GET", path, what="the page to unsubscribe")
        self._ask("POST", path, b"List-Unsubscribe=One-Click", headers=FORM, what="the click to unsubscribe")

    def answer_task(self, path: str, outcome: str) -> str:
        """Opens a task's page and posts its outcome; returns the page as it is from then on."""
        self._ask("GET", path, what="the page of a task")
        form = urlencode({"outcome": outcome}).encode()
        return self._ask("POST", path, form, headers=FORM, what="the answer to a task").decode()

    def report(self, message: str, event: str) -> None:
        """Makes the mail provider report that of a letter: POST /local/feedback."""
        body = _json({"message": message, "event": event})
        self._ask("POST", "/local/feedback", body, what=f"the report of a {event}")

    def _list(self, name: str, wanted: Mapping[str, str]) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = json.loads(self._ask("GET", f"/local/{name}?{urlencode(wanted)}", what=name))
        return rows

    def _ask(
        self, method: str, path: str, body: bytes = b"", *, headers: Mapping[str, str] | None = None, what: str
    ) -> bytes:
        """The answer's body. Raises Refused, which names the request by `what`."""
        # Ten minutes: a step of the clock may run weeks of ticks before it answers.
        connection = HTTPConnection(self.address, timeout=600)
        try:
            connection.request(method, path, body, {"Content-Type": "application/json", **(headers or {})})
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        if answer.status >= 300:
            refused = TryLater if answer.status == 503 else Refused
            raise refused(f"{what}: {answer.status} {content.decode(errors='replace')[:600]}")
        return content


def signed(name: str, at: int, body: bytes, key: bytes) -> dict[str, str]:
    """The three headers of Standard Webhooks; `at` in seconds since 1970."""
    mac = hmac.new(key, f"{name}.{at}.".encode() + body, hashlib.sha256).digest()
    signature = f"v1,{base64.b64encode(mac).decode()}"
    return {"webhook-id": name, "webhook-timestamp": str(at), "webhook-signature": signature}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=_plain).encode()


def _plain(value: object) -> str:
    """Of a date, which YAML reads as such."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
