"""An optional field that means nothing does not refuse the event: it is left out, and the sender and the shop hear."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.dialects.event_types import DATA, FIRM, PARTIES, required
from shopbell.dialects.examples import EXAMPLES
from shopbell.dialects.native import check, unreadable_contacts
from shopbell.schema.codes import NOTE_CODES
from shopbell.schema.dropping import fields_of
from shopbell.schema.reading import MOST_PROBLEMS
from tests.dialects.bodies import (
    LOCALES,
    NOW,
    REMOVED,
    body,
    event,
    event_of,
    notes,
    notes_on,
    put,
    raw,
    wrong,
    wrong_in,
)

O = "#/data/order"

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
    ("customer.locale", "tlh"),
    ("customer.timezone", "Kyiv"),
    ("customer.consent", ""),
    ("customer.consent", True),
    ("customer.consent", []),
    ("customer.consent.sms_service", "yes"),
    ("customer.consent.email_marketing", {"at": "2026-03-02T08:00:00Z"}),
    ("customer.first_name", 7),
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
    ("items.0.lasts_days", 0),
    ("items.0.lasts_days", "30"),
    ("items.0.options", []),
    ("items.0.options", ["green"]),
    ("items.0.options", {"Colour": {}}),
    ("delivery.tracking_url", "ftp://carrier.example"),
    ("delivery.method", "drone"),
    ("delivery.price", 60),
    ("delivery.storage_fee", "free"),
    ("delivery", []),
    ("delivery.title", ["Nova"]),
]


@pytest.mark.parametrize(("path", "value"), UNREADABLE)
def test_an_optional_field_that_means_nothing_is_as_if_it_were_absent(path: str, value: Any) -> None:
    left_out, absent = event(**{f"data.order.{path}": value}), event(**{f"data.order.{path}": REMOVED})
    assert [dropped.path for dropped in left_out.dropped] == [f"order.{path.replace('.0', '')}"]
    assert replace(left_out, dropped=(), customer=_without_writing(left_out.customer)) == absent


def _without_writing(customer: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in customer.items() if not name.startswith("as_written.")}


JUNK: tuple[Any, ...] = (
    "",
    " \n ",
    "0000-00-00",
    "?!",
    [],
    {},
    [None],
    [[]],
    ["x"],
    True,
    0,
    -1,
    1e300,
    2**70,
    {"x": 1},
)


def _optional_paths(kind: Any, required: Sequence[str], path: str) -> Iterator[str]:
    """Every field of an event's data that may be absent, at any depth, and into the first of each list."""
    for name, own in fields_of(kind).items():
        here = f"{path}.{name}"
        if not [wanted for wanted in required if f".{wanted}.".startswith(f"{here.replace('.0', '.*')}.")]:
            yield here
        if own.part is not None:
            yield from _optional_paths(own.part, required, f"{here}.0" if own.is_list else here)


EVERY_OPTIONAL = [
    (event_type, path[1:])
    for event_type in EXAMPLES
    for path in _optional_paths(DATA[event_type], required(event_type), "")
    if path[1:] not in FIRM.get(event_type, ()) and (event_type == "order.placed" or not path.startswith(".order."))
]


@pytest.mark.parametrize(("event_type", "path"), EVERY_OPTIONAL)
def test_no_junk_in_any_optional_field_refuses_an_event(event_type: str, path: str) -> None:
    """It is left out with a note, read, or refused for what is read: a negative sum, too long a text."""
    for value in JUNK:
        try:
            content = body(event_type, **{f"data.{path}": value})
        except (IndexError, TypeError, KeyError):
            return  # the example has no such list or object
        found = wrong(content)
        if found:
            assert {pointer for pointer, _ in found} <= _who_is_meant(event_type), (value, found)
            continue
        taken = event_of(content)
        noted = {pointer for pointer, _ in notes(content)}
        assert noted or not taken.dropped, value
        assert {dropped.path for dropped in taken.dropped} >= {_path_of(note) for note, _ in _unreadable(content)}, (
            value
        )


def _who_is_meant(event_type: str) -> set[str]:
    """Where junk leaves nobody whom the event could be about."""
    return {f"#/data/{path.replace('.', '/')}{end}" for path in PARTIES.get(event_type, ()) for end in ("", "/id")}


def _unreadable(content: Any) -> list[tuple[str, str]]:
    return [note for note in notes(content) if note[1] == "unreadable"]


def _path_of(pointer: str) -> str:
    return ".".join(step for step in pointer.removeprefix("#/data/").split("/") if not step.isdigit())


@given(
    st.dictionaries(
        st.sampled_from([path for name, path in EVERY_OPTIONAL if name == "order.placed"]), st.sampled_from(JUNK)
    )
)
def test_an_order_is_taken_whatever_stands_in_several_of_its_optional_fields(changes: dict[str, Any]) -> None:
    content = body()
    for path, value in changes.items():
        with suppress(IndexError, TypeError, KeyError, AttributeError, ValueError):
            put(content, ["data", *path.split(".")], deepcopy(value))
    assert wrong(content) == []
    assert event_of(content).order_id == event().order_id


def test_a_list_with_an_item_that_cannot_be_read_does_not_replace_the_one_before() -> None:
    items = body()["data"]["order"]["items"]
    items[0]["sku"] = []
    later = event("order.paid", **{"data.order.items": items})
    assert "items" not in later.order
    assert [dropped.path for dropped in later.dropped] == ["order.items"]


def test_an_id_and_a_tracking_number_may_come_as_numbers() -> None:
    told = event(
        "order.shipped", **{"data.order.delivery.tracking_number": 20450000000000, "data.order.customer.id": 17}
    )
    assert (told.order["delivery.tracking_number"], told.customer_id, told.dropped) == ("20450000000000", "17", ())


def test_150_items_with_an_empty_list_for_options_are_taken() -> None:
    item = body()["data"]["order"]["items"][0]
    content = body(**{"data.order.items": [item | {"options": []}] * 150})
    assert [dropped.path for dropped in event_of(content).dropped] == ["order.items.options"]


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
