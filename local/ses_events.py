"""What Amazon SES reports of a letter it took, as EventBridge brings it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from local.cloudformation import ACCOUNT, REGION
from local.instants import text
from local.providers import Taken

CONFIGURATION_SET = "ses:configuration-set"
"""The tag that SES itself puts on a letter."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event: its name on the bus, in the detail, and among a destination's `MatchingEventTypes`."""

    detail_type: str
    event_type: str
    matched_by: str
    says: Mapping[str, Any]


def _bounce(kind: str, sub_type: str) -> Kind:
    return Kind("Email Bounced", "Bounce", "bounce", {"bounceType": kind, "bounceSubType": sub_type})


KINDS: Mapping[str, Kind] = {
    "delivery": Kind("Email Delivered", "Delivery", "delivery", {"smtpResponse": "250 OK"}),
    "bounce": _bounce("Permanent", "General"),
    "transient_bounce": _bounce("Transient", "MailboxFull"),
    "complaint": Kind(
        "Email Complaint Received",
        "Complaint",
        "complaint",
        {"complaintFeedbackType": "abuse", "complaintSubType": None},
    ),
    "open": Kind("Email Opened", "Open", "open", {"userAgent": "local"}),
    "click": Kind("Email Clicked", "Click", "click", {"userAgent": "local", "link": "https://shop.example"}),
}
RECIPIENTS = {"bounce": "bouncedRecipients", "complaint": "complainedRecipients"}


def event(entry: Taken, kind: Kind, now: datetime) -> dict[str, Any]:
    """The event of that kind about a letter that the provider took."""
    name = kind.matched_by
    more: dict[str, Any] = {"timestamp": text(now), **kind.says}
    if name in RECIPIENTS:
        more[RECIPIENTS[name]] = [{"emailAddress": entry.got.to}]
    configuration_set = entry.got.tags.get(CONFIGURATION_SET, "")
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": kind.detail_type,
        "source": "aws.ses",
        "account": ACCOUNT,
        "time": text(now),
        "region": REGION,
        "resources": [f"arn:aws:ses:{REGION}:{ACCOUNT}:configuration-set/{configuration_set}"],
        "detail": {"eventType": kind.event_type, "mail": _mail(entry), name: more},
    }


def _mail(entry: Taken) -> dict[str, Any]:
    got = entry.got
    return {
        "timestamp": text(entry.at),
        "source": got.headers["From"],
        "sendingAccountId": ACCOUNT,
        "messageId": f"local-{got.tags.get('message', '')}",
        "destination": [got.to],
        "headersTruncated": False,
        "headers": [{"name": name, "value": value} for name, value in got.headers.items()],
        "commonHeaders": {"from": [got.headers["From"]], "to": [got.to], "subject": got.subject},
        "tags": {name: [value] for name, value in got.tags.items()},
    }
