"""What came of the staff's tasks, and why a message was held or not sent: in words for the demo's pages."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from local.demo.steps import Close, Event, Step

DONE_BY: Mapping[str, tuple[str, ...]] = {
    "staff_confirm_order": ("order.accepted",),
    "staff_order_late": ("order.accepted",),
    "staff_pack": ("order.handed_over", "order.shipped", "order.ready_for_pickup", "order.cancelled"),
    "staff_call_unpaid": ("order.paid",),
    "staff_promise_at_risk": ("order.shipped", "order.ready_for_pickup", "order.delivered"),
    "staff_facts_missing": ("order.refunded",),
    "staff_money_back": ("order.refunded",),
    "staff_payment_reversed": ("order.paid",),
    "staff_parcel_overdue": ("order.delivered",),
    "staff_dispatch_overdue": ("order.shipped", "order.ready_for_pickup", "order.delivered"),
}
"""By the kind of a task: the events that its order gets when the task is done."""
OUTCOMES: Mapping[str, str] = {
    "done": "done since, as the order’s own news say",
    "accepted": "the order was confirmed",
    "reached": "somebody was reached, or it is done",
    "no_answer": "nobody answered; it comes back",
    "refused": "no more offers, please",
}
"""By the outcome of a task."""
MARKS: Mapping[str, str] = {"no_answer": "↻", "refused": "✗"}
REASONS: Mapping[str, str] = {
    "send_hours": "waited for the shop’s send hours, then left",
    "missing_facts": "waits for a fact that is not known yet",
    "no_longer_true": "paid, received or called off before it was due",
    "disabled": "this shop has turned the kind off",
    "no_contact": "neither an e-mail address nor a phone",
    "no_consent": "never agreed to such letters",
    "unsubscribed": "asked for no more such letters",
    "superseded": "newer news says it all",
    "already_sent": "the shop told it twice",
    "nothing_to_tell": "nothing of it concerns the customer",
    "unreadable": "what the shop wrote means nothing",
    "limit": "too many to one address within the hour",
    "stale_event": "the news came days late",
    "window_passed": "its day was over",
    "lost": "never paid: no more reminders",
    "absorbed": "so small that the shop bears it",
    "complaint_open": "a complaint is open",
    "refused": "asked on the phone for no more offers",
    "erased": "asked to be forgotten",
    "bounced": "the address does not work",
    "complained": "called an earlier letter spam",
}


def outcome_by_events(row: Mapping[str, Any], steps: Iterable[Step]) -> str:
    """The outcome of a task that nobody closed: "done" where a later event of its order says so, else ""."""
    event_types, since = DONE_BY.get(row["kind"], ()), datetime.fromisoformat(row["sent_at"])
    later = {_order_event(step) for step in steps if step.at >= since}
    return "done" if any((row["shop"], row["order"], event_type) in later for event_type in event_types) else ""


def _order_event(step: Step) -> tuple[str, str, str]:
    """The shop, the order and the event's type, where a step is an event of an order; three times "" otherwise."""
    match step:
        case Event(data={"order": {"id": order}}):
            return step.shop, order, step.type
        case Close(outcome="accepted"):  # an answer on a task's page becomes this event
            return step.message.shop, step.message.order, "order.accepted"
    return "", "", ""


def why(reason: str) -> str:
    return REASONS.get(reason, reason.replace("_", " "))
