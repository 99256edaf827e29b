"""`staff.digest: hourly`: what is not urgent comes in one letter, on the hour; what is urgent at once."""

from datetime import timedelta

from shopbell.domain.model.letter import DeliveryError, FailureKind
from shopbell.domain.model.shop import Digest, Staff
from tests.rendering.letters import RENDERER
from tests.world import MONDAY, OLENA, World, a_busy_shop, an_order

HOURLY = Staff("team@dobra.example", Digest.HOURLY)


def a_shop_with_three_paid_orders(staff: Staff = HOURLY) -> World:
    world = World(shop=a_busy_shop(staff=staff))
    for number in ("1", "2", "3"):
        world.tell("order.placed", an_order(number=number), OLENA, order_id=number)
        world.now += timedelta(minutes=2)
        world.tell("order.paid", order_id=number)
    return world


def test_what_can_wait_leaves_on_the_hour_in_one_letter() -> None:
    world = a_shop_with_three_paid_orders()
    assert world.tasks == ["staff_confirm_order"] * 3
    world.until(MONDAY + timedelta(minutes=60))
    digest = world.staff.taken[-1]
    assert digest.subject == "3 tasks"
    assert digest.text == " + ".join(["staff_pack en staff"] * 3)
    packing = [message for message in world.sent() if message.name == "staff_pack"]
    assert [message.sent_at for message in packing] == [MONDAY + timedelta(hours=1)] * 3
    assert world.reasons("staff_pack") == ["sent due"] * 3


def test_without_a_digest_each_task_comes_at_once() -> None:
    world = a_shop_with_three_paid_orders(Staff("team@dobra.example", Digest.OFF))
    assert world.tasks == ["staff_confirm_order", "staff_pack"] * 3


def test_a_task_that_waits_alone_comes_as_it_is() -> None:
    world = World(shop=a_busy_shop(staff=HOURLY))
    world.place()
    world.tell("order.paid")
    world.until(MONDAY + timedelta(hours=1))
    assert world.staff.taken[-1].subject == "staff_pack"


def test_what_is_done_by_then_is_not_asked_any_more() -> None:
    world = a_shop_with_three_paid_orders()
    world.tell("order.shipped", {"delivery.tracking_number": "1"}, order_id="2")
    world.until(MONDAY + timedelta(hours=1))
    assert world.staff.taken[-1].subject == "2 tasks"


def test_while_the_provider_takes_nothing_each_waits_and_none_is_lost() -> None:
    world = a_shop_with_three_paid_orders()
    world.staff.failures = [DeliveryError(FailureKind.TEMPORARY, "unavailable")]
    world.until(MONDAY + timedelta(hours=2))
    assert [message.name for message in world.sent()].count("staff_pack") == 3


def test_the_letter_holds_every_task_with_its_own_link() -> None:
    world = a_shop_with_three_paid_orders()
    world.send = world.sending_with(RENDERER)
    world.until(MONDAY + timedelta(hours=1))
    digest = world.staff.taken[-1]
    links = {f"https://links.example/t/dobra.{m.id}" for m in world.sent() if m.name == "staff_pack"}
    assert digest.subject == "Tasks from the last hour: 3"
    assert all(link in digest.html and link in digest.text for link in links)
    assert digest.html.count("<html") == 1
    assert digest.html.count("<h1") == 3
