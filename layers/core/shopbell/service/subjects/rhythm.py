"""Learn from a shop's own past how its customers order: its list of customers is walked once a month."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from heapq import nsmallest
from itertools import count

from shopbell.domain.model.purchases import Purchase, purchases
from shopbell.domain.model.rhythm import Rhythm
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.domain.rules.learning import learn_rhythm
from shopbell.pool import batches
from shopbell.service.ports import Store

MOST_ASKED = 5_000
"""Of a shop's customers, by a hash: more tell no more of what all of them do, and a tick has minutes."""
READ_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class LearnRhythm:
    """The use case. Done twice it is done once; broken off, it was not begun."""

    store: Store

    def __call__(self, shop: Shop, now: datetime) -> Rhythm:
        number = count()
        listed = (key for key, _ in zip(self.store.customers(shop.id), number, strict=False))
        asked = nsmallest(MOST_ASKED, listed, key=_drawn)
        rhythm = learn_rhythm(
            self._bought(shop.id, asked),
            shop.rhythm,
            now,
            floor_days=shop.sleeping.floor_days,
            zone=shop.zone,
            currency=shop.currency,
            share=len(asked) / max(next(number), 1),
        )
        self.store.save_rhythm(shop.id, rhythm)
        return rhythm

    def _bought(self, shop: str, customers: Iterable[str]) -> Iterator[Sequence[Purchase]]:
        for keys in batches(customers, READ_AT_ONCE):
            session = self.store.session(shop)
            session.prefetch(subjects=[f"{SubjectKind.CUSTOMER}/{key}" for key in keys])
            for key in keys:
                yield purchases(session.customer(key).entity)


def _drawn(customer: str) -> bytes:
    return blake2b(customer.encode(), digest_size=8).digest()
