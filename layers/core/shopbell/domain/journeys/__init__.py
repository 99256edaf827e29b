"""THE TABLE: every kind of notification, a row each, by chapter."""

from collections.abc import Mapping

from shopbell.domain.journeys import (
    after,
    again,
    calendar,
    campaign,
    complaint,
    order,
    parcel,
    payment,
    report,
    sleeping,
    staff,
    stock,
)
from shopbell.domain.journeys.row import Journey, Sms
from shopbell.domain.model.vocabulary import SubjectKind, Sweep

JOURNEYS: tuple[Journey, ...] = (
    *order.JOURNEYS,
    *payment.JOURNEYS,
    *parcel.JOURNEYS,
    *after.JOURNEYS,
    *complaint.JOURNEYS,
    *calendar.JOURNEYS,
    *again.JOURNEYS,
    *stock.JOURNEYS,
    *sleeping.JOURNEYS,
    *campaign.JOURNEYS,
    *report.JOURNEYS,
    *staff.JOURNEYS,
)
KINDS: tuple[str, ...] = tuple(dict.fromkeys(row.kind for row in JOURNEYS))
BY_NAME: Mapping[str, Journey] = {row.name: row for row in JOURNEYS}
NEWS: tuple[Journey, ...] = tuple(row for row in JOURNEYS if not row.sweep)
SWEEPS: Mapping[Sweep, tuple[Journey, ...]] = {
    sweep: tuple(row for row in JOURNEYS if row.sweep is sweep)
    for sweep in Sweep
    if sweep not in (Sweep.OUTBOX, Sweep.RUNS)
}
ROWS_OF: Mapping[SubjectKind, tuple[Journey, ...]] = {
    kind: tuple(row for row in JOURNEYS if row.about is kind) for kind in SubjectKind
}
"""The rows that are about each kind of subject."""

__all__ = ["BY_NAME", "JOURNEYS", "KINDS", "NEWS", "ROWS_OF", "SWEEPS", "Journey", "Sms"]
