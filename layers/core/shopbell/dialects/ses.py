"""The events of Amazon SES as EventBridge brings them: https://docs.aws.amazon.com/ses/latest/dg/monitoring-eventbridge.html"""

import re
from collections.abc import Mapping
from datetime import datetime

from shopbell.domain.model.events import Json
from shopbell.domain.rules.feedback import Feedback, Report
from shopbell.domain.time.calendar import parse_instant

SOURCE = "aws.ses"
REPORTS: Mapping[str, tuple[str, Report]] = {
    "Email Sent": ("send", Report.SEND),
    "Email Delivery Delayed": ("deliveryDelay", Report.DELAY),
    "Email Delivered": ("delivery", Report.DELIVERY),
    "Email Opened": ("open", Report.OPEN),
    "Email Clicked": ("click", Report.CLICK),
    "Email Bounced": ("bounce", Report.BOUNCE),
    "Email Complaint Received": ("complaint", Report.COMPLAINT),
    "Email Rejected": ("reject", Report.REJECT),
}
"""Each detail-type: where its detail says more of it, and what it reports."""

_TAG = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""What SES takes as a tag's value."""


def read(body: Json) -> Feedback | None:
    """None for what is not an event of a message of ours, or nothing that we follow. Raises nothing."""
    try:
        return _read(body)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return None


def _read(event: Json) -> Feedback | None:
    if event["source"] != SOURCE or event["detail-type"] not in REPORTS:
        return None
    name, report = REPORTS[event["detail-type"]]
    mail, more = event["detail"]["mail"], event["detail"].get(name) or {}
    tags = mail["tags"]
    if _is_no_complaint(more):
        return None
    return Feedback(
        shop=_tag(tags, "shop"),
        subject=_tag(tags, "subject"),
        message=_tag(tags, "message"),
        report=_bounce(more) if report is Report.BOUNCE else report,
        at=_instant(more.get("timestamp") or event["time"]),
        sent_at=_instant(mail["timestamp"]),
        address=mail["destination"][0],
    )


def _tag(tags: Json, name: str) -> str:
    (value,) = tags[name]
    if not _TAG.fullmatch(value):
        raise ValueError(name)
    return str(value)


def _bounce(more: Json) -> Report:
    """What SES cannot make out ("Undetermined") is not held against the address."""
    return Report.BOUNCE if more["bounceType"] == "Permanent" else Report.TRANSIENT_BOUNCE


def _is_no_complaint(more: Json) -> bool:
    """A mail provider also reports that somebody took a letter out of the spam folder."""
    return bool(more.get("complaintFeedbackType") == "not-spam")


def _instant(text: str) -> datetime:
    return parse_instant(text)
