"""What a provider's answer means: told apart once, for every channel (reliability, table of answers)."""

from typing import Never

from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
    ReadTimeoutError,
)

from shopbell.domain.delivery import DeliveryError, Trouble

PERMANENT = frozenset(
    {
        "MessageRejected",
        "BadRequestException",
        "InvalidParameter",
        "InvalidParameterException",
        "ValidationException",
    }
)
PARKED = frozenset(
    {
        "AccountSuspendedException",
        "SendingPausedException",
        "LimitExceededException",
        "MailFromDomainNotVerifiedException",
        "NotFoundException",
        "AuthorizationErrorException",
        "AuthorizationError",
        "AccessDeniedException",
    }
)
DOUBTFUL = frozenset({"InternalErrorException", "InternalError"})
"""SNS says so after it may have taken the message."""


def refused(error: ClientError, *, doubtful: frozenset[str] = frozenset()) -> Never:
    """An answer that is not "taken"."""
    code = str(error.response.get("Error", {}).get("Code", ""))
    if code in PERMANENT:
        raise DeliveryError(Trouble.PERMANENT, code) from error
    if code in PARKED:
        raise DeliveryError(Trouble.PARKED, code) from error
    trouble = Trouble.UNKNOWN if code in doubtful else Trouble.TEMPORARY
    raise DeliveryError(trouble, code or "no code") from error


def silent(error: HTTPClientError | EndpointConnectionError) -> Never:
    """No answer: before the request had left, or perhaps after."""
    before = isinstance(error, ConnectTimeoutError | EndpointConnectionError)
    doubt = isinstance(error, ReadTimeoutError | ConnectionClosedError) or not before
    raise DeliveryError(Trouble.UNKNOWN if doubt else Trouble.TEMPORARY, type(error).__name__) from error
