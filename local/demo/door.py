"""The contract's door and the local stack's, over HTTP, as any program would use them."""

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
from local.demo.story import Shop


class Refused(Exception):
    """The stack did not take what the story told it; says what and why."""


class Later(Refused):
    """It cannot be had now; tried again later it may be."""


@dataclass(frozen=True, slots=True)
class Door:
    """The stack at an address; one webhook secret for all demo shops, made anew each time."""

    address: str
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def open_shop(self, shop: Shop) -> None:
        secret = f"whsec_{base64.b64encode(self.key).decode()}"
        document = {**shop.document, "webhooks": {"native": [secret]}}
        self._ask("PUT", f"/local/shops/{shop.id}", _json(document), what=f"the shop {shop.id}")

    def tell(self, event: Event) -> None:
        """One event, signed as Standard Webhooks says. Raises Refused."""
        said = {"type": event.type, "timestamp": event.happened.isoformat(), "data": event.data}
        body = _json(said)
        what = f"{event.type} of {event.shop} ({event.id}, {event.at:%d %B %H:%M} UTC)"
        headers = signed(event.id, int(event.at.timestamp()), body, self.key)
        self._ask("POST", f"/v1/shops/{event.shop}/events", body, headers, what)

    def move_to(self, moment: datetime) -> None:
        """All that falls due on the way happens."""
        self._ask("POST", "/local/clock", _json({"to": moment.isoformat()}), what=f"the clock at {moment}")

    def messages(self, **wanted: str) -> list[dict[str, Any]]:
        return self._list("messages", wanted)

    def decisions(self, **wanted: str) -> list[dict[str, Any]]:
        return self._list("decisions", wanted)

    def unsubscribe(self, link: str) -> None:
        """Looks at the page behind a letter's link, then says yes (RFC 8058)."""
        path, form = urlsplit(link).path, {"Content-Type": "application/x-www-form-urlencoded"}
        self._ask("GET", path, what="the page to unsubscribe")
        self._ask("POST", path, b"List-Unsubscribe=One-Click", form, what="the click to unsubscribe")

    def answer_task(self, path: str, outcome: str) -> str:
        """Reads a task's page, says there what came of it; the page as it is from then on."""
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        self._ask("GET", path, what="the page of a task")
        return self._ask("POST", path, urlencode({"outcome": outcome}).encode(), form, "the answer to a task").decode()

    def report(self, message: str, event: str) -> None:
        """What the mail provider says of a letter."""
        said = _json({"message": message, "event": event})
        self._ask("POST", "/local/feedback", said, what=f"the report of a {event}")

    def _list(self, name: str, wanted: Mapping[str, str]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self._ask("GET", f"/local/{name}?{urlencode(wanted)}", what=name))
        return found

    def _ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None, what: str = ""
    ) -> bytes:
        connection = HTTPConnection(self.address, timeout=120)
        try:
            connection.request(method, path, body, {"Content-Type": "application/json", **(headers or {})})
            answer = connection.getresponse()
            said = answer.read()
        finally:
            connection.close()
        if answer.status >= 300:
            refused = Later if answer.status == 503 else Refused
            raise refused(f"{what}: {answer.status} {said.decode(errors='replace')[:600]}")
        return said


def signed(name: str, at: int, body: bytes, key: bytes) -> dict[str, str]:
    """The three headers of Standard Webhooks; `at` in seconds since 1970."""
    mac = hmac.new(key, f"{name}.{at}.".encode() + body, hashlib.sha256).digest()
    signature = f"v1,{base64.b64encode(mac).decode()}"
    return {"webhook-id": name, "webhook-timestamp": str(at), "webhook-signature": signature}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=_plain).encode()


def _plain(value: object) -> str:
    """YAML has days of its own."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
