"""What sending needs of the world, and the ways in which a message waits that does not leave now."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shopbell.domain.model.state import SOON, Conflict, Decision, Message, looked_at
from shopbell.domain.model.vocabulary import ChannelName
from shopbell.pool import Pool
from shopbell.service.delivery.attempt import Ready
from shopbell.service.delivery.channel_health import ChannelHealths
from shopbell.service.delivery.compose import Links
from shopbell.service.delivery.late_facts import LateFactsReader
from shopbell.service.delivery.limits import LetterLimits
from shopbell.service.delivery.marketing import MarketingPlaces
from shopbell.service.delivery.reroute import Reroute
from shopbell.service.ports import (
    Campaigns,
    Channel,
    ContactKey,
    Enqueue,
    Ledger,
    LetterRenderer,
    Log,
    OwnLetters,
    Store,
)
from shopbell.service.subjects.figures import FiguresOfBatch
from shopbell.service.subjects.planning import request_when_due

FIRST_PAUSE = timedelta(minutes=1)
LOOK_AGAIN = timedelta(seconds=2)
"""After which a letter is looked at again that somebody wrote in between of."""


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """Whether enough of the invocation is left, though nobody answers: to begin with a batch, to claim and call."""

    to_begin: Callable[[], bool]
    to_call: Callable[[], bool]


NO_HURRY = TimeLeft(lambda: True, lambda: True)


@dataclass(frozen=True, slots=True)
class Mailroom:
    """`links` makes the links of a letter; `late_facts` looks up what only some letters say; `outages`: what is raised
    while the table cannot be had; `clock`: the moment it is."""

    store: Store
    ledger: Ledger
    renderer: LetterRenderer
    channels: Mapping[ChannelName, Channel]
    contact_key: ContactKey
    links: Links
    late_facts: LateFactsReader
    healths: ChannelHealths
    places: MarketingPlaces
    limits: LetterLimits
    reroute: Reroute
    enqueue: Enqueue
    log: Log
    own_letters: OwnLetters
    campaigns: Campaigns
    figures: FiguresOfBatch
    outages: tuple[type[Exception], ...]
    pool: Pool
    clock: Callable[[], datetime]

    def is_outage(self, error: Exception) -> bool:
        return isinstance(error, self.outages)

    def hold(self, message: Message, until: datetime, now: datetime, decided: Decision | None = None) -> None:
        """Asked for again at its moment where that is soon, else by the outbox."""
        self.ledger.hold(message, until, looked_at(until, now), decided)
        self._ask_for(message, until, now)

    def put_back(self, ready: Ready, until: datetime) -> None:
        """It was claimed and is known not to have left: no doubt, and nothing is counted."""
        message, now = ready.attempt.sending, ready.attempt.now
        with suppress(Conflict):
            self.ledger.put_back(message, until, looked_at(until, now))
        self.give_back(ready)
        self._ask_for(message, until, now)

    def give_back(self, ready: Ready, *, is_taken: bool = False) -> None:
        """What was counted for a letter that does not leave. `is_taken`: somebody else sends it."""
        if ready.counted:
            self.limits.give_back(ready.counted, is_taken=is_taken)

    def _ask_for(self, message: Message, until: datetime, now: datetime) -> None:
        if until <= now + SOON:
            self.enqueue([request_when_due(replace(message, due_at=until), now)])
