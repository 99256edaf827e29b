"""What a letter counts towards: its recipient's hour and day, its shop's day, the shop's SMS budget for a month."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.deciding.reach import PROMOTIONAL
from shopbell.domain.deciding.turns import Turn
from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.letter import Letter
from shopbell.domain.model.mailbox import mailbox
from shopbell.domain.model.state import Message
from shopbell.domain.model.vocabulary import ChannelName, Status
from shopbell.domain.time.calendar import local_day
from shopbell.service.ports import ContactKey

BUDGET = "sms_spent"
NO_CAP = 10**15
"""Hundredths of the shop's currency that nobody spends."""
AN_HOUR: Mapping[ChannelName, int] = {ChannelName.EMAIL: 10, ChannelName.SMS: 4}
"""So many messages get to one address or number in any sixty minutes."""


@dataclass(frozen=True, slots=True)
class Count:
    """`amount` of what the shop's `limit` is on, in one day or month; up to `cap`.

    `ahead`: each letter of the shop counts one, and a process may count for several at once. `alarms`: what is over is
    counted and goes all the same, and somebody is woken.
    """

    limit: str
    period: str
    amount: int
    cap: int
    ahead: bool = False
    alarms: bool = False

    @property
    def name(self) -> str:
        return f"{self.limit}#{self.period}"


@dataclass(frozen=True, slots=True)
class Share:
    """What a message takes of its recipient's hour and day. `contact`: the mailbox or number; `counted`: for the day it
    is, by an earlier try that did not leave."""

    contact: str
    turn: Turn
    an_hour: int
    day: str
    a_day: int
    counted: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """A letter that no limit keeps, and what was taken for it; `share`: of its recipient's."""

    letter: Letter
    taken: list[Count]
    share: Share | None = None


def share_of(facts: Facts, message: Message, journey: Journey, contact_key: ContactKey, now: datetime) -> Share | None:
    """None for the staff, who are nobody's recipients. A claim in doubt may have left, and the next is one more."""
    limits, by_sms = facts.shop.limits, message.channel is ChannelName.SMS
    if message.channel not in AN_HOUR:
        return None
    day, claimed_at = local_day(now, facts.shop.zone), known_not_to_have_left(message)
    address = facts.customer.text("phone" if by_sms else "email")
    name = f"{message.id[:12]}.{message.doubts}" if message.doubts else message.id[:12]
    rank = 0 if journey.order_news else 1 + (journey.message_class in PROMOTIONAL)
    return Share(
        contact=contact_key(facts.shop.id, mailbox(address)),
        turn=Turn(rank, message.triggered_at, name, now),
        an_hour=AN_HOUR[message.channel],
        day=str(day),
        a_day=min(limits.per_recipient, limits.sms_per_recipient) if by_sms else limits.per_recipient,
        counted=claimed_at is not None and local_day(claimed_at, facts.shop.zone) == day,
    )


def counts(facts: Facts, letter: Letter, at: datetime) -> Iterator[Count]:
    """Those that refuse most often come first: little has to be given back."""
    limits, day = facts.shop.limits, str(local_day(at, facts.shop.zone))
    if letter.channel is ChannelName.SMS:
        yield _spent(facts, letter, day)
        yield Count("sms_per_shop", day, 1, limits.sms_per_shop, ahead=True)
    yield Count("per_shop", day, 1, limits.per_shop, ahead=True)


def _spent(facts: Facts, letter: Letter, day: str) -> Count:
    """News about orders is counted and goes all the same."""
    terms = facts.shop.sms
    price = int(terms.price_per_segment * (letter.segments or 1) * 100)
    alarms = letter.message_class not in PROMOTIONAL
    return Count(BUDGET, day[: len("2026-03")], price, int(terms.monthly_budget * 100), alarms=alarms)


def still_counted(facts: Facts, message: Message, letter: Letter) -> frozenset[str]:
    """What an earlier claim took, where the provider is known not to have taken the letter: it stands for the next.

    A claim in doubt has no moment any more (Ledger.reopen): its letter may have left, and the next is one more.
    """
    if (claimed_at := known_not_to_have_left(message)) is None:
        return frozenset()
    return frozenset(each.name for each in counts(facts, letter, claimed_at))


def known_not_to_have_left(message: Message) -> datetime | None:
    """When it was claimed, where the provider did not take it."""
    return message.claimed_at if message.status is Status.HELD else None
