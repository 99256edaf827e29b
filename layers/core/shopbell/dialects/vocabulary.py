"""Which events there are, what their `data` looks like, and what must be in it (contract, section 4)."""

from collections.abc import Mapping

from shopbell.dialects import wire

DATA: Mapping[str, type[wire.OrderData | wire.CustomerData]] = {
    "order.placed": wire.OrderData,
    "order.accepted": wire.OrderData,
    "order.paid": wire.OrderData,
    "order.handed_over": wire.OrderData,
    "order.shipped": wire.OrderData,
    "order.delayed": wire.DelayedData,
    "order.ready_for_pickup": wire.OrderData,
    "order.delivered": wire.OrderData,
    "order.cancelled": wire.CancelledData,
    "order.refunded": wire.RefundedData,
    "order.repriced": wire.RepricedData,
    "order.item_unavailable": wire.UnavailableData,
    "customer.updated": wire.CustomerData,
    "customer.erased": wire.CustomerData,
}

NOT_SUPPORTED_YET = frozenset(
    {
        "product.wanted",
        "product.restocked",
        "product.viewed",
        "cart.updated",
        "review.posted",
        "coupon.redeemed",
        "bonus.spent",
        "callback.agreed",
        "call.missed",
        "call.done",
        "complaint.opened",
        "complaint.resolved",
        "campaign.requested",
    }
)

_PLACED = ("id", "number", "placed_at", "currency", "total", "items", "payment.method", "customer")
_ITEM = ("sku", "name", "quantity", "unit_price")


def required(event_type: str) -> tuple[str, ...]:
    """Paths under `data` that must hold something, each after those that lead to it; "*" is every element."""
    if event_type == "order.placed":
        return (
            "order",
            *(f"order.{name}" for name in _PLACED),
            *(f"order.items.*.{name}" for name in _ITEM),
        )
    if event_type.startswith("order."):
        return ("order", "order.id")
    return ("customer",)
