"""Decisions, messages and moments in words, for the people who ask why."""

import re
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from shopbell.domain.model.state import Decision, Message
from shopbell.domain.model.vocabulary import Outcome, Reason, Status
from shopbell.domain.time.instants import parse_instant

OUTCOMES: Mapping[Outcome, str] = {Outcome.SENT: "to be sent", Outcome.HELD: "held", Outcome.SKIPPED: "not sent"}
REASONS: Mapping[Reason, str] = {
    Reason.DUE: "it is due",
    Reason.NO_CONTACT: "there is no contact to send it to",
    Reason.NO_CONSENT: "the customer did not agree to it",
    Reason.UNSUBSCRIBED: "the customer unsubscribed",
    Reason.BOUNCED: "earlier mail to this contact came back",
    Reason.COMPLAINED: "the customer reported earlier mail as unwanted",
    Reason.ERASED: "the customer asked to be forgotten",
    Reason.REFUSED: "it was refused: by the customer on the phone, or by the provider for good",
    Reason.COMPLAINT_OPEN: "a complaint of the customer is still open",
    Reason.SEND_HOURS: "it is outside the send hours",
    Reason.CAP: "the customer has had enough marketing for now",
    Reason.YIELDED: "a message of higher priority goes first",
    Reason.SUPERSEDED: "newer news has taken its place",
    Reason.NO_LONGER_TRUE: "it is no longer true",
    Reason.STALE_EVENT: "the event is too old to be news",
    Reason.WINDOW_PASSED: "it is too late to make sense",
    Reason.MISSING_FACTS: "facts that it needs are missing",
    Reason.DISABLED: "the shop has this kind turned off",
    Reason.PAUSED: "the shop is paused",
    Reason.BUDGET: "the SMS budget is spent",
    Reason.LIMIT: "a limit is reached",
    Reason.HOLDOUT: "the customer is in the group that gets no marketing, for comparison",
    Reason.LOST: "the order is given up as lost",
    Reason.PROVIDER_DOWN: "the provider takes nothing just now",
    Reason.PROVIDER_SILENT: "the provider did not answer, and nobody knows whether it left",
    Reason.ALREADY_SENT: "it was told before",
    Reason.NOT_WORTH_IT: "it would cost more than it may bring",
    Reason.NO_RHYTHM: "it is not bought regularly enough to know when it is needed again",
    Reason.SOLD_OUT: "it is sold out again, and waits for the next restock",
    Reason.ABSORBED: "the shop bears the difference itself",
    Reason.UNREADABLE: "a field cannot be read and was left out",
    Reason.NOTHING_TO_TELL: "there is nothing to tell",
}
STATUSES: Mapping[Status, str] = {
    Status.PLANNED: "waits for its moment",
    Status.HELD: "waits, and is looked at again then",
    Status.SENDING: "is being sent, or was when something broke; looked at again within minutes",
    Status.UNKNOWN: "may have left: the call ended without an answer, and it is not tried again",
    Status.SENT: "sent",
    Status.DELIVERED: "sent and delivered",
    Status.BOUNCED: "sent, and came back",
    Status.COMPLAINED: "sent, and reported as unwanted",
    Status.FAILED: "refused by the provider for good",
    Status.EXPIRED: "will not be sent any more",
}
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")


def local_time(at: datetime, zone: ZoneInfo) -> str:
    """ "3 March 2026 10:05" on the zone's clock."""
    local = at.astimezone(zone)
    return f"{local.day} {local:%B %Y %H:%M}"


def decision_in_words(decision: Decision, zone: ZoneInfo) -> str:
    """ "held: it is outside the send hours (email: until 3 March 2026 09:00)"."""
    why = f"{OUTCOMES[decision.outcome]}: {REASONS[decision.reason]}"
    detail = _INSTANT.sub(lambda instant: local_time(parse_instant(instant[0]), zone), decision.detail)
    return f"{why} ({detail})" if detail else why


def message_in_words(message: Message) -> str:
    """ "sent (by email, attempt 2)"."""
    words = f"{STATUSES[message.status]} (by {message.channel}"
    return f"{words}, attempt {message.attempts})" if message.attempts > 1 else f"{words})"
