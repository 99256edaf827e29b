"""A letter ready to leave, and what may go wrong when it does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from shopbell.domain.model.sms import segments
from shopbell.domain.model.vocabulary import ChannelName, MessageClass


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that a letter carries. With a `content_id` it is a picture that the letter shows ("cid:<content_id>")."""

    name: str
    content_type: str
    content: bytes = field(repr=False)
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One rendered message. `to` is one address or an E.164 number; `sender` likewise, or an SMS sender id.

    `tags` come back in the provider's events. `along`: the ids of other messages that it says as well. `is_tracked`:
    the provider may see whether it is opened, and which of its links are.
    """

    id: str
    shop: str
    kind: str
    channel: ChannelName
    message_class: MessageClass
    to: str
    locale: str
    subject: str
    preheader: str
    html: str
    text: str
    sender: str
    sender_name: str = ""
    reply_to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    along: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    is_tracked: bool = False

    @property
    def segments(self) -> int | None:
        """Of an SMS: how many the provider bills; None for the rest."""
        return segments(self.text) if self.channel is ChannelName.SMS else None


class FailureKind(Enum):
    """What a provider's answer means for the message."""

    PERMANENT = auto()
    """It will never be taken."""
    TEMPORARY = auto()
    """It was not taken; try again later."""
    TOO_FAST = auto()
    """It was not taken, for too many came in one second; it may be in the next."""
    UNKNOWN = auto()
    """It may have been taken: nobody knows."""
    SET_UP = auto()
    """Nothing of this shop's is taken: its set-up is at fault."""
    ACCOUNT = auto()
    """Nobody is served: the account is at fault."""


class DeliveryError(Exception):
    """A provider did not take a letter, or did not say; `code` is its own word for why."""

    def __init__(self, failure: FailureKind, code: str) -> None:
        super().__init__(f"{failure.name.lower()}: {code}")
        self.failure, self.code = failure, code
