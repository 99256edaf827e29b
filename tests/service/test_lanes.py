"""Which queue asks for a message: by what started it, so that nothing stands before a receipt but another one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shopbell.domain.deciding.reach import PROMOTIONAL
from shopbell.domain.journeys import BY_NAME, NEWS
from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.record import Record
from shopbell.domain.model.state import Message
from shopbell.domain.model.vocabulary import ChannelName, Lane, MessageClass, Status
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
        ("staff_pack", ChannelName.STAFF, Lane.REMINDER_EMAIL),
        ("staff_call_satisfaction", ChannelName.STAFF, Lane.REMINDER_EMAIL),
        ("order_handed_over", ChannelName.EMAIL, Lane.REMINDER_EMAIL),
        ("order_unpaid_first", ChannelName.EMAIL, Lane.REMINDER_EMAIL),
        ("parcel_uncollected", ChannelName.EMAIL, Lane.REMINDER_EMAIL),
        ("review_request", ChannelName.EMAIL, Lane.REMINDER_EMAIL),
        ("birthday_today", ChannelName.EMAIL, Lane.MARKETING_EMAIL),
        ("birthday_week", ChannelName.EMAIL, Lane.MARKETING_EMAIL),
        ("order_received", ChannelName.SMS, Lane.SMS),
        ("birthday_today", ChannelName.SMS, Lane.SMS),
    ],
)
def test_each_message_has_its_queue_by_what_started_it(name: str, channel: ChannelName, lane: Lane) -> None:
    assert send_request_of(a_message(name, channel)).lane is lane


def test_a_message_of_a_kind_that_is_no_more_stands_before_no_receipt() -> None:
    message = replace(a_message("order_received", ChannelName.EMAIL), name="gone")
    assert send_request_of(message).lane is Lane.REMINDER_EMAIL
    assert send_request_of(replace(message, message_class=MessageClass.MARKETING)).lane is Lane.MARKETING_EMAIL


@pytest.mark.parametrize("row", BY_NAME.values(), ids=lambda row: row.name)
def test_only_order_news_and_urgent_tasks_ring_in_that_queue_and_no_greeting_stands_before_a_reminder(
    row: Journey,
) -> None:
    channel = ChannelName.STAFF if row.is_task else ChannelName.EMAIL
    lane = send_request_of(a_message(row.name, channel)).lane
    assert (lane is Lane.ORDER_EMAIL) is (not row.can_wait if row.is_task else row.order_news)
    assert (lane is Lane.MARKETING_EMAIL) is (row.message_class in PROMOTIONAL)


WAITS_FOR_THE_MORNING = {"back_in_stock"}


@pytest.mark.parametrize("row", NEWS, ids=lambda row: row.name)
def test_order_news_is_due_within_fifteen_minutes_of_its_event_and_the_row_says_so(row: Journey) -> None:
    moment = row.moment(Facts(a_shop(), Customer("id:7", Record())), Trigger("", MONDAY))
    assert row.order_news is (moment is not None and moment - MONDAY <= SOON and row.kind not in WAITS_FOR_THE_MORNING)


def test_what_the_clock_brings_is_no_order_news() -> None:
    assert not [row.name for row in BY_NAME.values() if row.sweep and row.order_news]
