"""An order: moments and last words; its state is derived, never stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from shopbell.domain.model.events import Event, EventType, Json
from shopbell.domain.model.history import EntityHistory
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.domain.time.calendar import parse_instant

UNDELIVERED = EventType.ORDER_NEWS_UNDELIVERED
"""What the providers tell of an order: news of it came to nobody. No shop can say so."""

LACKING = EventType.ORDER_NEWS_LACKING
"""What we find ourselves: news of it waits for facts that the shop did not tell. No shop can say so."""

OURS = frozenset({UNDELIVERED, LACKING})

PREPAID = frozenset({"bank_transfer", "card", "other"})
ON_ITS_WAY = (
    EventType.ORDER_HANDED_OVER,
    EventType.ORDER_SHIPPED,
    EventType.ORDER_READY_FOR_PICKUP,
    EventType.ORDER_DELIVERED,
    EventType.ORDER_CANCELLED,
)
LEFT = (
    EventType.ORDER_HANDED_OVER,
    EventType.ORDER_SHIPPED,
    EventType.ORDER_READY_FOR_PICKUP,
    EventType.ORDER_DELIVERED,
)
ARRIVED = (EventType.ORDER_READY_FOR_PICKUP, EventType.ORDER_DELIVERED)


def changes_of(event: Event, absorbed_up_to: Decimal) -> Mapping[str, Json]:
    """A new price is the order's total from then on, whether or not the event says so twice; unless the
    shop bears a small increase itself: then the customer owes what they were told before."""
    repriced = event.extra.get("repriced")
    if not isinstance(repriced, Mapping) or not repriced.get("new_total"):
        return event.order
    if absorbs(repriced, absorbed_up_to):
        return {path: value for path, value in event.order.items() if path != "total"}
    return {"total": repriced["new_total"], **event.order}


def absorbs(repriced: Mapping[str, Json], up_to: Decimal) -> bool:
    """Whether the price rose so little that the customer need not hear of it."""
    return 0 < increase(repriced) <= up_to


def increase(repriced: Mapping[str, Json]) -> Decimal:
    """By how much the price rose; 0 where it did not, or nobody says what it was."""
    old, new = repriced.get("old_total"), repriced.get("new_total")
    return max(Decimal(new) - Decimal(old), Decimal(0)) if old and new else Decimal(0)


@dataclass(frozen=True, slots=True)
class Order(EntityHistory):
    kind: ClassVar[SubjectKind] = SubjectKind.ORDER

    @property
    def items(self) -> list[dict[str, Json]]:
        return list(self.record.get("items") or [])

    @property
    def prepaid(self) -> bool:
        return self.text("payment.method") in PREPAID

    @property
    def placed_at(self) -> datetime | None:
        value = self.record.get("placed_at")
        return parse_instant(value) if isinstance(value, str) else None

    @property
    def called_off(self) -> bool:
        """Cancelled, or all the money given back."""
        refunds = (refunded.facts.get("refund") or {} for _, refunded in self.occurrences(EventType.ORDER_REFUNDED))
        back = sum((Decimal(refund.get("amount") or 0) for refund in refunds), Decimal(0))
        return self.happened(EventType.ORDER_CANCELLED) or (back > 0 and back >= (self.amount("total") or 0))
