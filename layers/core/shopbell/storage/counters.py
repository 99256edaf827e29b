"""Counters that never pass their cap, whoever counts at the same time."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from shopbell.domain.model.state import Conflict
from shopbell.storage import keys
from shopbell.storage.table import Table, Value

KEPT = timedelta(days=70)


@dataclass(frozen=True, slots=True)
class Counters:
    """Of a shop, or of one of its contacts: so many of something in a day or a month."""

    table: Table

    def take(self, shop: str, contact: str, name: str, now: datetime, amount: int, cap: int) -> bool:
        """Counts `amount` more under `name`; False, and nothing counted, where that would pass the cap."""
        if amount > cap:  # nothing is counted yet: the condition asks for no room
            return False
        values = {"amount": amount, "room": cap - amount, "expires": int((now + KEPT).timestamp())}
        try:
            self.table.update(
                _key(shop, contact, name),
                "ADD taken :amount SET expires_at = :expires",
                "attribute_not_exists(taken) OR taken <= :room",
                values,
            )
        except Conflict:
            return False
        return True

    def give_back(self, shop: str, contact: str, name: str, amount: int) -> None:
        """Once, whatever the SDK tries again after a lost answer: given back twice, it would let the cap be passed."""
        values: dict[str, Value] = {"amount": -amount, "least": amount, "mark": uuid4().hex}
        with suppress(Conflict):
            self.table.update(
                _key(shop, contact, name),
                "ADD taken :amount SET given_back = :mark",
                "taken >= :least AND given_back <> :mark",
                values,
            )


def _key(shop: str, contact: str, name: str) -> keys.Key:
    place = keys.contact_partition(shop, contact) if contact else keys.shop_partition(shop)
    return place, keys.COUNT + name
