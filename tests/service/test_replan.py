"""Replanning: a new configuration counts for what is still to come, and for nothing else."""

from dataclasses import replace
from datetime import timedelta

from shopbell.domain.model.shop import Figures
from shopbell.domain.time.calendar import Hours
from shopbell.domain.time.span import hours, working_days
from shopbell.service.operators.replan import Replan, Replanned
from shopbell.service.operators.wake_held import WakeHeld
from tests.world import CADENCES, MONDAY, OLENA, World, a_busy_shop, a_shop, an_order

CELEBRATES = OLENA | {"consent.email_marketing": {"granted": True}, "birthday": "--03-05"}
ON_RECEIPT = {"payment.method": "cash_on_delivery"}


def replan(world: World) -> Replanned:
    wake_held = WakeHeld(world.store, world.ledger, world.enqueue)
    shop = world.store.shop("dobra")
    assert shop is not None
    done = Replan(world.workplace, world.ledger, wake_held)(shop, world.now)
    world.deliver_requests()
    return done


def test_a_shorter_cadence_counts_for_orders_that_wait_already() -> None:
    world = World()
    world.place()
    world.until(MONDAY + timedelta(hours=23, minutes=30))
    world.shop = a_shop(journeys={"order_unpaid_first": Figures(after=working_days(1))})
    assert replan(world) == Replanned(looked=1, moved=1)
    world.until(MONDAY + timedelta(days=1))
    assert world.kinds == ["order_received", "order_unpaid_first"]


def test_a_longer_cadence_counts_as_well() -> None:
    world = World()
    world.place()
    world.shop = a_shop(journeys={"order_unpaid_first": Figures(after=working_days(4))})
    replan(world)
    world.until(MONDAY + timedelta(days=3))
    assert world.kinds == ["order_received"]
    world.until(MONDAY + timedelta(days=4))
    assert world.kinds == ["order_received", "order_unpaid_first"]


def test_a_birthday_letter_turned_on_is_sent_to_those_whose_day_has_not_passed() -> None:
    world = World()
    world.tell("customer.updated", None, CELEBRATES, customer_id="7")
    world.until("2026-03-06T09:00:00Z")
    world.shop = a_shop(journeys={"birthday_last_days": replace(CADENCES["birthday_last_days"], enabled=True)})
    replan(world)
    world.until("2026-03-09T09:00:00Z")
    assert world.kinds[-1] == "birthday_last_days"


def test_a_step_already_decided_stays_decided() -> None:
    world = World()
    world.place()
    world.until("2026-03-05T09:00:00Z")
    assert world.kinds == ["order_received", "order_unpaid_first"]
    world.shop = a_shop(journeys={"order_unpaid_first": Figures(after=working_days(4))})
    replan(world)
    world.until("2026-03-07T09:00:00Z")
    assert world.kinds == ["order_received", "order_unpaid_first"]


def test_replanning_again_changes_nothing() -> None:
    world = World()
    world.place()
    world.tell("order.placed", an_order(number="1002"), OLENA, order_id="1002")
    world.shop = a_shop(journeys={"order_unpaid_first": Figures(after=working_days(1))})
    replan(world)
    stored = world.stored()
    assert replan(world).moved == 0
    assert world.stored() == stored


def test_longer_send_hours_let_what_waits_for_the_morning_leave_now() -> None:
    world = World()
    world.place({"phone": "+380501112233"}, **ON_RECEIPT)
    world.shop = a_shop(send_hours=Hours.parse("11:00-21:00"))
    world.tell("order.cancelled")
    assert world.kinds == ["sms order_received"]
    world.shop = a_shop(send_hours=Hours.parse("08:00-21:00"))
    replan(world)
    assert world.kinds == ["sms order_received", "sms order_cancelled"]


def test_news_that_waits_for_its_own_moment_gets_the_new_one() -> None:
    world = World()
    world.place(**ON_RECEIPT)
    world.tell("order.handed_over")
    world.shop = a_shop(journeys={"order_handed_over": Figures(after=hours(1))})
    assert replan(world).moved == 1
    world.until(MONDAY + timedelta(hours=1))
    assert world.kinds == ["order_received", "order_handed_over"]


def test_an_order_that_cannot_be_read_does_not_keep_the_others_from_it() -> None:
    world = World()
    world.place()
    world.tell("order.placed", an_order(number="0999"), OLENA, order_id="0999")
    world.until(MONDAY + timedelta(hours=23, minutes=30))
    world.break_reading("0999")
    world.shop = a_shop(journeys={"order_unpaid_first": Figures(after=working_days(1))})
    done = replan(world)
    assert done == Replanned(looked=2, moved=1, failed=1)


def test_another_shops_orders_are_left_alone() -> None:
    world = World()
    world.place()
    before = world.stored()
    world.shop = a_shop(id="dob", journeys={"order_unpaid_first": Figures(after=working_days(1))})
    world.store.save_shop("dob", {})
    wake_held = WakeHeld(world.store, world.ledger, world.enqueue)
    done = Replan(world.workplace, world.ledger, wake_held)(world.shop, world.now)
    assert done == Replanned()
    assert before[1:-1] in world.stored()


def test_a_call_that_comes_back_later_today_is_not_made_at_once_because_the_shop_changes_its_configuration() -> None:
    world = World(shop=a_busy_shop())
    world.place(**ON_RECEIPT)
    world.close("staff_confirm_order", "no_answer")
    replan(world)
    assert world.sent_at("staff_confirm_order") == ["Mon 02 10:00"]
    world.until(MONDAY + timedelta(hours=3))
    assert world.sent_at("staff_confirm_order") == ["Mon 02 10:00", "Mon 02 12:00"]
