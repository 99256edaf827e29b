"""The links of letters that only we can make."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.deciding.reach import PROMOTIONAL
from shopbell.domain.model.state import Message
from shopbell.domain.model.tokens import Purpose, Token
from shopbell.domain.model.vocabulary import ChannelName


@dataclass(frozen=True, slots=True)
class SignedLinks:
    """`sign` makes the token of a link."""

    public_url: Callable[[], str]
    sign: Callable[[Token, datetime], str]

    def __call__(self, message: Message, now: datetime, *, asks_consent: bool = False) -> dict[str, str]:
        """Marketing leads to the customer's page, and what asks whether there may be any; a task leads to its own."""
        promotional, staff = message.message_class in PROMOTIONAL, message.channel is ChannelName.STAFF
        links = {
            "unsubscribe_url": self.preferences(message.shop, message.customer, now) if promotional else "",
            "task_url": self.task(message, now) if staff else "",
        }
        return links | ({"agree_url": self.preferences(message.shop, message.customer, now)} if asks_consent else {})

    def preferences(self, shop: str, customer: str, now: datetime) -> str:
        return f"{self.public_url()}/u/{self.sign(Token(shop, customer, Purpose.PREFERENCES), now)}"

    def task(self, message: Message, now: datetime) -> str:
        return f"{self.public_url()}/t/{self.sign(Token(message.shop, message.id, Purpose.TASK), now)}"
