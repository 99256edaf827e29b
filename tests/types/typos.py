"""Slips in a row of the table, each an error of mypy: where one stops being an error, its comment is one ("unused")."""

from functools import partial

from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.events import EventType
from shopbell.domain.model.vocabulary import CouponKind, LateFact, RequiredFact, Sweep
from shopbell.domain.rules.moments import Decided
from shopbell.domain.rules.triggers import Each, EachParcel
from shopbell.domain.time.span import days

row = partial(Journey, kind="order_received", on=Each(EventType.ORDER_PLACED), lasts=days(2))

SLIPS = (
    lambda: Each("order.payed"),  # type: ignore[arg-type]
    lambda: Decided("order_unpaid_frist"),  # type: ignore[arg-type]
    lambda: EachParcel("order.shiped"),  # type: ignore[arg-type]
    lambda: row(sweep="unpaid_order"),  # type: ignore[arg-type]
    lambda: row(coupon="thankyou"),  # type: ignore[arg-type]
    lambda: row(late_facts=("bonuses",)),  # type: ignore[arg-type]
    lambda: row(requires=("totals",)),  # type: ignore[arg-type]
    lambda: row(superseded_by=("order.shiped",)),  # type: ignore[arg-type]
    lambda: row(series="birthdays"),  # type: ignore[arg-type]
    lambda: Sweep.UNPAID_ORDER,  # type: ignore[attr-defined]
    lambda: CouponKind.THANKYOU,  # type: ignore[attr-defined]
    lambda: LateFact.BONUSES,  # type: ignore[attr-defined]
    lambda: RequiredFact.TOTALS,  # type: ignore[attr-defined]
)
