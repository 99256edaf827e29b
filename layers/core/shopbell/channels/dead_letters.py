"""The dead letters of a queue: what was tried too often, and how it goes back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

BATCH = 10
"""As many as SQS gives or takes in one call."""
LARGEST = 200_000
"""Characters of a batch: SQS counts its bodies together."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    body: str
    handle: str


@dataclass(frozen=True, slots=True)
class DeadLetters:
    """Of one queue, which itself names where they go."""

    client: Any
    queue: str
    url: str

    @classmethod
    def of(cls, client: Any, queue: str) -> "DeadLetters | None":
        """None for a queue that has none."""
        answer = client.get_queue_attributes(QueueUrl=queue, AttributeNames=["RedrivePolicy"])
        policy = answer.get("Attributes", {}).get("RedrivePolicy")
        if policy is None:
            return None
        name = json.loads(policy)["deadLetterTargetArn"].rsplit(":", 1)[-1]
        return cls(client, queue, client.get_queue_url(QueueName=name)["QueueUrl"])

    def waiting(self) -> int:
        """How many there are; SQS counts to within a minute."""
        name = "ApproximateNumberOfMessages"
        answer = self.client.get_queue_attributes(QueueUrl=self.url, AttributeNames=[name])
        return int(answer["Attributes"][name])

    def take(self, most: int) -> list[DeadLetter]:
        """Some of them, hidden from others for half a minute; none does not mean that there are none."""
        answer = self.client.receive_message(QueueUrl=self.url, MaxNumberOfMessages=min(most, BATCH))
        return [DeadLetter(each["Body"], each["ReceiptHandle"]) for each in answer.get("Messages", ())]

    def put_back(self, letters: Sequence[DeadLetter]) -> int:
        """Sent first, deleted then: what fails between the two is there twice, never lost. Returns how many."""
        together = sum(len(letter.body) for letter in letters) <= LARGEST
        batches = [letters] if together else [[letter] for letter in letters]
        return sum(self._move(batch) for batch in batches)

    def _move(self, letters: Sequence[DeadLetter]) -> int:
        entries = [{"Id": str(number), "MessageBody": letter.body} for number, letter in enumerate(letters)]
        answer = self.client.send_message_batch(QueueUrl=self.queue, Entries=entries)
        taken = [letters[int(each["Id"])] for each in answer.get("Successful", ())]
        if taken:
            gone = [{"Id": str(number), "ReceiptHandle": letter.handle} for number, letter in enumerate(taken)]
            self.client.delete_message_batch(QueueUrl=self.url, Entries=gone)
        return len(taken)
