"""Answers that say what is wrong, as RFC 9457 problem details."""

import json
from http import HTTPStatus
from typing import Any

from local.door import Answer


class Wrong(Exception):
    """A request that is wrong: `pointer` names the place in its body, `code` a stable word for programs."""

    def __init__(self, pointer: str, code: str, detail: str) -> None:
        super().__init__(detail)
        self.pointer = pointer
        self.code = code
        self.detail = detail


def problem(status: int, detail: str, *errors: dict[str, str], **more: Any) -> Answer:
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    if errors:
        body["errors"] = errors
    return Answer(status, {"content-type": "application/problem+json"}, json.dumps(body).encode())


def error(pointer: str, code: str, detail: str) -> dict[str, str]:
    return {"pointer": pointer, "code": code, "detail": detail}
