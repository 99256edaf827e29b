"""Who has not been here for long is asked what happened, offered something later, or rung; or why not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from shopbell.domain.model.rhythm import Fit, Rhythm
from shopbell.domain.model.shop import Coupon, Digest, Figures, Marketing, Sleeping, Staff
from shopbell.service.operators.days import begin_days
from shopbell.service.subjects.rhythm import LearnRhythm
from shopbell.storage.store import Store
from tests.world import MONDAY, OLENA, World, a_busy_shop, a_shop

READER = OLENA | {"consent.email_marketing": {"granted": True}}
CALLED = READER | {"phone": "+380505550101"}
BACK = {"winback": Coupon(Decimal(15), days=14, code="BACK15")}
CALL = "staff_winback_call"
FIT = Fit(0.26, 36.0, 0.68, 2.45)
ONE_DAY = timedelta(days=1)


def order(world: World, order_id: str, customer: dict[str, Any] = READER, sku: str = "MUG-1", **more: Any) -> None:
    items = [{"sku": sku, "name": "Mug", "quantity": "1", "unit_price": "470.00", "url": "https://dobra.example/mug"}]
    placed = {"number": order_id, "placed_at": None, "items": items, "total": "470.00", "currency": "UAH"}
    world.tell("order.placed", {**placed, "payment.method": "cash_on_delivery", **more}, customer, order_id=order_id)


def orders(world: World, *days: int, customer: dict[str, Any] = READER, of: str = "", **more: Any) -> None:
    for day in days:
        world.until(MONDAY + day * ONE_DAY)
        order(world, f"{of}{day}", customer, **more)


def told(world: World) -> list[str]:
    return [name for name in world.kinds if name.startswith("winback")]


def known(world: World, **more: Any) -> None:
    """What a shop's own past tells, so that nothing else is learnt within ten years."""
    rhythm = Rhythm(learnt_at=MONDAY.replace(year=2036), since=MONDAY - 400 * ONE_DAY, fit=FIT)
    world.store.save_rhythm("dobra", replace(rhythm, **more))


def test_who_has_not_ordered_for_twice_their_usual_time_is_asked_and_later_offered_something() -> None:
    world = World(shop=a_shop(coupons=BACK))
    known(world)
    orders(world, 0, 31, 62, 120)
    world.until(MONDAY + 235 * ONE_DAY)
    assert told(world) == []
    world.until(MONDAY + 237 * ONE_DAY)
    assert told(world) == ["winback_first"]
    (decision,) = [each for each in world.decisions() if each.kind == "winback_first" and each.outcome == "sent"]
    assert (
        decision.detail
        == "email: usually every 31 days, 58 at the longest; now 116; 1.0 orders expected in half a year"
    )
    world.until(MONDAY + 293 * ONE_DAY)
    assert told(world) == ["winback_first"]
    world.until(MONDAY + 295 * ONE_DAY)
    assert told(world) == ["winback_first", "winback_offer"]
    assert world.renderer.said[-1]["coupon"].code == "BACK15"
    world.until(MONDAY + 900 * ONE_DAY)
    assert told(world) == ["winback_first", "winback_offer"]


def test_who_ordered_once_counts_as_asleep_after_three_months() -> None:
    world = World(shop=a_shop(coupons=BACK))
    known(world)
    orders(world, 0)
    world.until(MONDAY + 89 * ONE_DAY)
    assert told(world) == []
    world.until(MONDAY + 91 * ONE_DAY)
    assert told(world) == ["winback_first"]
    (decision,) = [each for each in world.decisions() if each.kind == "winback_first" and each.outcome == "sent"]
    assert decision.detail.startswith("email: 1 order, usually again after 45 days; now 90; ")


def test_any_order_ends_it() -> None:
    world = World(shop=a_shop(coupons=BACK))
    known(world)
    orders(world, 0, 100)
    assert told(world) == ["winback_first"]
    world.until(MONDAY + 189 * ONE_DAY)
    assert told(world) == ["winback_first"]
    world.until(MONDAY + 191 * ONE_DAY)
    assert told(world) == ["winback_first", "winback_first"]


def test_an_order_that_comes_while_the_letter_waits_takes_it_back() -> None:
    world = World(shop=a_shop(coupons=BACK, marketing=Marketing(per_month=2)))
    known(world)
    orders(world, 0)
    world.stopped = frozenset({"outbox"})
    world.deaf = True
    world.until(MONDAY + 91 * ONE_DAY)
    order(world, "91")
    world.deaf = False
    world.until(MONDAY + 95 * ONE_DAY)
    assert told(world) == []
    assert "skipped no_longer_true" in world.reasons("winback_first")


@pytest.mark.parametrize(
    ("customer", "reason"),
    [
        (OLENA, "skipped no_consent"),
        (OLENA | {"consent.email_marketing": {"granted": False}}, "skipped no_consent"),
    ],
)
def test_who_did_not_agree_gets_none(customer: dict[str, Any], reason: str) -> None:
    world = World(shop=a_shop(coupons=BACK))
    known(world)
    orders(world, 0, customer=customer)
    world.until(MONDAY + 200 * ONE_DAY)
    assert (told(world), world.reasons("winback_first")) == ([], [reason])


def test_who_complains_waits_for_something_else() -> None:
    world = World(shop=a_shop(coupons=BACK))
    known(world)
    orders(world, 0)
    world.tell("complaint.opened", None, READER, complaint={"id": "k-7", "order": "0", "text": "It is cracked"})
    world.until(MONDAY + 200 * ONE_DAY)
    assert (told(world), world.reasons("winback_first")) == ([], ["skipped complaint_open"])


def test_a_shop_without_a_coupon_for_it_offers_nothing() -> None:
    world = World(shop=a_shop())
    known(world)
    orders(world, 0)
    world.until(MONDAY + 200 * ONE_DAY)
    assert told(world) == ["winback_first"]
    assert world.reasons("winback_offer") == ["skipped nothing_to_tell"]


def test_the_two_of_them_take_one_place_of_the_month() -> None:
    world = World(shop=a_shop(coupons=BACK, marketing=Marketing(per_month=1), sleeping=Sleeping(floor_days=5)))
    known(world)
    orders(world, 0, 5, 10)
    world.until(MONDAY + 60 * ONE_DAY)
    assert told(world) == ["winback_first", "winback_offer"]
    assert [at[:3] for at in (*world.sent_at("winback_first"), *world.sent_at("winback_offer"))] == ["Sun", "Sun"]


def test_who_always_orders_the_same_may_repeat_it() -> None:
    world = World(shop=a_shop(coupons=BACK))
    known(world)
    orders(world, 0, 20)
    world.until(MONDAY + 200 * ONE_DAY)
    said = world.renderer.said[-1]
    assert ([thing.url for thing in said["things"]], said["sleep"].is_loyal) == (["https://dobra.example/mug"], False)


def test_who_orders_this_and_that_may_not_but_gets_a_present_where_they_are_loyal() -> None:
    world = World(shop=a_shop(coupons=BACK))
    known(world)
    orders(world, 0, 20)
    orders(world, 40, sku="CUP-1")
    world.until(MONDAY + 200 * ONE_DAY)
    said = world.renderer.said[-1]
    assert (said["things"], said["sleep"].is_loyal, said["sleep"].orders) == ([], True, 3)


def big_shop(**more: Any) -> World:
    """One whose people ring; nothing else is asked of them."""
    off = {kind: figures for kind, figures in a_shop().journeys.items() if kind != CALL}
    world = World(shop=a_busy_shop(coupons=BACK, journeys=off, **more))
    known(world, big_from=Decimal(900))
    return world


def test_who_has_spent_the_most_is_rung_in_place_of_the_first_letter() -> None:
    world = big_shop()
    orders(world, 0, 20, customer=CALLED)
    world.until(MONDAY + 112 * ONE_DAY)
    assert (told(world), world.tasks) == ([], [CALL])
    assert world.reasons("winback_first") == ["skipped superseded"]
    world.until(MONDAY + 160 * ONE_DAY)
    assert told(world) == ["winback_offer"]


def test_who_was_reached_gets_no_offer_by_letter() -> None:
    world = big_shop()
    orders(world, 0, 20, customer=CALLED)
    world.until(MONDAY + 112 * ONE_DAY)
    world.close(CALL, "reached")
    world.until(MONDAY + 200 * ONE_DAY)
    assert (told(world), world.tasks) == ([], [CALL])
    assert world.reasons("winback_offer") == ["skipped no_longer_true"]


def test_whom_nobody_reached_is_rung_again() -> None:
    world = big_shop()
    orders(world, 0, 20, customer=CALLED)
    world.until(MONDAY + 112 * ONE_DAY)
    world.close(CALL, "no_answer")
    world.until(MONDAY + 113 * ONE_DAY)
    assert world.tasks == [CALL, CALL]


def test_the_day_on_which_they_want_more_is_noted_with_their_last_order() -> None:
    world = big_shop()
    orders(world, 0, 20, customer=CALLED)
    world.until(MONDAY + 112 * ONE_DAY)
    assert world.visit(world.link(CALL), "reached", planned_repeat_on="2026-09-01")[0] == 200
    world.until(MONDAY + 185 * ONE_DAY)
    assert world.kinds[-1:] == ["planned_repeat"]
    world.until(MONDAY + 250 * ONE_DAY)
    assert world.tasks == [CALL]


def test_a_refusal_ends_it() -> None:
    world = big_shop()
    orders(world, 0, 20, customer=CALLED)
    world.until(MONDAY + 112 * ONE_DAY)
    world.close(CALL, "refused")
    orders(world, 130, customer=CALLED)
    world.until(MONDAY + 500 * ONE_DAY)
    assert (told(world), world.tasks) == ([], [CALL])
    assert world.reasons(CALL)[-1] == "skipped refused"
    assert world.reasons("winback_offer")[-1] == "skipped refused"


def test_who_has_spent_less_or_left_no_number_is_written_to() -> None:
    world = big_shop()
    orders(world, 0, customer=CALLED)
    orders(world, 1, 2, customer=READER | {"email": "b@customer.example"}, of="b")
    world.until(MONDAY + 95 * ONE_DAY)
    assert (told(world), world.tasks) == (["winback_first", "winback_first"], [])


def test_who_is_held_out_is_neither_written_to_nor_rung() -> None:
    world = big_shop(marketing=Marketing(holdout_percent=100))
    orders(world, 0, 20, customer=CALLED)
    world.until(MONDAY + 300 * ONE_DAY)
    assert (told(world), world.tasks) == ([], [])
    assert world.reasons(CALL) == ["skipped holdout"]
    assert world.reasons("winback_offer") == ["skipped holdout"]


def asleep_together(world: World, **days: tuple[int, ...]) -> None:
    """Customers by name who ordered on these days, and no more."""
    for day, name in sorted((day, name) for name, placed in days.items() for day in placed):
        contacts = {"name": name, "email": f"{name}@customer.example", "phone": f"+3805055501{ord(name[0])}"}
        orders(world, day, customer=CALLED | contacts, of=name)


def told_of_each_day() -> World:
    world = big_shop(staff=Staff("team@dobra.example", Digest.DAILY))
    world.shop = replace(world.shop, journeys={**world.shop.journeys, "staff_day": Figures(enabled=True)})
    begin_days(world.workplace, world.shop, world.now)
    return world


def test_a_call_that_nobody_makes_is_told_on_the_next_morning_and_then_once_a_week() -> None:
    world = told_of_each_day()
    orders(world, 0, 20, customer=CALLED)
    world.until(MONDAY + 150 * ONE_DAY)
    assert world.sent_at(CALL) == ["Mon 22 09:03"]
    mornings = [f"{day} 09:03" for day in ("Mon 22", "Tue 23", "Mon 29", "Mon 06", "Mon 13", "Mon 20", "Mon 27")]
    assert world.sent_at("staff_day") == mornings


def test_calls_stand_in_the_day_in_the_order_of_what_may_be_expected() -> None:
    world = told_of_each_day()
    known(world, big_from=Decimal(400), since=MONDAY + 200 * ONE_DAY)
    asleep_together(world, anna=(60,), boris=(0, 30, 60), clara=(30, 60))
    world.until(MONDAY + 199 * ONE_DAY)
    assert world.tasks == []
    world.until(MONDAY + 203 * ONE_DAY)
    assert sorted(world.tasks) == ["staff_day", *[CALL] * 3]
    day = next(said["day"] for said in reversed(world.renderer.said) if "day" in said)
    worth = [line.worth for line in day.calls]
    assert [line.name for line in day.calls] == ["boris", "clara", "anna"]
    assert worth == sorted(worth, reverse=True)


def test_where_all_are_found_at_once_those_of_whom_most_is_expected_come_first() -> None:
    world = World(shop=a_shop(coupons=BACK))
    known(world, since=MONDAY + 200 * ONE_DAY, letters=(0.5, 0.3))
    asleep_together(world, anna=(60,), boris=(0, 30, 60), clara=(30, 60))
    world.until(MONDAY + 204 * ONE_DAY)
    assert world.sent_at("winback_first") == ["Fri 18 11:00", "Sat 19 10:00", "Sun 20 10:00"]


def test_a_shops_own_past_is_learnt_with_the_first_of_its_customers_who_is_due() -> None:
    world = World(shop=a_shop(coupons=BACK))
    orders(world, 0)
    assert rhythm_of(world) == Rhythm()
    world.until(MONDAY + 91 * ONE_DAY)
    assert rhythm_of(world) == Rhythm(learnt_at=MONDAY.replace(month=5, day=31, hour=7), since=rhythm_of(world).since)
    assert told(world) == ["winback_first"]


def of_regulars(number: int) -> World:
    """So many customers, of whom each let no more than thirty days pass."""
    world = World(shop=a_shop())
    for day in (0, 20, 50):
        world.until(MONDAY + day * ONE_DAY)
        for each in range(number):
            order(world, f"{each}-{day}", {"email": f"c{each}@customer.example"})
    return world


def test_all_of_a_shops_customers_are_asked_and_only_a_part_of_very_many() -> None:
    world = of_regulars(35)
    learn = LearnRhythm(world.store, no_outage, world.note)
    learnt = learn(world.shop, world.now)
    assert (learnt.usual_days, learnt.since, learnt.fit is not None) == (30, world.now, True)
    assert rhythm_of(world) == learnt
    assert replace(learn, most=29)(world.shop, world.now).usual_days is None


def test_who_cannot_be_read_keeps_nobody_else_from_being_learnt_of() -> None:
    world = of_regulars(31)
    broken = next(key for key in world.table.stored.items if "#customer#" in key[0] and key[1] == "head")
    world.table.stored.items[broken]["z"] = {"B": b"broken"}
    assert LearnRhythm(world.store, no_outage, world.note)(world.shop, world.now).usual_days == 30
    assert [said.keys() >= {"shop", "customer", "error"} for name, said in world.log if name == "alarm"] == [True]


class WithoutList(Store):
    """Its list of customers cannot be read."""

    def customers(self, shop: str) -> Iterator[str]:
        raise ValueError(shop)


def test_a_shop_whose_past_cannot_be_learnt_does_with_what_is_known_and_tries_the_next_day() -> None:
    world = World(shop=a_shop(coupons=BACK))
    store = WithoutList(world.table, 1, world.store.read_shop)
    world.learning = replace(world.learning, learn=LearnRhythm(store, no_outage, world.note))
    orders(world, 0)
    world.until(MONDAY + 91 * ONE_DAY)
    assert told(world) == ["winback_first"]
    found = MONDAY.replace(month=5, day=31, hour=7)
    assert rhythm_of(world) == Rhythm(learnt_at=found - 29 * ONE_DAY, since=found)
    assert [said.get("shop") for name, said in world.log if name == "alarm"] == ["dobra"]


def no_outage(error: Exception) -> bool:
    return False


def rhythm_of(world: World) -> Rhythm:
    shop = world.store.shop("dobra")
    assert shop is not None
    return shop.rhythm
