"""The table of notifications in words: docs/notifications.md and `shopbell journeys` show the same."""

from collections.abc import Iterable, Iterator, Mapping

from shopbell.domain.journeys.row import Journey, Sms
from shopbell.domain.model.events import EventType
from shopbell.domain.model.order import LACKING, UNDELIVERED
from shopbell.domain.model.vocabulary import MessageClass

HEAD = ("kind", "what starts it", "when", "until", "SMS", "answers")
BY_SMS: Mapping[Sms, str] = {
    Sms.ALONE: "where there is no e-mail",
    Sms.BESIDE: "beside e-mail, if agreed",
    Sms.FIRST: "instead of e-mail, if agreed",
    Sms.NEVER: "never",
}
BY_CLASS: Mapping[MessageClass, str] = {
    MessageClass.MARKETING: "with consent to marketing",
    MessageClass.GREETING: "with consent to marketing",
    MessageClass.STAFF: "never: an e-mail to the staff",
}

STARTS: Mapping[str, str] = {
    "birthday": "the birthday",
    "holiday": "a holiday of the shop's",
    "promise": "a date that the customer was told",
    "customer.received": "the customer's first parcel",
    EventType.SLEEPS: "two or three usual times without an order",
    EventType.SETTLED: "an order of which nothing is due any more",
    EventType.CALLED_OFF: "an order that is called off",
    EventType.MONEY_LEFT_OVER: "money that is to be given back",
    UNDELIVERED: "news that came to nobody",
    LACKING: "news that waits for facts",
}
"""What starts a notification where it is no event of the shop's, by the row's `event_type`."""


def markdown(journeys: Iterable[Journey]) -> Iterator[str]:
    """A Markdown table, line by line."""
    yield _line(HEAD)
    yield _line(["---"] * len(HEAD))
    yield from (_line(_cells(journey)) for journey in journeys)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(journey: Journey) -> tuple[str, ...]:
    off = "" if journey.enabled else " (off)"
    starts = STARTS.get(journey.event_type, f"`{journey.event_type}`")
    until = f"{journey.lasts} later" + (f", or {journey.until}" if journey.until else "")
    step = f": {journey.step.replace('_', ' ')}" if journey.step else ""
    sms = BY_CLASS.get(journey.message_class) or BY_SMS[journey.sms]
    if journey.ends:
        return f"`{journey.kind}`{step}", starts, str(journey.moment), "", "nothing is sent", journey.answers
    return f"`{journey.kind}`{step}{off}", starts, str(journey.moment), until, sms, journey.answers
