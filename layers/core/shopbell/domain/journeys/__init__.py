"""THE TABLE: every kind of notification, a row each, by chapter."""

from collections.abc import Mapping

from shopbell.domain.journeys import calendar, order, parcel, payment, staff
from shopbell.domain.journeys.row import Journey, Sms

JOURNEYS: tuple[Journey, ...] = (
    *order.JOURNEYS,
    *payment.JOURNEYS,
    *parcel.JOURNEYS,
    *calendar.JOURNEYS,
    *staff.JOURNEYS,
)
KINDS: tuple[str, ...] = tuple(dict.fromkeys(row.kind for row in JOURNEYS))
ANNOUNCED: tuple[str, ...] = (
    *("review_request", "holiday_card", "holiday_offer", "holiday_gift_reminder", "winback_first", "winback_offer"),
    *("replenishment", "planned_repeat", "upgrade", "profile_completion", "back_in_stock", "campaign"),
    *("complaint_received", "complaint_resolved", "complaint_followup"),
    *("staff_confirm_order", "staff_order_late", "staff_call_unpaid", "staff_dispatch_overdue", "staff_pack"),
    *("staff_call_satisfaction", "staff_callback", "staff_missed_call", "staff_complaint", "staff_winback_call"),
    *("staff_refusal_risk", "staff_promise_at_risk", "staff_report"),
)
"""Kinds of the contract whose rows are still to come: a shop may set their figures already."""
BY_NAME: Mapping[str, Journey] = {row.name: row for row in JOURNEYS}
NEWS: tuple[Journey, ...] = tuple(row for row in JOURNEYS if not row.sweep)
SWEEPS: Mapping[str, tuple[Journey, ...]] = {
    sweep: tuple(row for row in JOURNEYS if row.sweep == sweep)
    for sweep in dict.fromkeys(row.sweep for row in JOURNEYS if row.sweep)
}

__all__ = ["ANNOUNCED", "BY_NAME", "JOURNEYS", "KINDS", "NEWS", "SWEEPS", "Journey", "Sms"]
