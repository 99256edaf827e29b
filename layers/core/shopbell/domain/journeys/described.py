"""The table in words, for people: the README and the operators' command show the same."""

from collections.abc import Iterable, Iterator, Mapping

from shopbell.domain.journeys.row import Journey, Sms
from shopbell.domain.words import MessageClass

HEAD = ("kind", "what starts it", "when", "until", "SMS", "answers")
BY_SMS: Mapping[Sms, str] = {
    Sms.ALONE: "where there is no e-mail",
    Sms.BESIDE: "beside e-mail, if agreed",
    Sms.FIRST: "instead of e-mail, if agreed",
}
BY_CLASS: Mapping[MessageClass, str] = {
    MessageClass.MARKETING: "with consent to marketing",
    MessageClass.STAFF: "never: an e-mail to the staff",
}


def markdown(journeys: Iterable[Journey]) -> Iterator[str]:
    """A table, line by line."""
    yield _line(HEAD)
    yield _line(["---"] * len(HEAD))
    yield from (_line(_cells(journey)) for journey in journeys)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(journey: Journey) -> tuple[str, ...]:
    off = "" if journey.enabled else " (off)"
    starts = f"`{journey.event_type}`" if journey.event_type else "the birthday"
    until = f"{journey.lasts} later" + (f", or {journey.until}" if journey.until else "")
    sms = BY_CLASS.get(journey.message_class) or BY_SMS[journey.sms]
    if journey.ends:
        return f"`{journey.kind}`: {journey.step}", starts, str(journey.moment), "", "nothing is sent", journey.answers
    return f"`{journey.kind}`{off}", starts, str(journey.moment), until, sms, journey.answers
