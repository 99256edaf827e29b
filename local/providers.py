"""Records what the providers of e-mail and SMS took, as they got it, with the letter that it was made from."""

import base64
import json
from collections.abc import Callable, MutableMapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Protocol
from urllib.parse import parse_qs

from botocore.awsrequest import AWSResponse
from moto.core.botocore_stubber import MockRawResponse
from moto.ses.models import ses_backends

from local.aws import Call, Forward
from local.cloudformation import ACCOUNT, REGION


@dataclass(frozen=True, slots=True)
class ProviderRequest:
    """What stood in a request to SES or SNS; `channel` is "email" or "sms". Of each attachment its `name`, its
    `content_type`, its `content_id` ("" where the letter does not show it) and its `content` in Base64."""

    channel: str
    to: str
    subject: str | None
    html: str | None
    text: str | None
    headers: dict[str, str]
    tags: dict[str, str]
    attachments: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TakenMessage:
    """A message that a provider took, once for each time; `letter` is what the product's channel was given, None where
    something else sent it."""

    request: ProviderRequest
    letter: Any
    at: datetime


class Channel(Protocol):
    """The product's channels, as far as they matter here."""

    def send(self, letter: Any) -> str: ...


# A handler may send from several threads: each knows the letter that it sends itself.
_LETTER: ContextVar[Any] = ContextVar("letter", default=None)


class Recording:
    """A channel that remembers the letter while the channel it wraps sends it."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def __getattr__(self, name: str) -> Any:
        return getattr(self._channel, name)

    def send(self, letter: Any) -> str:
        token = _LETTER.set(letter)
        try:
            return self._channel.send(letter)
        finally:
            _LETTER.reset(token)


def record(channels: MutableMapping[Any, Any]) -> None:
    """Replaces each channel of the mapping by one that records."""
    for name, channel in channels.items():
        channels[name] = Recording(channel)


@dataclass(slots=True)
class Providers:
    """Lists what SES and SNS took, oldest first."""

    now: Callable[[], datetime]
    taken: list[TakenMessage] = field(default_factory=list)

    def __call__(self, call: Call, forward: Forward) -> AWSResponse | None:
        read = READERS.get((call.service, call.operation))
        # A letter that leaves by another operation would be missing from the list, and nobody would know.
        if read is None and call.operation.startswith(("Send", "Publish")) and call.service in ("sesv2", "sns"):
            raise NotImplementedError(f"the local stack cannot list what leaves by {call.operation}")
        if read is None:
            return forward()
        body = call.request.body
        sent = read(body if isinstance(body, bytes) else str(body).encode())
        if call.service == "sesv2":
            _verify(sent.headers["From"])
        response = forward()
        if response is not None and response.status_code < 300:
            self.taken.append(TakenMessage(sent, _LETTER.get(), self.now()))
        return response


def quota(call: Call) -> AWSResponse | None:
    """What SES allows an account at first, which moto does not tell; None: another call. No letter, so no fault of the
    provider's strikes it."""
    if (call.service, call.operation) != ("sesv2", "GetAccount"):
        return None
    body = json.dumps({"SendQuota": {"Max24HourSend": 50_000.0, "MaxSendRate": 14.0, "SentLast24Hours": 0.0}})
    return AWSResponse(call.request.url, 200, {"Content-Type": "application/json"}, MockRawResponse(body))


def _verify(sender: str) -> None:
    """Makes moto take letters of this sender; on AWS a shop's domain is verified once, by hand."""
    ses_backends[ACCOUNT][REGION].verify_email_identity(sender)


def _email(body: bytes) -> ProviderRequest:
    request = json.loads(body)
    tags = {tag["Name"]: tag["Value"] for tag in request.get("EmailTags", [])}
    if "ConfigurationSetName" in request:
        tags["ses:configuration-set"] = request["ConfigurationSetName"]  # as SES itself does
    if "Raw" in request["Content"]:
        return _raw(base64.b64decode(request["Content"]["Raw"]["Data"]), tags)
    simple = request["Content"]["Simple"]
    to = ", ".join(request["Destination"]["ToAddresses"])
    headers = {"From": request["FromEmailAddress"], "To": to}
    if request.get("ReplyToAddresses"):
        headers["Reply-To"] = ", ".join(request["ReplyToAddresses"])
    headers |= {header["Name"]: header["Value"] for header in simple.get("Headers", [])}
    if feedback := _feedback_id(tags):
        headers["Feedback-ID"] = feedback
    html, text = (simple["Body"].get(part, {}).get("Data") for part in ("Html", "Text"))
    return ProviderRequest(
        channel="email",
        to=to,
        subject=simple["Subject"]["Data"],
        html=html,
        text=text,
        headers=headers,
        tags=tags,
        attachments=[_attachment(each) for each in simple.get("Attachments", [])],
    )


def _feedback_id(tags: dict[str, str]) -> str:
    """The header that SES makes of two tags, with an id and a name of its own; Gmail counts complaints by its parts."""
    told = [tags.get(f"ses:feedback-id-{name}", "") for name in ("a", "b")]
    return ":".join([*told, "local", "AmazonSES"]) if any(told) else ""


def _attachment(attached: dict[str, str]) -> dict[str, str]:
    return {
        "name": attached["FileName"],
        "content_type": attached.get("ContentType", ""),
        "content_id": attached.get("ContentId", ""),
        "content": attached["RawContent"],
    }


def _raw(mime: bytes, tags: dict[str, str]) -> ProviderRequest:
    message = message_from_bytes(mime, policy=policy.default)
    assert isinstance(message, EmailMessage)
    html, text = (_content(message, kind) for kind in ("html", "plain"))
    headers = {name: str(value) for name, value in message.items() if not name.lower().startswith("content-")}
    return ProviderRequest(
        channel="email",
        to=str(message["To"]),
        subject=str(message["Subject"]),
        html=html,
        text=text,
        headers=headers,
        tags=tags,
    )


def _content(message: EmailMessage, kind: str) -> str | None:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else None


def _sms(body: bytes) -> ProviderRequest:
    # In the form that SNS takes, an attribute is MessageAttributes.entry.1.Name and …entry.1.Value.StringValue.
    request = {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
    names = [key for key in request if key.startswith("MessageAttributes.entry.") and key.endswith(".Name")]
    headers = {request[key]: request[key.removesuffix("Name") + "Value.StringValue"] for key in names}
    return ProviderRequest(
        channel="sms",
        to=request.get("PhoneNumber", ""),
        subject=None,
        html=None,
        text=request["Message"],
        headers=headers,
        tags={},
    )


READERS: dict[tuple[str, str], Callable[[bytes], ProviderRequest]] = {
    ("sesv2", "SendEmail"): _email,
    ("sns", "Publish"): _sms,
}
