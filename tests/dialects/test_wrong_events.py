"""What is wrong with an event is said field by field, in words that programs can rely on."""

from typing import Any

import pytest

from shopbell.dialects.native import check
from shopbell.domain.model.problems import Refused
from shopbell.schema.codes import CODES
from shopbell.schema.reading import MOST_PROBLEMS
from tests.dialects.bodies import NOW, REMOVED, body, raw, wrong_in

O = "#/data/order"


WRONG: list[tuple[str, Any, str]] = [
    ("total", "-5.00", "negative"),
    ("total", 1499, "not_an_amount"),
    ("total", 14.99, "not_an_amount"),
    ("total", "1 499,00", "not_an_amount"),
    ("total", "1499.00001", "not_an_amount"),
    ("total", "1e3", "not_an_amount"),
    ("total", "NaN", "not_an_amount"),
    ("total", "１４", "not_an_amount"),
    ("total", True, "not_an_amount"),
    ("total", {}, "not_an_amount"),
    ("items.0.unit_price", "-0.01", "negative"),
    ("delivery.price", "-1.00", "negative"),
    ("discount_total", "-1.00", "negative"),
    ("delivery.storage_fee", "-1", "negative"),
    ("currency", "uah", "not_a_currency"),
    ("currency", "₴", "not_a_currency"),
    ("items.0.quantity", 0, "out_of_range"),
    ("items.0.quantity", -1, "out_of_range"),
    ("items.0.quantity", 1_000_001, "out_of_range"),
    ("items.0.quantity", 1e300, "out_of_range"),
    ("items.0.quantity", "0.00", "out_of_range"),
    ("items.0.quantity", "-2", "out_of_range"),
    ("items.0.quantity", "two", "not_a_quantity"),
    ("items.0.quantity", "1e3", "not_a_quantity"),
    ("items.0.quantity", 0.00000012345, "not_a_quantity"),
    ("items.0.quantity", True, "not_a_quantity"),
    ("placed_at", "2026-03-02", "not_a_moment"),
    ("placed_at", "yesterday", "not_a_moment"),
    ("placed_at", "2026-03-02T25:00:00Z", "not_a_moment"),
    ("payment.method", "barter", "unknown_value"),
    ("payment.method", "CARD", "unknown_value"),
    ("items", {}, "wrong_type"),
    ("items.0", [], "wrong_type"),
    ("items.0.name", 5, "wrong_type"),
    ("payment", "card", "wrong_type"),
    ("customer", "c-17", "wrong_type"),
    ("id", "", "empty"),
    ("id", " ", "empty"),
    ("id", 1001, "wrong_type"),
    ("id", "A\u00001", "not_an_id"),
    ("items.0.sku", "A\n1", "not_an_id"),
]


@pytest.mark.parametrize(("path", "value", "code"), WRONG)
def test_a_wrong_field_is_named_with_what_is_wrong(path: str, value: Any, code: str) -> None:
    pointer = f"{O}/{path.replace('.', '/')}"
    assert wrong_in(**{f"data.order.{path}": value}) == [(pointer, code)]


REQUIRED = (
    *("id", "number", "placed_at", "currency", "total", "items", "payment.method", "customer"),
    *(f"items.1.{name}" for name in ("sku", "name", "quantity", "unit_price")),
)


@pytest.mark.parametrize("path", REQUIRED)
@pytest.mark.parametrize("value", [REMOVED, None])
def test_what_a_new_order_needs_is_missed_when_absent_and_when_null(path: str, value: Any) -> None:
    assert wrong_in(**{f"data.order.{path}": value}) == [(f"{O}/{path.replace('.', '/')}", "missing")]


@pytest.mark.parametrize(("path", "value"), [("number", ""), ("items", []), ("items.0.name", " \n ")])
def test_what_a_new_order_needs_must_not_be_empty(path: str, value: Any) -> None:
    assert wrong_in(**{f"data.order.{path}": value}) == [(f"{O}/{path.replace('.', '/')}", "empty")]


def test_a_customer_need_not_have_a_contact() -> None:
    assert wrong_in(**{"data.order.customer": {}}) == []


@pytest.mark.parametrize(
    ("event_type", "changes", "found"),
    [
        ("order.placed", {"data": None}, [("#/data", "missing")]),
        ("order.placed", {"data": []}, [("#/data", "wrong_type")]),
        ("order.placed", {"data": {}}, [("#/data/order", "missing")]),
        ("order.placed", {"data.order.payment": None}, [(f"{O}/payment/method", "missing")]),
        ("order.paid", {"data.order": None}, [("#/data/order", "missing")]),
        ("order.paid", {"data.order": {"number": "1"}}, [(f"{O}/id", "missing")]),
        ("order.refunded", {"data.refund.amount": "-1"}, [("#/data/refund/amount", "negative")]),
        ("customer.updated", {"data.customer": None}, [("#/data/customer", "missing")]),
        ("customer.updated", {"data.customer": {"name": "Anna"}}, [("#/data/customer/id", "missing")]),
        ("customer.updated", {"data.customer": None, "data.order": {"id": "1"}}, []),
        ("customer.updated", {"data.customer": {"name": "Anna"}, "data.order": {"id": "1"}}, []),
        ("customer.updated", {"data.customer": None, "data.order": {"number": "1"}}, [("#/data/customer", "missing")]),
        ("customer.erased", {"data.customer": {"email": None}}, [("#/data/customer/id", "missing")]),
    ],
)
def test_each_type_of_event_says_what_is_wrong_in_its_own_data(
    event_type: str, changes: dict[str, Any], found: list[Any]
) -> None:
    assert wrong_in(event_type, **changes) == found


def test_an_erasure_names_its_customer_readably() -> None:
    """Else a guest would be forgotten in place of the customer."""
    whom = {"id": ["c-17"], "email": "olena@customer.example"}
    assert wrong_in("customer.erased", **{"data.customer": whom}) == [("#/data/customer/id", "wrong_type")]


@pytest.mark.parametrize(
    ("event_type", "code"),
    [
        (None, "missing"),
        ("", "empty"),
        ("order.eaten", "unknown_type"),
        ("Order.placed", "unknown_type"),
        (5, "unknown_type"),
        ([], "unknown_type"),
    ],
)
def test_a_type_is_taken_or_unknown(event_type: Any, code: str) -> None:
    assert wrong_in(type=event_type) == [("#/type", code)]


def test_all_wrong_fields_are_named_at_once() -> None:
    found = wrong_in(
        type="order.placed",
        timestamp="2027-01-01T00:00:00Z",
        **{
            "data.order.total": "-5.00",
            "data.order.currency": None,
            "data.order.items": [{"sku": 5, "options": {"a/b": [], "c~d": False}}, 7],
            "data.order.payment": {"url": "mailto:x"},
            "data.order.discount_total": "-1",
        },
    )
    assert sorted(found) == [
        ("#/data/order/currency", "missing"),
        ("#/data/order/discount_total", "negative"),
        ("#/data/order/items/0/name", "missing"),
        ("#/data/order/items/0/quantity", "missing"),
        ("#/data/order/items/0/sku", "wrong_type"),
        ("#/data/order/items/0/unit_price", "missing"),
        ("#/data/order/items/1", "wrong_type"),
        ("#/data/order/payment/method", "missing"),
        ("#/data/order/total", "negative"),
        ("#/timestamp", "in_the_future"),
    ]


def test_after_a_hundred_wrong_fields_enough_is_said() -> None:
    items = [{"sku": number} for number in range(500)]
    found = wrong_in(**{"data.order.items": items})
    assert found[0] == ("#/data/order/items/0/sku", "wrong_type")
    assert len(found) == MOST_PROBLEMS


def test_no_detail_repeats_the_value() -> None:
    secret = "olena-secret"
    paths = ("total", "currency", "placed_at", "payment.method", "items.0.quantity", "items.1.unit_price")
    with pytest.raises(Refused) as refused:
        check(raw(body(**{f"data.order.{path}": secret for path in paths})), NOW)
    assert len(refused.value.problems) == len(paths)
    assert secret not in str(refused.value)


def test_every_code_is_explained_in_the_reference() -> None:
    assert {code for *_, code in WRONG} <= set(CODES)
