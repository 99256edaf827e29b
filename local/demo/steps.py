"""The steps of the story: events that shops send, and what people do with the messages that they got."""

from dataclasses import dataclass
from datetime import datetime

from local.demo.catalogue import Fields


@dataclass(frozen=True, slots=True)
class Event:
    """An event: sent at `at`, happened at `happened`; `id` is the `webhook-id`."""

    at: datetime
    shop: str
    id: str
    type: str
    happened: datetime
    data: Fields


@dataclass(frozen=True, slots=True)
class NewestMessage:
    """The newest message of a kind: about an order, or for or about a customer (the shop's ids)."""

    shop: str
    kind: str
    order: str = ""
    customer: str = ""

    def __str__(self) -> str:
        subject = f"order {self.order}" if self.order else f"customer {self.customer}"
        return f"{self.kind} of {self.shop}, {subject}"


@dataclass(frozen=True, slots=True)
class Click:
    """A customer follows a letter's link to unsubscribe."""

    at: datetime
    message: NewestMessage


@dataclass(frozen=True, slots=True)
class Report:
    """The mail provider reports something of a letter; `event` as POST /local/feedback takes it."""

    at: datetime
    message: NewestMessage
    event: str


@dataclass(frozen=True, slots=True)
class Close:
    """The staff close a task: on its own page, or in the shop's system, which sends `call.done` (with this `id`)."""

    at: datetime
    message: NewestMessage
    outcome: str
    on_page: bool
    id: str


@dataclass(frozen=True, slots=True)
class Redeem:
    """The personal code of a letter is used for an order; the shop sends `coupon.redeemed` with this `id`."""

    at: datetime
    message: NewestMessage
    order: str
    id: str


Step = Event | Click | Report | Close | Redeem
