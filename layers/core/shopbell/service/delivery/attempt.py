"""One look at one message, and what came of it: a letter that nothing keeps from leaving."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shopbell.domain.deciding.decide import StepDecision
from shopbell.domain.journeys import BY_NAME, Journey
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.letter import Letter
from shopbell.domain.model.state import CouponState, Decision, Healths, Message
from shopbell.domain.model.told import told_number
from shopbell.domain.model.vocabulary import ChannelName, Outcome, Status
from shopbell.service.delivery.counting import Counted
from shopbell.service.delivery.marketing import Place
from shopbell.service.ports import Reads, Session


@dataclass(frozen=True, slots=True)
class Attempt:
    """One look at one message: what it is about as it stands now, and how its channel serves. `reads`: of its batch."""

    message: Message
    session: Session
    facts: Facts
    trigger: Trigger
    healths: Healths
    now: datetime
    reads: Reads

    @property
    def journey(self) -> Journey:
        return BY_NAME[self.message.name]

    @property
    def takes_along(self) -> bool:
        """Its letter says what waits to leave with it: a reminder, or the letter of a day."""
        return self.journey.takes_along or (self.journey.reminds and self.message.channel is ChannelName.EMAIL)

    @property
    def sending(self) -> Message:
        """The message as its claim leaves it."""
        return replace(self.message, status=Status.SENDING, attempts=self.message.attempts + 1)


@dataclass(frozen=True, slots=True)
class Ready:
    """A message with its letter, which nothing keeps from leaving but what is counted. `code`: the personal one that it
    hands out; `place`: the one that it takes, if it is marketing; `counted`: what it counts towards, once it is."""

    attempt: Attempt
    due: StepDecision
    decision: Decision
    letter: Letter
    code: CouponState | None = None
    place: Place | None = None
    counted: Counted | None = None

    @property
    def message(self) -> Message:
        return self.attempt.message

    @property
    def order(self) -> str:
        """The number of the order that it is about, or ""."""
        order = self.attempt.facts.order
        return told_number(order.text("number"), order.id) if order else ""

    @property
    def new_decision(self) -> Decision | None:
        """What its claim writes down: that it is sent, unless that was decided before."""
        decided = any(each.outcome is Outcome.SENT for each in self.message.decisions)
        return None if decided else self.decision

    def named_by(self, letter: "Sequence[Ready]") -> "Ready":
        """As its claim writes it: it leaves by the first one's name, which knows the others'."""
        first, *rest = letter
        is_own = first.message.id == self.message.id
        along = tuple((each.message.subject, each.message.id) for each in rest) if is_own else ()
        message = replace(self.message, letter="" if is_own else first.message.id, along=along)
        return replace(self, attempt=replace(self.attempt, message=message))
