"""What was taken is listed as it was taken, with what the ledger knows of it."""

import pytest

from tests.local.outsider import Outsider
from tests.local.test_clock import tell

OVERDUE = "2026-03-01T00:00:00Z"
FIELDS = [
    *("id", "shop", "kind", "channel", "class", "to", "locale", "subject", "preheader", "html", "text"),
    *("headers", "segments", "order", "customer", "status", "attempts", "due_at", "sent_at", "letter", "page"),
    "attachments",
]


def test_an_e_mail_is_listed_as_the_provider_got_it(outsider: Outsider) -> None:
    tell(outsider, "news", OVERDUE)
    outsider.move(advance="PT0S")
    (message,) = outsider.messages()
    assert list(message) == FIELDS
    assert (message["id"], message["channel"], message["to"]) == ("news", "email", "ann@customer.example")
    assert message["letter"] == "news"
    assert message["html"] == "<p>Hello, from shopbell-local: news</p>"
    assert message["text"] == "Hello, from shopbell-local: news"
    assert message["headers"] == {
        "From": '"Shop" <shop@shop.example>',
        "To": "ann@customer.example",
        "Reply-To": "team@shop.example",
        "List-Unsubscribe": "<https://example.test/u>",
    }


def test_an_sms_is_listed_as_the_provider_got_it(outsider: Outsider) -> None:
    tell(outsider, "новини", OVERDUE, "+380501112233")
    outsider.move(advance="PT0S")
    (message,) = outsider.messages()
    assert (message["channel"], message["to"], message["text"]) == ("sms", "+380501112233", "новини")
    assert message["headers"] == {"AWS.SNS.SMS.SenderID": "SHOP"}


def test_what_went_to_someone_forgotten_stays_listed_and_empty(outsider: Outsider) -> None:
    tell(outsider, "gone", OVERDUE)
    outsider.move(advance="PT0S")
    (message,) = outsider.messages()
    personal = {name: message[name] for name in ("to", "subject", "preheader", "html", "text", "headers")}
    assert personal == {"to": "", "subject": "", "preheader": "", "html": "", "text": "", "headers": {}}
    assert (message["id"], message["sent_at"]) == ("gone", "2026-03-02T10:00:00Z")


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", ["gone", "late", "+1"]),
        ("?channel=sms", ["+1"]),
        ("?channel=email&shop=fixture", ["gone", "late"]),
        ("?shop=other", []),
        ("?customer=c1", ["gone", "late"]),
        ("?customer=c2", []),
        ("?order=", ["gone", "late", "+1"]),
        ("?status=held", ["late"]),
        ("?status=held&shop=other", []),
        ("?status=planned", []),
        ("?unknown=1", ["gone", "late", "+1"]),
    ],
)
def test_filters_narrow_the_list(outsider: Outsider, query: str, ids: list[str]) -> None:
    tell(outsider, "gone", OVERDUE)
    tell(outsider, "late", OVERDUE, "ann@late.example")
    tell(outsider, "+1", "2026-03-02T10:05:00Z", "+380501112233")
    outsider.move(advance="PT5M")
    found = outsider.messages(query)
    assert [message["id"] or message["text"] for message in found] == ids
