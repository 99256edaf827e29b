"""Tell whoever asked for a product that it is there again: the first to ask first, and no more at once than there are
things for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from shopbell.domain.journeys.stock import BACK
from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.run import Run, Wish
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import Decision, SendRequest
from shopbell.domain.model.vocabulary import Outcome, Reason
from shopbell.domain.time.calendar import format_instant
from shopbell.service.runs.ports import Runs
from shopbell.service.subjects.customers import merge_customer
from shopbell.service.subjects.identity import who_it_is
from shopbell.service.subjects.rounds import Piece, Rounds
from shopbell.service.subjects.work import Work, Workplace

PAGE = 100
A_UNIT = 3
"""So many are told of each thing there is, an hour: not everybody buys."""
WAVE = timedelta(hours=1)
THE_END, COUNTED_ON = "~", timedelta(days=1)
"""A place after all others; and so long after the last one was told orders are still counted."""
Tell = Callable[[Wish, Work], list[SendRequest]]


@dataclass(frozen=True, slots=True)
class Restock:
    workplace: Workplace
    runs: Runs

    def __call__(self, run: Run, shop: Shop, now: datetime) -> tuple[Run | None, list[SendRequest]]:
        """A page, or of a number that is known a wave."""
        stock = self.runs.stock(shop.id, [run.about]).get(run.about)
        left = stock.left if stock else None
        most = PAGE if left is None else min(PAGE, int(left * A_UNIT))
        wishes = self.runs.wishes(shop.id, run.about, run.cursor, most or PAGE)
        if not wishes:
            return self._over(run, shop, now), []
        more = replace(run, cursor=wishes[-1].place)
        if not most:
            return more, self._each(wishes, shop, now, partial(_leave, run))
        requests = self._each(wishes, shop, now, partial(_tell, run))
        self.runs.forget_wishes(shop.id, run.about, wishes)
        return more if left is None else replace(more, next_at=now + WAVE), requests

    def _over(self, run: Run, shop: Shop, now: datetime) -> Run | None:
        """What was ordered is counted for as long as letters may wait for the morning."""
        if run.about not in shop.counted:
            return None
        if run.cursor != THE_END:
            return replace(run, cursor=THE_END, next_at=now + COUNTED_ON)
        self.runs.count_product(shop.id, run.about, is_counted=False)
        return None

    def _each(self, wishes: Sequence[Wish], shop: Shop, now: datetime, tell: Tell) -> list[SendRequest]:
        """Each its own transaction; who is told already is left alone, and who cannot be read keeps nobody."""
        pieces = [[Piece(number, shop, partial(tell, wish))] for number, wish in enumerate(wishes)]
        done = Rounds(self.workplace, self.workplace.store.reads(), now, renews=False)(pieces)
        for error in done.failed.values():
            raise error
        return done.requests


def _tell(run: Run, wish: Wish, work: Work) -> list[SendRequest]:
    """Whoever is still known hears of it, by a row of the table like any other news."""
    person = who_it_is(work.session, wish.customer)
    if not person.version or person.entity.erased:
        return []
    extra = {"product": dict(run.facts), "asked_at": format_instant(wish.asked_at)}
    name = f"{run.id}-{format_instant(run.begun_at)}"
    event = Event(work.shop.id, name, EventType.PRODUCT_RESTOCKED, run.begun_at, extra=extra)
    return merge_customer(work, event, person.entity.key)


def _leave(run: Run, wish: Wish, work: Work) -> list[SendRequest]:
    """Nobody's turn came while there was some: they stay on the list for the next restock."""
    person = who_it_is(work.session, wish.customer)
    if person.version and not person.entity.erased:
        detail = f"none of {run.about} left; asked {format_instant(wish.asked_at)}"
        decided = Decision(
            work.now, work.shop.id, BACK, Outcome.HELD, Reason.SOLD_OUT, "", "", person.entity.id, detail
        )
        work.session.add_decision(person.name, decided, run.about)
    return []
