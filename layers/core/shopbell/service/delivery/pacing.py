"""Set the pace of letters until the next tick, from what the provider allows and what waits in each lane."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shopbell.domain.deciding.pace import LANES, Pace, Quota, pace_for
from shopbell.domain.model.vocabulary import Lane
from shopbell.errors import where
from shopbell.service.ports import Log


class Pacing(Protocol):
    def read(self) -> Pace: ...
    def save(self, pace: Pace, now: datetime) -> None: ...
    def add_mailings(self, number: int, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Mailings:
    """How many mailings a sweep may plan, and what it has planned."""

    pacing: Pacing

    def most(self) -> int:
        return self.pacing.read().most_in_a_tick(Lane.MARKETING_EMAIL)

    def planned(self, number: int, now: datetime) -> None:
        """They count as waiting at once: the outbox, which asks the queues, ticks at the same moment."""
        self.pacing.add_mailings(number, now)


@dataclass(frozen=True, slots=True)
class SetPace:
    """The use case, for the outbox's tick alone: of such questions SES answers one a second. `quota`: what the
    provider takes; `waiting`: how many requests stand in each lane.

    Where one of them is not answered the pace stays as it is: nothing that waits is worth less for it.
    """

    quota: Callable[[], Quota]
    waiting: Callable[[Iterable[Lane]], Mapping[Lane, int]]
    pacing: Pacing
    is_outage: Callable[[Exception], bool]
    log: Log

    def __call__(self, now: datetime) -> None:
        try:
            quota = self.quota()
            self.pacing.save(pace_for(quota.a_second, self.waiting(LANES), quota.a_day, quota.sent), now)
        except Exception as error:  # noqa: BLE001  # the last pace counts, and the outbox goes on
            self.log("pace_not_set" if self.is_outage(error) else "alarm", where(error))
