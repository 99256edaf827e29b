"""The links of letters that only we can make."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.state import Message
from shopbell.domain.tokens import Token
from shopbell.service import customer_page, task_page


@dataclass(frozen=True, slots=True)
class SignedLinks:
    """`seal` makes the token of a link."""

    public_url: Callable[[], str]
    seal: Callable[[Token, datetime], str]

    def preferences(self, shop: str, customer: str, now: datetime) -> str:
        return f"{self.public_url()}/u/{self.seal(Token(shop, customer, customer_page.PURPOSE), now)}"

    def task(self, message: Message, now: datetime) -> str:
        return f"{self.public_url()}/t/{self.seal(Token(message.shop, message.id, task_page.PURPOSE), now)}"
