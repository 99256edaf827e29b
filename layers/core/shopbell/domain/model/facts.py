"""What is known of one subject when something is decided about it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Self
from zoneinfo import ZoneInfo

from shopbell.domain.model.agenda import Agenda
from shopbell.domain.model.bonus import Entry
from shopbell.domain.model.campaign import Campaign, Mailing
from shopbell.domain.model.complaint import Complaint
from shopbell.domain.model.customer import Contact, Customer
from shopbell.domain.model.events import Json
from shopbell.domain.model.figures import Tally
from shopbell.domain.model.history import EntityHistory
from shopbell.domain.model.order import Order
from shopbell.domain.model.product import Recommended
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import Message
from shopbell.domain.model.stock import Stock
from shopbell.domain.model.team import Team
from shopbell.domain.model.vocabulary import ChannelName, SubjectKind


@dataclass(frozen=True, slots=True)
class Trigger:
    """One occurrence of a journey for a subject: a parcel, a refund, a year's birthday.

    `again`: how often a call came to nothing before; the step then is due at `due`, whatever its row says.
    `also_called`: other names of the same occurrence, under which it may have been decided. `parcel`: the name of the
    parcel that it is about; None: about the order, or several. `why`: the figures it rests on, for the decision.
    """

    occurrence_id: str
    at: datetime
    facts: Mapping[str, Json] = field(default_factory=dict)
    again: int = 0
    due: datetime | None = None
    also_called: tuple[str, ...] = ()
    parcel: str | None = None
    why: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return self.occurrence_id, *self.also_called


def first_of(occurrence_id: str) -> str:
    """The occurrence of the first call, of one that comes back because nobody answered."""
    return _AGAIN.sub("", occurrence_id)


def again_of(occurrence_id: str, number: int) -> str:
    return f"{occurrence_id}~{number}"


_AGAIN = re.compile(r"~[0-9]$")


@dataclass(frozen=True, slots=True)
class Issued:
    """A personal coupon code: what it is worth and until when, as it was first handed out."""

    code: str
    kind: str
    percent: Decimal
    until: date
    redeemed: bool = False


@dataclass(frozen=True, slots=True)
class LateFacts:
    """What only some letters need, looked up when they are rendered. `code`: the personal code this letter would
    hand out, `issued` what it already did; `companions`: what goes with the order; `recommended`: what suits the
    customer, the best first; `complaint`: one of the
    customer's that is open, for whoever gets in touch with them; `resolved`: their last one, where none is open."""

    code: str = ""
    issued: Issued | None = None
    bonus: tuple[Entry, ...] = ()
    companions: tuple[Recommended, ...] = ()
    recommended: tuple[Recommended, ...] = ()
    complaint: Complaint | None = None
    resolved: Complaint | None = None


@dataclass(frozen=True, slots=True)
class OtherOrder:
    """Another order of the same customer."""

    order: Order
    agenda: Agenda


@dataclass(frozen=True, slots=True)
class StaffTask:
    """What the staff were asked to do: the message that asks, and what it is about as it stands now. `outcome`: what
    came of it, "" while it is open."""

    message: Message
    facts: "Facts"
    trigger: Trigger
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """`email` and `phone` are None where the customer has none. `agenda` is the subject's. `others`: their other
    orders, newest first, where a reminder of this one is due, and all, where they are to be asked about themselves;
    `staff_tasks`: where the staff's day is told, what is open of it, and on its page what was done today. `stock`: by
    product, where a letter that depends on it is due. `tallies`: what was counted of each month of the last year, where
    the team's letters are told.

    `mailing`: the campaign that a customer's letter is of, where one is to leave.

    The subject is the campaign, the team or the complaint where there is one, else the order, else the customer.
    """

    shop: Shop
    customer: Customer
    email: Contact | None = None
    phone: Contact | None = None
    order: Order | None = None
    complaint: Complaint | None = None
    agenda: Agenda = Agenda()
    late_facts: LateFacts = LateFacts()
    others: tuple[OtherOrder, ...] = ()
    team: Team | None = None
    staff_tasks: tuple[StaffTask, ...] = ()
    stock: Mapping[str, Stock] = field(default_factory=dict)
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    campaign: Campaign | None = None
    mailing: Mailing | None = None

    def without(self, channel: ChannelName | None) -> Self:
        """The same, had the customer nothing to be reached by through this channel."""
        by_email, by_sms = channel is ChannelName.EMAIL, channel is ChannelName.SMS
        return replace(self, email=None if by_email else self.email, phone=None if by_sms else self.phone)

    @property
    def zone(self) -> ZoneInfo:
        """The customer's zone."""
        return self.customer.zone(self.shop.zone)

    @property
    def history(self) -> EntityHistory:
        """What the subject is."""
        return self.entity.history

    @property
    def entity(self) -> Order | Complaint | Customer | Team | Campaign:
        return self.campaign or self.team or self.complaint or self.order or self.customer

    @property
    def about(self) -> SubjectKind:
        return self.entity.kind

    @property
    def subject(self) -> str:
        """ "order/1001", "customer/id:7"."""
        return f"{self.about}/{self.entity.key}"

    @property
    def order_id(self) -> str:
        """The order that it is about, "" for none."""
        if self.complaint:
            return self.complaint.about
        return self.order.id if self.order else ""
