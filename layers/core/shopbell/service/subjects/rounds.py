"""Work off a batch: in each round the first of every group is decided, and all of a round are stored together.

A group is what touches the same subjects: its pieces come one after another, each on what the former wrote.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from shopbell.domain.model.figures import Figure
from shopbell.domain.model.shop import DeliveriesTold, Shop
from shopbell.domain.model.state import Conflict, SendRequest
from shopbell.domain.rules.deliveries import Outcome
from shopbell.pool import Failed
from shopbell.service.ports import Reads
from shopbell.service.subjects.figures import count_figures
from shopbell.service.subjects.retry import ATTEMPTS
from shopbell.service.subjects.work import Work, Workplace

Decide = Callable[[Work], list[SendRequest]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of work on one shop's subjects, by its number in the batch."""

    number: int
    shop: Shop
    decide: Decide


@dataclass(slots=True)
class WorkedOff:
    """`requests`: what the senders may send now; `failed`: by their numbers, the pieces that nothing came of."""

    requests: list[SendRequest] = field(default_factory=list)
    failed: dict[int, Exception] = field(default_factory=dict)
    outcomes: dict[str, list[Outcome]] = field(default_factory=lambda: defaultdict(list))
    figures: dict[str, list[Figure]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class Rounds:
    """`pause` waits before what somebody wrote in between of is decided anew; it is told how often that was."""

    workplace: Workplace
    reads: Reads
    now: datetime
    renews: bool = True
    pause: Callable[[int], None] = lambda attempt: None
    done: WorkedOff = field(default_factory=WorkedOff)

    def __call__(self, groups: Sequence[Sequence[Piece]]) -> WorkedOff:
        waiting, tries = [list(group) for group in groups], Counter[int]()
        while turn := [group[0] for group in waiting if group]:
            again = self._round(turn)
            tries.update(again.keys())
            for group in waiting:
                if group and (group[0].number not in again or self._is_given_up(group[0].number, again, tries)):
                    group.pop(0)
            if again:
                self.pause(max(tries.values()))
        self._count_deliveries()
        count_figures(self.workplace.store, self.done.figures, self.now)
        return self.done

    def _is_given_up(self, number: int, again: dict[int, Conflict], tries: Counter[int]) -> bool:
        """The queue, or the next tick, brings what is written to all the time."""
        if tries[number] >= ATTEMPTS:
            self.done.failed[number] = again[number]
        return tries[number] >= ATTEMPTS

    def _round(self, turn: Sequence[Piece]) -> dict[int, Conflict]:
        """Returns what somebody wrote in between of."""
        works = [self.workplace.work(piece.shop, self.now, renews=self.renews, reads=self.reads) for piece in turn]
        pairs = list(zip(turn, works, strict=True))
        decided = self.workplace.pool.each(_decided, pairs)
        results = dict(zip((piece.number for piece in turn), decided, strict=True))
        to_store = [(piece, work) for piece, work in pairs if not isinstance(results[piece.number], Failed)]
        failures = self.workplace.store.commit([work.session for _, work in to_store], self.workplace.pool)
        for (piece, _), failure in zip(to_store, failures, strict=True):
            if failure is not None:
                results[piece.number] = Failed(failure)
        return {piece.number: conflict for piece, work in pairs if (conflict := self._note(piece, work, results))}

    def _note(self, piece: Piece, work: Work, results: dict[int, list[SendRequest] | Failed]) -> Conflict | None:
        result = results[piece.number]
        if not isinstance(result, Failed):
            self.done.requests += result
            self.done.outcomes[piece.shop.id] += work.outcomes if _tells_of_deliveries(piece.shop) else ()
            self.done.figures[piece.shop.id] += work.figures
            return None
        work.session.forget()
        if isinstance(result.error, Conflict):
            return result.error
        self.done.failed[piece.number] = result.error
        return None

    def _count_deliveries(self) -> None:
        """A count more or less of what a shop tells of harms nobody."""
        for shop, outcomes in self.done.outcomes.items():
            if outcomes:
                with suppress(Exception):
                    self.workplace.store.count_deliveries(shop, outcomes)


def _decided(pair: tuple[Piece, Work]) -> list[SendRequest]:
    piece, work = pair
    return piece.decide(work)


def _tells_of_deliveries(shop: Shop) -> bool:
    return shop.deliveries_told is DeliveriesTold.AUTO
