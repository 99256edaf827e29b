"""The stack's own routes: the page, and under /local the clock, shops, messages, decisions, events, faults."""

import json
import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import unquote

from local.faults import Fault, Target
from local.http_api import Answer, Request
from local.instants import instant, later, text
from local.messages import FILTERS
from local.page import page
from local.problem import BadRequest, error, problem
from local.ses_events import REPORT_KINDS
from local.stack import ClockMovesBack, NeverSent, Stack

Handler = Callable[[Stack, Request, str], Answer]
"""Its last argument is what the route's path has in brackets: a shop's id, or ""."""


def answer(stack: Stack, request: Request) -> Answer | None:
    """The stack's own answer; None: not one of its paths."""
    for path, methods in ROUTES:
        match = re.fullmatch(path, request.path)
        if match is not None:
            return _dispatched(methods, stack, request, unquote("".join(match.groups())))
    return None


def _dispatched(methods: Mapping[str, Handler], stack: Stack, request: Request, name: str) -> Answer:
    method = "GET" if request.method == "HEAD" else request.method  # the server leaves out the body itself
    if method not in methods:
        refusal = problem(405, f"{request.path} takes {', '.join(methods)}")
        return Answer(405, {**refusal.headers, "allow": ", ".join(methods)}, refusal.body)
    return _guarded(methods[method], stack, request, name)


def _guarded(handler: Handler, stack: Stack, request: Request, name: str) -> Answer:
    try:
        return handler(stack, request, name)
    except BadRequest as wrong:
        return problem(400, wrong.detail, error(wrong.pointer, wrong.code, wrong.detail))


def _json(value: Any) -> Answer:
    return Answer(200, {"content-type": "application/json"}, json.dumps(value, ensure_ascii=False).encode())


def _body(request: Request) -> Mapping[str, Any]:
    try:
        body = json.loads(request.body)
        # JSON can spell half of a surrogate pair ("\ud800"), which UTF-8 cannot.
        json.dumps(body, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as broken:
        raise BadRequest("#", "not_json", "the body is not JSON") from broken
    if not isinstance(body, dict):
        raise BadRequest("#", "not_an_object", "the body is not a JSON object")
    return body


def _member(body: Mapping[str, Any], name: str, members: type[StrEnum]) -> str:
    """The value of a field that has to be one of these."""
    value = body.get(name)
    if value not in list(members):
        raise BadRequest(f"#/{name}", "unknown_value", f"{name} is one of {', '.join(members)}")
    return str(value)


def _health(stack: Stack, _request: Request, _name: str) -> Answer:
    return _json({"status": "ok", "now": text(stack.now())})


def _clock(stack: Stack, _request: Request, _name: str) -> Answer:
    return _json({"now": text(stack.now()), "running": stack.running})


def _move_clock(stack: Stack, request: Request, _name: str) -> Answer:
    body = _body(request)
    if ("to" in body) == ("advance" in body):
        raise BadRequest("#", "to_or_advance", 'the clock takes either "to", an instant, or "advance", a duration')
    try:
        sent = stack.advance(lambda now: _target(body, now))
    except ClockMovesBack:
        return problem(409, f"it is {text(stack.now())} already, and time never moves back")
    return _json({"now": text(stack.now()), "sent": sent})


def _target(body: Mapping[str, Any], now: datetime) -> datetime:
    name = "to" if "to" in body else "advance"
    try:
        return instant(body["to"]) if name == "to" else later(now, body["advance"])
    except ValueError as wrong:
        raise BadRequest(f"#/{name}", f"not_{'an_instant' if name == 'to' else 'a_duration'}", str(wrong)) from wrong


def _messages(stack: Stack, request: Request, _name: str) -> Answer:
    return _json(stack.messages(**_filters(request, (*FILTERS, "status"))))


def _decisions(stack: Stack, request: Request, _name: str) -> Answer:
    return _json(stack.decisions(**_filters(request, ("shop", "order", "customer"))))


def _events(stack: Stack, request: Request, _name: str) -> Answer:
    return _json(stack.events(**_filters(request, ("shop", "order"))))


def _filters(request: Request, names: Collection[str]) -> dict[str, str]:
    return {name: value for name, value in request.query.items() if name in names}


def _faults(stack: Stack, request: Request, _name: str) -> Answer:
    body = _body(request)
    target, fault = Target(_member(body, "target", Target)), Fault(_member(body, "fault", Fault))
    times = body.get("times")
    if not isinstance(times, int) or isinstance(times, bool) or times < 0:
        raise BadRequest("#/times", "not_a_count", "times is a whole number, not negative")
    stack.faults.put(target, fault, times)
    return Answer(204)


def _feedback(stack: Stack, request: Request, _name: str) -> Answer:
    body = _body(request)
    message, event = body.get("message"), body.get("event")
    if not isinstance(message, str):
        raise BadRequest("#/message", "not_a_text", "message is the id of a message")
    if not isinstance(event, str) or event not in REPORT_KINDS:
        raise BadRequest("#/event", "unknown_value", f"event is one of {', '.join(REPORT_KINDS)}")
    try:
        stack.feedback(message, event)
    except NeverSent:
        return problem(404, "the provider of e-mail took no letter of that id")
    return Answer(204)


def _put_shop(stack: Stack, request: Request, name: str) -> Answer:
    document = _body(request)
    try:
        stack.put_shop(name, document)
    except Exception as refused:
        # The product's Refused, known by its attribute: which product there is, this module does not know.
        problems = getattr(refused, "problems", None)
        if problems is None:
            raise
        errors = [error(wrong.pointer, wrong.code, wrong.detail) for wrong in problems]
        return problem(400, "the shop is not taken", *errors)
    return Answer(204)


def _reset(stack: Stack, _request: Request, _name: str) -> Answer:
    stack.reset()
    return Answer(204)


def _settings(stack: Stack, _request: Request, _name: str) -> Answer:
    return _json(stack.environment())


def _page(stack: Stack, request: Request, _name: str) -> Answer:
    return Answer(200, {"content-type": "text/html; charset=utf-8"}, page(stack, request.query).encode())


ROUTES: tuple[tuple[str, Mapping[str, Handler]], ...] = (
    ("/", {"GET": _page}),
    ("/local/health", {"GET": _health}),
    ("/local/clock", {"GET": _clock, "POST": _move_clock}),
    ("/local/messages", {"GET": _messages}),
    ("/local/decisions", {"GET": _decisions}),
    ("/local/events", {"GET": _events}),
    ("/local/faults", {"POST": _faults}),
    ("/local/feedback", {"POST": _feedback}),
    ("/local/reset", {"POST": _reset}),
    ("/local/settings", {"GET": _settings}),
    ("/local/shops/([^/]+)", {"PUT": _put_shop}),
)
