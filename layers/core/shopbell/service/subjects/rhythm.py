"""Learn from a shop's own past how its customers order: its list of customers is walked once a month."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

from shopbell.domain.model.rhythm import Rhythm
from shopbell.domain.model.shop import Shop
from shopbell.domain.rules.learning import LEARNT_FOR, learn_rhythm
from shopbell.errors import where
from shopbell.service.ports import Log, Store
from shopbell.service.subjects.buyers import bought, drawn

MOST_ASKED = 5_000
"""More tell no more of what all of them do, and a tick has minutes."""
TRIED_AGAIN = timedelta(days=1)
"""So long one does with what was known before, where nothing could be learnt."""


@dataclass(frozen=True, slots=True)
class LearnRhythm:
    """The use case. Done twice it is done once; broken off, it was not begun. A customer who cannot be read is left
    out. `is_outage`: whether the table cannot be had; `most`: of a shop's customers so many are asked, by a hash."""

    store: Store
    is_outage: Callable[[Exception], bool]
    log: Log
    most: int = MOST_ASKED

    def __call__(self, shop: Shop, now: datetime) -> Rhythm:
        try:
            rhythm = self._learnt(shop, now)
        except Exception as error:
            if self.is_outage(error):
                raise
            self.log("alarm", {"shop": shop.id, **where(error)})
            again = now - LEARNT_FOR + TRIED_AGAIN
            rhythm = replace(shop.rhythm, learnt_at=again, since=shop.rhythm.since or now)
        self.store.save_rhythm(shop.id, rhythm)
        return rhythm

    def _learnt(self, shop: Shop, now: datetime) -> Rhythm:
        number = count()
        listed = (key for key, _ in zip(self.store.customers(shop.id), number, strict=False))
        asked = drawn(listed, self.most)
        return learn_rhythm(
            bought(self.store, shop.id, asked, self.is_outage, self.log),
            shop.rhythm,
            now,
            floor_days=shop.sleeping.floor_days,
            zone=shop.zone,
            currency=shop.currency,
            share=len(asked) / max(next(number), 1),
        )
