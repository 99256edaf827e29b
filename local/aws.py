"""Passes every AWS call of this process to moto, by way of what may answer in its place; none leaves the machine."""

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
from local.moto_speed import speed_up_moto


@dataclass(frozen=True, slots=True)
class Call:
    """One attempt at one AWS operation ("sesv2", "SendEmail")."""

    service: str
    operation: str
    request: Any


Forward = Callable[[], AWSResponse | None]
"""Lets moto answer the call."""


class Interception(Protocol):
    """Answers a call in moto's place, or with what `forward` returns."""

    def __call__(self, call: Call, forward: Forward) -> AWSResponse | None: ...


class Interceptor:
    """What botocore calls before it sends a request. Calls of a handler go to `intercept`, the stack's own to moto."""

    def __init__(self) -> None:
        self.intercept: Interception | None = None
        # moto's conditional writes are not atomic between threads.
        self._one_at_a_time = threading.Lock()
        self._handlers_running = 0

    @contextmanager
    def inside_handler(self) -> Iterator[None]:
        """While this lasts, every call of the process is the handler's."""
        # No ContextVar: the threads that a handler starts would not have it.
        self._handlers_running += 1
        try:
            yield
        finally:
            self._handlers_running -= 1

    def __call__(self, event_name: str, request: Any, **_: Any) -> AWSResponse | None:
        """The answer; None: botocore sends the request, to an address on this machine."""
        service, operation = event_name.split(".")[1:3]  # "before-send.sqs.SendMessage"
        if self._handlers_running and self.intercept is not None:
            return self.intercept(Call(service, operation, request), lambda: self._forward(event_name, request))
        return self._forward(event_name, request)

    def _forward(self, event_name: str, request: Any) -> AWSResponse | None:
        with self._one_at_a_time:
            response = botocore_stubber(event_name, request)
        # A service that moto does not know would be asked for in earnest.
        if response is None and botocore_stubber.enabled and not request.url.startswith(LOOPBACK):
            raise EndpointConnectionError(endpoint_url=request.url)
        return response


LOOPBACK = ("http://127.0.0.1:", "http://localhost:")
INTERCEPTOR = Interceptor()
_load_file = JSONFileLoader.load_file


def _install(handlers: MutableSequence[tuple[Any, ...]]) -> None:
    """Takes moto's place among the handlers that every botocore or boto3 session made from now on has."""
    place = handlers.index(("before-send", botocore_stubber))
    handlers[place] = ("before-send", INTERCEPTOR)


_install(BUILTIN_HANDLERS)


@functools.cache
def _model(path: str) -> Any:
    return _load_file(JSONFileLoader(), path)


class Aws:
    """moto, started and stopped. The user's own credentials and settings for AWS are neither read nor used."""

    def __init__(self) -> None:
        self._mock = mock_aws()
        self._environment: dict[str, str] = {}

    def start(self) -> None:
        self._environment = dict(os.environ)
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
        speed_up_moto()

    def stop(self) -> None:
        self._mock.stop()
        botocore.endpoint.time = time
        os.environ.clear()
        os.environ.update(self._environment)

    def reset(self) -> None:
        """Forgets every table, queue, parameter and message."""
        self._mock.reset()


SERVICES = {
    "AmazonSQS": "sqs",
    "AmazonSSM": "ssm",
    "DynamoDB_20120810": "dynamodb",
    "secretsmanager": "secretsmanager",
}
"""Services by what stands before the operation in the header X-Amz-Target."""


def answer(headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes] | None:
    """Status, headers and body that AWS answers to a JSON-protocol request which came over HTTP; None: not a service
    known here."""
    service = SERVICES.get(headers.get("x-amz-target", "").split(".")[0])
    if service is None:
        return None
    passed_on = {name: value for name, value in headers.items() if name.startswith(("x-amz", "content-t", "auth"))}
    request = AWSPreparedRequest(
        "POST", f"https://{service}.{REGION}.amazonaws.com/", headers=passed_on, body=body, stream_output=False
    )
    response = botocore_stubber("before-send", request)
    assert response is not None
    return response.status_code, dict(response.headers), response.content
