"""Sending: claimed once, tried again only where that cannot be a second letter."""

from datetime import timedelta
from typing import Any

import pytest

from shopbell.domain.model.letter import DeliveryError, FailureKind
from shopbell.domain.model.shop import Limits
from shopbell.domain.model.state import Conflict
from shopbell.domain.model.vocabulary import Status
from shopbell.service.delivery.mailroom import TimeLeft
from shopbell.service.subjects.planning import send_request_of
from tests.world import MONDAY, OLENA, World, a_busy_shop, a_shop

DOWN = DeliveryError(FailureKind.TEMPORARY, "ServiceUnavailable")
TOO_FAST = DeliveryError(FailureKind.TOO_FAST, "TooManyRequestsException")
DOUBT = DeliveryError(FailureKind.UNKNOWN, "ReadTimeoutError")
NEVER = DeliveryError(FailureKind.PERMANENT, "MessageRejected")
MARKETING = {"consent.email_marketing": {"granted": True}, "birthday": "--03-20"}


def test_a_doorbell_that_rings_twice_is_one_letter() -> None:
    world = World()
    world.place()
    message = world.sent()[0]
    world.ask_for(message)
    assert len(world.email.taken) == 1


def test_what_there_is_no_time_for_is_neither_claimed_nor_counted() -> None:
    world = World(deaf=True, shop=a_shop(limits=Limits(per_recipient=1)))
    world.place()
    (message,) = world.messages()
    sent = world.send([send_request_of(message)], TimeLeft(lambda: False, lambda: True))
    assert [request.message for request in sent.left] == [message.id]
    assert world.messages() == [message]
    sent = world.send([send_request_of(message)], TimeLeft(lambda: True, lambda: False))
    assert [request.message for request in sent.left] == [message.id]
    assert world.messages() == [message]
    world.ask_for(message)
    assert world.kinds == ["order_received"]


def test_what_was_claimed_too_slowly_is_put_back_and_is_no_doubt() -> None:
    world = World(deaf=True, shop=a_shop(limits=Limits(per_recipient=1)))
    world.place()
    (message,) = world.messages()
    answers = [True, False]
    sent = world.send([send_request_of(message)], TimeLeft(lambda: True, lambda: answers.pop(0)))
    assert (sent.left, sent.failed) == ([], [])
    assert world.email.asked == 0
    assert [(m.status, m.attempts, m.doubts) for m in world.messages()] == [(Status.HELD, 1, 0)]
    assert [(request.message, request.delay) for request in world.send_requests] == [(message.id, 0)]
    world.deaf = False
    world.deliver_requests()
    assert world.kinds == ["order_received"]


def test_what_came_too_fast_comes_again_within_seconds_longer_each_time_and_not_all_at_once() -> None:
    world = World(shop=a_shop(limits=Limits(per_recipient=1)))
    world.email.failures = [TOO_FAST, TOO_FAST, TOO_FAST]
    world.place()
    moments = []
    while not world.email.taken:
        ((at, _),) = world.delayed
        moments.append(at - world.now)
        world.now = at
        world.deliver_requests()
    assert [timedelta(seconds=1) <= pause <= timedelta(seconds=3) for pause in moments] == [True, False, False]
    assert moments == sorted(moments)
    assert sum(moments, timedelta()) < timedelta(seconds=16)
    assert [(m.attempts, m.doubts) for m in world.messages()] == [(4, 0)]


def test_a_doorbell_that_nobody_heard_is_rung_again_by_the_outbox() -> None:
    world = World(deaf=True)
    world.place()
    assert world.kinds == []
    world.deaf = False
    world.until(MONDAY + timedelta(minutes=5))
    assert world.kinds == ["order_received"]


def test_while_the_provider_is_down_the_letter_waits_and_then_leaves_once() -> None:
    world = World()
    world.email.failures = [DOWN, DOWN]
    world.place()
    assert [m.status for m in world.messages()] == [Status.HELD]
    world.until(MONDAY + timedelta(hours=1))
    assert len(world.email.taken) == 1


def test_a_letter_that_will_never_be_taken_is_not_tried_again() -> None:
    world = World()
    world.email.failures = [NEVER]
    world.place(**{"payment.method": "cash_on_delivery"})
    world.until(MONDAY + timedelta(days=1))
    assert [m.status for m in world.messages() if m.channel == "email"] == [Status.FAILED]
    assert world.reasons("order_received")[:2] == ["sent due", "skipped refused"]
    assert world.email.taken == []


def in_doubt(world: World, times: int, **customer: Any) -> World:
    """An order of somebody's whose receipt the provider of e-mail leaves in doubt so often."""
    world.email.failures = [DOUBT] * times
    world.place({**OLENA, **customer}, **{"payment.method": "cash_on_delivery"})
    world.until(MONDAY + timedelta(days=1))
    return world


def alarms(world: World) -> list[object]:
    """The kinds of what was given up."""
    return [facts["kind"] for name, facts in world.log if name == "alarm" and "doubts" in facts]


def test_a_doubt_is_left_to_the_providers_reports_for_five_minutes() -> None:
    world = World()
    world.email.failures = [DOUBT]
    world.place()
    world.until(MONDAY + timedelta(minutes=4))
    assert [m.status for m in world.messages()] == [Status.SENDING]
    world.until(MONDAY + timedelta(minutes=10))
    assert [(m.status, m.doubts) for m in world.messages()] == [(Status.SENT, 1)]


@pytest.mark.parametrize("times", [1, 2])
def test_after_each_moment_of_doubt_order_news_is_sent_once_more(times: int) -> None:
    world = in_doubt(World(), times)
    assert [(m.status, m.doubts, m.attempts) for m in world.messages()] == [(Status.SENT, times, times + 1)]
    assert alarms(world) == []


def test_after_three_doubts_order_news_is_given_up_with_a_reason_and_the_staff_hear_whom_to_ring() -> None:
    world = in_doubt(World(), 3)
    (news,) = (message for message in world.messages() if message.kind == "order_received")
    assert (news.status, news.attempts) == (Status.UNKNOWN, 3)
    assert world.reasons("order_received")[:2] == ["sent due", "skipped provider_silent"]
    assert [each.detail for each in world.decisions() if each.kind == "order_received"][1:] == [
        "email: 3 calls without an answer",
        "sms: neither an e-mail address nor a phone",
    ]
    assert alarms(world) == ["order_received"]
    assert world.tasks == ["staff_unreachable_customer"]


def test_after_three_doubts_order_news_goes_by_the_other_channel_where_there_is_one() -> None:
    world = in_doubt(World(), 3, phone="+380445550101")
    assert world.kinds == ["sms order_received"]
    assert world.tasks == []


def test_where_neither_channel_answers_the_staff_hear_of_it() -> None:
    world = World()
    world.sms.failures = [DOUBT] * 3
    in_doubt(world, 3, phone="+380445550101")
    assert world.kinds == []
    assert world.tasks == ["staff_unreachable_customer"]


def test_a_try_that_is_known_not_to_have_left_is_no_doubt() -> None:
    world = World()
    world.email.failures = [DOWN, DOUBT, DOWN, DOUBT]
    world.place()
    world.until(MONDAY + timedelta(days=1))
    assert [(m.status, m.doubts, m.attempts) for m in world.messages()] == [(Status.SENT, 2, 5)]


def test_a_task_that_is_given_up_wakes_somebody() -> None:
    world = World(shop=a_busy_shop())
    world.staff.failures = [DOUBT] * 3
    world.tell("call.missed", customer={"phone": "+380445550101"}, said={"at": "2026-03-02T08:00:00Z"})
    world.until(MONDAY + timedelta(days=1))
    assert [m.status for m in world.messages()] == [Status.UNKNOWN]
    assert world.reasons("staff_missed_call") == ["sent due", "skipped provider_silent"]
    assert alarms(world) == ["staff_missed_call"]


def test_an_sms_that_is_not_about_an_order_is_never_sent_again() -> None:
    world = World()
    world.sms.failures = [DOUBT]
    complaint = {"complaint": {"id": "k-7", "text": "It came cracked"}}
    world.tell("complaint.opened", customer={"name": "Olena", "phone": "+380501234567"}, said=complaint)
    world.until(MONDAY + timedelta(days=1))
    assert [(m.kind, m.status, m.attempts) for m in world.messages()] == [("complaint_received", Status.UNKNOWN, 1)]
    assert world.reasons("complaint_received") == ["sent due", "skipped provider_silent"]


def test_after_a_moment_of_doubt_the_staff_are_asked_once_more() -> None:
    world = World(shop=a_busy_shop())
    world.staff.failures = [DOUBT]
    world.tell("call.missed", customer={"phone": "+380445550101"}, said={"at": "2026-03-02T08:00:00Z"})
    assert world.tasks == []
    world.until(MONDAY + timedelta(minutes=15))
    assert world.tasks == ["staff_missed_call"]


def test_after_a_moment_of_doubt_marketing_is_never_sent_again() -> None:
    world = World()
    world.tell("customer.updated", None, OLENA | MARKETING, customer_id="7")
    world.email.failures = [DOUBT]
    world.until("2026-03-14T00:00:00Z")
    assert [(m.status, m.attempts) for m in world.messages()] == [(Status.UNKNOWN, 1)]
    assert world.reasons("birthday_week") == ["sent due", "skipped provider_silent"]
    assert alarms(world) == []


def test_a_reminder_held_for_the_night_is_not_sent_when_the_payment_came_meanwhile() -> None:
    world = World()
    world.now = MONDAY.replace(hour=20)
    world.place(placed_at="2026-03-02T20:00:00Z")
    world.until("2026-03-04T21:00:00Z")
    assert world.reasons("order_unpaid_first") == ["held send_hours"]
    world.tell("order.paid")
    world.until("2026-03-06T21:00:00Z")
    assert "order_unpaid_first" not in world.kinds
    assert "skipped no_longer_true" in world.reasons("order_unpaid_first")


def test_what_is_too_late_when_the_lights_come_back_expires_with_a_reason() -> None:
    world = World(deaf=True)
    world.place()
    world.deaf = False
    world.now = MONDAY + timedelta(days=2, hours=1)
    world.tick()
    assert "order_received" not in world.kinds
    assert world.reasons("order_received") == ["sent due", "skipped window_passed"]


def test_only_one_of_two_claims_of_a_message_wins() -> None:
    world = World(deaf=True)
    world.place()
    message = world.messages()[0]
    world.ledger.claim(message, world.now, None)
    with pytest.raises(Conflict):
        world.ledger.claim(message, world.now, None)


def test_a_subject_that_fails_steps_aside_longer_each_time() -> None:
    world = World()
    world.place()
    world.until(MONDAY + timedelta(days=1))
    world.break_reading("1001")
    world.until(MONDAY + timedelta(days=3))
    waits = [facts for message, facts in world.log if message in ("put_off", "alarm")]
    assert 5 <= len(waits) <= 9
    assert world.log[4][0] == "alarm"
