"""What is known of one subject when something is decided about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from shopbell.domain.customer import Contact, Customer
from shopbell.domain.events import Json
from shopbell.domain.order import Order
from shopbell.domain.shop import Shop
from shopbell.domain.words import ChannelName, Outcome


@dataclass(frozen=True, slots=True)
class Told:
    """A step already decided; `outcome` is None for a message planned for a later moment."""

    outcome: Outcome | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Occasion:
    """One occurrence of a journey for a subject: a parcel, a refund, a year's birthday."""

    occurrence: str
    at: datetime
    facts: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """`email` and `phone` are None where the customer has none. `since`: when this subject was first looked at."""

    shop: Shop
    customer: Customer
    email: Contact | None = None
    phone: Contact | None = None
    order: Order | None = None
    told: Mapping[str, Told] = field(default_factory=dict)
    since: datetime | None = None

    def without(self, channel: ChannelName | None) -> Self:
        """The same, had the customer nothing to be reached by through this channel."""
        by_email, by_sms = channel is ChannelName.EMAIL, channel is ChannelName.SMS
        return replace(self, email=None if by_email else self.email, phone=None if by_sms else self.phone)

    @property
    def zone(self) -> ZoneInfo:
        """The customer's zone."""
        return self.customer.zone(self.shop.zone)

    @property
    def subject(self) -> str:
        return f"order/{self.order.id}" if self.order else f"customer/{self.customer.key}"
