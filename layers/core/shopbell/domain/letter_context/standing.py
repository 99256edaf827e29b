"""How things stand now with what a task is about, whatever they were when it was sent: for its page."""

from types import SimpleNamespace as Context

from shopbell.domain.model.complaint import RESOLVED
from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts
from shopbell.domain.rules.account import account_in
from shopbell.domain.rules.days import last_delay
from shopbell.domain.rules.parcels import DELIVERED, READY, Parcel, parcels
from shopbell.domain.time.calendar import local_day

MOST_PARCELS = 5


def standing_context(facts: Facts) -> Context:
    """`paid`, `due` and `given_back` are sums of the order's account; a day is None where that has not happened."""
    account, order = account_in(facts), facts.order
    delay = last_delay(order, facts.shop) if order else None
    resolved_at = facts.complaint.last(RESOLVED) if facts.complaint else None
    accepted_at = facts.history.last(EventType.ORDER_ACCEPTED) if order else None
    return Context(
        accepted_on=local_day(accepted_at, facts.shop.zone) if accepted_at else None,
        called_off_on=local_day(account.called_off_at, facts.shop.zone) if account.called_off_at else None,
        paid=account.paid or None,
        due=account.due or None,
        given_back=account.given_back or None,
        delayed_to=delay.day if delay else None,
        parcels=[_parcel(parcel, facts) for parcel in parcels(order)[-MOST_PARCELS:]] if order else [],
        resolved_on=local_day(resolved_at, facts.shop.zone) if resolved_at else None,
    )


def _parcel(parcel: Parcel, facts: Facts) -> Context:
    """`on`: when the last that was heard of it was."""
    state = "delivered" if parcel.is_delivered else "ready" if READY in parcel.at else "sent"
    at = parcel.at.get({"delivered": DELIVERED, "ready": READY}.get(state, DELIVERED), parcel.left_at)
    return Context(state=state, on=local_day(at, facts.shop.zone), number=parcel.text("tracking_number"))
