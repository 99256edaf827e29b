"""One look at one message, and what came of it: a letter that nothing keeps from leaving."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shopbell.domain.journeys import BY_NAME, Journey
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.state import Decision, Healths, Message
from shopbell.domain.model.told import told_number
from shopbell.domain.model.vocabulary import ChannelName, Status
from shopbell.service.delivery.counting import Counted
from shopbell.service.ports import Session


@dataclass(frozen=True, slots=True)
class Attempt:
    """One look at one message: what it is about as it stands now, and how its channel serves."""

    message: Message
    session: Session
    facts: Facts
    trigger: Trigger
    healths: Healths
    now: datetime

    @property
    def journey(self) -> Journey:
        return BY_NAME[self.message.name]

    @property
    def is_reminder(self) -> bool:
        """Of those that are one letter with others."""
        return self.journey.reminds and self.message.channel is ChannelName.EMAIL

    @property
    def sending(self) -> Message:
        """The message as its claim leaves it."""
        return replace(self.message, status=Status.SENDING, attempts=self.message.attempts + 1)


@dataclass(frozen=True, slots=True)
class Ready:
    """A message with its letter, which nothing keeps from leaving."""

    attempt: Attempt
    decision: Decision
    counted: Counted

    @property
    def message(self) -> Message:
        return self.attempt.message

    @property
    def order(self) -> str:
        """The number of the order that it is about, or ""."""
        order = self.attempt.facts.order
        return told_number(order.text("number"), order.id) if order else ""

    def named_by(self, letter: "Sequence[Ready]") -> "Ready":
        """As its claim writes it: it leaves by the first one's name, which knows the others'."""
        first, *rest = letter
        is_own = first.message.id == self.message.id
        along = tuple((each.message.subject, each.message.id) for each in rest) if is_own else ()
        message = replace(self.message, letter="" if is_own else first.message.id, along=along)
        return replace(self, attempt=replace(self.attempt, message=message))
