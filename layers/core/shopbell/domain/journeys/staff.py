"""The shop's own people: what they are asked to do where a message alone does not help."""

from collections.abc import Iterable

from shopbell.domain.journeys.row import Journey
from shopbell.domain.occasions import Each, Occasions
from shopbell.domain.order import UNDELIVERED
from shopbell.domain.span import Span, days
from shopbell.domain.words import MessageClass


def _task(kind: str, on: Occasions, lasts: Span, *, over: Iterable[str] = (), answers: str) -> Journey:
    """A letter to the staff; `over` are the events after which there is nothing left to do."""
    return Journey(
        kind=kind,
        on=on,
        lasts=lasts,
        message_class=MessageClass.STAFF,
        superseded_by=tuple(over),
        answers=answers,
    )


JOURNEYS = (
    _task(
        "staff_unreachable_customer",
        Each(UNDELIVERED),
        days(3),
        over=("order.delivered", "order.cancelled"),
        answers="R137",
    ),
)
