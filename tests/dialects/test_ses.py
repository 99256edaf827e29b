"""What Amazon SES says by EventBridge, and what of it is ours."""

import json
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest

from shopbell.dialects.ses import read
from shopbell.domain.rules.feedback import Report

EVENT: dict[str, Any] = {
    "version": "0",
    "id": "12a18625-3cf7-fafd-8a0f-000000000000",
    "detail-type": "Email Bounced",
    "source": "aws.ses",
    "account": "123456789012",
    "time": "2026-03-02T08:02:05Z",
    "region": "eu-central-1",
    "resources": ["arn:aws:ses:eu-central-1:123456789012:configuration-set/shopbell"],
    "detail": {
        "eventType": "Bounce",
        "mail": {
            "timestamp": "2026-03-02T08:00:00.123Z",
            "source": "Dobra <hello@dobra.example>",
            "messageId": "0000014a-f4d4",
            "destination": ["olena@customer.example"],
            "headersTruncated": False,
            "headers": [{"name": "From", "value": "Dobra <hello@dobra.example>"}],
            "tags": {
                "ses:configuration-set": ["shopbell"],
                "message": ["0123456789abcdef0123456789abcdef"],
                "shop": ["dobra"],
                "subject": ["order-1001"],
                "attempt": ["1"],
            },
        },
    },
}


def an_event(detail_type: str, **more: Any) -> dict[str, Any]:
    event = deepcopy(EVENT)
    event["detail-type"] = detail_type
    event["detail"] |= more
    return event


BOUNCE = {"timestamp": "2026-03-02T08:02:03.000Z", "bouncedRecipients": [{"emailAddress": "olena@customer.example"}]}
COMPLAINT = {"timestamp": "2026-03-02T08:02:03.000Z", "complaintFeedbackType": "abuse"}
THEN = {"timestamp": "2026-03-02T08:02:03.000Z"}


@pytest.mark.parametrize(
    ("event", "report"),
    [
        (an_event("Email Sent", send={}), Report.SEND),
        (an_event("Email Delivered", delivery=THEN), Report.DELIVERY),
        (an_event("Email Delivery Delayed", deliveryDelay=THEN | {"delayType": "MailboxFull"}), Report.DELAY),
        (an_event("Email Opened", open=THEN), Report.OPEN),
        (an_event("Email Clicked", click=THEN | {"link": "https://dobra.example"}), Report.CLICK),
        (an_event("Email Bounced", bounce=BOUNCE | {"bounceType": "Permanent"}), Report.BOUNCE),
        (an_event("Email Bounced", bounce=BOUNCE | {"bounceType": "Transient"}), Report.TRANSIENT_BOUNCE),
        (an_event("Email Bounced", bounce=BOUNCE | {"bounceType": "Undetermined"}), Report.TRANSIENT_BOUNCE),
        (an_event("Email Complaint Received", complaint=COMPLAINT), Report.COMPLAINT),
        (an_event("Email Complaint Received", complaint=THEN), Report.COMPLAINT),
        (an_event("Email Rejected", reject={"reason": "Bad content"}), Report.REJECT),
    ],
)
def test_each_kind_of_event_is_understood(event: dict[str, Any], report: Report) -> None:
    found = read(json.loads(json.dumps(event)))
    assert found
    assert found.report is report
    names = (found.shop, found.subject, found.message, found.address)
    assert names == ("dobra", "order-1001", "0123456789abcdef0123456789abcdef", "olena@customer.example")


def test_a_report_is_dated_by_what_happened_else_by_the_event() -> None:
    delivered, rejected = read(an_event("Email Delivered", delivery=THEN)), read(an_event("Email Rejected", reject={}))
    assert delivered
    assert rejected
    assert delivered.at == datetime(2026, 3, 2, 8, 2, 3, tzinfo=UTC)
    assert rejected.at == datetime(2026, 3, 2, 8, 2, 5, tzinfo=UTC)
    assert delivered.sent_at == datetime(2026, 3, 2, 8, 0, 0, 123000, tzinfo=UTC)


def without(*path: str) -> dict[str, Any]:
    event = an_event("Email Delivered", delivery=THEN)
    inner = event
    for name in path[:-1]:
        inner = inner[name]
    del inner[path[-1]]
    return event


def changed(value: Any, *path: str) -> dict[str, Any]:
    event = an_event("Email Delivered", delivery=THEN)
    inner = event
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    return event


TAGS = ("detail", "mail", "tags")


@pytest.mark.parametrize(
    "event",
    [
        None,
        [],
        {},
        "Email Delivered",
        changed("aws.s3", "source"),
        changed("Sending Status Disabled", "detail-type"),
        changed("Email Rendering Failed", "detail-type"),
        changed([], "detail"),
        changed({}, *TAGS),
        changed([], *TAGS, "shop"),
        changed(["dobra", "other"], *TAGS, "shop"),
        changed(["dobra#shop"], *TAGS, "shop"),
        changed([""], *TAGS, "message"),
        changed([7], *TAGS, "message"),
        changed("yesterday", "detail", "mail", "timestamp"),
        changed([], "detail", "mail", "destination"),
        without("source"),
        without("detail-type"),
        without("detail", "mail"),
        without(*TAGS),
        without(*TAGS, "subject"),
        an_event("Email Bounced", bounce={}),
        an_event("Email Complaint Received", complaint=THEN | {"complaintFeedbackType": "not-spam"}),
    ],
    ids=lambda event: "",
)
def test_what_is_not_about_a_message_of_ours_is_no_report(event: Any) -> None:
    assert read(event) is None
