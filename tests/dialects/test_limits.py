"""Limits, at their edge and one beyond: 500 items an order, 128 characters an id, 1 000 a text."""

import pytest

from shopbell.schema.codes import CODES
from tests.dialects.bodies import body, notes_on, wrong_in

ITEM = body()["data"]["order"]["items"][0]

IDS = [
    ("order.placed", "data.order.id"),
    ("order.placed", "data.order.number"),
    ("order.placed", "data.order.customer.id"),
    ("order.placed", "data.order.items.0.sku"),
    ("order.shipped", "data.order.delivery.tracking_number"),
    ("order.refunded", "data.refund.id"),
    ("order.item_unavailable", "data.sku"),
    ("order.item_unavailable", "data.alternatives.0.sku"),
    ("customer.updated", "data.customer.id"),
]

TEXTS = [
    ("order.placed", "data.order.items.0.name"),
    ("order.placed", "data.order.items.0.category"),
    ("order.placed", "data.order.payment.title"),
    ("order.placed", "data.order.payment.details"),
    ("order.placed", "data.order.delivery.title"),
    ("order.placed", "data.order.delivery.address"),
    ("order.placed", "data.order.delivery.time_window"),
    ("order.placed", "data.order.customer.name"),
    ("order.placed", "data.order.staff"),
    ("order.delayed", "data.delay.reason"),
    ("order.delayed", "data.delay.remedy"),
    ("order.cancelled", "data.reason"),
    ("order.refunded", "data.refund.reason"),
    ("order.repriced", "data.repriced.reason"),
    ("customer.updated", "data.customer.consent.email_marketing.wording"),
]


@pytest.mark.parametrize(("event_type", "path"), IDS)
def test_an_id_has_at_most_128_characters(event_type: str, path: str) -> None:
    pointer = f"#/{path.replace('.', '/')}"
    assert wrong_in(event_type, **{path: "ї" * 128}) == []
    assert wrong_in(event_type, **{path: "ї" * 129}) == [(pointer, "too_long")]


@pytest.mark.parametrize(("event_type", "path"), TEXTS)
def test_a_text_has_at_most_1000_characters(event_type: str, path: str) -> None:
    pointer = f"#/{path.replace('.', '/')}"
    assert wrong_in(event_type, **{path: "🎁" * 1000}) == []
    assert wrong_in(event_type, **{path: "🎁" * 1001}) == [(pointer, "too_long")]


def test_a_link_has_at_most_1000_characters() -> None:
    start = "https://pay.example/"
    assert notes_on(**{"data.order.payment.url": start.ljust(1000, "x")}) == []
    assert notes_on(**{"data.order.payment.url": start.ljust(1001, "x")}) == [
        ("#/data/order/payment/url", "unreadable")
    ]


def test_an_order_has_at_most_500_items() -> None:
    assert wrong_in(**{"data.order.items": [ITEM] * 500}) == []
    assert wrong_in(**{"data.order.items": [ITEM] * 501}) == [("#/data/order/items", "too_many")]


def test_an_item_has_at_most_50_options_with_short_names() -> None:
    pointer = "#/data/order/items/0/options"
    options = {f"option {number}": "x" for number in range(50)}
    assert wrong_in(**{"data.order.items.0.options": options}) == []
    assert wrong_in(**{"data.order.items.0.options": options | {"one more": "x"}}) == [(pointer, "too_many")]
    assert wrong_in(**{"data.order.items.0.options": {"n" * 128: "v" * 1000}}) == []
    assert wrong_in(**{"data.order.items.0.options": {"n" * 129: "v"}}) == [(pointer, "too_long")]
    assert wrong_in(**{"data.order.items.0.options": {"n": "v" * 1001}}) == [(f"{pointer}/n", "too_long")]


def test_the_codes_of_limits_are_explained_in_the_reference() -> None:
    assert {"too_long", "too_many"} <= set(CODES)
