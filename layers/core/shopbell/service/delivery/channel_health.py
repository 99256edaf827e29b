"""Whether a channel serves: parked while it does not, for all shops or for one, and tried again by one letter alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from shopbell.domain.deciding.decide import StepDecision, held
from shopbell.domain.model.letter import FailureKind
from shopbell.domain.model.state import ASKED_AGAIN, ChannelHealth, Conflict, Healths, Message
from shopbell.domain.model.vocabulary import ChannelName, Reason
from shopbell.domain.time.backoff import backoff
from shopbell.domain.time.calendar import format_instant
from shopbell.service.ports import Reads

LONGEST_WAIT = timedelta(hours=1)
OUTAGE = 3
"""So many calls in a row without an answer, whosever the messages are, and the provider serves nobody."""
TRIAL = timedelta(minutes=1)
"""How long one message goes alone through a channel that was parked: longer than its call may last."""


class Parking(Protocol):
    def of(self, shop: str, channel: ChannelName, reads: Reads | None = None) -> Healths: ...
    def park(self, health: ChannelHealth, until: datetime) -> None: ...
    def go_alone(self, health: ChannelHealth, until: datetime) -> ChannelHealth:
        """Raises domain.model.state.Conflict where somebody goes already."""
        ...

    def doubt(self, health: ChannelHealth) -> int:
        """Returns how many calls in a row nobody has answered by now."""
        ...

    def open(self, health: ChannelHealth) -> None: ...


@dataclass(frozen=True, slots=True)
class ChannelHealths:
    parking: Parking

    def waits(self, healths: Healths, message: Message, due: StepDecision, now: datetime) -> StepDecision | None:
        """Who was in doubt before lets others find out whether the channel serves: it has the most to lose."""
        parked = [each.parked_until for each in healths if each.parked_until]
        until = max(parked) + _patience(message.doubts) if parked else now
        return held(due, Reason.PROVIDER_DOWN, until, f"until {format_instant(until)}") if until > now else None

    def alone(self, healths: Healths, now: datetime) -> Healths | None:
        """Where a channel was parked the first goes alone; None for the others, who wait for what comes of it."""
        try:
            return Healths(*(self._alone(each, now) for each in healths))
        except Conflict:
            return None

    def _alone(self, health: ChannelHealth, now: datetime) -> ChannelHealth:
        return self.parking.go_alone(health, now + TRIAL) if _is_doubtful(health) else health

    def answered(self, healths: Healths) -> None:
        """The provider took a letter."""
        for health in healths:
            if not health.is_well:
                self.parking.open(health)

    def failed(self, healths: Healths, failure: FailureKind, now: datetime) -> bool:
        """What one message has found out, the others need not. Returns whether nobody is served from here on."""
        faulty = at_fault(healths, failure)
        if failure is FailureKind.UNKNOWN and self.parking.doubt(healths.provider) >= OUTAGE:
            faulty = healths.provider
        if faulty:
            self.parking.park(faulty, next_try(faulty, now))
        return faulty is not None


def at_fault(healths: Healths, failure: FailureKind) -> ChannelHealth | None:
    """What one answer says serves nobody; None where it says nothing of other messages."""
    return {FailureKind.ACCOUNT: healths.provider, FailureKind.SET_UP: healths.own}.get(failure)


def _patience(doubts: int) -> timedelta:
    """Whom the next doubt would end waits until those are back whom the outbox asks for."""
    return doubts * TRIAL + (ASKED_AGAIN if doubts > 1 else timedelta())


def needs_a_trial(healths: Healths) -> bool:
    return any(map(_is_doubtful, healths))


def _is_doubtful(health: ChannelHealth) -> bool:
    return health.parked_until is not None or health.doubts >= OUTAGE


def next_try(health: ChannelHealth, now: datetime) -> datetime:
    """Later each time."""
    return now + backoff(health.failures, LONGEST_WAIT)
