"""What is due within fifteen minutes leaves at its moment: the queue keeps the request so long, without a tick."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from shopbell.domain.model.letter import DeliveryError, FailureKind
from shopbell.domain.model.shop import Digest, Staff
from shopbell.domain.model.state import ASKED_AGAIN, LEASE
from shopbell.domain.model.vocabulary import ChannelName, Lane
from shopbell.service.subjects.planning import request_when_due
from tests.service.test_lanes import a_message
from tests.world import MONDAY, World, a_busy_shop, a_shop

CALLER = {"phone": "+380445550101"}
DOWN = DeliveryError(FailureKind.TEMPORARY, "ServiceUnavailable")
DOUBT = DeliveryError(FailureKind.UNKNOWN, "ReadTimeoutError")
MINUTE = timedelta(minutes=1)


def agreed(world: World, after: timedelta) -> World:
    """Somebody is to be rung so long from now; the staff hear of it five minutes ahead."""
    at = (MONDAY + after).isoformat()
    world.tell("callback.agreed", customer=CALLER, said={"at": at, "phone": CALLER["phone"]})
    return world


def looked_at(world: World) -> datetime | None:
    """When the outbox looks at the one message that there is."""
    (message,) = world.messages()
    return message.look_at


@pytest.mark.parametrize("minutes", [1, 12, 15])
def test_what_is_due_within_fifteen_minutes_is_asked_for_when_it_is_planned(minutes: int) -> None:
    world = agreed(World(shop=a_busy_shop()), timedelta(minutes=minutes + 5))
    due = MONDAY + minutes * MINUTE
    assert [(at, each.lane) for at, each in world.delayed] == [(due, Lane.ORDER_EMAIL)]
    assert looked_at(world) == due + LEASE
    world.until(due)
    assert [message.sent_at for message in world.messages()] == [due]


def test_what_is_due_later_is_the_outboxs() -> None:
    world = agreed(World(shop=a_busy_shop()), timedelta(minutes=21))
    assert world.delayed == []
    assert looked_at(world) == MONDAY + 16 * MINUTE


def test_a_request_that_comes_too_early_is_not_heard() -> None:
    world = agreed(World(shop=a_busy_shop()), timedelta(minutes=10))
    (message,) = world.messages()
    world.now = MONDAY + 4 * MINUTE
    world.ask_for(message)
    assert world.staff.taken == []
    assert world.messages() == [message]


def test_a_request_that_is_lost_on_the_way_is_made_up_for_by_the_outbox() -> None:
    world = agreed(World(shop=a_busy_shop()), timedelta(minutes=10))
    world.delayed.clear()
    world.until(MONDAY + 10 * MINUTE)
    assert world.tasks == ["staff_callback"]


@pytest.mark.parametrize(("refusals", "minutes"), [(1, 2), (2, 2 + 4), (3, 2 + 4 + 8)])
def test_what_was_refused_for_now_is_asked_for_again_at_its_moment(refusals: int, minutes: int) -> None:
    world = World()
    world.email.failures = [DOWN] * refusals
    world.place()
    world.until(MONDAY + timedelta(hours=1))
    assert [message.sent_at for message in world.messages()] == [MONDAY + minutes * MINUTE]


def test_the_send_hours_that_open_in_a_moment_are_waited_for_to_the_minute() -> None:
    world = World(shop=a_shop(), now=MONDAY.replace(hour=6, minute=50))
    world.place(CALLER)
    opening = MONDAY.replace(hour=7)
    assert looked_at(world) == opening + LEASE
    world.until(opening)
    assert world.kinds == ["sms order_received"]


def test_what_was_reopened_is_not_asked_for_twice() -> None:
    world = World()
    world.email.failures = [DOUBT]
    world.place()
    world.now = MONDAY + 6 * MINUTE
    world.deaf = True
    world.tick()
    assert looked_at(world) == world.now + ASKED_AGAIN


def test_tasks_that_are_gathered_on_the_hour_are_asked_for_together_however_soon_it_strikes() -> None:
    world = World(shop=a_busy_shop(staff=Staff("team@dobra.example", Digest.HOURLY)), now=MONDAY + 50 * MINUTE)
    for number in ("1", "2"):
        world.tell(
            "order.placed",
            {"number": number, "total": "10.00", "payment.method": "card", "delivery.method": "post"},
            CALLER,
            order_id=number,
        )
        world.tell("order.paid", order_id=number)
    world.until(MONDAY + timedelta(hours=1))
    assert world.staff.taken[-1].subject == "2 tasks"


@pytest.mark.parametrize(
    ("wait", "delay"),
    [
        (timedelta(seconds=-5), 0),
        (timedelta(), 0),
        (timedelta(milliseconds=1), 1),
        (timedelta(seconds=59.5), 60),
        (timedelta(minutes=15), 900),
    ],
)
def test_a_delay_is_rounded_up_so_that_the_message_is_due_when_the_request_comes(wait: timedelta, delay: int) -> None:
    message = replace(a_message("order_received", channel=ChannelName.EMAIL), due_at=MONDAY + wait)
    assert request_when_due(message, MONDAY).delay == delay
