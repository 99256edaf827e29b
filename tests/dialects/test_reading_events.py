"""The event that a checked body tells of: flat changes, one spelling, and what had to be dropped."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shopbell.dialects.examples import EXAMPLES
from shopbell.dialects.native import read
from shopbell.domain.model.events import Dropped, Event
from shopbell.domain.time.calendar import parse_instant
from tests.dialects.bodies import LOCALES, NOW, SHOP, customer, event


@pytest.mark.parametrize("event_type", EXAMPLES)
def test_every_example_is_read_without_loss(event_type: str) -> None:
    told = event(event_type)
    assert (told.shop, told.id, told.type) == ("dobra", "msg_1", event_type)
    assert told.at == datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    assert told.dropped == ()


def test_a_new_order_is_flat_changes_with_its_customer_apart() -> None:
    told = event()
    assert told.order_id == "A-1001"
    assert told.customer_id == "c-17"
    assert told.order["payment.method"] == "bank_transfer"
    assert told.order["delivery.address"] == "Київ, вул. Зразкова, 1"
    assert told.order["total"] == "1499.00"
    assert told.order["items"][1] == {
        "sku": "TEA-50",
        "name": "Чай, 50 г",
        "quantity": "1",
        "unit_price": "200.00",
        "lasts_days": 30,
    }
    assert {"id", "customer", "payment", "delivery"}.isdisjoint(told.order)
    assert told.extra == {}


def test_a_customer_is_flat_changes_in_one_spelling() -> None:
    told = event()
    assert "id" not in told.customer
    assert {name: told.customer[name] for name in ("name", "email", "phone", "locale", "timezone", "birthday")} == {
        "name": "Олена Зразкова",
        "email": "olena@customer.example",
        "phone": "+380441234567",
        "locale": "uk",
        "timezone": "Europe/Kyiv",
        "birthday": "--05-14",
    }


def test_something_new_about_a_customer_may_be_about_an_order_of_theirs() -> None:
    told = event("customer.updated", **{"data.order": {"id": "A-1001", "planned_repeat_on": "2026-06-01"}})
    assert (told.order_id, told.order, told.customer_id) == ("A-1001", {"planned_repeat_on": "2026-06-01"}, "c-17")
    assert told.extra == {}


def test_only_what_an_event_names_is_changed() -> None:
    told = event("order.shipped")
    assert set(told.order) == {
        "delivery.tracking_number",
        "delivery.tracking_url",
        "delivery.shipped_on",
        "delivery.arrives_from",
        "delivery.arrives_by",
    }
    assert told.customer == {}
    assert told.customer_id is None


def test_null_removes_a_field_and_an_object_that_is_null_all_of_its_fields() -> None:
    told = event("order.paid", **{"data.order.url": None, "data.order.payment": None})
    assert told.order == {
        "url": None,
        "payment.method": None,
        "payment.title": None,
        "payment.details": None,
        "payment.url": None,
        "payment.paid_at": None,
    }


def test_inside_a_list_null_and_absent_are_one() -> None:
    told = event("order.paid", **{"data.order.items": [{"sku": "A", "url": None}]})
    assert told.order == {"items": [{"sku": "A"}]}


def test_an_order_without_a_customer_object_changes_no_customer() -> None:
    told = event("order.paid", **{"data.order.customer": None})
    assert (told.order, told.customer, told.customer_id) == ({}, {}, None)


@pytest.mark.parametrize(
    ("event_type", "extra"),
    [
        (
            "order.delayed",
            {"delay": {"reason": "Паводок на дорозі", "remedy": "Везуть в обхід", "new_date": "2026-03-09"}},
        ),
        ("order.cancelled", {"reason": "Не підійшов розмір"}),
        ("order.refunded", {"refund": {"id": "r-1", "amount": "1499.00", "reason": "Повернення"}}),
        (
            "order.item_unavailable",
            {
                "sku": "TEA-50",
                "alternatives": [{"sku": "TEA-51", "name": "Чай із чебрецем, 50 г", "unit_price": "210.00"}],
            },
        ),
    ],
)
def test_what_stands_beside_the_order_is_extra(event_type: str, extra: dict[str, Any]) -> None:
    assert event(event_type).extra == extra


def test_a_consent_has_one_form_whether_it_came_short_or_long() -> None:
    told = customer(
        consent={
            "email_marketing": True,
            "sms_service": {"granted": False, "at": "2026-03-01T10:00:00+02:00", "source": "phone", "wording": "Ні"},
            "sms_marketing": None,
        }
    )
    assert told.customer == {
        "consent.email_marketing": {"granted": True, "at": None, "source": None, "wording": None, "long": False},
        "consent.sms_service": {
            "granted": False,
            "at": "2026-03-01T08:00:00Z",
            "source": "phone",
            "wording": "Ні",
            "long": True,
        },
        "consent.sms_marketing": None,
    }


def test_a_consent_that_is_null_removes_all_of_them() -> None:
    purposes = ("email_marketing", "email_news", "sms_service", "sms_marketing")
    assert customer(consent=None).customer == {f"consent.{purpose}": None for purpose in purposes}


def test_nobody_consents_later_than_the_event_that_tells_of_it() -> None:
    """Else a consent of the year 2999 would lift every withdrawal to come."""
    told = customer(consent={"email_marketing": {"granted": True, "at": "2999-01-01T00:00:00Z"}})
    assert told.customer["consent.email_marketing"]["at"] == "2026-03-02T08:00:00Z"


def message(timestamp: str, **more: Any) -> dict[str, Any]:
    """What stands in the queue of an order that was paid; as the former version wrote it, but for `more`."""
    body = {"type": "order.paid", "timestamp": timestamp, "data": {"order": {"id": "A-1001"}}}
    return {"shop": "dobra", "id": "msg_1", "dialect": "native", "body": body, **more}


@pytest.mark.parametrize(
    ("timestamp", "received", "counts_from"),
    [
        ("2026-03-02T08:04:00Z", "2026-03-02T08:00:00Z", "2026-03-02T08:00:00Z"),
        ("2026-03-02T08:04:00Z", "2026-03-02T08:09:00Z", "2026-03-02T08:04:00Z"),
        ("2026-03-01T08:00:00Z", "2026-03-02T08:00:00Z", "2026-03-01T08:00:00Z"),
    ],
)
def test_an_event_counts_from_when_it_happened_but_not_from_later_than_it_came(
    timestamp: str, received: str, counts_from: str
) -> None:
    much_later = NOW + timedelta(hours=1)
    told = read(message(timestamp, received_at=received), SHOP, LOCALES, much_later)
    assert (told.at, told.timestamp) == (parse_instant(counts_from), parse_instant(timestamp))


def test_a_message_that_the_former_version_queued_counts_as_received_now() -> None:
    told = read(message("2026-03-02T08:04:00Z"), SHOP, LOCALES, NOW)
    assert (told.at, told.timestamp, told.dropped) == (NOW, NOW + timedelta(minutes=4), ())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "call me"),
        ("phone", ""),
        ("phone", "+380"),
        ("phone", ["044 123 45 67"]),
        ("phone", "1" * 2000),
        ("email", "olena at home"),
        ("email", "olena@customer"),
        ("email", {"address": "olena@customer.example"}),
        ("locale", "tlh"),
        ("locale", "in Ukrainian, please"),
        ("locale", False),
        ("timezone", "Kyiv"),
        ("timezone", "../../etc/passwd"),
        ("timezone", "Europe"),
        ("timezone", 2),
    ],
)
def test_a_contact_that_cannot_be_read_is_dropped_and_the_event_says_so(field: str, value: Any) -> None:
    told = customer(name="Olena", **{field: value})
    assert without_writing(told) == {"name": "Olena"}
    assert [dropped.path for dropped in told.dropped] == [f"order.customer.{field}"]
    assert told.dropped[0].detail


def test_what_stands_in_a_contact_that_cannot_be_read_goes_along_for_the_shops_people() -> None:
    told = customer(name="Olena", phone=" 067 ABC \n 45 67 ", email="olena@customer.con", timezone="Kyiv")
    assert told.customer == {
        "name": "Olena",
        "as_written.phone": "067 ABC 45 67",
        "as_written.email": "olena@customer.con",
    }


def test_a_number_beside_goes_along_as_it_was_written() -> None:
    told = event("callback.agreed", **{"data.customer": {"id": "c-17"}, "data.phone": "067 ABC"})
    assert told.extra["as_written"] == {"phone": "067 ABC"}
    assert "phone" not in told.extra


def test_a_contact_is_read_from_a_number_of_json_and_from_a_field_with_two() -> None:
    told = customer(phone=380671234567, email="Olena <olena@customer.example>, x@customer.example")
    assert told.customer == {"phone": "+380671234567", "email": "olena@customer.example"}
    assert told.dropped == ()


def test_an_erasure_finds_what_was_kept_when_any_digits_were_a_number() -> None:
    told = event("customer.erased", **{"data.customer": {"phone": "+447700900123"}})
    assert told.customer == {"phone": "+447700900123"}


def without_writing(told: Event) -> dict[str, Any]:
    return {path: value for path, value in told.customer.items() if not path.startswith("as_written.")}


@pytest.mark.parametrize("field", ["phone", "email", "locale", "timezone"])
def test_what_is_said_of_a_dropped_contact_does_not_repeat_it(field: str) -> None:
    assert "olena zrazkova" not in customer(**{field: "olena zrazkova"}).dropped[0].detail


def test_each_contact_is_dropped_on_its_own() -> None:
    told = customer(email="x", phone="y", locale="uk", timezone="z")
    assert without_writing(told) == {"locale": "uk"}
    assert told.dropped == (
        Dropped("order.customer.email", "is not an e-mail address"),
        Dropped("order.customer.phone", "is not a phone number"),
        Dropped("order.customer.timezone", 'is not a time zone, like "Europe/Kyiv"'),
    )


def test_a_contact_that_is_null_is_removed_and_not_dropped() -> None:
    told = customer(email=None, phone=None, locale=None, timezone=None)
    assert told.customer == {"email": None, "phone": None, "locale": None, "timezone": None}
    assert told.dropped == ()


def test_an_erasure_names_an_id_or_a_guests_contact() -> None:
    told = event("customer.erased", **{"data.customer": {"phone": "044 123 45 67"}})
    assert (told.customer_id, told.customer, told.order_id) == (None, {"phone": "+380441234567"}, None)
