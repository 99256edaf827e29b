"""A small AWS in memory: a metered table, queues, a mail and an SMS provider, parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from threading import Lock
from typing import Any

from benchmarks.metered_table import MeteredTable
from tests.simulator.table import Refused
from tests.simulator.values import Invalid

Request = Mapping[str, Any]
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One request that came over HTTP ("sqs", "send_message_batch"); a retry is one more."""

    service: str
    operation: str


@dataclass
class Cloud:
    """`letters` are the addresses and numbers that something was sent to, in order; `queues` are the waiting bodies by
    the queue's URL; `rejected` says what could not be answered and why: figures taken after that would mean nothing."""

    table: MeteredTable
    calls: list[Call] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    queues: dict[str, list[str]] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)
    rejected: list[str] = field(default_factory=list)
    _ids: "count[int]" = field(default_factory=lambda: count(1))
    _one_at_a_time: Lock = field(default_factory=Lock)

    def answer(self, call: Call, request: Request) -> Answer:
        """Raises Refused for what AWS answers with an error."""
        with self._one_at_a_time:  # the product may call from several threads
            self.calls.append(call)
            try:
                return self._answer(call, request)
            except Refused:
                raise
            except Exception as error:
                self.rejected.append(f"{call.service} {call.operation}: {error!r}")
                raise Refused("ValidationException") from error

    def _answer(self, call: Call, request: Request) -> Answer:
        if call.service == "dynamodb":
            return self.table.answer(call.operation, request)
        answer_to = {
            "send_message": self._send_message,
            "send_message_batch": self._send_message_batch,
            "send_email": self._send_email,
            "publish": self._publish,
            "get_queue_attributes": self._get_queue_attributes,
            "get_account": self._get_account,
            "get_parameter": self._get_parameter,
            "put_parameter": self._put_parameter,
        }[call.operation]
        return answer_to(request)

    def take(self, queue: str) -> list[str]:
        """Empties a queue and returns the bodies that waited in it."""
        return self.queues.pop(queue, [])

    def _id(self) -> str:
        # All of one length: an id that is stored counts towards an item's size.
        return f"id-{next(self._ids):08}"

    def _send_message(self, request: Request) -> Answer:
        self.queues.setdefault(request["QueueUrl"], []).append(request["MessageBody"])
        return {"MessageId": self._id()}

    def _send_message_batch(self, request: Request) -> Answer:
        # SQS refuses other batches, and no figure may rest on one.
        if not 0 < len(request["Entries"]) <= 10:
            raise Invalid("a batch has one to ten entries")
        for entry in request["Entries"]:
            self._send_message({"QueueUrl": request["QueueUrl"], **entry})
        return {
            "Successful": [{"Id": entry["Id"], "MessageId": self._id()} for entry in request["Entries"]],
            "Failed": [],
        }

    def _send_email(self, request: Request) -> Answer:
        self.letters += request["Destination"]["ToAddresses"]
        return {"MessageId": self._id()}

    def _publish(self, request: Request) -> Answer:
        self.letters.append(request["PhoneNumber"])
        return {"MessageId": self._id()}

    def _get_queue_attributes(self, request: Request) -> Answer:
        counts = {"ApproximateNumberOfMessages": len(self.queues.get(request["QueueUrl"], ()))}
        return {"Attributes": {name: str(counts.get(name, 0)) for name in request["AttributeNames"]}}

    def _get_account(self, request: Request) -> Answer:
        return {"SendQuota": {"MaxSendRate": 14.0}}

    def _get_parameter(self, request: Request) -> Answer:
        if request["Name"] not in self.parameters:
            raise Refused("ParameterNotFound")
        return {"Parameter": {"Name": request["Name"], "Value": self.parameters[request["Name"]]}}

    def _put_parameter(self, request: Request) -> Answer:
        self.parameters[request["Name"]] = request["Value"]
        return {"Version": 1}
