"""What can be made to fail, how, and what the SDK then raises."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from typing import Any

from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError


class Crash(BaseException):
    """The process died: no code of the product runs after this, and none catches it."""


class Target(StrEnum):
    EMAIL = auto()
    SMS = auto()
    READ = auto()
    WRITE = auto()
    QUEUE = auto()
    SECRETS = auto()


class Fault(StrEnum):
    """`after`: it was done, and no answer came. `paused`: nobody is served for now. `between`: somebody else's
    invocation runs just before the call."""

    THROTTLE = auto()
    ERROR = auto()
    DOWN = auto()
    TIMEOUT_BEFORE = auto()
    TIMEOUT_AFTER = auto()
    CRASH_BEFORE = auto()
    CRASH_AFTER = auto()
    PAUSED = auto()
    BETWEEN = auto()


DONE_ALL_THE_SAME = frozenset({Fault.TIMEOUT_AFTER, Fault.CRASH_AFTER})
UNANSWERED = frozenset({Fault.TIMEOUT_BEFORE, Fault.TIMEOUT_AFTER})
CRASHES = frozenset({Fault.CRASH_BEFORE, Fault.CRASH_AFTER})
_CODES = {
    "sesv2": ("TooManyRequestsException", "InternalServiceErrorException"),
    "sns": ("ThrottledException", "InternalErrorException"),
    "dynamodb": ("ThrottlingException", "InternalServerError"),
    "sqs": ("RequestThrottled", "InternalError"),
    "ssm": ("ThrottlingException", "InternalServerError"),
}
_PAUSED = {"sesv2": "SendingPausedException", "sns": "AuthorizationErrorException"}
_WRITES = frozenset({"transact_write_items", "update_item", "put_item", "delete_item", "batch_write_item"})


@dataclass(slots=True)
class Armed:
    """A fault that waits for its calls: after `skip` of the target's calls the next `times` fail."""

    target: Target
    fault: Fault
    skip: int
    times: int
    until: datetime | None = None


def target_of(service: str, operation: str) -> Target:
    if operation == "get_account":  # no letter: no fault of the provider's strikes it
        return Target.READ
    if service == "dynamodb":
        return Target.WRITE if operation in _WRITES else Target.READ
    return {"sesv2": Target.EMAIL, "sns": Target.SMS, "sqs": Target.QUEUE, "ssm": Target.SECRETS}[service]


def raised(fault: Fault, service: str, operation: str) -> Any:
    if fault in CRASHES:
        return Crash(f"{service}.{operation}")
    if fault is Fault.DOWN:
        return EndpointConnectionError(endpoint_url=f"https://{service}.example")
    if fault in (Fault.TIMEOUT_BEFORE, Fault.TIMEOUT_AFTER):
        return ReadTimeoutError(endpoint_url=f"https://{service}.example")
    if fault is Fault.PAUSED and service in _PAUSED:
        return refusal(_PAUSED[service], operation, 400)
    return refusal(_CODES[service][fault is Fault.ERROR], operation, 429 if fault is Fault.THROTTLE else 500)


def refusal(code: str, operation: str, status: int = 400, **more: Any) -> ClientError:
    name = "".join(part.title() for part in operation.split("_"))
    response = {"Error": {"Code": code, "Message": code}, "ResponseMetadata": {"HTTPStatusCode": status}, **more}
    return ClientError(response, name)
