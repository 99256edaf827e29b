"""How fast letters leave: the provider's rate, and how the lanes divide it until the outbox's next tick."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import NamedTuple

from shopbell.domain.model.vocabulary import Lane

USUAL_RATE = 14.0
"""Letters a second that SES usually allows a new account; counts until its own figure was read."""
LEAST_RATE = 1.0
"""What SES allows before anybody asked it for more; an account on hold may be said to have none."""
TICK = 300
"""Seconds from one tick of the outbox to the next."""
LONGEST = 90.0
"""Seconds. A sender is ended after 120, and its last letters may take as long as a provider that hangs."""
PACED = (Lane.REMINDER_EMAIL, Lane.MARKETING_EMAIL)
LANES = (Lane.ORDER_EMAIL, *PACED)
KEPT_FREE = 0.08
"""For order news though none waits: 67 letters a minute at the usual rate. A mailing may last a fifth longer than the
provider needs for it, so all that is kept from it is a sixth of the rate at most, with LEAST and its first tick."""
MOST_KEPT = 0.80
"""However much order news waits: requests that nobody can work off do not stop all other letters."""
LEAST = 0.02
"""Of a lane in which nothing waits while much does in the other: 84 letters until the next tick at the usual rate."""
NO_BACKLOG = 2
"""Seconds. Letters of so many count as waiting in each lane: a few reminders in hand keep no mailing back."""
ROUNDS = 30
"""After which the figure moves by less than a hundredth."""


def least_seconds(letters: int, concurrency: int, share: float, rate: float) -> float:
    """How long an invocation of so many letters lasts at least, where so many run side by side: then all of them
    together are as fast as the lane's share, and nobody needs to count letters."""
    return letters * concurrency / (share * rate)


def most_in_a_tick(share: float, rate: float) -> int:
    """Letters that leave until the next tick."""
    return ceil(share * rate * TICK)


def shares_of(rate: float, waiting: Mapping[Lane, int]) -> Mapping[Lane, float]:
    """Parts of the rate. Order news is kept so much free that what waits leaves until the next tick; what is left the
    other lanes divide by what waits in each."""
    news = min(KEPT_FREE + waiting.get(Lane.ORDER_EMAIL, 0) / (rate * TICK), MOST_KEPT)
    divided = 1 - news - LEAST * len(PACED)
    weights = {lane: waiting.get(lane, 0) + NO_BACKLOG * rate for lane in PACED}
    together = sum(weights.values())
    return {Lane.ORDER_EMAIL: news} | {lane: LEAST + divided * weight / together for lane, weight in weights.items()}


class Quota(NamedTuple):
    """What the provider allows: letters a second, and in any 24 hours (0: as many as one likes); `sent`: how many of
    these are gone."""

    a_second: float
    a_day: int = 0
    sent: int = 0


@dataclass(frozen=True, slots=True)
class Pace:
    """`rate`: letters a second that the provider takes, `a_day`: in any 24 hours (0: as many as one likes), of which
    `sent` are gone; `waiting`: how many stood in each lane of letters at the last
    tick. Order news is not paced: its share is what the others leave it. Nor are text messages."""

    rate: float = USUAL_RATE
    waiting: Mapping[Lane, int] = field(default_factory=dict)
    a_day: int = 0
    sent: int = 0

    @property
    def shares(self) -> Mapping[Lane, float]:
        return shares_of(self.rate, self.waiting)

    def least_seconds(self, lane: Lane, letters: int, concurrency: int) -> float:
        if lane not in PACED:
            return 0.0
        return min(least_seconds(letters, concurrency, self.shares[lane], self.rate), LONGEST)

    def most_in_a_tick(self, lane: Lane) -> int:
        """How many more a tick may put there: as many as leave until the next one at the share that they have by
        waiting, which is more than the lane has while it is empty. Where senders are too few for the share, two ticks'
        letters wait at most: what stands in a queue for long would not notice that its shop is paused."""
        if lane not in PACED:
            return sys.maxsize
        most = most_in_a_tick(1, self.rate)
        for _ in range(ROUNDS):
            most = most_in_a_tick(shares_of(self.rate, {**self.waiting, lane: most})[lane], self.rate)
        return max(min(most, 2 * most - self.waiting.get(lane, 0)), 0)


def pace_for(rate: float, waiting: Mapping[Lane, int], a_day: int = 0, sent: int = 0) -> Pace:
    """`rate` as the provider tells it, which may be nothing."""
    return Pace(max(rate, LEAST_RATE), waiting, a_day, sent)
