"""What a letter counts towards: the limits of its shop and recipient for a day, the shop's SMS budget for a month."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.deciding.reach import PROMOTIONAL
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.letter import Letter
from shopbell.domain.model.state import Message
from shopbell.domain.model.vocabulary import ChannelName, Status
from shopbell.domain.time.calendar import local_day

BUDGET = "sms_spent"
_NO_CAP = 10**15
"""Hundredths of the shop's currency that nobody spends."""


@dataclass(frozen=True, slots=True)
class Count:
    """`amount` of a thing, of one contact ("": of the shop), in one day or month; up to `cap`.

    `ahead`: each letter of the shop counts one, and a process may count for several at once.
    """

    contact: str
    item_context: str
    period: str
    amount: int
    cap: int
    ahead: bool = False

    @property
    def name(self) -> str:
        return f"{self.item_context}#{self.period}"


@dataclass(frozen=True, slots=True)
class Counted:
    """A letter that no limit keeps, and what was taken for it."""

    letter: Letter
    taken: Sequence[Count]


def counts(facts: Facts, letter: Letter, at: datetime) -> Iterator[Count]:
    """Those that refuse most often come first: little has to be given back."""
    limits, day = facts.shop.limits, str(local_day(at, facts.shop.zone))
    contact = {ChannelName.EMAIL: facts.email, ChannelName.SMS: facts.phone}.get(letter.channel)
    by_sms = letter.channel is ChannelName.SMS
    if contact and by_sms:
        yield Count(contact.key, "sms_per_recipient", day, 1, limits.sms_per_recipient)
    if contact:  # the staff are nobody's recipients
        yield Count(contact.key, "per_recipient", day, 1, limits.per_recipient)
    if by_sms:
        yield _spent(facts, letter, day)
        yield Count("", "sms_per_shop", day, 1, limits.sms_per_shop)
    yield Count("", "per_shop", day, 1, limits.per_shop, ahead=True)


def _spent(facts: Facts, letter: Letter, day: str) -> Count:
    """News about orders is counted and goes all the same."""
    terms = facts.shop.sms
    price = int(terms.price_per_segment * (letter.segments or 1) * 100)
    cap = int(terms.monthly_budget * 100) if letter.message_class in PROMOTIONAL else _NO_CAP
    return Count("", BUDGET, day[: len("2026-03")], price, cap)


def still_counted(facts: Facts, message: Message, letter: Letter) -> frozenset[tuple[str, str]]:
    """What an earlier claim took, where the provider is known not to have taken the letter: it stands for the next.

    A claim in doubt has no moment any more (Ledger.reopen): its letter may have left, and the next is one more.
    """
    if message.status is not Status.HELD or message.claimed_at is None:
        return frozenset()
    return frozenset((each.contact, each.name) for each in counts(facts, letter, message.claimed_at))
