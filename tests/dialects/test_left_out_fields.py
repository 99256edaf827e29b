"""An optional field that means nothing does not refuse the event: it is left out, and the sender and the shop hear."""

from dataclasses import replace
from typing import Any

import pytest

from shopbell.dialects.native import check, unreadable_contacts
from shopbell.schema.codes import NOTE_CODES
from shopbell.schema.reading import MOST_PROBLEMS
from tests.dialects.bodies import LOCALES, NOW, REMOVED, body, event, event_of, notes_on, raw, wrong_in

O = "#/data/order"  # noqa: E741

UNREADABLE: list[tuple[str, Any]] = [
    ("customer.birthday", "0000-00-00"),
    ("customer.birthday", ""),
    ("customer.birthday", "--02-30"),
    ("customer.birthday", "1990-13-01"),
    ("customer.birthday", "14 May"),
    ("customer.gender", ""),
    ("customer.gender", "unknown"),
    ("customer.name", ""),
    ("customer.id", " "),
    ("customer.email", ""),
    ("customer.email", "olena at home"),
    ("customer.phone", "call me"),
    ("customer.phone", "12"),
    ("customer.phone", 380441234567),
    ("customer.locale", "tlh"),
    ("customer.timezone", "Kyiv"),
    ("customer.consent", ""),
    ("delivery.ships_by", "2026-02-30"),
    ("delivery.ships_by", "0000-00-00"),
    ("delivery.ships_by", "02.03.2026"),
    ("delivery.ships_by", "2026-03-02T10:00:00"),
    ("delivery.arrives_by", ""),
    ("delivery.method", ""),
    ("delivery.price", ""),
    ("delivery.title", " \n "),
    ("delivery", ""),
    ("planned_repeat_on", "2026-06-31"),
    ("planned_repeat_on", False),
    ("discount_total", ""),
    ("payment.url", "javascript:alert(1)"),
    ("payment.url", "data:text/html,x"),
    ("url", "//dobra.example"),
    ("url", "https://"),
    ("url", "https://dobra.example/a b"),
    ("url", 'https://dobra.example/"onclick'),
    ("url", " https://dobra.example"),
    ("url", "https://dobra.example/\u0000"),
    ("items.0.url", ""),
    ("items.0.image_url", "file:///etc/passwd"),
    ("items.0.lasts_days", ""),
    ("items.0.options", ""),
    ("delivery.tracking_url", "ftp://carrier.example"),
]


@pytest.mark.parametrize(("path", "value"), UNREADABLE)
def test_an_optional_field_that_means_nothing_is_as_if_it_were_absent(path: str, value: Any) -> None:
    left_out, absent = event(**{f"data.order.{path}": value}), event(**{f"data.order.{path}": REMOVED})
    assert [dropped.path for dropped in left_out.dropped] == [f"order.{path.replace('.0', '')}"]
    assert replace(left_out, dropped=()) == absent


@pytest.mark.parametrize(("path", "value"), UNREADABLE)
def test_the_sender_is_told_of_each_field_that_was_left_out(path: str, value: Any) -> None:
    assert notes_on(**{f"data.order.{path}": value}) == [(f"{O}/{path.replace('.', '/')}", "unreadable")]


@pytest.mark.parametrize(
    ("event_type", "path"),
    [
        ("order.delayed", "delay.new_date"),
        ("order.cancelled", "reason"),
        ("order.refunded", "refund.amount"),
        ("order.item_unavailable", "alternatives.0.url"),
        ("call.missed", "at"),
        ("callback.agreed", "phone"),
        ("complaint.opened", "complaint.customer.birthday"),
        ("review.posted", "order"),
        ("coupon.redeemed", "order"),
        ("customer.updated", "customer.consent.email_marketing.at"),
    ],
)
def test_it_is_so_in_every_type_of_event(event_type: str, path: str) -> None:
    assert notes_on(event_type, **{f"data.{path}": ""}) == [(f"#/data/{path.replace('.', '/')}", "unreadable")]


def test_a_number_beside_a_customer_is_told_of_where_it_stands() -> None:
    assert notes_on("call.missed", **{"data.phone": "anonymous"}) == [("#/data/phone", "unreadable")]
    assert notes_on("callback.agreed", **{"data.phone": "12"}) == [("#/data/phone", "unreadable")]
    assert "phone" not in event("callback.agreed", **{"data.phone": "12"}).extra


def test_null_removes_and_is_not_left_out() -> None:
    assert notes_on(**{"data.order.customer.birthday": None, "data.order.url": None}) == []


@pytest.mark.parametrize("path", ["id", "number", "placed_at", "currency", "total", "items.0.sku", "payment.method"])
def test_what_an_event_needs_is_refused_and_not_left_out(path: str) -> None:
    assert [pointer for pointer, _ in wrong_in(**{f"data.order.{path}": ""})] == [f"{O}/{path.replace('.', '/')}"]


def test_what_a_new_order_needs_may_be_left_out_of_later_news() -> None:
    later = event("order.paid", **{"data.order.total": "", "data.order.placed_at": "0000-00-00T00:00:00Z"})
    assert later.order == {}
    assert [dropped.path for dropped in later.dropped] == ["order.total", "order.placed_at"]


def test_a_national_number_is_read_in_the_shops_country_and_an_international_one_in_none() -> None:
    asked = []

    def country() -> str:
        asked.append("UA")
        return "UA"

    for phone in ("+380441234567", " +38 044 123 45 67", "044 123 45 67", "123"):
        found = check(raw(body(**{"data.order.customer.phone": phone})), NOW)
        assert bool(unreadable_contacts(found.body, country, LOCALES)) is (phone == "123")
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("place", "name", "nearest"),
    [
        ("", "timestmap", "timestamp"),
        ("data.", "ordre", "order"),
        ("data.order.", "nubmer", "number"),
        ("data.order.items.1.", "unitprice", "unit_price"),
        ("data.order.payment.", "metod", "method"),
        ("data.order.customer.", "e_mail", "email"),
        ("data.order.customer.consent.", "mail_marketing", "email_marketing"),
        ("data.order.", "Größe der Packung", ""),
    ],
)
def test_a_field_that_does_not_exist_is_left_out_with_the_nearest_name(place: str, name: str, nearest: str) -> None:
    content = body(**{f"{place}{name}": "1"})
    (note,) = check(raw(content), NOW).notes
    assert (note.pointer, note.code) == (f"#/{place.replace('.', '/')}{name}", "unknown_field")
    asked = f'; is "{nearest}" meant?' if nearest else ""
    assert note.detail == f"there is no such field{asked}"
    assert event_of(content) == event()


def test_the_names_of_options_are_the_shops_own() -> None:
    assert notes_on(**{"data.order.items.0.options": {"Colour": "", "anything": 1}}) == []


def test_a_field_is_one_decision_however_many_items_lack_it() -> None:
    item = body()["data"]["order"]["items"][0]
    content = body(**{"data.order.items": [item | {"url": "", "image_url": "-"}] * 500})
    assert [dropped.path for dropped in event_of(content).dropped] == ["order.items.url", "order.items.image_url"]


def test_after_a_hundred_notes_enough_is_said() -> None:
    unknown = {f"data.order.unknown_{number}": number for number in range(5_000)}
    assert len(check(raw(body(**unknown)), NOW).notes) == MOST_PROBLEMS


def test_a_note_does_not_repeat_the_value() -> None:
    left_out = {"customer.birthday": "secret", "url": "secret", "delivery.ships_by": "secret"}
    found = check(raw(body(**{f"data.order.{path}": value for path, value in left_out.items()})), NOW)
    assert len(found.notes) == len(left_out)
    assert not [note for note in found.notes if "secret" in note.detail]


def test_every_code_of_a_note_is_explained_in_the_reference() -> None:
    codes = {code for _, code in notes_on(**{"data.order.mood": "good", "data.order.url": ""})}
    assert codes == set(NOTE_CODES)
