"""Subjects whose sweep does not run: the outbox's tick looks at them, so that it delays none but its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from shopbell.domain.model.vocabulary import Sweep
from shopbell.pool import batches
from shopbell.service.subjects.sweep import AdvanceDue

OVERDUE = timedelta(minutes=15)
"""Three ticks: a sweep that only has much to do is not meant."""


@dataclass(frozen=True, slots=True)
class AdvanceOverdue:
    """The use case."""

    advance_due: AdvanceDue

    def __call__(self, now: datetime, enough: Callable[[], bool] = lambda: False) -> int:
        """Returns how many subjects were looked at; a line `alarm` names each sweep that was late."""
        looked = 0
        for sweep in Sweep:
            if sweep is not Sweep.OUTBOX:
                looked += self._look(sweep, now, enough)
        return looked

    def _look(self, sweep: Sweep, now: datetime, enough: Callable[[], bool]) -> int:
        workplace, looked = self.advance_due.workplace, 0
        for places in batches(workplace.store.due(sweep, now - OVERDUE)):
            if enough():
                break
            if not looked:
                workplace.log("alarm", {"sweep": str(sweep), "error": "does not run", "due_at": places[0].due_at})
            if sweep is Sweep.RUNS:  # no subjects: a late page harms nobody, and its own function goes on with it
                break
            self.advance_due(places, now)
            looked += len(places)
        return looked
