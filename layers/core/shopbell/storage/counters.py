"""Counters that never pass their cap, whoever counts at the same time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shopbell.domain.state import Conflict
from shopbell.storage import keys
from shopbell.storage.table import Table

KEPT = timedelta(days=70)


@dataclass(frozen=True, slots=True)
class Counters:
    """Of a shop, or of one of its contacts: so many of something in a day or a month."""

    table: Table

    def take(self, shop: str, contact: str, name: str, now: datetime, amount: int, cap: int) -> bool:
        """Counts `amount` more under `name`; False, and nothing counted, where that would pass the cap."""
        place = keys.contact_partition(shop, contact) if contact else keys.shop_partition(shop)
        values = {"amount": amount, "room": cap - amount, "expires": int((now + KEPT).timestamp())}
        try:
            self.table.update(
                (place, keys.COUNT + name),
                "ADD taken :amount SET expires_at = :expires",
                "attribute_not_exists(taken) OR taken <= :room",
                values,
            )
        except Conflict:
            return False
        return True
