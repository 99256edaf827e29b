"""What one transaction on a shop's subjects works with."""

from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.model.shop import Shop
from shopbell.service.ports import ContactKey, Log, Session, Store


@dataclass(frozen=True, slots=True)
class Work:
    """All that is read and written in `session` is written together, or not at all."""

    session: Session
    shop: Shop
    now: datetime
    contact_key: ContactKey
    log: Log


@dataclass(frozen=True, slots=True)
class Workplace:
    """Begins a new piece of work for each attempt."""

    store: Store
    contact_key: ContactKey
    log: Log

    def work(self, shop: Shop, now: datetime) -> Work:
        keep_until = shop.calendar.plus(now, shop.retention)
        return Work(self.store.session(shop.id, keep_until), shop, now, self.contact_key, self.log)
