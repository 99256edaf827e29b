"""What one transaction on a shop's subjects works with."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from shopbell.domain.model.shop import DeliveriesTold, Shop
from shopbell.domain.model.state import Conflict
from shopbell.domain.rules.deliveries import Outcome
from shopbell.service.ports import ContactKey, Log, Session, Store


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


def keep_until(shop: Shop, now: datetime) -> datetime:
    """Until when a shop keeps what it hears of a person now."""
    return shop.calendar.plus(now, shop.retention)


@dataclass(frozen=True, slots=True)
class Workplace:
    """Begins a new piece of work for each attempt."""

    store: Store
    contact_key: ContactKey
    log: Log

    def work(self, shop: Shop, now: datetime, *, renews: bool = True) -> Work:
        """`renews`: something happened, so that all it touches is kept for the shop's `retention` from now on."""
        session = self.store.session(shop.id, keep_until(shop, now), renews=renews, now=now)
        return Work(session, shop, now, self.contact_key, self.log)

    def count_deliveries(self, work: Work) -> None:
        """A count more or less of what a shop tells of harms nobody."""
        if work.outcomes and work.shop.deliveries_told is DeliveriesTold.AUTO:
            with suppress(Conflict):
                self.store.count_deliveries(work.shop.id, work.outcomes)
