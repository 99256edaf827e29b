"""Amazon SES's events, by EventBridge.

https://docs.aws.amazon.com/ses/latest/dg/monitoring-eventbridge.html
"""

import re
from collections.abc import Mapping

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
"""By detail-type: the object of the event's detail that describes it, and what it reports."""

_TAG = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""What SES takes as a tag's value."""


def read(body: Json) -> Feedback | None:
    """What an event reports of a message of ours; None for any other event, whatever its form. Raises nothing."""
    try:
        return _read(body)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return None


def _read(event: Json) -> Feedback | None:
    if event["source"] != SOURCE or event["detail-type"] not in REPORTS:
        return None
    name, report = REPORTS[event["detail-type"]]
    mail, description = event["detail"]["mail"], event["detail"].get(name) or {}
    tags = mail["tags"]
    if _is_no_complaint(description):
        return None
    return Feedback(
        shop=_tag(tags, "shop"),
        subject=_tag(tags, "subject"),
        message=_tag(tags, "message"),
        report=_bounce(description) if report is Report.BOUNCE else report,
        at=parse_instant(description.get("timestamp") or event["time"]),
        sent_at=parse_instant(mail["timestamp"]),
        address=mail["destination"][0],
    )


def _tag(tags: Json, name: str) -> str:
    (value,) = tags[name]
    if not _TAG.fullmatch(value):
        raise ValueError(name)
    return str(value)


def _bounce(description: Json) -> Report:
    """Only a permanent bounce ends an address; one of a type that SES cannot tell ("Undetermined") does not."""
    return Report.BOUNCE if description["bounceType"] == "Permanent" else Report.TRANSIENT_BOUNCE


def _is_no_complaint(description: Json) -> bool:
    """Mail providers also report as a complaint that somebody took a letter out of the spam folder."""
    return bool(description.get("complaintFeedbackType") == "not-spam")
