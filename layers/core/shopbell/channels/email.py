"""E-mail by Amazon SES (API v2): one letter, one call."""

from dataclasses import dataclass
from email.header import Header
from email.utils import formataddr
from typing import Any

from botocore.exceptions import ClientError

from shopbell.channels.provider_errors import NO_ANSWER, refused, silent
from shopbell.domain.model.letter import Enclosure, Letter

MAX_ENCODED_WORD = 75
"""Characters of an encoded word in a header (RFC 2047, section 2). A longer name becomes several, and mail programs
leave out the spaces between them."""
LONGEST_NAME = 360
"""Bytes of a name: with the longest address (254) and the header's own name they stay within a line's 998 characters
(RFC 5322, section 2.1.1), however the name is encoded."""


NOT_TRACKED = {"Tracking": {"OpenTrackingEnabled": "DISABLED", "ClickTrackingEnabled": "DISABLED"}}
"""Else SES puts a picture into the letter that tells when it is opened, and leads its links through a host of its own:
through there a link would go that opens its page for whoever has it."""


@dataclass(frozen=True, slots=True)
class EmailChannel:
    """`client` is botocore's for sesv2. It makes one attempt and has a deadline: SES knows no idempotency key, and an
    attempt repeated by the SDK might be a letter sent twice, of which nobody would know."""

    client: Any
    configuration_set: str = ""

    def send(self, letter: Letter) -> str:
        """SES's message id; raises DeliveryError."""
        try:
            answer = self.client.send_email(**self._request(letter))
        except ClientError as error:
            refused(error)
        except NO_ANSWER as error:
            silent(error)
        return str(answer["MessageId"])

    def _request(self, letter: Letter) -> dict[str, Any]:
        request: dict[str, Any] = {
            "FromEmailAddress": mailbox(letter.sender_name, letter.sender),
            "Destination": {"ToAddresses": [letter.to]},
            "ReplyToAddresses": [mailbox(letter.sender_name, letter.reply_to)],
            "Content": {"Simple": _content(letter)},
            "EmailTags": [{"Name": name, "Value": value} for name, value in letter.tags.items()],
        }
        if not self.configuration_set:  # without one nothing is tracked
            return request
        overrides = {} if letter.is_tracked else {"ConfigurationOverrides": NOT_TRACKED}
        return {**request, "ConfigurationSetName": self.configuration_set, **overrides}


def mailbox(name: str, address: str) -> str:
    """A name and an address as a header has them: one line of ASCII, whatever the name holds."""
    # A line break in a shop's name could begin a header of its own.
    whole = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    line = whole.encode(errors="ignore")[:LONGEST_NAME].decode(errors="ignore").rstrip()
    if line.isascii() and "=?" not in line:  # what looks like an encoded word would be read as one
        return formataddr((line, address))
    return f"{Header(line, 'utf-8', MAX_ENCODED_WORD).encode(linesep='')} <{address}>"


def _content(letter: Letter) -> dict[str, Any]:
    headers = [{"Name": name, "Value": value} for name, value in letter.headers.items()]
    content: dict[str, Any] = {
        "Subject": {"Data": letter.subject, "Charset": "UTF-8"},
        "Body": {
            "Text": {"Data": letter.text, "Charset": "UTF-8"},
            "Html": {"Data": letter.html, "Charset": "UTF-8"},
        },
    }
    enclosed = [_attachment(each) for each in letter.enclosures]
    return {**content, **({"Headers": headers} if headers else {}), **({"Attachments": enclosed} if enclosed else {})}


def _attachment(enclosure: Enclosure) -> dict[str, Any]:
    shown = {"ContentDisposition": "INLINE", "ContentId": enclosure.content_id}
    return {
        "FileName": enclosure.name,
        "ContentType": enclosure.content_type,
        "ContentTransferEncoding": "BASE64",
        "RawContent": enclosure.content,
        **(shown if enclosure.content_id else {"ContentDisposition": "ATTACHMENT"}),
    }
