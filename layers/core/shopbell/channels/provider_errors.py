"""What a provider's answer means: told apart once, for every channel."""

from typing import Never

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionClosedError,
    ConnectionError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
    ProxyConnectionError,
    ReadTimeoutError,
)

from shopbell.domain.model.letter import DeliveryError, FailureKind

PERMANENT = frozenset(
    {
        "MessageRejected",
        "BadRequestException",
        "InvalidParameter",
        "InvalidParameterException",
        "ValidationException",
    }
)
ACCOUNT = frozenset({"AccountSuspendedException", "SendingPausedException", "LimitExceededException"})
SET_UP = frozenset(
    {
        "MailFromDomainNotVerifiedException",
        "NotFoundException",
        "AuthorizationErrorException",
        "AuthorizationError",
        "AccessDeniedException",
    }
)
DOUBTFUL = frozenset({"InternalErrorException", "InternalError"})
"""SNS says so after it may have taken the message."""
PASSING = frozenset(
    {
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)
"""Of these, some come with a status that says no more than that the request was bad."""
PASSING_REASONS = frozenset({"ThrottlingError", "ProvisionedThroughputExceeded", "TransactionConflict"})
"""Of a cancelled transaction."""
REFUSING_REASONS = frozenset({"ValidationError", "ItemCollectionSizeLimitExceeded"})
NO_ANSWER = (HTTPClientError, ConnectionError)


def refused(error: ClientError, *, doubtful: frozenset[str] = frozenset()) -> Never:
    """An answer that is not "taken"."""
    code = code_of(error)
    if code in PERMANENT:
        raise DeliveryError(FailureKind.PERMANENT, code) from error
    if code in ACCOUNT:
        raise DeliveryError(FailureKind.ACCOUNT, code) from error
    if code in SET_UP:
        raise DeliveryError(FailureKind.SET_UP, code) from error
    failure = FailureKind.UNKNOWN if code in doubtful else FailureKind.TEMPORARY
    raise DeliveryError(failure, code or "no code") from error


def silent(error: HTTPClientError | ConnectionError) -> Never:
    """No answer: before the request had left, or perhaps after."""
    before = isinstance(error, ConnectTimeoutError | EndpointConnectionError | ProxyConnectionError)
    doubt = isinstance(error, ReadTimeoutError | ConnectionClosedError) or not before
    raise DeliveryError(FailureKind.UNKNOWN if doubt else FailureKind.TEMPORARY, type(error).__name__) from error


def passes(error: BotoCoreError | ClientError) -> bool:
    """By itself, as an outage or a crowd does; rights, set-up and what we ask for stay until somebody changes them."""
    if not isinstance(error, ClientError):
        return isinstance(error, NO_ANSWER)
    status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    return status == 429 or status >= 500 or code_of(error) in PASSING or bool(reasons_of(error) & PASSING_REASONS)


def is_refused_for_good(error: BotoCoreError | ClientError) -> bool:
    """What was asked can never be done, however often: an item is larger than the table takes."""
    return code_of(error) == "ValidationException" or bool(reasons_of(error) & REFUSING_REASONS)


def reasons_of(error: BotoCoreError | ClientError) -> frozenset[str]:
    """Why the parts of a transaction were not done; of any other error none."""
    reasons = error.response.get("CancellationReasons", ()) if isinstance(error, ClientError) else ()
    return frozenset(str(reason.get("Code")) for reason in reasons)


def code_of(error: BotoCoreError | ClientError) -> str:
    """The service's own word for what went wrong; where none answered, the SDK's."""
    if not isinstance(error, ClientError):
        return type(error).__name__
    return str(error.response.get("Error", {}).get("Code", ""))
