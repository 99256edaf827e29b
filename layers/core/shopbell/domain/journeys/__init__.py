"""THE TABLE: every kind of notification, a row each, by chapter."""

from collections.abc import Mapping

from shopbell.domain.journeys import calendar, order, parcel, payment
from shopbell.domain.journeys.row import Journey, Sms

JOURNEYS: tuple[Journey, ...] = (
    *order.JOURNEYS,
    *payment.JOURNEYS,
    *parcel.JOURNEYS,
    *calendar.JOURNEYS,
)
KINDS: tuple[str, ...] = tuple(dict.fromkeys(row.kind for row in JOURNEYS))
BY_NAME: Mapping[str, Journey] = {row.name: row for row in JOURNEYS}
NEWS: tuple[Journey, ...] = tuple(row for row in JOURNEYS if not row.sweep)
SWEEPS: Mapping[str, tuple[Journey, ...]] = {
    sweep: tuple(row for row in JOURNEYS if row.sweep == sweep)
    for sweep in dict.fromkeys(row.sweep for row in JOURNEYS if row.sweep)
}

__all__ = ["BY_NAME", "JOURNEYS", "KINDS", "NEWS", "SWEEPS", "Journey", "Sms"]
