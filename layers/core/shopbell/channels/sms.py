"""SMS by SNS: one message, one call, never retried by the SDK."""

import re
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from shopbell.channels.provider_errors import DOUBTFUL, NO_ANSWER, refused, silent
from shopbell.domain.deciding.reach import PROMOTIONAL
from shopbell.domain.model.letter import Letter

SENDER_ID = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9]{1,11}")


@dataclass(frozen=True, slots=True)
class SmsChannel:
    """`client` is a botocore client of sns with one attempt and a deadline."""

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
    promotional = letter.message_class in PROMOTIONAL
    values = {"AWS.SNS.SMS.SMSType": "Promotional" if promotional else "Transactional"}
    if SENDER_ID.fullmatch(letter.sender):
        values["AWS.SNS.SMS.SenderID"] = letter.sender
    return {name: {"DataType": "String", "StringValue": value} for name, value in values.items()}
