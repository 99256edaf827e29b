"""What one transaction on a shop's subjects works with."""

from dataclasses import dataclass, field
from datetime import datetime

from shopbell.domain.model.figures import Figure
from shopbell.domain.model.shop import Shop
from shopbell.domain.rules.deliveries import Outcome
from shopbell.pool import Pool
from shopbell.service.ports import ContactKey, Log, Reads, Session, Store


@dataclass(frozen=True, slots=True)
class Work:
    """All that is read and written in `session` is written together, or not at all."""

    session: Session
    shop: Shop
    now: datetime
    contact_key: ContactKey
    log: Log
    outcomes: list[Outcome] = field(default_factory=list)
    """Of parcels, to be counted when all is written."""
    figures: list[Figure] = field(default_factory=list)
    """For the report of the month, likewise."""


def keep_until(shop: Shop, now: datetime) -> datetime:
    """Until when a shop keeps what it hears of a person now."""
    return shop.calendar.plus(now, shop.retention)


@dataclass(frozen=True, slots=True)
class Workplace:
    """Begins a new piece of work for each attempt; `pool` does those of a batch side by side."""

    store: Store
    contact_key: ContactKey
    log: Log
    pool: Pool

    def work(self, shop: Shop, now: datetime, *, renews: bool = True, reads: Reads | None = None) -> Work:
        """`renews`: something happened, so that all it touches is kept for the shop's `retention` from now on. `reads`:
        of its batch."""
        session = self.store.session(shop.id, keep_until(shop, now), renews=renews, now=now, reads=reads)
        return Work(session, shop, now, self.contact_key, self.log)
