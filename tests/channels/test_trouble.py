"""What the answers of AWS mean: for a letter that was handed over, and for a request that came in an outage."""

from typing import Any

import pytest
from botocore import exceptions
from botocore.exceptions import BotoCoreError, ClientError

from shopbell.channels.email import EmailChannel
from shopbell.channels.provider_errors import passes
from shopbell.channels.sms import SmsChannel
from shopbell.domain.model.letter import DeliveryError, FailureKind, Letter
from shopbell.domain.model.vocabulary import ChannelName, MessageClass

URL = "https://aws.example"


def answer(code: str, status: int) -> ClientError:
    response = {"Error": {"Code": code, "Message": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(response, "Publish")


class Failing:
    """A client of either provider."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def publish(self, **request: Any) -> dict[str, Any]:
        raise self.error

    send_email = publish


def a_letter(channel: ChannelName) -> Letter:
    return Letter(
        id="m1",
        shop="dobra",
        kind="order_received",
        channel=channel,
        message_class=MessageClass.TRANSACTIONAL,
        to="olena@customer.example",
        locale="en",
        subject="Hello",
        preheader="",
        html="Hello",
        text="Hello",
        sender="hello@dobra.example",
    )


@pytest.mark.parametrize("channel", [ChannelName.EMAIL, ChannelName.SMS])
@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (exceptions.ConnectTimeoutError(endpoint_url=URL), FailureKind.TEMPORARY),
        (exceptions.EndpointConnectionError(endpoint_url=URL), FailureKind.TEMPORARY),
        (exceptions.ProxyConnectionError(proxy_url=URL), FailureKind.TEMPORARY),
        (exceptions.ReadTimeoutError(endpoint_url=URL), FailureKind.UNKNOWN),
        (exceptions.ConnectionClosedError(endpoint_url=URL), FailureKind.UNKNOWN),
        (exceptions.SSLError(endpoint_url=URL, error="broken off"), FailureKind.UNKNOWN),
        (answer("TooManyRequestsException", 429), FailureKind.TOO_FAST),
        (answer("ServiceUnavailable", 503), FailureKind.TEMPORARY),
        (answer("AccountSuspendedException", 400), FailureKind.ACCOUNT),
        (answer("SendingPausedException", 400), FailureKind.ACCOUNT),
        (answer("LimitExceededException", 400), FailureKind.ACCOUNT),
        (answer("MailFromDomainNotVerifiedException", 400), FailureKind.SET_UP),
        (answer("NotFoundException", 404), FailureKind.SET_UP),
        (answer("AccessDeniedException", 403), FailureKind.SET_UP),
        (answer("InvalidParameterException", 400), FailureKind.PERMANENT),
    ],
)
def test_a_letter_that_was_not_taken_is_told_apart_from_one_in_doubt(
    channel: ChannelName, error: Exception, failure: FailureKind
) -> None:
    sending = EmailChannel(Failing(error)) if channel is ChannelName.EMAIL else SmsChannel(Failing(error))
    with pytest.raises(DeliveryError) as raised:
        sending.send(a_letter(channel))
    assert raised.value.failure is failure


@pytest.mark.parametrize(
    ("error", "by_itself"),
    [
        (answer("ProvisionedThroughputExceededException", 400), True),
        (answer("ThrottlingException", 400), True),
        (answer("TransactionConflictException", 400), True),
        (answer("InternalServerError", 500), True),
        (answer("ServiceUnavailable", 503), True),
        (exceptions.EndpointConnectionError(endpoint_url=URL), True),
        (exceptions.ReadTimeoutError(endpoint_url=URL), True),
        (exceptions.ConnectTimeoutError(endpoint_url=URL), True),
        (answer("AccessDeniedException", 400), False),
        (answer("ResourceNotFoundException", 400), False),
        (answer("ValidationException", 400), False),
        (answer("ParameterNotFound", 400), False),
        (exceptions.NoCredentialsError(), False),
        (exceptions.ParamValidationError(report="Unknown parameter"), False),
    ],
)
def test_an_outage_passes_by_itself_and_what_is_set_up_wrong_does_not(
    error: BotoCoreError | ClientError, by_itself: bool
) -> None:
    assert passes(error) is by_itself
