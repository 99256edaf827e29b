"""Walk the runs that are due, a page after another: broken off anywhere, a run goes on with the page it was at."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shopbell.domain.deciding.agenda import LONGEST_WAIT
from shopbell.domain.model.run import Run, RunKind
from shopbell.domain.model.shop import Paused, Shop
from shopbell.domain.model.state import Conflict, DuePlace, SendRequest
from shopbell.domain.time.backoff import backoff
from shopbell.errors import where
from shopbell.service.ports import Enqueue, Log, Store
from shopbell.service.runs.ports import Runs

Page = Callable[[Run, Shop, datetime], tuple[Run | None, list[SendRequest]]]
"""Tells of a page; returns the run as it goes on, None where it is over, and what the senders may send now. Told twice
it does no harm."""
NEXT_TICK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class WalkRuns:
    """The use case. `is_outage`: whether the table cannot be had, so that nothing else can be looked at either."""

    store: Store
    runs: Runs
    pages: Mapping[RunKind, Page]
    enqueue: Enqueue
    is_outage: Callable[[Exception], bool]
    log: Log

    def __call__(self, places: Iterable[DuePlace], now: datetime, enough: Callable[[], bool]) -> int:
        """Returns how many pages were told. The senders are asked at the end, so that what several runs tell one person
        is one letter."""
        told, requests = 0, list[SendRequest]()
        try:
            for place in places:
                while not enough() and self._page(place, now, requests):
                    told += 1
        finally:
            self.enqueue(requests)
        return told

    def _page(self, place: DuePlace, now: datetime, requests: list[SendRequest]) -> bool:
        """Whether there may be another page now. What is paused is asked anew before each."""
        try:
            run, shop = self.runs.at(place), self.store.shop(place.shop)
            if run is None or shop is None or run.next_at > now:
                return False
            return self._told(run, shop, now, requests)
        except Conflict:
            return False  # somebody else walks it
        except Exception as error:
            if self.is_outage(error):
                raise
            self._put_off(place, now, error)
            return False

    def _told(self, run: Run, shop: Shop, now: datetime, requests: list[SendRequest]) -> bool:
        if run.kind is not RunKind.LEARN and shop.paused is not Paused.NOTHING:
            self.runs.save(shop.id, replace(run, next_at=now + NEXT_TICK))
            return False
        after, to_send = self.pages[run.kind](run, shop, now)
        requests += to_send
        if after is None:
            self.runs.end(shop.id, run)
            return False
        self.runs.save(shop.id, after)
        return True

    def _put_off(self, place: DuePlace, now: datetime, error: Exception) -> None:
        failures = self.store.put_off(place, lambda before: now + backoff(before, LONGEST_WAIT))
        self.log("alarm", {"place": place.key[0], "failures": failures, **where(error)})
