"""Stands between botocore and moto: every AWS call of this process passes here, none leaves the machine."""

import functools
import os
import threading
import time
from collections.abc import Callable, Iterator, MutableSequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Protocol

import botocore.endpoint
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import EndpointConnectionError
from botocore.handlers import BUILTIN_HANDLERS
from botocore.loaders import JSONFileLoader
from moto import mock_aws
from moto.core.models import botocore_stubber

from local.cloudformation import REGION
from local.moto_speed import quicken


@dataclass(frozen=True, slots=True)
class Call:
    """One attempt at one AWS operation ("sesv2", "SendEmail")."""

    service: str
    operation: str
    request: Any


Carry = Callable[[], AWSResponse | None]


class Rule(Protocol):
    """May answer a call in moto's place; `carry` lets moto do it."""

    def __call__(self, call: Call, carry: Carry) -> AWSResponse | None: ...


class Wire:
    """The way of all calls. Calls made by a handler go through `rule`, the stack's own straight to moto."""

    def __init__(self) -> None:
        self.rule: Rule | None = None
        # moto's conditional writes are not atomic between threads.
        self._one_at_a_time = threading.Lock()
        self._depth = 0

    @contextmanager
    def inside_handler(self) -> Iterator[None]:
        """While this lasts, every call is the handler's; its own threads count, so this is no ContextVar."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def __call__(self, event_name: str, request: Any, **_: Any) -> AWSResponse | None:
        """moto's answer; None: the request may go where it was sent, which is this machine."""
        service, operation = event_name.split(".")[1:3]
        if self._depth and self.rule is not None:
            return self.rule(Call(service, operation, request), lambda: self._carry(event_name, request))
        return self._carry(event_name, request)

    def _carry(self, event_name: str, request: Any) -> AWSResponse | None:
        with self._one_at_a_time:
            response = botocore_stubber(event_name, request)
        if response is None and botocore_stubber.enabled and not request.url.startswith(HERE):
            raise EndpointConnectionError(endpoint_url=request.url)
        return response


HERE = ("http://127.0.0.1:", "http://localhost:")
WIRE = Wire()
_load_file = JSONFileLoader.load_file


def _install(handlers: MutableSequence[tuple[Any, ...]]) -> None:
    """Takes moto's place among the handlers that every later botocore or boto3 session is born with."""
    place = handlers.index(("before-send", botocore_stubber))
    handlers[place] = ("before-send", WIRE)


_install(BUILTIN_HANDLERS)


@functools.cache
def _model(path: str) -> Any:
    return _load_file(JSONFileLoader(), path)


class Aws:
    """moto, started and stopped; nothing of the user's own set-up for AWS is read or reached."""

    def __init__(self) -> None:
        self._mock = mock_aws()
        self._kept: dict[str, str] = {}

    def start(self) -> None:
        self._kept = dict(os.environ)
        for name in [name for name in os.environ if name.startswith(("AWS_", "POWERTOOLS_"))]:
            del os.environ[name]
        os.environ.update(
            AWS_DEFAULT_REGION=REGION,
            AWS_REGION=REGION,
            AWS_CONFIG_FILE=os.devnull,
            AWS_SHARED_CREDENTIALS_FILE=os.devnull,
        )
        self._mock.start()
        # The pauses between the SDK's retries take no real time.
        botocore.endpoint.time = SimpleNamespace(sleep=lambda _seconds: None)
        # Every new session would read the same megabytes of service models again.
        JSONFileLoader.load_file = lambda _self, path: _model(path)
        quicken()

    def stop(self) -> None:
        self._mock.stop()
        botocore.endpoint.time = time
        os.environ.clear()
        os.environ.update(self._kept)

    def reset(self) -> None:
        """Forgets every table, queue, parameter and message."""
        self._mock.reset()


HOSTS = {
    "AmazonSQS": "sqs",
    "AmazonSSM": "ssm",
    "DynamoDB_20120810": "dynamodb",
    "secretsmanager": "secretsmanager",
}


def answer(headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes] | None:
    """What AWS answers to a JSON-protocol request that came over HTTP; None: no service known here."""
    host = HOSTS.get(headers.get("x-amz-target", "").split(".")[0])
    if host is None:
        return None
    kept = {name: value for name, value in headers.items() if name.startswith(("x-amz", "content-t", "auth"))}
    request = AWSPreparedRequest("POST", f"https://{host}.{REGION}.amazonaws.com/", kept, body, False)
    response = botocore_stubber("before-send", request)
    assert response is not None
    return response.status_code, dict(response.headers), response.content
