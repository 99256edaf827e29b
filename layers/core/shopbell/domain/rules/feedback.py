"""What the mail provider reports of a message after it took it, and what that makes of the message."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum, auto

from shopbell.domain.model.customer import Contact
from shopbell.domain.model.state import Message
from shopbell.domain.model.vocabulary import Status
from shopbell.domain.rules.consent import MARKETING
from shopbell.domain.time.calendar import format_instant


class Report(StrEnum):
    """`BOUNCE` is permanent. `REJECT`: taken, and then refused because of its content."""

    SEND = auto()
    DELAY = auto()
    DELIVERY = auto()
    OPEN = auto()
    CLICK = auto()
    TRANSIENT_BOUNCE = auto()
    BOUNCE = auto()
    COMPLAINT = auto()
    REJECT = auto()


@dataclass(frozen=True, slots=True)
class Feedback:
    """`subject` is the tag that names the message's subject; `address` whom it went to, "" where that is not said.

    `at` is when it happened, `sent_at` when the provider took the message.
    """

    shop: str
    subject: str
    message: str
    report: Report
    at: datetime
    sent_at: datetime
    address: str = ""


RANK: Mapping[Status, int] = {
    status: rank
    for rank, status in enumerate(
        (
            *(Status.PLANNED, Status.HELD, Status.SENDING, Status.UNKNOWN, Status.SENT),
            *(Status.FAILED, Status.DELIVERED, Status.BOUNCED, Status.COMPLAINED),
        )
    )
}
"""A status only rises, and expired is an end of its own. What left twice, after a doubt, may be rejected once and
delivered once, in either order: it has arrived."""

SHOWS: Mapping[Report, Status] = {
    Report.SEND: Status.SENT,
    Report.DELAY: Status.SENT,
    Report.TRANSIENT_BOUNCE: Status.SENT,
    Report.DELIVERY: Status.DELIVERED,
    Report.OPEN: Status.DELIVERED,
    Report.CLICK: Status.DELIVERED,
    Report.BOUNCE: Status.BOUNCED,
    Report.COMPLAINT: Status.COMPLAINED,
    Report.REJECT: Status.FAILED,
}
"""What each report proves; whatever it is, the message had left."""


def risen(status: Status, to: Status) -> Status:
    """The higher of the two; nothing comes after an end of its own."""
    return max(status, to, key=RANK.__getitem__) if status in RANK else status


def reported(message: Message, feedback: Feedback) -> Message:
    """The message as the report leaves it: the same whatever else came before, and however often this one comes."""
    first = min(message.reported.get(feedback.report, feedback.at), feedback.at)
    return replace(
        message,
        status=risen(message.status, SHOWS[feedback.report]),
        sent_at=message.sent_at or feedback.sent_at,
        reported={**message.reported, feedback.report: first},
    )


MOST_SOFT_BOUNCES = 5
"""In a row, without a delivery: then an address counts as one that does not work."""
ARRIVED = frozenset({Report.DELIVERY, Report.OPEN, Report.CLICK})
READ = frozenset({Report.OPEN, Report.CLICK})
TELLING = ARRIVED | {Report.TRANSIENT_BOUNCE}
"""Reports that say something of the contact."""


def heard(contact: Contact, message: Message, feedback: Feedback) -> Contact:
    """What a report that comes for the first time says of the contact that a message went to."""
    if feedback.report is Report.TRANSIENT_BOUNCE:
        return contact if ARRIVED & message.reported.keys() else _came_back(contact, message, feedback)
    if feedback.report not in ARRIVED:
        return contact
    day = str(feedback.at.date()) if feedback.report in READ else ""
    return replace(contact, soft_bounces=(), read_on=max(contact.read_on, day))


def _came_back(contact: Contact, message: Message, feedback: Feedback) -> Contact:
    soft = tuple(dict.fromkeys((*contact.soft_bounces, message.id[:12])))[:MOST_SOFT_BOUNCES]
    gone = format_instant(feedback.at) if len(soft) == MOST_SOFT_BOUNCES else ""
    return replace(contact, soft_bounces=soft, bounced_at=contact.bounced_at or gone)


def stopped(contact: Contact, feedback: Feedback) -> Contact:
    """A permanent bounce or a complaint ends all that goes to a contact, from the first of them on."""
    at = format_instant(feedback.at)
    if feedback.report is Report.BOUNCE:
        return replace(contact, bounced_at=min(contact.bounced_at or at, at))
    if feedback.report is Report.COMPLAINT:
        return replace(contact, complained_at=min(contact.complained_at or at, at))
    return contact


def withdrawn_by(feedback: Feedback, withdrawn: Mapping[str, str]) -> Mapping[str, str]:
    """A complaint is a withdrawal of all marketing by the person; one that came later stays."""
    if feedback.report is not Report.COMPLAINT:
        return withdrawn
    at = format_instant(feedback.at)
    return {**withdrawn, **{purpose: max(at, withdrawn.get(purpose, "")) for purpose in MARKETING}}
