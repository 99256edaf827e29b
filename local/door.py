"""Turns HTTP requests into what API Gateway hands to a function (HTTP API, payload 2.0), and answers back."""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, unquote
from uuid import uuid4

from local.cloudformation import ACCOUNT
from local.declared import Route
from local.functions import Crashed

# API Gateway's own limit for a body.
LIMIT = 10 * 1024 * 1024
TEXTUAL = ("application/json", "application/javascript", "application/xml")


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request; `target` is path and query as sent, header names are lower case."""

    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> dict[str, str]:
        """The last value of each name."""
        return dict(parse_qsl(self.target.partition("?")[2], keep_blank_values=True, errors="replace"))


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    cookies: Sequence[str] = ()

    def json(self) -> Any:
        return json.loads(self.body)


def plain(status: int, message: str) -> Answer:
    """An answer in API Gateway's own words."""
    return Answer(status, {"content-type": "application/json"}, json.dumps({"message": message}).encode())


class Door:
    """The template's HTTP routes."""

    def __init__(self, routes: Sequence[Route], invoke: Callable[[str, Any], Any], now: Callable[[], datetime]) -> None:
        self._routes = routes
        self._invoke = invoke
        self._now = now

    def knows(self, request: Request) -> bool:
        return self._find(request) is not None

    def answer(self, request: Request) -> Answer:
        """The function's answer; 404 where there is no route, 500 where the function crashed."""
        found = self._find(request)
        if found is None:
            return plain(404, "Not Found")
        if len(request.body) > LIMIT:
            return plain(413, "Request Entity Too Large")
        route, parameters = found
        try:
            return _answer(self._invoke(route.function, _event(request, route, parameters, self._now())))
        except (Crashed, ValueError, TypeError, KeyError):
            return plain(500, "Internal Server Error")

    def _find(self, request: Request) -> tuple[Route, dict[str, str]] | None:
        for route in self._routes:
            parameters = route.parameters(request.path)
            if parameters is not None and route.method in (request.method, "ANY"):
                return route, parameters
        return None


def _event(request: Request, route: Route, parameters: dict[str, str], now: datetime) -> dict[str, Any]:
    body, encoded = _body(request)
    path = unquote(request.path, errors="replace")
    event = {
        "version": "2.0",
        "routeKey": route.key,
        "rawPath": path,
        "rawQueryString": request.target.partition("?")[2],
        "headers": {name: value for name, value in request.headers.items() if name != "cookie"},
        "requestContext": _context(request, route, path, now),
        "pathParameters": parameters,
        "isBase64Encoded": encoded,
    }
    if request.query:
        event["queryStringParameters"] = _joined_query(request)
    if "cookie" in request.headers:
        event["cookies"] = request.headers["cookie"].split("; ")
    return {**event, "body": body} if request.body else event


def _body(request: Request) -> tuple[str, bool]:
    """API Gateway passes text as it is and anything else, forms included, in base64."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if not kind or kind.startswith("text/") or kind in TEXTUAL or kind.endswith(("+json", "+xml")):
        try:
            return request.body.decode("utf-8"), False
        except UnicodeDecodeError:
            pass
    return base64.b64encode(request.body).decode(), True


def _joined_query(request: Request) -> dict[str, str]:
    joined: dict[str, str] = {}
    for name, value in parse_qsl(request.target.partition("?")[2], keep_blank_values=True, errors="replace"):
        joined[name] = f"{joined[name]},{value}" if name in joined else value
    return joined


def _context(request: Request, route: Route, path: str, now: datetime) -> dict[str, Any]:
    return {
        "accountId": ACCOUNT,
        "apiId": "local",
        "domainName": request.headers.get("host", "127.0.0.1"),
        "domainPrefix": "local",
        "http": {
            "method": request.method,
            "path": path,
            "protocol": "HTTP/1.1",
            "sourceIp": "127.0.0.1",
            "userAgent": request.headers.get("user-agent", ""),
        },
        "requestId": str(uuid4()),
        "routeKey": route.key,
        "stage": "$default",
        "time": now.strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "timeEpoch": int(now.timestamp() * 1000),
    }


def _answer(given: Any) -> Answer:
    """API Gateway's reading of a function's answer: without `statusCode` all of it is a JSON body."""
    if not isinstance(given, dict) or "statusCode" not in given:
        return Answer(200, {"content-type": "application/json"}, json.dumps(given).encode())
    body = given.get("body") or ""
    raw = base64.b64decode(body) if given.get("isBase64Encoded") else str(body).encode()
    headers = {str(name).lower(): str(value) for name, value in (given.get("headers") or {}).items()}
    headers.setdefault("content-type", "text/plain; charset=utf-8")
    return Answer(int(given["statusCode"]), headers, raw, tuple(given.get("cookies") or ()))
