"""An order: moments and last words; its state is derived, never stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from shopbell.domain.model.events import Event, EventType, Json
from shopbell.domain.model.history import EntityHistory
from shopbell.domain.model.record import Occurrence, Occurrences, event_version, moment_of_version
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.domain.time.calendar import parse_instant

UNDELIVERED = EventType.ORDER_NEWS_UNDELIVERED
"""What the providers tell of an order: news of it came to nobody. No shop can say so."""

LACKING = EventType.ORDER_NEWS_LACKING
"""What we find ourselves: news of it waits for facts that the shop did not tell. No shop can say so."""

OURS = frozenset({UNDELIVERED, LACKING})

CHECKOUT = "=checkout"
"""The payment that the checkout took (`payment.paid_at`), among an order's payments by their ids."""

PREPAID = frozenset({"bank_transfer", "card", "other"})
LEFT = (
    EventType.ORDER_HANDED_OVER,
    EventType.ORDER_SHIPPED,
    EventType.ORDER_READY_FOR_PICKUP,
    EventType.ORDER_DELIVERED,
)
ARRIVED = (EventType.ORDER_READY_FOR_PICKUP, EventType.ORDER_DELIVERED)


def changes_of(event: Event) -> Mapping[str, Json]:
    """A new price is the order's total from then on, whether or not the event says so twice."""
    repriced = event.extra.get("repriced")
    if not isinstance(repriced, Mapping) or not repriced.get("new_total"):
        return event.order
    return {"total": repriced["new_total"], **event.order}


def money_of(order: "Order", event: Event, borne_up_to: Decimal) -> Occurrences:
    """What an event says of the order's money beside its own type: that it was paid at the checkout, and what it costs,
    once there is more than one word about that. `borne_up_to`: what increase the shop bears itself."""
    told: dict[str, Mapping[str, Occurrence]] = {}
    if event.order.get("payment.paid_at"):
        told[EventType.ORDER_PAID] = {CHECKOUT: Occurrence(event.at, event_version(event))}
    before, total = order.record.fields.get("total"), changes_of(event).get("total")
    if total and before is not None and before.value and before.version != event_version(event):
        words = (_price(before.value, before.version), _price(total, event_version(event), event.at, borne_up_to))
        told[EventType.ORDER_TOTAL] = {word.version: word for word in words}
    return told


def _price(amount: str, version: str, at: datetime | None = None, borne_up_to: Decimal | None = None) -> Occurrence:
    facts = {"amount": amount, "borne_up_to": str(borne_up_to)} if borne_up_to is not None else {"amount": amount}
    return Occurrence(at or moment_of_version(version), version, facts)


@dataclass(frozen=True, slots=True)
class Order(EntityHistory):
    kind: ClassVar[SubjectKind] = SubjectKind.ORDER

    @property
    def items(self) -> list[dict[str, Json]]:
        return list(self.record.get("items") or [])

    @property
    def quantities(self) -> dict[str, Decimal]:
        """How many of each product, by its code: its lines together."""
        total: dict[str, Decimal] = {}
        for item in self.items:
            if sku := str(item.get("sku") or ""):
                total[sku] = total.get(sku, Decimal(0)) + Decimal(str(item.get("quantity") or 1))
        return total

    @property
    def prepaid(self) -> bool:
        return self.text("payment.method") in PREPAID

    @property
    def placed_at(self) -> datetime | None:
        """As the shop says."""
        value = self.record.get("placed_at")
        return parse_instant(value) if isinstance(value, str) else None

    @property
    def begun_at(self) -> datetime | None:
        """`placed_at`, where it does not lie ahead of the event that told of it."""
        return min(filter(None, (self.placed_at, self.first(EventType.ORDER_PLACED))), default=None)
