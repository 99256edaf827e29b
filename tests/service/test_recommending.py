"""What goes with what is learnt from what customers' records say they bought, and told in letters and on their page."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from shopbell.domain.rules.recommending import SUPPORT
from shopbell.service.operators.days import begin_days
from shopbell.service.operators.replan import Replan
from shopbell.service.operators.wake_held import WakeHeld
from tests.service.test_customer_page import Visitor
from tests.service.test_late_facts import Broken, left_out
from tests.world import MONDAY, OLENA, World, a_shop, an_order

READER = OLENA | {"consent.email_marketing": {"granted": True}}


def thing(sku: str, **more: Any) -> dict[str, Any]:
    known = {
        "sku": sku,
        "name": sku.title(),
        "quantity": "1",
        "unit_price": "9.00",
        "url": f"https://dobra.example/{sku}",
    }
    return {name: value for name, value in (known | more).items() if value}


BEANS, CUP, FILTER = thing("beans", lasts_days=30), thing("cup"), thing("filter")


def order(world: World, order_id: str, *items: dict[str, Any], customer: dict[str, Any] | None = None) -> None:
    whose = customer or {"email": f"c{order_id}@customer.example"}
    told = an_order(number=order_id, placed_at=None, items=list(items), total="90.00")
    world.tell("order.placed", told | {"payment.method": "cash_on_delivery"}, whose, order_id=order_id)


def bought(world: World, *items: dict[str, Any], times: int = SUPPORT, first: int = 100) -> None:
    for number in range(first, first + times):
        order(world, str(number), *items)


def along(world: World, sku: str) -> dict[str, float]:
    """By its code, how well each thing goes with the product."""
    product = world.store.session("dobra").products([sku]).get(sku)
    return {item["sku"]: fit for fit, item in product.along} if product else {}


def told(world: World) -> list[tuple[str, str, bool]]:
    """What the replenishment letter recommends, and why."""
    content = [each for each in world.renderer.said if each["kind"] == "replenishment"][-1]
    return [(each.sku, each.beside, each.learnt) for each in content["recommended"]]


def in_the_letter(world: World, *, customer: dict[str, Any] = READER) -> list[tuple[str, str, bool]]:
    """After beans that last a month, and a night in which all that was ordered is learnt from."""
    order(world, "1", BEANS, customer=customer)
    world.learn()
    world.until("2026-03-29T12:00:00Z")
    return told(world)


@pytest.fixture
def world() -> World:
    return World(shop=a_shop())


def test_what_others_bought_with_it_is_recommended_with_the_reason(world: World) -> None:
    bought(world, BEANS, CUP)
    assert in_the_letter(world) == [("cup", "Beans", True)]
    (content,) = [each for each in world.renderer.said if each["kind"] == "replenishment"]
    (only,) = content["recommended"]
    assert (only.name, only.url, only.unit_price) == ("Cup", "https://dobra.example/cup", None)


def test_where_nothing_is_learnt_what_the_shop_says_is_recommended(world: World) -> None:
    world.shop = a_shop(accessories={"beans": ("grinder", "cup", "filter")})
    order(world, "50", CUP)
    assert in_the_letter(world) == [("cup", "Beans", False)]  # of the others neither name nor page is known


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ([("1", CUP)], "owned"),
        ([("product.restocked", {"product": {"sku": "cup", "quantity": "0"}})], "sold out"),
    ],
)
def test_never_what_they_own_or_what_is_sold_out(world: World, more: Sequence[Any], what: str) -> None:
    bought(world, BEANS, CUP)
    bought(world, BEANS, FILTER, first=200)
    for name, said in more:
        if what == "owned":
            order(world, "2", said, customer=READER)
        else:
            world.tell(name, None, None, said=said)
    assert in_the_letter(world) == [("filter", "Beans", True)]


@pytest.mark.parametrize("said", ["order.cancelled", "order.refunded", "complaint", "review"])
def test_never_what_was_given_back_or_complained_about(world: World, said: str) -> None:
    drip = thing("drip", lasts_days=900)
    bought(world, BEANS, drip)
    bought(world, BEANS, FILTER, first=200)
    order(world, "2", drip, customer=READER)
    if said == "complaint":
        complaint = {"id": "c1", "kind": "complaint", "order": "2", "text": "It leaks."}
        world.tell("complaint.opened", None, READER, said={"complaint": complaint})
        world.tell("complaint.resolved", None, said={"complaint": {"id": "c1", "text": "Sent another one."}})
    elif said == "review":
        world.tell("review.posted", None, READER, order_id="2", said={"rating": "1", "order": "2"})
    else:
        world.tell("order.paid", order_id="2", payment={"id": "p1"})
        world.tell(said, order_id="2", refund={"id": "r1", "amount": "90.00"})
    assert in_the_letter(world) == [("filter", "Beans", True)]


def test_what_has_no_page_is_in_no_letter(world: World) -> None:
    bought(world, BEANS, thing("cup", url=""))
    assert in_the_letter(world) == []


def test_what_the_letter_tells_of_is_not_recommended_in_it(world: World) -> None:
    bought(world, BEANS, thing("drip", lasts_days=32))
    order(world, "2", thing("drip", lasts_days=32), customer=READER)
    assert in_the_letter(world) == []
    content = [each for each in world.renderer.said if each["kind"] == "replenishment"][-1]
    assert [each.sku for each in content["things"]] == ["beans", "drip"]


def test_what_cannot_be_looked_up_leaves_the_letter_as_it_is() -> None:
    table = Broken()
    world = World(shop=a_shop(), table=table)
    bought(world, BEANS, CUP)
    order(world, "1", BEANS, customer=READER)
    world.learn()
    table.part = "along"
    world.until("2026-03-29T12:00:00Z")
    assert (told(world), left_out(world)) == ([], [("recommended", "KeyError")])


def test_an_order_that_is_told_three_times_counts_once(world: World) -> None:
    for _ in range(3):
        bought(world, BEANS, CUP, times=SUPPORT - 1)
    world.learn()
    assert along(world, "beans") == {}
    bought(world, BEANS, CUP)
    world.learn()
    once = along(world, "beans")
    assert once.keys() == {"cup"}
    bought(world, BEANS, CUP)
    world.learn()
    world.learn()
    assert along(world, "beans") == once


@pytest.mark.parametrize("said", ["order.cancelled", "order.refunded"])
def test_an_order_that_was_called_off_counts_no_more_and_brought_back_it_does(world: World, said: str) -> None:
    bought(world, BEANS, CUP)
    world.learn()
    before = along(world, "beans")
    world.tell("order.paid", order_id="100", payment={"id": "p1"})
    world.now += timedelta(minutes=1)
    world.tell(said, order_id="100", refund={"id": "r1", "amount": "90.00"})
    world.now = MONDAY + timedelta(minutes=2)
    world.learn()
    bought(world, BEANS, CUP, times=1, first=300)
    world.learn()
    assert along(world, "beans") == pytest.approx(before, rel=1e-4)  # six less one
    if said == "order.cancelled":
        world.tell("order.accepted", order_id="100")
        world.learn()
        assert along(world, "beans")["cup"] > before["cup"]


def test_an_order_is_counted_as_it_stands(world: World) -> None:
    bought(world, BEANS, CUP)
    world.now += timedelta(minutes=1)
    world.tell("order.repriced", {"items": [BEANS, FILTER]}, order_id="100", repriced={"new_total": "80.00"})
    world.learn()
    assert along(world, "beans") == {}


def test_it_is_learnt_a_day_after_the_shop_is_put_and_each_week(world: World) -> None:
    for _ in range(2):
        begin_days(world.workplace, world.shop, world.now)
    bought(world, BEANS, CUP)
    world.until(MONDAY + timedelta(hours=23))
    assert along(world, "beans") == {}
    world.until(MONDAY + timedelta(hours=25))
    assert along(world, "beans").keys() == {"cup"}
    bought(world, BEANS, FILTER, first=200)
    world.until(MONDAY + timedelta(days=7))
    assert along(world, "beans").keys() == {"cup"}
    world.until(MONDAY + timedelta(days=9))
    assert along(world, "beans").keys() == {"cup", "filter"}


def test_a_replan_leaves_the_run_as_it_is(world: World) -> None:
    begin_days(world.workplace, world.shop, world.now)
    replan = Replan(world.workplace, world.ledger, WakeHeld(world.store, world.ledger, world.enqueue))
    assert replan(world.shop, world.now).failed == 0


def test_learning_costs_an_order_no_write_and_a_product_one(world: World) -> None:
    bought(world, BEANS, CUP)
    before = set(world.table.stored.items)
    world.learn()
    assert {sort for _, sort in set(world.table.stored.items) - before} == {"along"}
    assert len(set(world.table.stored.items) - before) == 2
    assert all(place.startswith("dobra#product#") for place, _ in set(world.table.stored.items) - before)


def test_a_customer_who_cannot_be_read_keeps_nobody(world: World) -> None:
    bought(world, BEANS, CUP, times=SUPPORT + 1)
    place = next(place for place, sort in world.table.stored.items if "#customer#" in place and sort == "head")
    world.table.stored.items[place, "head"]["z"] = {"B": b"broken"}
    world.learn()
    assert along(world, "beans").keys() == {"cup"}
    assert [name for name, _ in world.log if name == "alarm"] == ["alarm"]


def test_carts_and_views_speak_of_what_somebody_likes_until_they_are_forgotten(world: World) -> None:
    bought(world, thing("pot"), thing("lid"))
    bought(world, thing("fork"), thing("spoon"), first=200)
    world.learn()
    world.tell("customer.updated", None, READER, customer_id="7")
    world.tell("cart.updated", None, {}, customer_id="7", items=[{"sku": "pot"}])
    world.tell("cart.updated", None, {}, customer_id="7", items=[])
    world.tell("product.viewed", None, {}, customer_id="7", sku="fork")
    assert on_the_page(world) == ["Lid: often bought with: Pot", "Spoon: often bought with: Fork"]
    world.now += timedelta(days=91)
    assert on_the_page(world) == []


def on_the_page(world: World) -> list[str]:
    html = Visitor(world).look().html
    said = re.findall(r'<p><a href="https://dobra.example/\w+">(\w+)</a> <span class="about">([^<]+)</span>', html)
    return [f"{name}: {why}" for name, why in said]


def test_a_second_look_of_the_day_writes_nothing(world: World) -> None:
    world.tell("product.viewed", None, {}, customer_id="7", sku="fork")
    before = dict(world.table.stored.items)
    world.tell("product.viewed", None, {}, customer_id="7", sku="fork")
    assert world.table.stored.items == before


def test_the_page_recommends_to_those_who_agreed(world: World) -> None:
    bought(world, BEANS, CUP)
    world.learn()
    world.tell("customer.updated", None, OLENA, customer_id="7")
    world.tell("cart.updated", None, {}, customer_id="7", items=[{"sku": "beans"}])
    assert on_the_page(world) == []
    world.now += timedelta(minutes=1)
    world.tell("customer.updated", None, READER, customer_id="7")
    assert on_the_page(world) == ["Cup: often bought with: Beans"]


def test_whoever_waits_for_an_answer_is_recommended_nothing(world: World) -> None:
    bought(world, BEANS, CUP)
    world.learn()
    world.tell("cart.updated", None, READER, customer_id="7", items=[{"sku": "beans"}])
    complaint = {"id": "c1", "kind": "complaint", "text": "Nobody rings."}
    world.tell("complaint.opened", None, {}, customer_id="7", said={"complaint": complaint})
    assert on_the_page(world) == []


def test_a_service_letter_recommends_only_to_those_who_agreed(world: World) -> None:
    bought(world, BEANS, CUP)
    world.learn()
    told = an_order(number="1", items=[BEANS], planned_repeat_on="2026-03-12") | {"payment.method": "cash_on_delivery"}
    world.tell("order.placed", told, OLENA, order_id="1")
    world.until("2026-03-11T12:00:00Z")
    (content,) = [each for each in world.renderer.said if each["kind"] == "planned_repeat"]
    assert content["recommended"] == []
