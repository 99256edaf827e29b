"""Ten letters and four SMS in any sixty minutes to one person, however they are called; the rest in turn."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from shopbell.configuration.mobile_numbers import MobileNumbers
from shopbell.domain.model.letter import DeliveryError, FailureKind
from shopbell.domain.model.mailbox import mailbox
from shopbell.domain.model.shop import SmsTerms
from shopbell.domain.model.vocabulary import ChannelName, Reason, Status
from tests.world import MONDAY, OLENA, World, a_shop, an_order

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
PHONE = {"name": "Olena", "phone": "+380505550101"}
DOWN = DeliveryError(FailureKind.TEMPORARY, "ServiceUnavailable")
CASH = {"payment.method": "cash_on_delivery"}


def ordered(world: World, times: int, customer: Any = OLENA, first: int = 0, id: str | None = None) -> None:
    for number in range(first, first + times):
        order = an_order(number=str(number), **CASH)
        world.tell("order.placed", order, customer, order_id=str(number), customer_id=id)


def left(world: World, channel: ChannelName = ChannelName.EMAIL) -> list[datetime]:
    return sorted(m.sent_at for m in world.messages() if m.channel is channel and m.sent_at)


def most(moments: list[datetime]) -> int:
    """The most in any sixty minutes, both ends counted."""
    return max(sum(start <= at <= start + HOUR for at in moments) for start in moments)


@pytest.mark.parametrize(("customer", "channel", "cap"), [(OLENA, ChannelName.EMAIL, 10), (PHONE, ChannelName.SMS, 4)])
def test_what_is_over_is_held_and_leaves_in_turn(customer: Any, channel: ChannelName, cap: int) -> None:
    world = World()
    for number in range(3 * cap):
        ordered(world, 1, customer, first=number)
        world.now += timedelta(seconds=1)
    assert len(left(world, channel)) == cap
    assert world.reasons("order_received").count("held limit") == 2 * cap
    world.until(MONDAY + 2.5 * HOUR)
    assert (len(left(world, channel)), most(left(world, channel))) == (3 * cap, cap)
    sent = [message.order for message in sorted(world.sent(), key=lambda m: m.sent_at or MONDAY)]
    rounds = [{*map(int, sent[start : start + cap])} for start in range(0, 3 * cap, cap)]
    assert rounds == [{*range(start, start + cap)} for start in range(0, 3 * cap, cap)]


def test_the_sixty_minutes_are_no_hour_of_the_clock() -> None:
    """Ten at 9:59 and ten at 10:01 would be twenty."""
    world = World(now=MONDAY + 59 * MINUTE)
    ordered(world, 10)
    world.until(MONDAY + 61 * MINUTE)
    ordered(world, 10, first=10)
    world.until(MONDAY + 4 * HOUR)
    assert (len(left(world)), most(left(world))) == (20, 10)


def test_three_customers_with_one_address_are_one_person() -> None:
    world = World()
    for number, spelled in enumerate(("olena@customer.example", "OLENA@customer.example", "olena+x@Customer.example")):
        ordered(world, 5, {"name": "Olena", "email": spelled}, first=number * 5, id=f"c-{number}")
    assert len(left(world)) == 10


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("olena@customer.example", "Olena+shop@CUSTOMER.example", True),
        ("olena.k@gmail.com", "olenak@GMAIL.com", True),
        ("olena.k@customer.example", "olenak@customer.example", False),
        ("+380505550101", "+380505550101", True),
        ("+380505550101", "+380505550102", False),
        ("+@customer.example", "+x@customer.example", False),
    ],
)
def test_which_addresses_reach_one_mailbox(one: str, other: str, *, same: bool) -> None:
    assert (mailbox(one) == mailbox(other)) is same


def test_order_news_goes_before_a_greeting_that_waited_longer() -> None:
    world, wanted = World(), OLENA | {"consent.email_marketing": {"granted": True}, "birthday": "--03-20"}
    world.tell("customer.updated", None, wanted, customer_id="7")
    at = datetime(2026, 3, 13, 8, 0, tzinfo=MONDAY.tzinfo)
    world.until(at - 50 * MINUTE)
    ordered(world, 1, wanted, id="7")
    world.until(at - 5 * MINUTE)
    ordered(world, 9, wanted, first=1, id="7")
    world.until(at + MINUTE)
    assert world.reasons("birthday_week")[-1] == "held limit"
    ordered(world, 1, wanted, first=10, id="7")
    world.until(at + 20 * MINUTE)
    assert world.kinds == ["order_received"] * 11
    world.until(at + 2 * HOUR)
    assert world.kinds[11:] == ["birthday_week"]


def test_a_refused_letter_is_counted_once_and_when_it_leaves() -> None:
    world = World()
    world.sms.failures = [DOWN] * 6
    ordered(world, 1, PHONE)
    world.until(MONDAY + 30 * MINUTE)
    ordered(world, 6, PHONE, first=1)
    world.until(MONDAY + 4 * HOUR)
    assert (len(left(world, ChannelName.SMS)), most(left(world, ChannelName.SMS))) == (7, 4)


def test_what_its_window_does_not_wait_for_ends_with_a_reason() -> None:
    world = World()
    ordered(world, 600)
    world.until(MONDAY + timedelta(days=5))
    ended = [message for message in world.messages() if message.status is not Status.SENT]
    assert ended
    assert {message.decisions[-1].reason for message in ended} == {Reason.WINDOW_PASSED}


def test_the_staff_are_nobodys_recipients() -> None:
    world = World()
    for number in range(15):
        world.tell("call.missed", customer=PHONE, said={"at": f"2026-03-02T08:{number:02}:00Z"})
    assert not [d for d in world.decisions() if d.reason is Reason.LIMIT]


@pytest.mark.parametrize(
    ("phone", "reasons"),
    [
        ("+380505550101", ["sent due"]),
        ("+380445550101", ["skipped no_contact"]),
        ("+380900300100", ["skipped no_contact"]),
        ("+881612345678", ["skipped no_contact"]),
        ("+12125550101", ["skipped no_contact"]),
    ],
)
def test_sms_go_to_mobile_numbers_of_the_shops_countries_alone(phone: str, reasons: list[str]) -> None:
    world = World(shop=a_shop(sms=SmsTerms(numbers=MobileNumbers(("UA",)))))
    ordered(world, 1, {"name": "Olena", "phone": phone})
    assert world.reasons("order_received")[-1:] == reasons
    if reasons != ["sent due"]:
        assert "sms.countries" in next(d for d in world.decisions() if d.reason is Reason.NO_CONTACT).detail


def test_order_news_over_the_budget_wakes_somebody_once_a_day() -> None:
    world = World(shop=a_shop(sms=SmsTerms(price_per_segment=Decimal("1.00"), monthly_budget=Decimal("2.50"))))
    ordered(world, 4, PHONE)
    assert len(world.sms.taken) == 4
    alarms = [facts for name, facts in world.log if name == "alarm"]
    assert alarms == [{"shop": "dobra", "over": "sms_spent", "cap": 250}]
    world.until(MONDAY + timedelta(days=1))
    ordered(world, 1, PHONE, first=10)
    assert len([name for name, _ in world.log if name == "alarm"]) == 2
