"""What a provider's answer means: told apart once, for every channel."""

from typing import Never

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
    ProxyConnectionError,
)

from shopbell.domain.model.letter import DeliveryError, FailureKind

# The codes of SES and SNS, and those that every AWS service has.
PERMANENT = frozenset(
    {
        "MessageRejected",
        "BadRequestException",
        "InvalidParameter",
        "InvalidParameterException",
        "ValidationException",
    }
)
# Nothing leaves for any shop.
ACCOUNT = frozenset({"AccountSuspendedException", "SendingPausedException", "LimitExceededException"})
# Nothing leaves for this shop, whose sender or rights are not set up.
SET_UP = frozenset(
    {
        "MailFromDomainNotVerifiedException",
        "NotFoundException",
        "AuthorizationErrorException",
        "AuthorizationError",
        "AccessDeniedException",
    }
)
# More a second than the provider takes.
TOO_FAST = frozenset({"TooManyRequestsException", "ThrottledException", "Throttling", "ThrottlingException"})
DOUBTFUL = frozenset({"InternalErrorException", "InternalError"})
"""Codes with which SNS may answer although it has taken the message."""
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
"""Codes of throttling and conflicts, some of which come with the status 400 of a request that is wrong."""
PASSING_REASONS = frozenset({"ThrottlingError", "ProvisionedThroughputExceeded", "TransactionConflict"})
"""Reasons of a cancelled transaction which pass by themselves; `REFUSING_REASONS` never do."""
REFUSING_REASONS = frozenset({"ValidationError", "ItemCollectionSizeLimitExceeded"})
NO_ANSWER = (HTTPClientError, ConnectionError)
"""What botocore raises where no answer of a service arrived."""


def refused(error: ClientError, *, doubtful: frozenset[str] = frozenset()) -> Never:
    """Raises DeliveryError for an answer that refuses a letter. `doubtful`: codes after which it may have left."""
    code = code_of(error)
    if code in PERMANENT:
        raise DeliveryError(FailureKind.PERMANENT, code) from error
    if code in ACCOUNT:
        raise DeliveryError(FailureKind.ACCOUNT, code) from error
    if code in SET_UP:
        raise DeliveryError(FailureKind.SET_UP, code) from error
    if code in TOO_FAST:
        raise DeliveryError(FailureKind.TOO_FAST, code) from error
    failure = FailureKind.UNKNOWN if code in doubtful else FailureKind.TEMPORARY
    raise DeliveryError(failure, code or "no code") from error


def silent(error: HTTPClientError | ConnectionError) -> Never:
    """Raises DeliveryError where no answer came: the letter may have left unless no connection was made."""
    unconnected = isinstance(error, ConnectTimeoutError | EndpointConnectionError | ProxyConnectionError)
    failure = FailureKind.TEMPORARY if unconnected else FailureKind.UNKNOWN
    raise DeliveryError(failure, type(error).__name__) from error


def passes(error: BotoCoreError | ClientError) -> bool:
    """Whether the error goes away by itself, as an outage or throttling does. Missing rights, a wrong set-up and a
    wrong request stay until somebody changes them."""
    if not isinstance(error, ClientError):
        return isinstance(error, NO_ANSWER)
    status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    return status == 429 or status >= 500 or code_of(error) in PASSING or bool(reasons_of(error) & PASSING_REASONS)


def is_refused_for_good(error: BotoCoreError | ClientError) -> bool:
    """Whether the request can never be done, however often it is made: an item is larger than the table takes."""
    return code_of(error) == "ValidationException" or bool(reasons_of(error) & REFUSING_REASONS)


def reasons_of(error: BotoCoreError | ClientError) -> frozenset[str]:
    """Why the parts of a transaction were cancelled, as DynamoDB's codes; empty for any other error."""
    reasons = error.response.get("CancellationReasons", ()) if isinstance(error, ClientError) else ()
    return frozenset(str(reason.get("Code")) for reason in reasons)


def code_of(error: BotoCoreError | ClientError) -> str:
    """The service's code ("ThrottlingException"); where none answered, the name of botocore's error."""
    if not isinstance(error, ClientError):
        return type(error).__name__
    return str(error.response.get("Error", {}).get("Code", ""))
