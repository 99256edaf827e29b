"""What SES reports, over HTTP: through the bus, the rule, the queue and the function that the template declares."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from local.cloudformation import UnknownInTemplate
from local.declared import EventDestination
from local.event_bus import fits, is_reported, queues
from local.providers import ProviderRequest, TakenMessage
from local.ses_events import CONFIGURATION_SET, REPORT_KINDS, event
from local.wiring import Wiring
from tests.local.outsider import ROOT, Outsider, Reply
from tests.local.test_contract import NO_TASKS, OLENA, ORDER, Shop, order

GUEST = {"id": "9", "name": "Лев", "email": "lev@customer.example"}
MARKETING = {"birthday": "1990-03-20", "consent": {"email_marketing": True}}


@pytest.fixture
def shop(product: str) -> Shop:
    """Just put into an empty stack, on Monday 2 March 2026, 10:00 in Kyiv."""
    shop = Shop(product)
    assert shop.ask("POST", "/local/reset").status == 204
    assert shop.ask("PUT", "/local/shops/dobra", NO_TASKS).status == 204
    return shop


def report(shop: Shop, what: str, message: str = "") -> Reply:
    """SES reports that of the newest letter, or of the one named."""
    known = message or shop.messages("?channel=email")[-1]["id"]
    return shop.ask("POST", "/local/feedback", {"message": known, "event": what})


def told(shop: Shop, query: str = "") -> list[tuple[str, str]]:
    return [(message["channel"], message["kind"]) for message in shop.messages(query)]


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ("delivery", "delivered"),
        ("open", "delivered"),
        ("click", "delivered"),
        ("transient_bounce", "sent"),
        ("bounce", "bounced"),
        ("complaint", "complained"),
    ],
)
def test_each_report_shows_in_the_messages_status(shop: Shop, what: str, status: str) -> None:
    shop.say("order.placed", order())
    assert report(shop, what).status == 204
    assert shop.messages("?channel=email")[0]["status"] == status
    assert [m["kind"] for m in shop.messages(f"?channel=email&status={status}")] == ["order_received"]


def test_a_bounced_letter_of_an_order_goes_by_sms_in_the_send_hours(shop: Shop) -> None:
    shop.move(to="2026-03-02T22:00:00Z")
    shop.say("order.placed", order())
    report(shop, "bounce")
    assert told(shop) == [("email", "order_received")]
    shop.move(to="2026-03-03T07:05:00Z")
    assert told(shop) == [("email", "order_received"), ("sms", "order_received")]
    assert shop.messages("?channel=sms")[0]["to"] == "+380505550101"


def test_after_a_permanent_bounce_nothing_more_goes_to_that_address(shop: Shop) -> None:
    shop.say("order.placed", order(customer=OLENA | MARKETING))
    report(shop, "bounce")
    shop.say("order.shipped", {"order": {"id": ORDER["id"]}})
    shop.move(to="2026-03-30T00:00:00Z")
    assert told(shop, "?channel=email") == [("email", "order_received")]
    assert ("sms", "order_shipped") in told(shop)


def test_where_there_is_no_phone_the_staff_hear_of_it(shop: Shop) -> None:
    shop.say("order.placed", order(customer=GUEST))
    report(shop, "bounce")
    (letter,) = shop.messages("?channel=staff")
    assert (letter["kind"], letter["class"], letter["to"]) == (
        "staff_unreachable_customer",
        "staff",
        "hello@dobra.example",
    )
    assert "lev@customer.example" in letter["text"]
    assert report(shop, "delivery", letter["id"]).status == 204
    assert shop.messages("?channel=staff")[0]["status"] == "delivered"


def test_after_a_complaint_there_is_no_marketing_any_more(shop: Shop) -> None:
    shop.say("order.placed", order(customer=OLENA | MARKETING))
    report(shop, "complaint")
    shop.move(advance="PT1H")
    shop.say("customer.updated", {"customer": OLENA | MARKETING | {"email": "olena.new@customer.example"}})
    shop.move(to="2026-03-30T00:00:00Z")
    assert [kind for _, kind in told(shop) if kind.startswith("birthday")] == []
    assert shop.decisions("birthday_week") == ["skipped unsubscribed"]


def test_a_doubt_is_settled_by_the_report_and_nothing_is_sent_twice(shop: Shop) -> None:
    shop.ask("POST", "/local/faults", {"target": "email", "fault": "timeout_after", "times": 1})
    shop.say("order.placed", order())
    assert report(shop, "delivery").status == 204
    shop.move(advance="PT1H")
    assert told(shop) == [("email", "order_received")]


def test_a_report_that_the_table_could_not_take_comes_again(shop: Shop) -> None:
    shop.say("order.placed", order())
    shop.ask("POST", "/local/faults", {"target": "table", "fault": "down", "times": 3})
    assert report(shop, "delivery").status == 204
    assert shop.messages()[0]["status"] == "sent"
    shop.move(advance="PT10M")
    assert shop.messages()[0]["status"] == "delivered"


def test_of_a_message_that_never_left_there_is_nothing_to_report(shop: Shop) -> None:
    shop.move(to="2026-03-02T22:00:00Z")
    shop.say("order.placed", order(customer={"phone": "050 555 01 01"}))
    (held,) = shop.messages("?status=held")
    for message in (held["id"], "0" * 32):
        answer = report(shop, "delivery", message)
        assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"event": "delivery"}, "#/message"),
        ({"message": 7, "event": "delivery"}, "#/message"),
        ({"message": "m"}, "#/event"),
        ({"message": "m", "event": "reply"}, "#/event"),
        ({"message": "m", "event": ["open"]}, "#/event"),
    ],
)
def test_what_is_wrong_with_a_report_is_named(served: str, given: Any, pointer: str) -> None:
    answer = Outsider(served).ask("POST", "/local/feedback", given)
    assert (answer.status, [error["pointer"] for error in answer.json()["errors"]]) == (400, [pointer])


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("Arn: !GetAtt FeedbackQueue.Arn\n", "Arn: !GetAtt RecordFeedback.Arn\n", "a target of lambda"),
        ("        - Id: feedback\n", "        - Id: feedback\n          InputPath: $.detail\n", "InputPath"),
        ("source: [aws.ses]", "source: [{ prefix: aws. }]", "pattern of source"),
        ("EventPattern:\n", "ScheduleExpression: rate(1 day)\n      EventPattern:\n", "ScheduleExpression"),
        ("        Name: event-bus\n", "        Name: event-bus\n        SnsDestination: {}\n", "SnsDestination"),
    ],
)
def test_a_rule_that_does_more_than_the_stack_knows_stops_it(tmp_path: Path, old: str, new: str, named: str) -> None:
    text = (ROOT / "template.yaml").read_text("utf-8")
    assert text.count(old) == 1
    (tmp_path / "template.yaml").write_text(text.replace(old, new), "utf-8")
    with pytest.raises(UnknownInTemplate, match=rf"(FeedbackRule|ReportsToEventBus): .*{named}"):
        Wiring(tmp_path / "template.yaml", "http://127.0.0.1:1")


def test_only_what_the_template_asks_for_is_reported() -> None:
    ours = EventDestination("ours", frozenset({"delivery", "bounce"}))
    letters = [{CONFIGURATION_SET: "ours"}, {CONFIGURATION_SET: "theirs"}, {}]
    assert [is_reported(REPORT_KINDS["transient_bounce"], tags, [ours]) for tags in letters] == [True, False, False]
    assert not is_reported(REPORT_KINDS["open"], letters[0], [ours])


@pytest.mark.parametrize("name", REPORT_KINDS)
def test_the_template_asks_for_every_report_and_its_rule_takes_it(name: str) -> None:
    wiring, now = Wiring(ROOT / "template.yaml", "http://127.0.0.1:1"), datetime(2026, 3, 2, tzinfo=UTC)
    headers, tags = {"From": "shop@shop.example"}, {CONFIGURATION_SET: "shopbell-local"}
    entry = TakenMessage(ProviderRequest("email", "a@b.example", "S", "<p>", "T", headers, tags), None, now)
    assert is_reported(REPORT_KINDS[name], tags, wiring.event_destinations)
    assert list(queues(event(entry, REPORT_KINDS[name], now), wiring.rules)) == ["shopbell-local-FeedbackQueue"]


@pytest.mark.parametrize(
    ("pattern", "is_for_it"),
    [
        ({}, True),
        ({"source": ["aws.ses"]}, True),
        ({"source": ["aws.s3", "aws.ses"], "detail": {"tags": {"set": ["ours"]}}}, True),
        ({"source": ["aws.s3"]}, False),
        ({"detail": {"tags": {"set": ["another"]}}}, False),
        ({"detail": {"nothing": {"set": ["ours"]}}}, False),
        ({"nothing": ["aws.ses"]}, False),
    ],
)
def test_a_rule_takes_what_fits_its_pattern(pattern: dict[str, Any], is_for_it: bool) -> None:
    assert fits(pattern, {"source": "aws.ses", "detail": {"tags": {"set": ["ours", "theirs"]}}}) is is_for_it
