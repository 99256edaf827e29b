"""Count for the report of the month, once for a whole batch."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from shopbell.domain.model.figures import Figure
from shopbell.service.ports import Store


def count_figures(store: Store, figures: Mapping[str, Sequence[Figure]], now: datetime) -> None:
    """By shop; after what is counted was written, and only then: never twice, and what a process that dies in between
    has not counted is missing. A report that lacks one of ten thousand harms nobody."""
    for shop, counted in figures.items():
        months: dict[str, Counter[str]] = defaultdict(Counter)
        for each in counted:
            months[each.month][each.name] += each.number
        for month, numbers in months.items():
            with suppress(Exception):
                store.count(shop, month, numbers, now)


@dataclass(frozen=True, slots=True)
class FiguresOfBatch:
    """What a batch of messages counts, from whichever thread, until it is written."""

    waiting: list[tuple[str, Figure]] = field(default_factory=list)

    def add(self, shop: str, figures: Sequence[Figure]) -> None:
        self.waiting.extend((shop, each) for each in figures)

    def write(self, store: Store, now: datetime) -> None:
        by_shop: dict[str, list[Figure]] = defaultdict(list)
        for shop, each in self.waiting:
            by_shop[shop].append(each)
        self.waiting.clear()
        count_figures(store, by_shop, now)
