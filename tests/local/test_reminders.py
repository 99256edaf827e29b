"""Reminders from outside: two orders of one hour in one letter, a second try that was paid, and whoever rings knows."""

from typing import Any

from tests.local.test_contract import ORDER, SHOP, Shop
from tests.local.test_contract import shop as shop

BOWL = {"sku": "BOWL-2", "name": "Миска", "quantity": 1, "unit_price": "700.00"}
DUE = "2026-03-04T08:30:00Z"


def place(shop: Shop, name: str, **changes: Any) -> None:
    now = shop.ask("GET", "/local/clock").json()["now"]
    placed = ORDER | {"id": name, "number": name, "placed_at": now} | changes
    assert shop.say("order.placed", {"order": placed}).status == 200


def test_reminders_of_one_hour_are_one_letter_and_an_entry_each(shop: Shop) -> None:
    place(shop, "1001")
    shop.move(advance="PT20M")
    place(shop, "1002", total="700.00", items=[BOWL])
    shop.move(to=DUE)
    first, second = shop.letters("?kind=order_unpaid_first")
    assert (first["order"], second["order"]) == ("1001", "1002")
    assert first["letter"] == second["letter"] == first["id"] != second["id"]
    assert first["subject"] == second["subject"] == "Замовлення №\xa01001 і №\xa01002 чекають на оплату"
    for sum_told in ("1\xa0499,00", "700,00"):
        assert sum_told in first["html"]
        assert sum_told in first["text"]
    assert [message["status"] for message in shop.messages("?kind=order_unpaid_first")] == ["sent"] * 2


def test_a_first_try_is_not_reminded_of_and_whoever_rings_asks_whether_it_is_wanted(shop: Shop) -> None:
    shop.ask("PUT", "/local/shops/dobra", SHOP | {"staff": {"digest": "off"}})
    place(shop, "1001")
    shop.move(advance="PT5M")
    place(shop, "1002", total="2198.00", items=[*ORDER["items"], BOWL])
    assert shop.say("order.paid", {"order": {"id": "1002"}}).status == 200
    text = "Ніхто не відповідає на дзвінки."
    complaint = {"id": "c1", "kind": "complaint", "text": text, "customer": ORDER["customer"]}
    assert shop.say("complaint.opened", {"complaint": complaint}).status == 200
    shop.move(to=DUE)
    assert shop.letters("?kind=order_unpaid_first") == []
    assert "skipped superseded" in shop.decisions("order_unpaid_first")
    (task,) = shop.messages("?kind=staff_call_unpaid")
    assert "1002" in task["text"]
    assert "2\xa0198,00" in task["text"]
    assert "«Ніхто не відповідає на дзвінки»" in task["text"]
