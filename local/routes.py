"""What the stack answers under /local: the clock, shops, messages, decisions, events, faults."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import unquote

from local.door import Answer, Request
from local.faults import Fault, Target
from local.instants import instant, later, text
from local.page import page
from local.problem import Wrong, error, problem
from local.ses_events import KINDS as REPORTS
from local.stack import ClockMovesBack, NeverSent, Stack

Handle = Callable[[Stack, Request, str], Answer]


def answer(stack: Stack, request: Request) -> Answer | None:
    """The stack's own answer; None: not one of its paths."""
    found = [(methods, re.fullmatch(path, request.path)) for path, methods in ROUTES]
    for methods, match in found:
        if match is None:
            continue
        method = "GET" if request.method == "HEAD" else request.method
        if method not in methods:
            refusal = problem(405, f"{request.path} takes {', '.join(methods)}")
            return Answer(405, {**refusal.headers, "allow": ", ".join(methods)}, refusal.body)
        return _guarded(methods[method], stack, request, unquote("".join(match.groups())))
    return None


def _guarded(handle: Handle, stack: Stack, request: Request, name: str) -> Answer:
    try:
        return handle(stack, request, name)
    except Wrong as wrong:
        return problem(400, wrong.detail, error(wrong.pointer, wrong.code, wrong.detail))


def _json(value: Any) -> Answer:
    return Answer(200, {"content-type": "application/json"}, json.dumps(value, ensure_ascii=False).encode())


def _body(request: Request) -> Mapping[str, Any]:
    try:
        given = json.loads(request.body)
        # JSON can spell half of a character, which no text can hold.
        json.dumps(given, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as broken:
        raise Wrong("#", "not_json", "the body is not JSON") from broken
    if not isinstance(given, dict):
        raise Wrong("#", "not_an_object", "the body is not a JSON object")
    return given


def _word(given: Mapping[str, Any], name: str, words: type[StrEnum]) -> str:
    value = given.get(name)
    if value not in list(words):
        raise Wrong(f"#/{name}", "unknown_value", f"{name} is one of {', '.join(words)}")
    return str(value)


def _health(stack: Stack, _request: Request, _name: str) -> Answer:
    return _json({"status": "ok", "now": text(stack.now())})


def _clock(stack: Stack, _request: Request, _name: str) -> Answer:
    return _json({"now": text(stack.now()), "running": stack.running})


def _move(stack: Stack, request: Request, _name: str) -> Answer:
    given = _body(request)
    if ("to" in given) == ("advance" in given):
        raise Wrong("#", "to_or_advance", 'the clock takes either "to", an instant, or "advance", a duration')
    try:
        sent = stack.advance(lambda now: _target(given, now))
    except ClockMovesBack:
        return problem(409, f"it is {text(stack.now())} already, and time never moves back")
    return _json({"now": text(stack.now()), "sent": sent})


def _target(given: Mapping[str, Any], now: datetime) -> datetime:
    name = "to" if "to" in given else "advance"
    try:
        return instant(given["to"]) if name == "to" else later(now, given["advance"])
    except ValueError as wrong:
        raise Wrong(f"#/{name}", f"not_{'an_instant' if name == 'to' else 'a_duration'}", str(wrong)) from wrong


def _messages(stack: Stack, request: Request, _name: str) -> Answer:
    return _json(stack.messages(**_wanted(request, "shop", "order", "customer", "channel", "kind", "status")))


def _decisions(stack: Stack, request: Request, _name: str) -> Answer:
    return _json(stack.decisions(**_wanted(request, "shop", "order", "customer")))


def _events(stack: Stack, request: Request, _name: str) -> Answer:
    return _json(stack.events(**_wanted(request, "shop", "order")))


def _wanted(request: Request, *names: str) -> dict[str, str]:
    return {name: value for name, value in request.query.items() if name in names}


def _faults(stack: Stack, request: Request, _name: str) -> Answer:
    given = _body(request)
    target, fault = Target(_word(given, "target", Target)), Fault(_word(given, "fault", Fault))
    times = given.get("times")
    if not isinstance(times, int) or isinstance(times, bool) or times < 0:
        raise Wrong("#/times", "not_a_count", "times is a whole number, not negative")
    stack.faults.put(target, fault, times)
    return Answer(204)


def _feedback(stack: Stack, request: Request, _name: str) -> Answer:
    given = _body(request)
    message, event = given.get("message"), given.get("event")
    if not isinstance(message, str):
        raise Wrong("#/message", "not_a_text", "message is the id of a message")
    if not isinstance(event, str) or event not in REPORTS:
        raise Wrong("#/event", "unknown_value", f"event is one of {', '.join(REPORTS)}")
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
        problems = getattr(refused, "problems", None)
        if problems is None:
            raise
        return problem(400, "the shop is not taken", *(error(p.pointer, p.code, p.detail) for p in problems))
    return Answer(204)


def _reset(stack: Stack, _request: Request, _name: str) -> Answer:
    stack.reset()
    return Answer(204)


def _settings(stack: Stack, _request: Request, _name: str) -> Answer:
    return _json(stack.environment())


def _page(stack: Stack, request: Request, _name: str) -> Answer:
    return Answer(200, {"content-type": "text/html; charset=utf-8"}, page(stack, request.query).encode())


ROUTES: tuple[tuple[str, Mapping[str, Handle]], ...] = (
    ("/", {"GET": _page}),
    ("/local/health", {"GET": _health}),
    ("/local/clock", {"GET": _clock, "POST": _move}),
    ("/local/messages", {"GET": _messages}),
    ("/local/decisions", {"GET": _decisions}),
    ("/local/events", {"GET": _events}),
    ("/local/faults", {"POST": _faults}),
    ("/local/feedback", {"POST": _feedback}),
    ("/local/reset", {"POST": _reset}),
    ("/local/settings", {"GET": _settings}),
    ("/local/shops/([^/]+)", {"PUT": _put_shop}),
)
