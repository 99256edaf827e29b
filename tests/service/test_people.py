"""Customers, guests and their contacts: who hears, who is remembered, who is forgotten."""

from datetime import timedelta

import pytest

from shopbell.domain.model.events import Dropped
from tests.world import MONDAY, OLENA, World, a_busy_shop, an_order

AGREED = {"consent.email_marketing": {"granted": True}}
PHONE = {"phone": "+380445550101"}


def test_a_guest_needs_no_account() -> None:
    world = World()
    world.place()
    assert world.email.taken[0].to == OLENA["email"]
    assert world.sent()[0].whose == ""


def test_a_contact_that_cannot_be_read_does_not_refuse_the_order() -> None:
    world = World()
    dropped = (Dropped("order.customer.phone", "is not a phone number"), Dropped("order.items.url", "is empty"))
    world.tell("order.placed", {"number": "1001", "total": "1.00", "items": [{}]}, OLENA, dropped=dropped)
    assert world.kinds == ["order_received"]
    assert world.reasons("order.placed") == ["skipped unreadable", "skipped unreadable"]
    assert {decision.step: decision.detail for decision in world.decisions() if decision.step} == {
        "order.customer.phone": "order.customer.phone: is not a phone number",
        "order.items.url": "order.items.url: is empty",
    }


def test_the_newest_address_counts_for_what_is_still_to_come() -> None:
    world = World()
    world.tell("customer.updated", None, OLENA, customer_id="7")
    world.tell("order.placed", {"number": "1", "total": "1.00", "items": [{}]}, {}, customer_id="7")
    world.now += timedelta(hours=1)
    world.tell("customer.updated", None, {"email": "new@customer.example"}, customer_id="7")
    world.tell("order.paid")
    assert [letter.to for letter in world.email.taken] == [OLENA["email"], "new@customer.example"]


def test_a_guests_orders_become_the_customers_when_the_same_contact_has_an_account() -> None:
    world = World()
    world.place()
    world.now += timedelta(hours=1)
    world.tell("order.placed", an_order(number="2"), OLENA, order_id="2", customer_id="7")
    world.now += timedelta(hours=1)
    world.tell("order.placed", an_order(number="3"), OLENA, order_id="3")
    customer = world.store.session("dobra").customer("id:7").entity
    pointers = [p.order for key in (*customer.aliases, customer.key) for p in world.store.pointers("dobra", key)]
    assert pointers == ["1001", "2", "3"]


def test_who_asks_to_be_forgotten_is_forgotten_at_once_and_everywhere() -> None:
    world = World()
    world.place(OLENA | PHONE | AGREED | {"birthday": "1990-03-20"}, **{"delivery.address": "Pryvitna 1"})
    world.tell("order.cancelled", reason="Olena changed her mind")
    world.now += timedelta(hours=1)
    world.tell("customer.erased", None, {"email": OLENA["email"]})
    stored = world.stored()
    for personal in ("Olena", "olena@", "+380445550101", "1990", "Pryvitna"):
        assert personal not in stored
    world.until(MONDAY + timedelta(days=30))
    assert world.kinds == ["order_received", "order_cancelled"]


def test_what_was_said_before_the_forgetting_and_comes_late_stays_forgotten() -> None:
    world = World()
    world.place(OLENA, **{"delivery.address": "Pryvitna 1"})
    world.now += timedelta(hours=2)
    world.tell("customer.erased", None, {"email": OLENA["email"]})
    world.tell("order.paid", {"delivery.address": "Pryvitna 1"}, {"name": "Olena"}, at=MONDAY + timedelta(hours=1))
    assert "Pryvitna" not in world.stored()
    assert "Olena" not in world.stored()
    assert world.reasons("payment_received") == ["skipped erased"]


def test_who_was_forgotten_and_orders_again_is_a_customer_again_without_promotion() -> None:
    world = World()
    world.place(OLENA | AGREED)
    world.now += timedelta(hours=1)
    world.tell("customer.erased", None, {"email": OLENA["email"]})
    world.now += timedelta(days=1)
    world.tell("order.placed", {"number": "2", "total": "1.00", "items": [{}]}, OLENA | AGREED, order_id="2")
    assert world.kinds == ["order_received", "order_received"]
    assert world.renderer.said[-1]["coupon"] is None


def test_whoever_cannot_be_found_to_be_forgotten_is_a_decision() -> None:
    world = World()
    world.tell("customer.erased", None, {"email": "stranger@customer.example"})
    assert world.reasons("customer.erased") == ["skipped no_contact"]


def test_an_address_is_one_however_it_is_capitalised() -> None:
    world = World()
    world.place(OLENA)
    world.now += timedelta(hours=1)
    world.tell("order.placed", an_order(number="2"), {"email": OLENA["email"].upper()}, order_id="2")
    assert len({message.customer for message in world.messages()}) == 1


@pytest.mark.parametrize(
    ("email", "meant"), [("olena@gmial.com", "gmail.com"), ("olena@gmail.com", ""), ("olena@customer.example", "")]
)
def test_an_address_that_looks_mistyped_is_shown_and_never_put_right(email: str, meant: str) -> None:
    world = World(shop=a_busy_shop())
    world.place(OLENA | {"email": email})
    task = next(each for each in world.renderer.said if each["kind"] == "staff_confirm_order")
    assert (task["customer"].email, task["customer"].email_meant) == (email, meant)
    assert [letter.to for letter in world.email.taken] == [email]
