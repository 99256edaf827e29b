"""What is remembered beside the subjects: contacts, codes, messages, decisions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from shopbell.domain.model.customer import Contact
from shopbell.domain.model.vocabulary import ChannelName, MessageClass, Outcome, Reason, Status

LEASE = timedelta(minutes=5)
"""How long a claim counts: longer than a sender may run, and so long the provider's events have to settle a doubt.
As long after its planning the outbox looks whether a message has left."""


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
    attempts: int = 0
    claimed_at: datetime | None = None
    sent_at: datetime | None = None
    reported: Mapping[str, datetime] = field(default_factory=dict)
    instead_of: ChannelName | None = None
    decisions: tuple[Decision, ...] = ()


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
class Parked:
    """A channel of a shop that serves nobody just now; tried again at `until`."""

    until: datetime
    failures: int


@dataclass(frozen=True, slots=True)
class SendRequest:
    """What a queue carries to the senders: ids only. `more`: subject and id of tasks to be gathered with this one."""

    shop: str
    subject: str
    message: str
    channel: ChannelName
    message_class: MessageClass
    more: tuple[tuple[str, str], ...] = ()
