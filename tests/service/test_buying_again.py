"""Who bought before is told when it runs out, when they wanted it again, when it is to be replaced; or why not."""

from typing import Any

import pytest

from shopbell.domain.model.shop import Marketing
from tests.world import MONDAY, OLENA, World, a_shop, an_order

READER = OLENA | {"consent.email_marketing": {"granted": True}}
WATER: dict[str, Any] = {"sku": "WATER-19", "name": "Water, 19 l", "quantity": "1", "unit_price": "150.00"}
COFFEE: dict[str, Any] = {"sku": "COFFEE-1", "name": "Coffee", "quantity": "1", "unit_price": "320.00"}
BEANS: dict[str, Any] = {"sku": "BEANS-1", "name": "Beans", "quantity": "1", "unit_price": "90.00"}


def order(world: World, order_id: str, *items: dict[str, Any], customer: dict[str, Any] = READER, **more: Any) -> None:
    changes = an_order(number=order_id, placed_at=None, items=list(items), total="470.00", **more)
    world.tell("order.placed", changes | {"payment.method": "cash_on_delivery"}, customer, order_id=order_id)


def told(world: World) -> list[str]:
    return [name for name in world.kinds if name in ("replenishment", "planned_repeat", "upgrade")]


def test_what_lasts_a_month_is_told_of_some_days_before_its_end() -> None:
    world = World(shop=a_shop())
    order(world, "1", WATER | {"lasts_days": 30})
    world.until("2026-03-26T12:00:00Z")
    assert told(world) == []
    world.until("2026-03-29T12:00:00Z")
    assert told(world) == ["replenishment"]
    thing = world.renderer.said[-1]["things"][0]
    assert (thing.name, str(thing.last_on), str(thing.ends_on)) == ("Water, 19 l", "2026-03-02", "2026-04-01")


def test_any_order_that_holds_it_cancels_the_letter() -> None:
    world = World(shop=a_shop())
    order(world, "1", WATER | {"lasts_days": 30})
    world.until("2026-03-20T12:00:00Z")
    order(world, "2", COFFEE, WATER | {"lasts_days": 30})
    world.until("2026-04-10T12:00:00Z")
    assert told(world) == []
    world.until("2026-04-16T12:00:00Z")
    assert told(world) == ["replenishment"]


def test_who_is_to_get_no_marketing_at_all_gets_none() -> None:
    world = World(shop=a_shop(marketing=Marketing(per_month=0)))
    order(world, "1", WATER | {"lasts_days": 30})
    world.until("2026-03-29T12:00:00Z")
    assert (told(world), world.reasons("replenishment")[-1:]) == ([], ["skipped cap"])


def test_what_is_no_rhythm_is_left_alone_with_a_reason() -> None:
    world = World(shop=a_shop())
    for number, day in enumerate((2, 5, 26), 1):
        world.until(MONDAY.replace(day=day))
        order(world, str(number), WATER)
    world.until("2026-04-20T12:00:00Z")
    assert told(world) == []
    assert world.reasons("replenishment") == ["skipped no_rhythm"]
    (decision,) = [each for each in world.decisions() if each.kind == "replenishment"]
    assert decision.detail == "2 gaps, spread 1.38"


def test_who_did_not_agree_to_letters_gets_none() -> None:
    world = World(shop=a_shop())
    order(world, "1", WATER | {"lasts_days": 30}, customer=OLENA)
    world.until("2026-04-10T12:00:00Z")
    assert (told(world), world.reasons("replenishment")) == ([], ["skipped no_consent"])


def test_what_runs_out_within_three_days_is_one_letter() -> None:
    world = World(shop=a_shop())
    order(world, "1", WATER | {"lasts_days": 30}, COFFEE | {"lasts_days": 32}, BEANS | {"lasts_days": 60})
    world.until("2026-04-05T12:00:00Z")
    assert told(world) == ["replenishment"]
    assert [thing.name for thing in world.renderer.said[-1]["things"]] == ["Water, 19 l", "Coffee"]
    assert sorted(world.reasons("replenishment")) == ["sent due", "skipped superseded"]
    world.until("2026-04-28T12:00:00Z")
    assert [thing.name for thing in world.renderer.said[-1]["things"]] == ["Beans"]


@pytest.mark.parametrize(("agreed", "reminded"), [("2026-03-27", "Tue 24 10:00"), ("2026-03-28", "Wed 25 10:00")])
def test_who_agreed_on_a_day_is_reminded_before_it_and_of_nothing_else(agreed: str, reminded: str) -> None:
    world = World(shop=a_shop())
    order(world, "1", WATER | {"lasts_days": 30}, planned_repeat_on=agreed, customer=OLENA)
    world.until("2026-04-10T12:00:00Z")
    assert told(world) == ["planned_repeat"]
    assert str(world.renderer.said[-1]["planned_on"]) == agreed
    assert world.sent_at("planned_repeat") == [reminded]
    assert world.reasons("replenishment") == ["skipped superseded"]


def test_the_day_may_be_agreed_on_later() -> None:
    world = World(shop=a_shop())
    order(world, "1", WATER, customer=OLENA)
    data = {"order": {"id": "1", "planned_repeat_on": "2026-03-20"}}
    body = {"type": "customer.updated", "timestamp": "2026-03-02T08:00:00Z", "data": data}
    world.hear(world.as_told(body, world.shop, world.now))
    world.until("2026-03-18T12:00:00Z")
    assert told(world) == ["planned_repeat"]


def test_a_model_that_is_replaced_is_told_of_once_it_is_old() -> None:
    world = World(shop=a_shop())
    order(world, "1", COFFEE | {"renews_after_days": 60, "category": "Machines"})
    world.until("2026-05-02T12:00:00Z")
    assert told(world) == ["upgrade"]
    world.until("2026-08-02T12:00:00Z")
    assert told(world) == ["upgrade"]


def test_what_was_never_paid_for_does_not_run_out() -> None:
    world = World(shop=a_shop())
    world.tell("order.placed", an_order(items=[WATER | {"lasts_days": 30}]), READER)
    world.until("2026-04-10T12:00:00Z")
    assert "replenishment" not in world.reasons("replenishment") + told(world)


def test_what_was_called_off_does_not_run_out() -> None:
    world = World(shop=a_shop())
    order(world, "1", WATER | {"lasts_days": 30})
    world.tell("order.cancelled", order_id="1", reason="none left")
    world.until("2026-04-10T12:00:00Z")
    assert told(world) == []


def test_what_runs_out_on_one_day_is_told_in_one_letter() -> None:
    world = World(shop=a_shop())
    order(world, "1", *(each | {"lasts_days": 30} for each in (WATER, COFFEE, BEANS)))
    world.until("2026-04-10T12:00:00Z")
    assert told(world) == ["replenishment"]
    assert sorted(thing.name for thing in world.renderer.said[-1]["things"]) == ["Beans", "Coffee", "Water, 19 l"]
    assert sorted(world.reasons("replenishment")) == ["sent due", "skipped superseded", "skipped superseded"]
