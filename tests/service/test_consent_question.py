"""R035: whoever never said whether they want the shop's news is asked in the letter about an order, once in half a
year."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from shopbell.domain.model.shop import Marketing
from tests.rendering.letters import RENDERER
from tests.world import OLENA, World, a_busy_shop, an_order

UNDECIDED: dict[str, Any] = {name: value for name, value in OLENA.items() if not name.startswith("consent")}
RECEIVED = "order_received"
DAY = timedelta(days=1)


def order(world: World, number: str, customer: Mapping[str, Any] = UNDECIDED, **changes: Any) -> None:
    world.tell("order.placed", an_order(number=number, **changes), customer, order_id=number)


def asking(world: World) -> list[str]:
    """The orders whose letter asks."""
    of = {message.id: message.order for message in world.sent()}
    return [of[letter.id] for letter in world.email.taken if "Say so here" in letter.text]


def world(**changes: Any) -> World:
    made = World(shop=a_busy_shop(locale="en", **changes))
    made.send = made.sending_with(RENDERER)
    return made


def test_the_first_order_asks_and_the_next_does_not() -> None:
    shop = world()
    order(shop, "1")
    order(shop, "2")
    shop.until(shop.now + 30 * DAY)
    order(shop, "3")
    shop.until(shop.now + DAY)
    assert asking(shop) == ["1"]


def test_half_a_year_later_an_order_asks_again() -> None:
    shop = world()
    order(shop, "1")
    shop.until(shop.now + 180 * DAY)
    order(shop, "2")
    shop.until(shop.now + 10 * DAY)
    order(shop, "3")
    shop.until(shop.now + DAY)
    assert asking(shop) == ["1", "3"]


@pytest.mark.parametrize("granted", [True, False])
def test_whoever_said_yes_or_no_is_not_asked(granted: bool) -> None:
    shop = world()
    order(shop, "1", UNDECIDED | {"consent.email_marketing": {"granted": granted}})
    shop.until(shop.now + DAY)
    assert (shop.kinds[:1], asking(shop)) == ([RECEIVED], [])


def test_an_event_told_three_times_asks_once() -> None:
    shop = world()
    for _ in range(3):
        order(shop, "1")
    shop.until(shop.now + DAY)
    assert asking(shop) == ["1"]


def test_who_has_no_address_is_not_asked_by_sms_and_is_once_there_is_one() -> None:
    shop = world()
    order(shop, "1", {"id": "7", "name": "Olena", "phone": "+380505550101"})
    shop.until(shop.now + DAY)
    assert asking(shop) == []
    assert all("Say so here" not in letter.text for letter in shop.sms.taken)
    order(shop, "2")
    shop.until(shop.now + DAY)
    assert asking(shop) == ["2"]


def test_a_shop_that_sends_no_news_does_not_ask() -> None:
    shop = world(marketing=Marketing(per_month=0))
    order(shop, "1")
    shop.until(shop.now + DAY)
    assert (shop.kinds[:1], asking(shop)) == ([RECEIVED], [])


def test_the_letter_leads_to_the_page_where_one_agrees_and_is_no_mailing() -> None:
    shop = world()
    order(shop, "1")
    (letter,) = [letter for letter in shop.email.taken if letter.kind == RECEIVED]
    assert "List-Unsubscribe" not in letter.headers
    assert not letter.is_tracked
    assert "/u/" in letter.html


def test_where_the_first_letter_was_taken_along_the_second_asks() -> None:
    """A card order that is accepted within its minute is told in one letter."""
    shop = world()
    shop.tell("order.placed", an_order(number="1", **{"payment.method": "card"}), UNDECIDED, order_id="1")
    shop.tell("order.paid", order_id="1")
    shop.tell("order.accepted", order_id="1")
    shop.until(shop.now + DAY)
    assert shop.kinds[:1] == ["order_accepted"]
    assert asking(shop) == ["1"]


def test_who_complains_has_something_else_on_their_mind() -> None:
    shop = world()
    shop.tell(
        "complaint.opened", None, UNDECIDED, said={"complaint": {"id": "c1", "kind": "complaint", "text": "Late"}}
    )
    order(shop, "1")
    shop.until(shop.now + DAY)
    assert asking(shop) == []
