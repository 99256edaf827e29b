"""What comes into the staff's inbox of a shop with twenty good orders a day, whether or not anybody clicks."""

from datetime import datetime, timedelta

import pytest

from shopbell.domain.model.shop import Digest, Staff
from shopbell.service.operators.days import begin_days
from tests.world import KYIV, OLENA, World, a_busy_shop, an_order

ORDERS, DAYS = 20, timedelta(days=14)
OPENING = datetime(2026, 3, 2, 9, tzinfo=KYIV)
ON_RECEIPT = {"payment.method": "cash_on_delivery", "delivery.method": "courier"}
PHONE = {"phone": "+380445550101"}
MOST = 2.5
"""Letters an order, on the good path."""


def a_day(digest: Digest, *, clicks: bool) -> World:
    """Orders from half past nine to the evening, one each half hour; each is accepted after ten minutes, on its page or
    in the shop's system, sent the next day, and there two days later; who clicks closes what is asked at noon."""
    world = World(shop=a_busy_shop(staff=Staff("team@dobra.example", digest)), now=OPENING)
    begin_days(world.workplace, world.shop, world.now)
    plan = sorted(event for number in range(ORDERS) for event in a_life(number))
    noons = [OPENING + timedelta(days=day, hours=3) for day in range(1, 14)] if clicks else []
    for at, what, number in sorted([*plan, *((noon, "noon", 0) for noon in noons)]):
        world.until(at)
        act(world, what, f"{number:02}", clicks=clicks)
    world.until(OPENING + DAYS)
    return world


def a_life(number: int) -> list[tuple[datetime, str, int]]:
    placed = OPENING + timedelta(minutes=30 + 30 * number)
    lasts = {"placed": 0, "accepted": 10, "order.shipped": 24 * 60, "order.delivered": 3 * 24 * 60}
    return [(placed + timedelta(minutes=minutes), what, number) for what, minutes in lasts.items()]


def act(world: World, what: str, number: str, *, clicks: bool) -> None:
    match what:
        case "placed":
            world.tell("order.placed", an_order(number=number, **ON_RECEIPT), OLENA | PHONE, order_id=number)
        case "accepted" if clicks and asked(world, number):
            world.tell("call.done", task=asked(world, number)[-1], outcome="accepted")
        case "accepted":
            world.tell("order.accepted", order_id=number)
        case "noon":
            for message in [m for m in world.sent() if m.channel == "staff" and m.name != "staff_day"]:
                world.tell("call.done", task=message.id, outcome="reached")
        case _:
            world.tell(what, order_id=number)


def asked(world: World, number: str) -> list[str]:
    return [m.id for m in world.sent() if (m.name, m.order) == ("staff_confirm_order", number)]


@pytest.mark.parametrize("clicks", [True, False], ids=["everybody clicks", "nobody clicks"])
def test_a_good_order_costs_its_shop_two_letters_and_a_half_at_most(*, clicks: bool) -> None:
    world = a_day(Digest.DAILY, clicks=clicks)
    assert len(world.staff.taken) <= MOST * ORDERS, [letter.kind for letter in world.staff.taken]


@pytest.mark.parametrize("digest", list(Digest))
def test_whatever_is_asked_is_asked_once(digest: Digest) -> None:
    asked = [(m.name, m.order) for m in a_day(digest, clicks=False).sent() if m.channel == "staff" and m.order]
    assert len(asked) == len(set(asked))


def test_the_letter_of_the_day_spares_letters() -> None:
    daily, off = (len(a_day(digest, clicks=False).staff.taken) for digest in (Digest.DAILY, Digest.OFF))
    assert daily < off / 2
