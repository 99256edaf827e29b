"""SES and SNS with a ledger of their own: every time one of them took a message, whatever was answered."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shopbell.domain.model.letter import Letter
from tests.ses import faults_of

_LINK = re.compile(r"https?://\S+")
_CODE = re.compile(r"\b[A-HJKMNP-Z2-9]{8}\b")


def codes_in(text: str) -> tuple[str, ...]:
    """The personal codes in a letter: eight letters and digits of which none is taken for another."""
    return tuple(dict.fromkeys(_CODE.findall(_LINK.sub("", text))))


@dataclass
class Taken:
    """One time a provider took a message.

    `letter` is what our channel was given; `claimed` and `invoked` are the numbers of the last successful write, and of
    the start, of the invocation that sent it: what happened before a number was known to whoever came after it.
    `doubtful`: something of ours broke between this and the mark "sent". `codes` stand in it, and of `strange` ones the
    table knew nothing at that moment. `content`: what the letter was made of, with its kind.
    """

    letter: Letter
    to: str
    sender: str
    at: datetime
    claimed: int
    invoked: int
    doubtful: bool = False
    codes: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    content: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.letter.id


@dataclass
class FakeProviders:
    """`take` turns a request into an entry of the ledger."""

    take: Callable[[str, str], Taken]
    taken: list[Taken] = field(default_factory=list)

    def send_email(self, request: Mapping[str, Any]) -> dict[str, Any]:
        addresses = request["Destination"]["ToAddresses"]
        assert len(addresses) == 1
        assert faults_of(request) == []
        taken = self.take(addresses[0], request["FromEmailAddress"])
        tags = {tag["Name"]: tag["Value"] for tag in request["EmailTags"]}
        assert tags["message"] == taken.id, "the tags name the message, or no event could settle a doubt"
        return self._kept(taken)

    def publish(self, request: Mapping[str, Any]) -> dict[str, Any]:
        attributes = request.get("MessageAttributes", {})
        sender = attributes.get("AWS.SNS.SMS.SenderID", {}).get("StringValue", "")
        return self._kept(self.take(request["PhoneNumber"], sender))

    def get_account(self, request: Mapping[str, Any]) -> dict[str, Any]:
        return {"SendQuota": {"MaxSendRate": 14.0}}

    def _kept(self, taken: Taken) -> dict[str, Any]:
        self.taken.append(taken)
        return {"MessageId": f"provider-{len(self.taken)}"}


@dataclass
class FakeParameters:
    """SSM's Parameter Store."""

    values: dict[str, str] = field(default_factory=dict)

    def get_parameter(self, request: Mapping[str, Any]) -> dict[str, Any]:
        from tests.simulator.table import Refused

        if request["Name"] not in self.values:
            raise Refused("ParameterNotFound")
        return {"Parameter": {"Name": request["Name"], "Value": self.values[request["Name"]]}}

    def put_parameter(self, request: Mapping[str, Any]) -> dict[str, Any]:
        self.values[request["Name"]] = request["Value"]
        return {"Version": 1}

    def get_parameters_by_path(self, request: Mapping[str, Any]) -> dict[str, Any]:
        return {"Parameters": [{"Name": name} for name in self.values if name.startswith(f"{request['Path']}/")]}

    def delete_parameter(self, request: Mapping[str, Any]) -> dict[str, Any]:
        del self.values[request["Name"]]
        return {}
