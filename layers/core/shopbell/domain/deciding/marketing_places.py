"""How often a customer hears marketing: so many places in any thirty days, one for a whole series."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shopbell.domain.journeys.series import rank

MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Places:
    """The places taken: what took each ("birthday|2026") and when it last did."""

    taken: Mapping[str, datetime] = field(default_factory=dict)
    version: int = 0

    def recent(self, now: datetime) -> dict[str, datetime]:
        return {name: at for name, at in self.taken.items() if at > now - MONTH}

    def free_from(self, name: str, per_month: int, now: datetime) -> datetime | None:
        """When `name` may have a place: now, later, or (none a month) never."""
        recent = self.recent(now)
        if name in recent or len(recent) < per_month:
            return now
        return sorted(recent.values())[-per_month] + MONTH if per_month else None

    def with_one(self, name: str, now: datetime) -> "Places":
        """A series keeps the place it has; what is older than a month is forgotten."""
        recent = self.recent(now)
        return Places({**recent, name: recent.get(name, now)}, self.version)

    def yields_to(self, name: str, waiting: Iterable[str], per_month: int, now: datetime) -> str:
        """The place of higher priority that waits as well and goes first; "" where there is room for all."""
        recent = self.recent(now)
        if name in recent:
            return ""
        before = sorted({other for other in waiting if other not in recent and rank(other) < rank(name)}, key=rank)
        return before[0] if len(before) >= per_month - len(recent) and before else ""
