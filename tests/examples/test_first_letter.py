"""A shop's first order, as whoever connects it may try it: what happens, the days that pass, what the customer got."""

from local.testing import Shopbell

DOBRA = {
    "name": "Dobra Kramnytsia",
    "contacts": {"email": "hello@dobra.example", "phone": "+380441234567", "site": "https://dobra.example"},
    "sender": {"email": "hello@dobra.example", "name": "Dobra Kramnytsia", "sms_id": "DOBRA"},
    "locale": "en",
    "payment": {"details": "IBAN UA00 0000 0000"},
}
ORDER = {
    "id": "1001",
    "number": "1001",
    "placed_at": "2026-03-02T08:00:00Z",
    "currency": "UAH",
    "total": "1499.00",
    "items": [{"sku": "MUG-1", "name": "Blue mug", "quantity": 1, "unit_price": "1499.00"}],
    "payment": {"method": "bank_transfer"},
    "customer": {"name": "Olena", "email": "olena@customer.example"},
}


def test_who_forgot_to_pay_is_reminded_once_and_never_after_the_money_came(shopbell: Shopbell) -> None:
    shopbell.put_shop("dobra", DOBRA)
    shopbell.tell("dobra", "order.placed", {"order": ORDER})
    (receipt,) = shopbell.letters(to="olena@customer.example")
    assert "IBAN UA00 0000 0000" in receipt.text

    shopbell.advance(days=4)
    shopbell.tell("dobra", "order.paid", {"order": {"id": "1001"}})
    shopbell.advance(days=30)
    letters = shopbell.letters(to="olena@customer.example")
    assert [letter.kind for letter in letters] == ["order_received", "order_unpaid_first", "payment_received"]
    (final,) = shopbell.decisions(order="1001", kind="order_unpaid_final")
    assert (final.outcome, final.reason) == ("skipped", "no_longer_true")
