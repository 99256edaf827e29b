"""SMS by Amazon SNS: one message, one call."""

import re
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from shopbell.channels.provider_errors import DOUBTFUL, NO_ANSWER, refused, silent
from shopbell.domain.deciding.reach import PROMOTIONAL
from shopbell.domain.model.letter import Letter

SENDER_ID = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9]{1,11}")
"""What SNS takes as an alphanumeric sender: up to 11 letters and digits, one letter at least."""


@dataclass(frozen=True, slots=True)
class SmsChannel:
    """`client` is botocore's for sns. It makes one attempt and has a deadline: an SMS has no idempotency key, and an
    attempt repeated by the SDK might be one sent and paid twice."""

    client: Any

    def send(self, letter: Letter) -> str:
        """SNS's message id; raises DeliveryError."""
        try:
            answer = self.client.publish(
                PhoneNumber=letter.to, Message=letter.text, MessageAttributes=_attributes(letter)
            )
        except ClientError as error:
            refused(error, doubtful=DOUBTFUL)
        except NO_ANSWER as error:
            silent(error)
        return str(answer["MessageId"])


def _attributes(letter: Letter) -> dict[str, Any]:
    # SNS routes transactional messages for reliability, promotional ones for price.
    promotional = letter.message_class in PROMOTIONAL
    values = {"AWS.SNS.SMS.SMSType": "Promotional" if promotional else "Transactional"}
    # A sender that SNS refuses would lose the message; without one, SNS chooses it.
    if SENDER_ID.fullmatch(letter.sender):
        values["AWS.SNS.SMS.SenderID"] = letter.sender
    return {name: {"DataType": "String", "StringValue": value} for name, value in values.items()}
