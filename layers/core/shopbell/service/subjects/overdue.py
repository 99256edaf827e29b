"""What a sweep that does not run leaves lying: the outbox's tick sees to it, so that it delays none but its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shopbell.domain.model.state import DuePlace
from shopbell.domain.model.vocabulary import Sweep
from shopbell.pool import batches
from shopbell.service.ports import Log, Store

OVERDUE = timedelta(minutes=15)
"""Three ticks: a sweep that only has much to do is not meant."""
TakesOver = Callable[[Sequence[DuePlace], datetime], object]


def leave(places: Sequence[DuePlace], now: datetime) -> None:
    """A late page of a run, or of a campaign, harms nobody: its own function goes on with it at its own pace."""


@dataclass(frozen=True, slots=True)
class AdvanceOverdue:
    """The use case. `takes_over`: what becomes of what each sweep left."""

    store: Store
    log: Log
    takes_over: Mapping[Sweep, TakesOver]

    def __call__(self, now: datetime, enough: Callable[[], bool] = lambda: False) -> int:
        """Returns how many places were looked at; a line `alarm` names each sweep that was late."""
        return sum(self._look(sweep, now, enough) for sweep in self.takes_over)

    def _look(self, sweep: Sweep, now: datetime, enough: Callable[[], bool]) -> int:
        looked = 0
        for places in batches(self.store.due(sweep, now - OVERDUE)):
            if enough():
                break
            if not looked:
                self.log("alarm", {"sweep": str(sweep), "error": "does not run", "due_at": places[0].due_at})
            self.takes_over[sweep](places, now)
            looked += len(places)
        return looked
