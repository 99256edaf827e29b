"""The types of native events, the fields of each one's `data`, and which of them are required."""

from collections.abc import Mapping

from shopbell.dialects import wire

DATA: Mapping[str, type[wire.Wire]] = {
    "order.placed": wire.OrderData,
    "order.accepted": wire.OrderData,
    "order.paid": wire.PaidData,
    "order.payment_failed": wire.PaymentFailedData,
    "order.payment_reversed": wire.PaymentReversedData,
    "order.handed_over": wire.ParcelData,
    "order.shipped": wire.ParcelData,
    "order.delayed": wire.DelayedData,
    "order.ready_for_pickup": wire.ParcelData,
    "order.delivered": wire.ParcelData,
    "order.cancelled": wire.CancelledData,
    "order.refunded": wire.RefundedData,
    "order.repriced": wire.RepricedData,
    "order.item_unavailable": wire.UnavailableData,
    "customer.updated": wire.UpdatedData,
    "customer.erased": wire.CustomerData,
    "review.posted": wire.ReviewData,
    "product.wanted": wire.WantedData,
    "product.restocked": wire.RestockedData,
    "product.viewed": wire.ViewedData,
    "cart.updated": wire.CartData,
    "coupon.redeemed": wire.RedeemedData,
    "bonus.spent": wire.SpentData,
    "callback.agreed": wire.CallbackData,
    "call.missed": wire.MissedCallData,
    "call.done": wire.CallDoneData,
    "complaint.opened": wire.ComplaintData,
    "complaint.resolved": wire.ComplaintData,
    "campaign.requested": wire.CampaignData,
}

_PLACED = ("id", "number", "placed_at", "currency", "total", "items", "payment.method", "customer")
ITEM = ("sku", "name", "quantity", "unit_price")

_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "order.placed": (
        "order",
        *(f"order.{name}" for name in _PLACED),
        *(f"order.items.*.{name}" for name in ITEM),
    ),
    "customer.updated": (),
    "customer.erased": ("customer",),
    "review.posted": (),
    "product.wanted": ("sku", "customer"),
    "product.restocked": ("product", "product.sku"),
    "product.viewed": ("sku", "customer"),
    "cart.updated": ("customer",),
    "coupon.redeemed": ("code",),
    "bonus.spent": ("customer", "units"),
    "callback.agreed": ("customer", "at"),
    "call.missed": ("phone",),
    "call.done": ("task", "outcome"),
    "complaint.opened": ("complaint", "complaint.id"),
    "complaint.resolved": ("complaint", "complaint.id"),
    "campaign.requested": ("campaign", "campaign.id"),
}


def required(event_type: str) -> tuple[str, ...]:
    """Paths under `data` that must hold something, "*" for every element of a list; outer ones come first."""
    return _REQUIRED.get(event_type, ("order", "order.id"))


FIRM: Mapping[str, tuple[str, ...]] = {
    "order.paid": ("payment.amount",),
    "order.payment_reversed": ("payment.amount",),
    "customer.erased": ("customer.id",),
    "campaign.requested": tuple(
        f"campaign.{name}" for name in ("segment", "content", "coupon", "valid_until", "dry_run", "force")
    ),
}
"""Optional paths under `data` without which the event would say something else: that all is paid and not a part of it,
that a guest is to be forgotten and not a customer, that a campaign goes to others. What cannot be read there refuses
the event."""

IN_MAPS: Mapping[str, tuple[str, ...]] = {
    "campaign.requested": tuple(
        f"campaign.content.*.{path}" for path in ("subject", "blocks", "blocks.*.is", "blocks.*.items.*.name")
    ),
}
"""Paths under `data` that must hold something in each of what stands there under names of the sender's own."""

TOGETHER: Mapping[str, tuple[str, ...]] = {"campaign.requested": ("campaign.segment", "campaign.content")}
"""Paths under `data` of which all stand there or none: later words of something may leave them out."""

PARTIES: Mapping[str, tuple[str, ...]] = {
    "customer.updated": ("customer", "order.id"),
    "customer.erased": ("customer",),
    "bonus.spent": ("customer",),
    "callback.agreed": ("customer", "phone"),
    "product.wanted": ("customer",),
    "product.viewed": ("customer",),
    "cart.updated": ("customer",),
    "review.posted": ("customer", "order"),
    "complaint.opened": ("complaint.customer", "complaint.order"),
}
"""Paths under `data` of which one must name whom the event is about: an order, a number, or a customer."""
