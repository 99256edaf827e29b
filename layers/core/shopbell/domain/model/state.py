"""What is remembered beside the subjects: contacts, codes, messages, decisions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from shopbell.domain.model.customer import Contact
from shopbell.domain.model.vocabulary import ChannelName, Lane, MessageClass, Outcome, Reason, Status

LEASE = timedelta(minutes=5)
"""How long a claim counts: longer than a sender may run, and so long the provider's events have to settle a doubt.
As long after its moment the outbox looks whether a message that was asked for has left."""
ASKED_AGAIN = LEASE + timedelta(minutes=1)
"""How long the outbox leaves alone what it has asked for: past its next tick, which comes after five minutes."""
SOON = timedelta(minutes=15)
"""What is due within it is asked for at once, and the queue brings the request in time (SQS holds none back longer);
what is due later the outbox asks for."""


class Conflict(Exception):
    """Somebody else wrote what this was decided on: read and decide again."""


@dataclass(frozen=True, slots=True)
class CouponState:
    """A personal code. It is nobody's: whoever brings it may use it, once (R042)."""

    code: str
    kind: str
    percent: Decimal
    until: date
    redeemed_at: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """What the staff were asked to do, by the id of the message that asked: the step that it is of."""

    id: str
    subject: str
    kind: str
    name: str
    occurrence_id: str


class ListedTask(NamedTuple):
    """A task in the list of all that a shop's staff were asked to do; `until`: when its window closes. `outcome`: what
    came of it, and `closed_at` when, once somebody told."""

    id: str
    subject: str
    until: datetime
    outcome: str = ""
    closed_at: datetime | None = None


class CampaignListed(NamedTuple):
    """A campaign in the list of a shop's. `is_offer`: it offers, and tells of nothing else."""

    id: str
    asked_at: datetime
    is_offer: bool = False
    started_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MailingAddress:
    """Where a shop writes to many from: its domain, and the day since which it does ("": always). `is_bulk`: more than
    5 000 letters went to Gmail in a day."""

    domain: str = ""
    since: str = ""
    is_bulk: bool = False


@dataclass(frozen=True, slots=True)
class ContactState:
    contact: Contact
    version: int = 0
    expires_at: int = 0


@dataclass(frozen=True, slots=True)
class Pointer:
    """An order as its customer's history remembers it; `placed_at` None: only other news of it has come."""

    order: str
    placed_at: datetime | None
    total: Decimal | None
    currency: str
    skus: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Why something was sent, held or skipped; `order` and `customer` are the shop's own ids or ""."""

    at: datetime
    shop: str
    kind: str
    outcome: Outcome
    reason: Reason
    step: str = ""
    order: str = ""
    customer: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """The ledger of one message: ids and moments only, nothing personal.

    `name` is the journey's, `customer` the key of the customer, `whose` the shop's own id of them. `reported`: when the
    provider first reported what (see domain.rules.feedback). `instead_of`: the channel by which this did not arrive.
    `look_at`: when the outbox looks at it; None where it has left, or will not.
    `attempts`: how often it was claimed; it only rises, and fences the next claim. `doubts`: after how many of them
    nobody knew whether it had left, and it was opened again. `letter`: the id of the message whose letter said it as
    well, "" where it was its own; `along`: subject and id of those that its own letter said too.
    """

    id: str
    shop: str
    subject: str
    name: str
    kind: str
    occurrence_id: str
    triggered_at: datetime
    channel: ChannelName
    message_class: MessageClass
    customer: str
    whose: str
    order: str
    due_at: datetime
    until: datetime
    status: Status
    look_at: datetime | None = None
    attempts: int = 0
    doubts: int = 0
    claimed_at: datetime | None = None
    sent_at: datetime | None = None
    reported: Mapping[str, datetime] = field(default_factory=dict)
    instead_of: ChannelName | None = None
    decisions: tuple[Decision, ...] = ()
    letter: str = ""
    along: tuple[tuple[str, str], ...] = ()

    def given_up(self, reason: Reason, detail: str, now: datetime) -> Decision:
        """Why nothing more will come of it."""
        return Decision(
            at=now,
            shop=self.shop,
            kind=self.kind,
            step=self.name.removeprefix(self.kind).removeprefix("."),
            outcome=Outcome.SKIPPED,
            reason=reason,
            order=self.order,
            customer=self.whose,
            detail=f"{self.channel}: {detail}",
        )


def looked_at(due_at: datetime, now: datetime) -> datetime:
    """When the outbox looks at a message: of what is due soon, and so asked for already, it looks what came of it."""
    return due_at + LEASE if due_at <= now + SOON else due_at


@dataclass(frozen=True, slots=True)
class DuePlace:
    """Where in the table something stands whose moment is in the index: a message, or else a subject's head.

    `key`: its partition and sort key; `due_at`: its moment as the index has it.
    """

    shop: str
    key: tuple[str, str]
    due_at: str
    is_message: bool


@dataclass(frozen=True, slots=True)
class StoredPart:
    """What a page of the whole table shows of one partition that is of a person.

    `subject`: where a subject's head stands, and what the former version kept beside it; `is_former`: one of these is
    in the former form. `endless`: the places of the others that have no end.
    """

    shop: str
    partition: str
    subject: tuple[DuePlace, ...]
    is_former: bool
    endless: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ChannelHealth:
    """How a channel serves a shop, or ("") all of them.

    `parked_until`: nobody until then, and then one message goes alone; `failures`: how often that was in vain before;
    `doubts`: calls in a row that nobody answered.
    """

    shop: str
    channel: ChannelName
    parked_until: datetime | None = None
    failures: int = 0
    doubts: int = 0

    @property
    def is_well(self) -> bool:
        return self.parked_until is None and not self.failures and not self.doubts


class Healths(NamedTuple):
    """What stands between a message and its leaving: the provider, for all shops, and what this shop set up with it."""

    provider: ChannelHealth
    own: ChannelHealth


@dataclass(frozen=True, slots=True)
class SendRequest:
    """What a queue carries to the senders: ids and hashes only. `more`: subject and id of what is gathered with it.

    `customer`: whose it is, by the key, and `contacts`: the hashes of their contacts, where whoever asks knows them: so
    that all can be read in one call. `delay`: so many seconds the queue keeps it; only the queue is told.
    """

    shop: str
    subject: str
    message: str
    lane: Lane
    more: tuple[tuple[str, str], ...] = ()
    delay: int = 0
    customer: str = ""
    contacts: tuple[str, ...] = ()
