"""Problem details (RFC 9457): JSON answers that say what is wrong with a request."""

import json
from http import HTTPStatus
from typing import Any

from local.http_api import Answer


class BadRequest(Exception):
    """A request that is answered with 400. `pointer` is the JSON pointer of the wrong field ("#/times"), `code` a word
    for programs, which stays the same."""

    def __init__(self, pointer: str, code: str, detail: str) -> None:
        super().__init__(detail)
        self.pointer = pointer
        self.code = code
        self.detail = detail


def problem(status: int, detail: str, *errors: dict[str, str], **more: Any) -> Answer:
    """`errors`: what is wrong field by field, each of `error`; `more`: members beside RFC 9457's."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    if errors:
        body["errors"] = errors
    return Answer(status, {"content-type": "application/problem+json"}, json.dumps(body).encode())


def error(pointer: str, code: str, detail: str) -> dict[str, str]:
    return {"pointer": pointer, "code": code, "detail": detail}
