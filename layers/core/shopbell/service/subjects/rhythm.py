"""Learn from a shop's own past how its customers order: its list of customers is walked once a month."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from heapq import nsmallest
from itertools import count

from shopbell.domain.model.purchases import Purchase, purchases
from shopbell.domain.model.rhythm import Rhythm
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.domain.rules.learning import LEARNT_FOR, learn_rhythm
from shopbell.errors import where
from shopbell.pool import batches
from shopbell.service.ports import Log, Session, Store

MOST_ASKED = 5_000
"""More tell no more of what all of them do, and a tick has minutes."""
READ_AT_ONCE = 100
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
        asked = nsmallest(self.most, listed, key=_drawn)
        return learn_rhythm(
            self._bought(shop.id, asked),
            shop.rhythm,
            now,
            floor_days=shop.sleeping.floor_days,
            zone=shop.zone,
            currency=shop.currency,
            share=len(asked) / max(next(number), 1),
        )

    def _bought(self, shop: str, customers: Iterable[str]) -> Iterator[Sequence[Purchase]]:
        for keys in batches(customers, READ_AT_ONCE):
            session = self.store.session(shop)
            session.prefetch(subjects=[f"{SubjectKind.CUSTOMER}/{key}" for key in keys])
            for key in keys:
                yield self._of(session, shop, key)

    def _of(self, session: Session, shop: str, customer: str) -> Sequence[Purchase]:
        try:
            return purchases(session.customer(customer).entity)
        except Exception as error:
            if self.is_outage(error):
                raise
            self.log("alarm", {"shop": shop, "customer": customer, **where(error)})
            return ()


def _drawn(customer: str) -> bytes:
    return blake2b(customer.encode(), digest_size=8).digest()
