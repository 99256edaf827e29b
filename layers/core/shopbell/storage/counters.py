"""Counters that never pass their cap, whoever counts at the same time."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import RLock
from uuid import uuid4

from shopbell.domain.model.state import Conflict
from shopbell.storage import keys
from shopbell.storage.table import Table, Value

KEPT = timedelta(days=70)
BLOCK = 10
"""As many as a process counts ahead: as many letters as a batch brings."""


@dataclass(frozen=True, slots=True)
class Counters:
    """Of a shop: so many of something in a day or a month.

    `blocks`: by shop and limit, the counter that this process has counted ahead, and how many of it are left. What is
    left when the process ends was counted and never used: nine at most, too many and never too few.
    """

    table: Table
    blocks: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)

    def take_ahead(self, shop: str, name: str, now: datetime, cap: int) -> bool:
        """Counts one more of a shop's; asks the table once for ten."""
        with self.lock:  # also while the table is asked: ten threads of a batch take one block
            counted = 0 if self._left(shop, name) else self._block(shop, name, now, cap)
            left = self._left(shop, name) + counted
            self.blocks[_limit(shop, name)] = name, max(left - 1, 0)
            return left > 0

    def put_back(self, shop: str, name: str) -> None:
        """One that was taken ahead."""
        with self.lock:
            self.blocks[_limit(shop, name)] = name, self._left(shop, name) + 1

    def _left(self, shop: str, name: str) -> int:
        counter, left = self.blocks.get(_limit(shop, name), (name, 0))
        return left if counter == name else 0

    def _block(self, shop: str, name: str, now: datetime, cap: int) -> int:
        """One alone where ten would pass the cap; none where one would."""
        return next((size for size in (BLOCK, 1) if self.take(shop, name, now, size, cap)), 0)

    def take(self, shop: str, name: str, now: datetime, amount: int, cap: int) -> bool:
        """Counts `amount` more under `name`; False, and nothing counted, where that would pass the cap."""
        if amount > cap:  # nothing is counted yet: the condition asks for no room
            return False
        values = {"amount": amount, "room": cap - amount, "expires": int((now + KEPT).timestamp())}
        try:
            self.table.update(
                _key(shop, name),
                "ADD taken :amount SET expires_at = :expires",
                "attribute_not_exists(taken) OR taken <= :room",
                values,
            )
        except Conflict:
            return False
        return True

    def give_back(self, shop: str, name: str, amount: int) -> None:
        """Once, whatever the SDK tries again after a lost answer: given back twice, it would let the cap be passed."""
        values: dict[str, Value] = {"amount": -amount, "least": amount, "mark": uuid4().hex}
        with suppress(Conflict):
            self.table.update(
                _key(shop, name),
                "ADD taken :amount SET given_back = :mark",
                "taken >= :least AND given_back <> :mark",
                values,
            )


def _limit(shop: str, name: str) -> tuple[str, str]:
    """What the counters of a shop's days are of."""
    return shop, name.partition("#")[0]


def _key(shop: str, name: str) -> keys.Key:
    return keys.shop_partition(shop), keys.COUNT + name
