"""Coupons, bonus units, calls, complaints, reviews: what each event must say, and what is wrong with it."""

from typing import Any

import pytest

from shopbell.dialects.examples import EXAMPLES
from tests.dialects.bodies import REMOVED, body, check_of, event, raw, wrong, wrong_in

D = "#/data"
COURTESY = (
    *("review.posted", "coupon.redeemed", "bonus.spent", "callback.agreed"),
    *("call.missed", "call.done", "complaint.opened", "complaint.resolved"),
)
REQUIRED = [
    ("coupon.redeemed", "code"),
    ("bonus.spent", "customer"),
    ("bonus.spent", "units"),
    ("callback.agreed", "customer"),
    ("callback.agreed", "at"),
    ("call.missed", "phone"),
    ("call.done", "task"),
    ("call.done", "outcome"),
    ("complaint.opened", "complaint"),
    ("complaint.opened", "complaint.id"),
    ("complaint.resolved", "complaint"),
    ("complaint.resolved", "complaint.id"),
]


@pytest.mark.parametrize(("event_type", "path"), REQUIRED)
@pytest.mark.parametrize("value", [REMOVED, None])
def test_what_an_event_needs_is_missed_when_absent_and_when_null(event_type: str, path: str, value: Any) -> None:
    assert wrong_in(event_type, **{f"data.{path}": value}) == [(f"{D}/{path.replace('.', '/')}", "missing")]


@pytest.mark.parametrize("event_type", COURTESY)
@pytest.mark.parametrize(
    ("data", "code"), [(REMOVED, "missing"), (None, "missing"), ([], "wrong_type"), ("x", "wrong_type")]
)
def test_an_event_has_data(event_type: str, data: Any, code: str) -> None:
    assert wrong_in(event_type, data=data) == [(D, code)]


WRONG: list[tuple[str, str, Any, str]] = [
    ("coupon.redeemed", "code", "", "empty"),
    ("coupon.redeemed", "code", 12345678, "wrong_type"),
    ("bonus.spent", "units", 0, "out_of_range"),
    ("bonus.spent", "units", -5, "out_of_range"),
    ("bonus.spent", "units", 1.5, "wrong_type"),
    ("bonus.spent", "units", "500", "wrong_type"),
    ("bonus.spent", "units", True, "wrong_type"),
    ("bonus.spent", "units", 10**30, "out_of_range"),
    ("bonus.spent", "customer", "c-17", "wrong_type"),
    ("callback.agreed", "at", "later", "not_a_moment"),
    ("callback.agreed", "at", "2026-03-03", "not_a_moment"),
    ("callback.agreed", "at", "2026-03-03T15:30:00", "not_a_moment"),
    ("call.done", "outcome", "maybe", "unknown_value"),
    ("call.done", "outcome", "Reached", "unknown_value"),
    ("call.done", "task", "", "empty"),
    ("call.done", "task", "a\nb", "not_an_id"),
    ("complaint.opened", "complaint", "broken", "wrong_type"),
    ("complaint.opened", "complaint.id", 7, "wrong_type"),
]


@pytest.mark.parametrize(("event_type", "path", "value", "code"), WRONG)
def test_a_wrong_field_is_named_with_what_is_wrong(event_type: str, path: str, value: Any, code: str) -> None:
    assert wrong_in(event_type, **{f"data.{path}": value}) == [(f"{D}/{path.replace('.', '/')}", code)]


@pytest.mark.parametrize(
    ("event_type", "changes", "pointer"),
    [
        ("bonus.spent", {"data.customer": {"name": "Olena"}}, "#/data/customer/id"),
        ("callback.agreed", {"data.customer": {"name": "Olena"}, "data.phone": REMOVED}, "#/data/customer/id"),
        ("review.posted", {"data.customer": REMOVED, "data.order": REMOVED}, "#/data/customer"),
        (
            "complaint.opened",
            {"data.complaint.customer": None, "data.complaint.order": ""},
            "#/data/complaint/customer",
        ),
        (
            "complaint.opened",
            {"data.complaint.customer": REMOVED, "data.complaint.order": None},
            "#/data/complaint/customer",
        ),
    ],
)
def test_somebody_must_be_named(event_type: str, changes: dict[str, Any], pointer: str) -> None:
    assert [place for place, _ in wrong_in(event_type, **changes)] == [pointer]


@pytest.mark.parametrize(
    ("event_type", "changes"),
    [
        ("callback.agreed", {"data.customer": {"name": "Olena"}}),
        ("review.posted", {"data.customer": REMOVED}),
        ("complaint.opened", {"data.complaint.customer": REMOVED}),
        ("complaint.opened", {"data.complaint.kind": REMOVED, "data.complaint.text": REMOVED}),
        ("call.missed", {"data.at": REMOVED}),
        ("coupon.redeemed", {"data.order": None}),
        ("call.done", {"data.outcome": "accepted"}),
    ],
)
def test_what_is_enough_is_taken(event_type: str, changes: dict[str, Any]) -> None:
    assert wrong_in(event_type, **changes) == []


@pytest.mark.parametrize("event_type", COURTESY)
@pytest.mark.parametrize("value", [None, True, 0, 1e300, "", "\u0000", "ї" * 1001, [], [[]], {}, {"id": {"id": 1}}])
def test_whatever_stands_in_a_field_it_is_taken_or_named(event_type: str, value: Any) -> None:
    for field in EXAMPLES[event_type]["data"]:
        found = wrong(raw(body(event_type, **{f"data.{field}": value})))
        assert all(pointer.startswith(D) for pointer, _ in found)
        if not found:
            check_of(body(event_type, **{f"data.{field}": value}))
            event(event_type, **{f"data.{field}": value})


def test_the_number_that_rang_is_whose_call_it_was() -> None:
    rang = event("call.missed")
    assert (rang.customer, rang.extra["phone"]) == ({"phone": "+380441234567"}, "+380441234567")


@pytest.mark.parametrize("unsaid", [REMOVED, None])
def test_a_call_rang_when_it_happened_where_nothing_else_is_said(unsaid: Any) -> None:
    assert event("call.missed").extra["at"] == "2026-03-02T07:58:00Z"
    assert event("call.missed", **{"data.at": unsaid}).extra["at"] == "2026-03-02T08:00:00Z"


def test_a_number_that_cannot_be_read_is_dropped_and_named() -> None:
    rang = event("call.missed", **{"data.phone": "anonymous"})
    assert [field.path for field in rang.dropped] == ["phone"]
    assert "phone" not in rang.extra


def test_what_a_complaint_says_names_its_customer_once() -> None:
    told = event("complaint.opened", **{"data.complaint.customer": {"id": "c-17", "email": "olena@customer.example"}})
    assert (told.customer_id, told.customer["email"]) == ("c-17", "olena@customer.example")
    assert "customer" not in told.extra["complaint"]


def test_a_review_belongs_to_the_order_that_it_names() -> None:
    assert event("review.posted").order_id == "A-1001"
    assert event("coupon.redeemed").order_id is None
