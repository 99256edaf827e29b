"""R035: whoever never said whether they want the shop's news is asked in the letter about an order, once in half a
year."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from shopbell.domain.model.events import Event
from shopbell.domain.model.letter import DeliveryError, FailureKind
from shopbell.domain.model.shop import Marketing
from tests.rendering.letters import RENDERER
from tests.service.test_customer_page import Visitor
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


def test_one_address_is_one_person_under_several_ids() -> None:
    shop = world()
    for number in "123":
        shop.tell("order.placed", an_order(number=number), UNDECIDED, order_id=number, customer_id=number)
    assert asking(shop) == ["1"]


def test_a_guest_who_becomes_a_customer_was_asked_and_so_was_one_with_another_address() -> None:
    shop = world()
    order(shop, "1")
    for number, email in (("2", UNDECIDED["email"]), ("3", "olha@customer.example")):
        known = UNDECIDED | {"email": email}
        shop.tell("order.placed", an_order(number=number), known, order_id=number, customer_id="7")
    assert asking(shop) == ["1"]


def test_of_orders_in_one_batch_under_two_ids_one_letter_asks() -> None:
    shop = world()
    shop.hear(*(placed(shop, number) for number in "12"))
    shop.deliver_requests()
    assert len(shop.email.taken) >= 2
    assert len(asking(shop)) == 1


def placed(shop: World, number: str) -> Event:
    said = an_order(number=number)
    return Event("dobra", number, "order.placed", shop.now, number, said, number, UNDECIDED, {}, (), shop.now)


@pytest.mark.parametrize("granted", [True, False])
def test_whoever_answered_for_text_messages_is_not_asked(granted: bool) -> None:
    shop = world()
    order(shop, "1", UNDECIDED | {"phone": "+380505550101", "consent.sms_marketing": {"granted": granted}})
    assert (shop.kinds[:1], asking(shop)) == ([RECEIVED], [])


def test_a_letter_whose_first_try_nobody_answered_for_asks_again_as_it_did() -> None:
    shop = world()
    shop.email.failures = [DeliveryError(FailureKind.UNKNOWN, "timeout")]
    order(shop, "1")
    order(shop, "2")
    shop.until(shop.now + DAY)
    assert asking(shop) == ["1"]


def test_the_address_keeps_its_customer_when_it_is_asked_and_forgets_the_question_with_them() -> None:
    shop = world()
    shop.tell("order.placed", an_order(), UNDECIDED, customer_id="7")
    key = shop.contact_key("dobra", UNDECIDED["email"])
    contact = shop.store.session("dobra").contact(key).contact
    assert (contact.whose, contact.asked_at) == ("id:7", "2026-03-02T08:00:00Z")
    shop.now += DAY
    shop.tell("customer.erased", None, {}, customer_id="7")
    assert shop.store.session("dobra").contact(key).contact.asked_at == ""


def test_what_is_agreed_to_on_the_page_is_kept_with_its_moment_and_words_and_ends_the_asking() -> None:
    shop = world()
    shop.tell("order.placed", an_order(number="1"), UNDECIDED, order_id="1", customer_id="7")
    visitor = Visitor(shop)
    assert not visitor.look().boxes["email_marketing"]
    visitor.save(email_marketing=True)
    word = visitor.record("consent.email_marketing")
    assert (word["granted"], word["source"], word["at"]) == (True, "customer page", "2026-03-02T08:00:00Z")
    assert word["wording"]
    shop.until(shop.now + 200 * DAY)
    shop.tell("order.placed", an_order(number="2"), UNDECIDED, order_id="2", customer_id="7")
    assert asking(shop) == ["1"]
