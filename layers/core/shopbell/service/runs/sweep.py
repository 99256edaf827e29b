"""The sweep of what is told to many, page by page: that a product is there again, and campaigns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.model.state import DuePlace
from shopbell.domain.model.vocabulary import Sweep
from shopbell.service.ports import Store

Walk = Callable[[Sequence[DuePlace], datetime, Callable[[], bool]], int]
"""Walks what is due at these places until time is short; returns how much it did."""


@dataclass(frozen=True, slots=True)
class SweepRuns:
    """The use case. `is_run`: whether a run is due at a place; else it is a campaign, or somebody it writes to."""

    store: Store
    is_run: Callable[[DuePlace], bool]
    walk_runs: Walk
    walk_campaigns: Walk

    def __call__(self, now: datetime, enough: Callable[[], bool] = lambda: False) -> int:
        """Somebody waits for what a run tells: a campaign comes after it."""
        places = list(self.store.due(Sweep.RUNS, now))
        runs = [place for place in places if self.is_run(place)]
        others = [place for place in places if not self.is_run(place)]
        return self.walk_runs(runs, now, enough) + self.walk_campaigns(others, now, enough)
