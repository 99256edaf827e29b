"""What happens in the story, step by step: news for the door, and what people do with the messages they got."""

from dataclasses import dataclass
from datetime import datetime

from local.demo.goods import Said


@dataclass(frozen=True, slots=True)
class Event:
    """News for the door: sent at `at`, happened at `happened`; `id` is the webhook's."""

    at: datetime
    shop: str
    id: str
    type: str
    happened: datetime
    data: Said


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest message of a kind: about an order, or for or about a customer (the shop's ids)."""

    shop: str
    kind: str
    order: str = ""
    customer: str = ""

    def __str__(self) -> str:
        return f"{self.kind} of {self.shop}, {f'order {self.order}' if self.order else f'customer {self.customer}'}"


@dataclass(frozen=True, slots=True)
class Click:
    """A customer follows the link to end letters, in a letter."""

    at: datetime
    of: Newest


@dataclass(frozen=True, slots=True)
class Report:
    """The mail provider reports something (`event`) of a letter."""

    at: datetime
    of: Newest
    event: str


@dataclass(frozen=True, slots=True)
class Close:
    """The staff tell what came of a task: on its own page, or as the shop's own system tells it (`call.done`)."""

    at: datetime
    of: Newest
    outcome: str
    on_page: bool
    id: str


@dataclass(frozen=True, slots=True)
class Redeem:
    """The personal code that stood in a letter is used for an order."""

    at: datetime
    of: Newest
    order: str
    id: str


Step = Event | Click | Report | Close | Redeem
