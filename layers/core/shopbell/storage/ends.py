"""Until when what is stored of persons is kept: each item bears its end, `expires_at`, in seconds of the epoch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from shopbell.storage.keys import Key
from shopbell.storage.table import Item, Table, Value

RENEWED_EVERY = timedelta(days=90)
"""What is kept until a moment is stored so much longer, so that its end need not be written anew with every order."""


_SKEW = timedelta(days=1)
"""Clocks differ, and a function may have been at it for a while: so much later is no other retention."""
_NEVER = 2**62


def has_ended(item: Item | None, now: datetime | None) -> bool:
    """DynamoDB removes it within days of its end, and until then it is not there either."""
    expires_at = item.get("expires_at", 0) if item else 0
    return now is not None and isinstance(expires_at, int) and 0 < expires_at <= now.timestamp()


@dataclass(frozen=True, slots=True)
class Ends:
    """`new`: what gets an end, gets this one: what ends before `soonest` (0: nothing does), and what ends after
    `latest`, since its shop keeps things for less by now."""

    new: int = 0
    soonest: int = 0
    latest: int = _NEVER

    @classmethod
    def after(cls, keep_until: datetime | None, *, renews: bool) -> Self:
        """`renews`: also what has another end, and not only what has none."""
        if keep_until is None:
            return cls()
        new = keep_until + RENEWED_EVERY
        if not renews:
            return cls(int(new.timestamp()), 1)
        return cls(int(new.timestamp()), int(keep_until.timestamp()), int((new + _SKEW).timestamp()))

    def are_others(self, expires_at: int) -> bool:
        """Whether what is stored until then is to get another end; 0: it has none yet."""
        return not self.soonest <= expires_at <= self.latest

    def of(self, stored: int) -> Item:
        """The end that is stored, or the new one instead: what belongs together gets it together."""
        expires_at = self.new if self.are_others(stored) else stored
        return {"expires_at": expires_at} if expires_at else {}

    def are_new_to(self, item: Item) -> bool:
        """Whether an item that goes with another is to end with it."""
        stored = item.get("expires_at", 0)
        return isinstance(stored, int) and not self.new <= stored <= self.latest

    def renew(self, table: Table, keys: Iterable[Key]) -> None:
        """Nothing else of them changes. Raises Conflict where one is gone, or has such an end by now."""
        wrong = "attribute_not_exists(expires_at) OR expires_at < :end OR expires_at > :latest"
        for key in sorted(keys):
            values: dict[str, Value] = {"end": self.new, "latest": self.latest}
            table.update(key, "SET expires_at = :end", f"attribute_exists(pk) AND ({wrong})", values)
