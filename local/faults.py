"""Makes the next calls that handlers make of a service fail, as POST /local/faults asks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.exceptions import EndpointConnectionError, ReadTimeoutError
from moto.core.botocore_stubber import MockRawResponse

from local.aws import Call, Forward


class Target(StrEnum):
    EMAIL = auto()
    SMS = auto()
    TABLE = auto()
    QUEUE = auto()


class Fault(StrEnum):
    """`timeout_before`: nothing was done; `timeout_after`: it was done; no answer comes in either case."""

    THROTTLE = auto()
    TIMEOUT_BEFORE = auto()
    TIMEOUT_AFTER = auto()
    ERROR = auto()
    DOWN = auto()


TARGETS: Mapping[str, Target] = {
    "sesv2": Target.EMAIL,
    "sns": Target.SMS,
    "dynamodb": Target.TABLE,
    "sqs": Target.QUEUE,
}
# Each service's own codes for "too many requests" (429) and "our fault" (500).
CODES: Mapping[Target, tuple[str, str]] = {
    Target.EMAIL: ("TooManyRequestsException", "InternalServiceErrorException"),
    Target.SMS: ("Throttled", "InternalError"),
    Target.TABLE: ("ThrottlingException", "InternalServerError"),
    Target.QUEUE: ("RequestThrottled", "InternalError"),
}
SNS_ERROR = (
    '<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>{type}</Type><Code>{code}</Code>'
    "<Message>{code}</Message></Error><RequestId>00000000-0000-0000-0000-000000000000</RequestId></ErrorResponse>"
)


@dataclass(slots=True)
class Faults:
    """The faults that are still to strike: at most one a target, with how many calls it has left."""

    _waiting: dict[Target, tuple[Fault, int]] = field(default_factory=dict)

    def put(self, target: Target, fault: Fault, times: int) -> None:
        """A new fault replaces the target's old one; `times` 0 clears it."""
        self._waiting.pop(target, None)
        if times:
            self._waiting[target] = (fault, times)

    def clear(self) -> None:
        self._waiting.clear()

    def __call__(self, call: Call, forward: Forward) -> AWSResponse | None:
        target = TARGETS.get(call.service)
        fault = self._take(target) if target else None
        if target is None or fault is None:
            return forward()
        return _fail(target, fault, call.request, forward)

    def _take(self, target: Target) -> Fault | None:
        fault, times = self._waiting.pop(target, (None, 0))
        if fault and times > 1:
            self._waiting[target] = (fault, times - 1)
        return fault


def _fail(target: Target, fault: Fault, request: Any, forward: Forward) -> AWSResponse:
    if fault is Fault.DOWN:
        raise EndpointConnectionError(endpoint_url=request.url, error="Connection refused")
    if fault is Fault.TIMEOUT_AFTER:
        forward()
    if fault in (Fault.TIMEOUT_BEFORE, Fault.TIMEOUT_AFTER):
        raise ReadTimeoutError(endpoint_url=request.url, error="Read timed out")
    throttled = fault is Fault.THROTTLE
    code = CODES[target][0 if throttled else 1]
    return _error(target, request.url, 429 if throttled else 500, code)


def _error(target: Target, url: str, status: int, code: str) -> AWSResponse:
    headers = {"x-amzn-RequestId": "00000000-0000-0000-0000-000000000000"}
    if target is Target.SMS:
        body = SNS_ERROR.format(type="Sender" if status < 500 else "Receiver", code=code)
        return AWSResponse(url, status, {**headers, "Content-Type": "text/xml"}, MockRawResponse(body))
    headers |= {"Content-Type": "application/json", "x-amzn-ErrorType": code}
    body = json.dumps({"__type": code, "message": code})
    return AWSResponse(url, status, headers, MockRawResponse(body))
