"""Until when what is stored of persons is kept: each item bears its end, `expires_at`, in seconds of the epoch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from shopbell.storage.keys import Key
from shopbell.storage.table import Item, Table

RENEWED_EVERY = timedelta(days=90)
"""What is kept until a moment is stored so much longer, so that its end need not be written anew with every order."""


@dataclass(frozen=True, slots=True)
class Ends:
    """`new`: what gets an end, gets this one. `soonest`: what ends sooner gets another; 0: nothing does."""

    new: int = 0
    soonest: int = 0

    @classmethod
    def after(cls, keep_until: datetime | None, *, renews: bool) -> Self:
        """`renews`: also what has an end that is too soon, and not only what has none."""
        if keep_until is None:
            return cls()
        soonest = int(keep_until.timestamp()) if renews else 1
        return cls(int((keep_until + RENEWED_EVERY).timestamp()), soonest)

    def is_too_soon(self, expires_at: int) -> bool:
        """0: it has no end yet."""
        return expires_at < self.soonest

    def of(self, stored: int) -> Item:
        """The end that is stored, or the new one where that is too soon: what belongs together gets it together."""
        expires_at = self.new if self.is_too_soon(stored) else stored
        return {"expires_at": expires_at} if expires_at else {}

    def renew(self, table: Table, keys: Iterable[Key]) -> None:
        """Nothing else of them changes. Raises Conflict where one is gone, or kept longer by now."""
        holds = "attribute_exists(pk) AND (attribute_not_exists(expires_at) OR expires_at < :end)"
        for key in sorted(keys):
            table.update(key, "SET expires_at = :end", holds, {"end": self.new})
