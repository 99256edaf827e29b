"""THE TABLE: every kind of notification, a row each, by chapter."""

from collections.abc import Mapping

from shopbell.domain.journeys import after, calendar, complaint, order, parcel, payment, staff
from shopbell.domain.journeys.row import Journey, Sms

JOURNEYS: tuple[Journey, ...] = (
    *order.JOURNEYS,
    *payment.JOURNEYS,
    *parcel.JOURNEYS,
    *after.JOURNEYS,
    *complaint.JOURNEYS,
    *calendar.JOURNEYS,
    *staff.JOURNEYS,
)
KINDS: tuple[str, ...] = tuple(dict.fromkeys(row.kind for row in JOURNEYS))
ANNOUNCED: tuple[str, ...] = (
    *("holiday_card", "holiday_offer", "holiday_gift_reminder", "winback_first", "winback_offer"),
    *("replenishment", "planned_repeat", "upgrade", "back_in_stock", "campaign"),
    *("staff_winback_call", "staff_report"),
)
"""Kinds of the contract whose rows are still to come: a shop may set their figures already."""
BY_NAME: Mapping[str, Journey] = {row.name: row for row in JOURNEYS}
NEWS: tuple[Journey, ...] = tuple(row for row in JOURNEYS if not row.sweep)
SWEEPS: Mapping[str, tuple[Journey, ...]] = {
    sweep: tuple(row for row in JOURNEYS if row.sweep == sweep)
    for sweep in dict.fromkeys(row.sweep for row in JOURNEYS if row.sweep)
}
SWEEPS_OF: Mapping[str, tuple[str, ...]] = {
    about: tuple(sweep for sweep, rows in SWEEPS.items() if any(row.about == about for row in rows))
    for about in ("order", "complaint", "customer")
}
"""The sweeps that look at each kind of subject."""

__all__ = ["ANNOUNCED", "BY_NAME", "JOURNEYS", "KINDS", "NEWS", "SWEEPS", "SWEEPS_OF", "Journey", "Sms"]
