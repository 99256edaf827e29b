"""The dead-letter queue of an SQS queue: how many messages wait there, and how they go back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MAX_BATCH = 10
"""Messages that SQS gives or takes in one call."""
MAX_BATCH_CHARACTERS = 200_000
"""Of all bodies of a batch: SQS bounds them together."""
GROUP = "MessageGroupId"


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """`handle` is SQS's receipt handle, with which the message is deleted; `group` is whose it is, by which its queue
    is fair, "" where nobody said so."""

    body: str
    handle: str
    group: str


@dataclass(frozen=True, slots=True)
class DeadLetters:
    """`queue` is the URL of the queue that its messages failed in, `url` that of its dead-letter queue."""

    client: Any
    queue: str
    url: str

    @classmethod
    def of(cls, client: Any, queue: str) -> "DeadLetters | None":
        """The dead letters of a queue, by its URL; None where it has no dead-letter queue."""
        answer = client.get_queue_attributes(QueueUrl=queue, AttributeNames=["RedrivePolicy"])
        policy = answer.get("Attributes", {}).get("RedrivePolicy")
        if policy is None:
            return None
        name = json.loads(policy)["deadLetterTargetArn"].rsplit(":", 1)[-1]
        return cls(client, queue, client.get_queue_url(QueueName=name)["QueueUrl"])

    def waiting(self) -> int:
        """How many there are; the number may be a minute old."""
        attribute = "ApproximateNumberOfMessages"
        answer = self.client.get_queue_attributes(QueueUrl=self.url, AttributeNames=[attribute])
        return int(answer["Attributes"][attribute])

    def take(self, most: int) -> list[DeadLetter]:
        """Up to ten of them, hidden from others for the queue's visibility time-out. An empty list does not mean that
        there are none: SQS asks only some of its servers."""
        answer = self.client.receive_message(
            QueueUrl=self.url, MaxNumberOfMessages=min(most, MAX_BATCH), MessageSystemAttributeNames=[GROUP]
        )
        return list(map(_dead_letter, answer.get("Messages", ())))

    def put_back(self, letters: Sequence[DeadLetter]) -> int:
        """Returns how many went back; those that SQS refused stay among the dead letters."""
        together = sum(len(letter.body) for letter in letters) <= MAX_BATCH_CHARACTERS
        batches = [letters] if together else [[letter] for letter in letters]
        return sum(self._move(batch) for batch in batches)

    def _move(self, letters: Sequence[DeadLetter]) -> int:
        # Sent before deleted: what fails in between is there twice, never lost.
        entries = [{"Id": str(number), **_entry(letter)} for number, letter in enumerate(letters)]
        answer = self.client.send_message_batch(QueueUrl=self.queue, Entries=entries)
        moved = [letters[int(entry["Id"])] for entry in answer.get("Successful", ())]
        if moved:
            entries = [{"Id": str(number), "ReceiptHandle": letter.handle} for number, letter in enumerate(moved)]
            self.client.delete_message_batch(QueueUrl=self.url, Entries=entries)
        return len(moved)


def _dead_letter(message: Mapping[str, Any]) -> DeadLetter:
    return DeadLetter(message["Body"], message["ReceiptHandle"], message.get("Attributes", {}).get(GROUP, ""))


def _entry(letter: DeadLetter) -> dict[str, str]:
    return {"MessageBody": letter.body} | ({GROUP: letter.group} if letter.group else {})
