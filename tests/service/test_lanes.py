"""Which queue rings for a message: by what started it, so that nothing stands before a receipt but another one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shopbell.domain.journeys import BY_NAME, NEWS
from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.record import Record
from shopbell.domain.model.state import Message
from shopbell.domain.model.vocabulary import ChannelName, Lane, Status
from shopbell.service.subjects.planning import send_request_of
from tests.world import MONDAY, a_shop

SOON = timedelta(minutes=15)


def a_message(name: str, channel: ChannelName) -> Message:
    row = BY_NAME[name]
    return Message(
        id="m1",
        shop="dobra",
        subject="order/1001",
        name=name,
        kind=row.kind,
        occurrence_id="",
        triggered_at=MONDAY,
        channel=channel,
        message_class=row.message_class,
        customer="id:7",
        whose="7",
        order="1001",
        due_at=MONDAY,
        until=MONDAY + timedelta(days=1),
        status=Status.PLANNED,
    )


@pytest.mark.parametrize(
    ("name", "channel", "lane"),
    [
        ("order_received", ChannelName.EMAIL, Lane.ORDER_EMAIL),
        ("order_shipped", ChannelName.EMAIL, Lane.ORDER_EMAIL),
        ("complaint_received", ChannelName.EMAIL, Lane.ORDER_EMAIL),
        ("staff_confirm_order", ChannelName.STAFF, Lane.ORDER_EMAIL),
        ("staff_order_late.1_hour", ChannelName.STAFF, Lane.ORDER_EMAIL),
        ("staff_callback", ChannelName.STAFF, Lane.ORDER_EMAIL),
        ("staff_pack", ChannelName.STAFF, Lane.EMAIL),
        ("staff_call_satisfaction", ChannelName.STAFF, Lane.EMAIL),
        ("order_handed_over", ChannelName.EMAIL, Lane.EMAIL),
        ("order_unpaid_first", ChannelName.EMAIL, Lane.EMAIL),
        ("parcel_uncollected", ChannelName.EMAIL, Lane.EMAIL),
        ("review_request", ChannelName.EMAIL, Lane.EMAIL),
        ("birthday_today", ChannelName.EMAIL, Lane.EMAIL),
        ("order_received", ChannelName.SMS, Lane.SMS),
        ("birthday_today", ChannelName.SMS, Lane.SMS),
    ],
)
def test_news_and_urgent_tasks_ring_in_a_queue_of_their_own(name: str, channel: ChannelName, lane: Lane) -> None:
    assert send_request_of(a_message(name, channel)).lane is lane


def test_a_message_of_a_kind_that_is_no_more_stands_before_no_receipt() -> None:
    message = replace(a_message("order_received", ChannelName.EMAIL), name="gone")
    assert send_request_of(message).lane is Lane.EMAIL


@pytest.mark.parametrize("row", NEWS, ids=lambda row: row.name)
def test_order_news_is_due_within_fifteen_minutes_of_its_event_and_the_row_says_so(row: Journey) -> None:
    moment = row.moment(Facts(a_shop(), Customer("id:7", Record())), Trigger("", MONDAY))
    assert row.order_news is (moment is not None and moment - MONDAY <= SOON)


def test_what_the_clock_brings_is_no_order_news() -> None:
    assert not [row.name for row in BY_NAME.values() if row.sweep and row.order_news]
