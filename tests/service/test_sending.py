"""Sending: claimed once, tried again only where that cannot be a second letter."""

from datetime import timedelta

import pytest

from shopbell.domain.model.letter import DeliveryError, FailureKind
from shopbell.domain.model.state import Conflict
from shopbell.domain.model.vocabulary import Status
from tests.world import MONDAY, OLENA, World, a_busy_shop

DOWN = DeliveryError(FailureKind.TEMPORARY, "TooManyRequestsException")
DOUBT = DeliveryError(FailureKind.UNKNOWN, "ReadTimeoutError")
NEVER = DeliveryError(FailureKind.PERMANENT, "MessageRejected")
MARKETING = {"consent.email_marketing": {"granted": True}, "birthday": "--03-20"}


def test_a_doorbell_that_rings_twice_is_one_letter() -> None:
    world = World()
    world.place()
    message = world.sent()[0]
    world.send("dobra", message.subject, message.id, world.now)
    assert len(world.email.taken) == 1


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
    assert world.email.taken == []


def test_after_a_moment_of_doubt_order_news_is_sent_once_more_for_each_and_not_for_ever() -> None:
    world = World()
    world.email.failures = [DOUBT, DOUBT, DOUBT]
    world.place(**{"payment.method": "cash_on_delivery"})
    world.until(MONDAY + timedelta(minutes=4))
    assert [m.status for m in world.messages()] == [Status.SENDING]
    world.until(MONDAY + timedelta(days=1))
    assert [(m.status, m.attempts) for m in world.messages()] == [(Status.UNKNOWN, 3)]


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
