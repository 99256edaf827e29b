"""API Gateway's HTTP API: turns requests into what a function gets (payload format 2.0), and its answer into HTTP."""

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

MAX_BODY_BYTES = 10 * 1024 * 1024
"""API Gateway's own limit."""
TEXT_TYPES = ("application/json", "application/javascript", "application/xml")


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


def gateway_error(status: int, message: str) -> Answer:
    """An error of API Gateway itself."""
    return Answer(status, {"content-type": "application/json"}, json.dumps({"message": message}).encode())


class HttpApi:
    """The template's routes and the functions that answer them."""

    def __init__(self, routes: Sequence[Route], invoke: Callable[[str, Any], Any], now: Callable[[], datetime]) -> None:
        self._routes = routes
        self._invoke = invoke
        self._now = now

    def answer(self, request: Request) -> Answer:
        """The function's answer; 404 where there is no route, 500 where the function crashed."""
        match = self._match(request)
        if match is None:
            return gateway_error(404, "Not Found")
        if len(request.body) > MAX_BODY_BYTES:
            return gateway_error(413, "Request Entity Too Large")
        route, parameters = match
        try:
            return _answer(self._invoke(route.function, _event(request, route, parameters, self._now())))
        except (Crashed, ValueError, TypeError, KeyError):
            return gateway_error(500, "Internal Server Error")

    def _match(self, request: Request) -> tuple[Route, dict[str, str]] | None:
        """The route that a request is for, with its parameters' values."""
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
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if _is_text(media_type):
        try:
            return request.body.decode("utf-8"), False
        except UnicodeDecodeError:
            pass  # not text, whatever its type says
    return base64.b64encode(request.body).decode(), True


def _is_text(media_type: str) -> bool:
    by_name = media_type.startswith("text/") or media_type.endswith(("+json", "+xml"))
    return not media_type or by_name or media_type in TEXT_TYPES


def _joined_query(request: Request) -> dict[str, str]:
    """Several values of one name are one, with commas between them: payload format 2.0 has no lists."""
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
    """What API Gateway makes of a function's answer: one without `statusCode` is a JSON body as a whole."""
    if not isinstance(given, dict) or "statusCode" not in given:
        return Answer(200, {"content-type": "application/json"}, json.dumps(given).encode())
    body = given.get("body") or ""
    raw = base64.b64decode(body) if given.get("isBase64Encoded") else str(body).encode()
    headers = {str(name).lower(): str(value) for name, value in (given.get("headers") or {}).items()}
    headers.setdefault("content-type", "text/plain; charset=utf-8")
    return Answer(int(given["statusCode"]), headers, raw, tuple(given.get("cookies") or ()))
