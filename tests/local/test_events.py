"""What the door took can be looked up: when it came, and what became of it."""

from typing import Any

import pytest

from tests.local.outsider import Outsider
from tests.local.test_contract import OLENA, SHOP, START, Shop, order

SHIPPED = {"order": {"id": "a/1#x", "delivery": {"tracking_number": "590001"}}}


@pytest.fixture
def shop(product: str) -> Shop:
    """A shop just put into an empty stack."""
    shop = Shop(product)
    assert shop.ask("POST", "/local/reset").status == 204
    assert shop.ask("PUT", "/local/shops/dobra", SHOP).status == 204
    return shop


def events(outsider: Outsider, query: str = "") -> Any:
    return outsider.ask("GET", f"/local/events{query}").json()


def outcomes(outsider: Outsider, query: str = "") -> list[str]:
    return [f"{event['id']} {event['outcome']}" for event in events(outsider, query)]


def test_each_event_has_its_own_moment_and_that_of_its_arrival(shop: Shop) -> None:
    assert events(shop) == []
    shop.move(advance="PT1H")
    assert shop.say("order.placed", order(), name="evt_1", at="2026-03-02T10:00:00.5+02:00").status == 200
    assert events(shop) == [
        {
            "id": "evt_1",
            "type": "order.placed",
            "at": "2026-03-02T08:00:00.500000Z",
            "received_at": "2026-03-02T09:00:00Z",
            "platform": "native",
            "outcome": "merged",
        }
    ]


def test_news_of_an_order_waits_until_the_order_is_placed(shop: Shop) -> None:
    shop.say("order.shipped", SHIPPED, name="evt_2", at=START)
    shop.say("review.posted", {"order": "a/1#x"}, name="evt_3", at=START)
    shop.say("order.placed", order(id="another"), name="evt_4")
    assert outcomes(shop) == ["evt_2 waits", "evt_3 waits", "evt_4 merged"]
    shop.say("order.placed", order(), name="evt_1")
    assert outcomes(shop) == ["evt_2 merged", "evt_3 merged", "evt_4 merged", "evt_1 merged"]


def test_news_of_anything_else_waits_for_nothing(shop: Shop) -> None:
    complaint = {"complaint": {"id": "c1", "kind": "complaint", "customer": OLENA, "order": "a/1#x"}}
    assert shop.say("customer.updated", {"customer": OLENA}, name="evt_1").status == 200
    assert shop.say("complaint.opened", complaint, name="evt_2").status == 200
    assert outcomes(shop) == ["evt_1 merged", "evt_2 merged"]


def test_an_event_that_comes_again_is_named_again(shop: Shop) -> None:
    for _ in range(2):
        shop.say("order.shipped", SHIPPED, name="evt_2")
    assert outcomes(shop) == ["evt_2 waits", "evt_2 repeated"]
    for _ in range(2):
        shop.say("order.placed", order(), name="evt_1")
    assert outcomes(shop) == ["evt_2 merged", "evt_2 repeated", "evt_1 merged", "evt_1 repeated"]


def test_the_same_id_of_another_shop_is_another_event(shop: Shop) -> None:
    shop.ask("PUT", "/local/shops/other", SHOP)
    for name in ("dobra", "other"):
        shop.say("order.placed", order(), name="evt_1", shop=name)
    shop.say("order.shipped", {"order": {"id": "b"}}, name="evt_2", shop="other")
    assert outcomes(shop) == ["evt_1 merged", "evt_1 merged", "evt_2 waits"]
    assert outcomes(shop, "?shop=other") == ["evt_1 merged", "evt_2 waits"]
    assert outcomes(shop, "?shop=other&order=b") == ["evt_2 waits"]
    assert outcomes(shop, "?shop=nobody") == []


def test_an_order_is_asked_for_by_the_shops_own_id(shop: Shop) -> None:
    complaint = {"complaint": {"id": "c1", "kind": "complaint", "customer": OLENA, "order": "a/1#x"}}
    shop.say("order.placed", order(), name="evt_1")
    shop.say("order.placed", order(id="2"), name="evt_2")
    shop.say("complaint.opened", complaint, name="evt_3")
    shop.say("customer.updated", {"customer": OLENA}, name="evt_4")
    assert outcomes(shop, "?order=a%2F1%23x") == ["evt_1 merged", "evt_3 merged"]
    assert outcomes(shop, "?order=2") == ["evt_2 merged"]
    assert outcomes(shop, "?order=3") == []


def test_only_what_was_answered_with_yes_was_taken(shop: Shop) -> None:
    assert shop.say("order.placed", order(), secret="whsec_c29tZWJvZHkgZWxzZQ==").status == 401
    assert shop.say("order.placed", order(total="-5")).status == 400
    shop.ask("POST", "/local/faults", {"target": "queue", "fault": "down", "times": 10})
    assert shop.say("order.placed", order(), name="evt_1").status == 503
    shop.ask("POST", "/local/faults", {"target": "queue", "fault": "timeout_after", "times": 1})
    assert shop.say("order.placed", order(), name="evt_1").status == 200
    assert outcomes(shop) == ["evt_1 merged"]


def test_nothing_personal_stands_in_it_and_a_reset_empties_it(shop: Shop) -> None:
    shop.say("order.placed", order(), name="evt_1")
    shop.say("customer.erased", {"customer": {"id": "7"}}, name="evt_2")
    listed = shop.ask("GET", "/local/events").body.decode()
    assert outcomes(shop) == ["evt_1 merged", "evt_2 merged"]
    assert not [word for word in ("olena", "Олена", "5550101", "Відділення") if word in listed]
    shop.ask("POST", "/local/reset")
    assert events(shop) == []
