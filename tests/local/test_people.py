"""People as shops tell of them, over HTTP: contacts as they were written, news that nobody hears, names, junk."""

from typing import Any

import pytest

from tests.local.test_contract import ORDER, SHOP, Shop

ANNA = {"name": "Ганна"}
TASK = "staff_unreachable_customer"


@pytest.fixture
def shop(product: str) -> Shop:
    shop = Shop(product)
    assert shop.ask("POST", "/local/reset").status == 204
    assert shop.ask("PUT", "/local/shops/dobra", SHOP | {"locale": "en"}).status == 204
    return shop


def place(shop: Shop, customer: dict[str, Any], order_id: str = "o-1", **changes: Any) -> Any:
    data = {"order": ORDER | {"id": order_id, "customer": customer} | changes}
    answer = shop.say("order.placed", data)
    assert answer.status == 200
    return answer.json()["notes"]


def tasks(shop: Shop, kind: str, order_id: str = "o-1") -> list[Any]:
    return list(shop.messages(f"?channel=staff&kind={kind}&order={order_id}"))


@pytest.mark.parametrize(
    "written", ["067 123 45 67, 050 765 43 21", "8 067 123 45 67", "8(067)123-45-67", "044 123 45 67; 067 123 45 67"]
)
def test_a_number_as_people_write_it_gets_the_sms(shop: Shop, written: str) -> None:
    assert place(shop, ANNA | {"phone": written}) == []
    assert [message["to"] for message in shop.messages("?channel=sms")] == ["+380671234567"]
    assert tasks(shop, TASK) == []


def test_what_nobody_can_read_is_shown_to_the_staff_and_to_nobody_else(shop: Shop) -> None:
    notes = place(shop, ANNA | {"phone": "067 ABC 45 67", "email": "anna@buyers.con"})
    assert [note["pointer"] for note in notes] == ["#/data/order/customer/email", "#/data/order/customer/phone"]
    (confirm,), (unreachable,) = tasks(shop, "staff_confirm_order"), tasks(shop, TASK)
    for letter in (confirm, unreachable):
        assert "067 ABC 45 67" in letter["text"]
        assert "anna@buyers.con" in letter["html"]
        assert "by email" not in letter["text"]
    decisions = str(shop.ask("GET", "/local/decisions?shop=dobra").json())
    assert "ABC" not in decisions
    assert "buyers.con" not in decisions


@pytest.mark.parametrize("event", ["bounce", "complaint"])
def test_every_piece_of_news_that_no_way_is_left_for_becomes_a_task(shop: Shop, event: str) -> None:
    place(shop, {"id": "c-1", "email": "c1@buyers.example"})
    letter = shop.messages("?channel=email")[0]["id"]
    assert shop.ask("POST", "/local/feedback", {"message": letter, "event": event}).status == 204
    place(shop, {"id": "c-1", "email": "c1@buyers.example"}, "o-2", number="1002")
    assert shop.say("order.cancelled", {"order": {"id": "o-2"}}).status == 200
    received, cancelled = tasks(shop, TASK, "o-2")
    assert "that we’ve received the order" in received["text"]
    assert "that the order is cancelled" in cancelled["text"]
    (confirm,) = tasks(shop, "staff_confirm_order", "o-2")
    assert "by email" not in confirm["subject"] + confirm["text"]


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("undefined undefined", "Hello,"),
        ("Guest", "Hello,"),
        ("-", "Hello,"),
        ("anna@buyers.example", "Hello,"),
        ("JOE DOE", "Hello Joe Doe,"),
        ("Mr John Smith", "Hello Mr John Smith,"),
    ],
)
def test_a_letter_greets_a_name_and_no_placeholder(shop: Shop, name: str, greeting: str) -> None:
    place(shop, {"name": name, "email": "anna@buyers.example", "locale": "en"})
    (letter,) = shop.messages("?channel=email")
    assert greeting in letter["text"]
    assert greeting in letter["html"]


def test_the_first_name_is_greeted_where_it_is_given(shop: Shop) -> None:
    customer = {"name": "Smith Anna", "first_name": "Anna", "email": "anna@buyers.example", "locale": "en"}
    assert place(shop, customer) == []
    assert "Hello Anna," in shop.messages("?channel=email")[0]["text"]


def test_an_order_full_of_careless_fields_is_taken(shop: Shop) -> None:
    customer = {"name": "Anna", "email": "anna@buyers.example", "birthday": "0000-00-00", "gender": "", "consent": []}
    item = ORDER["items"][0] | {"url": "", "options": [], "lasts_days": "30"}
    delivery = {"method": "by owl", "price": "free", "arrives_by": "", "tracking_url": ""}
    notes = place(shop, customer, items=[item], delivery=delivery, discount_total="0,00", url=False)
    assert {note["code"] for note in notes} == {"unreadable"}
    assert len(notes) == len(shop.decisions("order.placed")) == 12
    assert "order_received" in [message["kind"] for message in shop.messages("?channel=email")]
