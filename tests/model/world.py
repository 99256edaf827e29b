"""One letter's world, small enough to be walked whole: the message, what it was decided on, two senders, the outbox.

All of it is tuples: a walk keeps and compares tens of thousands of worlds.
"""

from enum import StrEnum, auto
from typing import Any, NamedTuple


class Letter(StrEnum):
    """The classes of messages, as far as they leave differently."""

    ORDER_NEWS = auto()
    SERVICE = auto()
    MARKETING = auto()


class Status(StrEnum):
    """The message's, as stored."""

    PLANNED = auto()
    HELD = auto()
    SENDING = auto()
    SENT = auto()
    EXPIRED = auto()
    UNKNOWN = auto()


UNCLAIMED = frozenset({Status.PLANNED, Status.HELD})


class Withdrawal(StrEnum):
    """How far it is: a withdrawal, or a payment, that no reminder and no marketing may follow."""

    NOT_YET = auto()
    WRITTEN = auto()
    ANSWERED = auto()


class Phase(StrEnum):
    """What a sender did last."""

    IDLE = auto()
    READ = auto()
    CLOSING = auto()
    COUNTED = auto()
    CLAIM_WRITTEN = auto()
    CLAIMED = auto()
    LOOKING = auto()
    LOOKED = auto()
    STALE = auto()
    REOPENED = auto()
    CALLED = auto()
    MARKED = auto()


class Message(NamedTuple):
    """The stored message. `is_asked_for`: a request to send it lies in the queue."""

    status: Status = Status.PLANNED
    attempts: int = 0
    doubts: int = 0
    is_asked_for: bool = True


class Head(NamedTuple):
    """What the letter is decided on. `v` rises with every write, `facts_v` only with a write of facts."""

    v: int = 0
    facts_v: int = 0
    withdrawal: Withdrawal = Withdrawal.NOT_YET


class Sender(NamedTuple):
    """`attempts`: as read, then as claimed. `v`, `facts_v`: the head's, as read. `came_too_late`: the withdrawal was
    answered before its claim was, or before its look began."""

    phase: Phase = Phase.IDLE
    attempts: int = 0
    v: int = 0
    facts_v: int = 0
    has_claimed: bool = False
    came_too_late: bool = False


class ExpiredClaim(NamedTuple):
    """A claim whose lease ran out, as a tick of the outbox has read it."""

    attempts: int
    doubts: int


class Past(NamedTuple):
    """What happened, for the promises to judge by; no process reads it.

    `counts`: taken from the customer's limits and not given back. `doubts`: crashes between the effects of a claim and
    of its mark; `unmarked_calls`: those of them after the call.
    """

    calls: int = 0
    late_calls: int = 0
    counts: int = 0
    crashes: int = 0
    doubts: int = 0
    unmarked_calls: int = 0


class World(NamedTuple):
    """`ticks`: of the outbox, that have read a claim and not yet settled it."""

    message: Message = Message()
    head: Head = Head()
    senders: tuple[Sender, Sender] = (Sender(), Sender())
    ticks: tuple[ExpiredClaim, ...] = ()
    past: Past = Past()

    def is_claimed_by(self, sender: Sender) -> bool:
        is_claimed = self.message.status is Status.SENDING and sender.has_claimed
        return is_claimed and self.message.attempts == sender.attempts

    def with_sender(self, number: int, sender: Sender) -> "World":
        other = self.senders[1 - number]
        return self._replace(senders=(other, sender) if number else (sender, other))

    def with_message(self, **changes: Any) -> "World":
        return self._replace(message=self.message._replace(**changes))

    def with_past(self, **more: int) -> "World":
        """With so many more of what is named."""
        sums = {name: getattr(self.past, name) + number for name, number in more.items()}
        return self._replace(past=self.past._replace(**sums))

    def in_order(self) -> "World":
        """The same for worlds that differ only in which sender is called the first."""
        first, second = self.senders
        return self if first <= second else self._replace(senders=(second, first))


Step = tuple[str, World]
"""A step as a sentence, and the world after it, or where it is told backwards the world before it."""
