"""The events of Amazon SES about a letter that it took, as EventBridge delivers them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from local.cloudformation import ACCOUNT, REGION
from local.instants import text
from local.providers import TakenMessage

CONFIGURATION_SET = "ses:configuration-set"
"""The tag that SES itself puts on every letter."""


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One kind of event: `detail_type` is its name on the bus, `event_type` the one in its detail, `matched_by` the one
    among a destination's `MatchingEventTypes`; `detail` is what it says of what happened."""

    detail_type: str
    event_type: str
    matched_by: str
    detail: Mapping[str, Any]


def _bounce(kind: str, sub_type: str) -> ReportKind:
    return ReportKind("Email Bounced", "Bounce", "bounce", {"bounceType": kind, "bounceSubType": sub_type})


# By the names that POST /local/feedback takes.
REPORT_KINDS: Mapping[str, ReportKind] = {
    "delivery": ReportKind("Email Delivered", "Delivery", "delivery", {"smtpResponse": "250 OK"}),
    "bounce": _bounce("Permanent", "General"),
    "transient_bounce": _bounce("Transient", "MailboxFull"),
    "complaint": ReportKind(
        "Email Complaint Received",
        "Complaint",
        "complaint",
        {"complaintFeedbackType": "abuse", "complaintSubType": None},
    ),
    "open": ReportKind("Email Opened", "Open", "open", {"userAgent": "local"}),
    "click": ReportKind("Email Clicked", "Click", "click", {"userAgent": "local", "link": "https://shop.example"}),
}
RECIPIENTS = {"bounce": "bouncedRecipients", "complaint": "complainedRecipients"}


def event(entry: TakenMessage, kind: ReportKind, now: datetime) -> dict[str, Any]:
    """The event of that kind about a letter that the provider took."""
    name = kind.matched_by
    detail: dict[str, Any] = {"timestamp": text(now), **kind.detail}
    if name in RECIPIENTS:
        detail[RECIPIENTS[name]] = [{"emailAddress": entry.request.to}]
    configuration_set = entry.request.tags.get(CONFIGURATION_SET, "")
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": kind.detail_type,
        "source": "aws.ses",
        "account": ACCOUNT,
        "time": text(now),
        "region": REGION,
        "resources": [f"arn:aws:ses:{REGION}:{ACCOUNT}:configuration-set/{configuration_set}"],
        "detail": {"eventType": kind.event_type, "mail": _mail(entry), name: detail},
    }


def _mail(entry: TakenMessage) -> dict[str, Any]:
    request = entry.request
    return {
        "timestamp": text(entry.at),
        "source": request.headers["From"],
        "sendingAccountId": ACCOUNT,
        "messageId": f"local-{request.tags.get('message', '')}",
        "destination": [request.to],
        "headersTruncated": False,
        "headers": [{"name": name, "value": value} for name, value in request.headers.items()],
        "commonHeaders": {"from": [request.headers["From"]], "to": [request.to], "subject": request.subject},
        "tags": {name: [value] for name, value in request.tags.items()},
    }
