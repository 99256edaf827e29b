"""What a task's page takes beside what came of it, and what becomes of it."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbell.domain.journeys import JOURNEYS
from shopbell.domain.model.events import Event
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import Conflict
from shopbell.domain.model.vocabulary import Asked
from shopbell.domain.time.calendar import format_instant
from tests.world import MONDAY, OLENA, PlainPages, World, a_busy_shop

BOTH = OLENA | {"phone": "+380671234567"}
CASH = {"payment.method": "cash_on_delivery"}
ORDER = {"order": {"id": "1001"}}
PHONE = {"phone": BOTH["phone"]}


class Remembering(PlainPages):
    """A page that remembers what it was given to show."""

    def __init__(self) -> None:
        self.page: Mapping[str, Any] = {}

    def task(self, kind: str, locale: str, content: Mapping[str, Any], page: Mapping[str, Any]) -> str:
        self.page = page
        return super().task(kind, locale, content, page)


@dataclass
class Staff:
    """Somebody of the shop with the link of the newest task of that name; `heard`: what their form told."""

    world: World
    name: str
    heard: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.shown = self.world.pages = Remembering()
        self.link, react = self.world.link(self.name), self.world.react

        def listening(told: Sequence[tuple[Event, Shop]], now: datetime) -> list[Exception | None]:
            self.heard += [event for event, _ in told if event.id.startswith("~task.") and event.type != "call.done"]
            return react(told, now)

        self.world.react = listening  # type: ignore[assignment]  # one that listens stands in for the use case

    def posts(self, outcome: str = "", **fields: str) -> int:
        return self.world.visit(self.link, outcome, "POST", **fields)[0]

    @property
    def wrong(self) -> Mapping[str, str]:
        found: Mapping[str, str] = self.shown.page["wrong"]
        return found

    def stored(self) -> dict[Any, Any]:
        return deepcopy(self.world.table.items)


def placed(customer: Mapping[str, str] = BOTH, /, **changes: Any) -> World:
    world = World(shop=a_busy_shop())
    world.place(customer, **{**CASH, **changes})
    return world


def accepted() -> World:
    world = placed()
    world.now += timedelta(minutes=5)
    world.tell("order.accepted")
    return world


def late() -> World:
    world = accepted()
    world.until("2026-03-05T16:30:00Z")
    return world


def overdue() -> World:
    world = accepted()
    world.until("2026-03-06T07:30:00Z")
    return world


def under_way(**days: str) -> World:
    world = accepted()
    world.tell("order.shipped", {"delivery.tracking_number": "A1", **days})
    return world


def delivered() -> World:
    world = under_way()
    world.tell("order.delivered")
    world.until(world.now + timedelta(days=8))
    return world


def complained() -> World:
    world = placed()
    world.tell("complaint.opened", None, BOTH, said={"complaint": {"id": "c1", "text": "Where is it?"}})
    return world


def called(event: str = "call.missed", **said: str) -> World:
    world = World(shop=a_busy_shop())
    world.tell(event, None, PHONE, said=PHONE | said)
    world.until(world.now + timedelta(hours=1))
    return world


def unpaid() -> World:
    world = placed(BOTH, **{"payment.method": "bank_transfer"})
    world.until("2026-03-04T12:00:00Z")
    return world


TASKS: Mapping[str, Callable[[], World]] = {
    "staff_confirm_order": placed,
    "staff_call_unpaid": unpaid,
    "staff_pack.accepted": accepted,
    "staff_dispatch_overdue": overdue,
    "staff_promise_at_risk": late,
    "staff_call_satisfaction": delivered,
    "staff_complaint": complained,
    "staff_missed_call": called,
    "staff_callback": lambda: called("callback.agreed", at="2026-03-02T08:30:00Z"),
    "staff_unreachable_customer": lambda: placed({"name": "Olena"}),
}
"""A shop with a task of that name."""

AT = {"at": "2026-03-20T10:30"}
AGREED = {"at": "2026-03-20T10:30:00+02:00", **PHONE}
DAY = {"new_date": "2026-03-20"}
TOLD = {"customer": PHONE}


def asked(name: str) -> Staff:
    return Staff(TASKS[name](), name)


@pytest.mark.parametrize(
    ("name", "fields", "event_type", "data"),
    [
        ("staff_confirm_order", AT | {"note": "the mug"}, "callback.agreed", TOLD | AGREED | {"note": "the mug"}),
        ("staff_confirm_order", {"sku": "MUG-1"}, "order.item_unavailable", ORDER | {"sku": "MUG-1"}),
        (
            "staff_confirm_order",
            {"planned_repeat_on": "2026-06-01", "email": "o@customer.example", "phone": "067 765 43 21"},
            "customer.updated",
            {
                "order": {"id": "1001", "planned_repeat_on": "2026-06-01"},
                "customer": {"email": "o@customer.example", "phone": "+380677654321"},
            },
        ),
        ("staff_call_unpaid", AT, "callback.agreed", TOLD | AGREED),
        (
            "staff_pack.accepted",
            {"tracking_number": "20450012345678"},
            "order.shipped",
            {"order": {"id": "1001", "delivery": {"tracking_number": "20450012345678"}}},
        ),
        ("staff_pack.accepted", {"sku": "MUG-1"}, "order.item_unavailable", ORDER | {"sku": "MUG-1"}),
        (
            "staff_dispatch_overdue",
            DAY | {"reason": "the maker is late", "remedy": "a present"},
            "order.delayed",
            ORDER | {"delay": DAY | {"reason": "the maker is late", "remedy": "a present"}},
        ),
        (
            "staff_dispatch_overdue",
            {"tracking_number": "7"},
            "order.shipped",
            {"order": {"id": "1001", "delivery": {"tracking_number": "7"}}},
        ),
        ("staff_promise_at_risk", DAY, "order.delayed", ORDER | {"delay": DAY}),
        (
            "staff_call_satisfaction",
            {"planned_repeat_on": "2026-06-01"},
            "customer.updated",
            {"order": {"id": "1001", "planned_repeat_on": "2026-06-01"}},
        ),
        ("staff_missed_call", AT, "callback.agreed", TOLD | AGREED),
        ("staff_callback", AT, "callback.agreed", TOLD | AGREED),
        (
            "staff_complaint",
            {"text": "We sent another"},
            "complaint.resolved",
            {"complaint": {"id": "c1", "text": "We sent another"}},
        ),
        (
            "staff_unreachable_customer",
            {"email": "o@customer.example"},
            "customer.updated",
            ORDER | {"customer": {"email": "o@customer.example"}},
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("outcome", ["", "reached"])
def test_what_is_filled_in_is_told_as_the_shop_would_have_told_it(
    name: str, fields: dict[str, str], event_type: str, data: dict[str, Any], outcome: str
) -> None:
    staff = asked(name)
    body = {"type": event_type, "timestamp": format_instant(staff.world.now), "data": data}
    told = staff.world.as_told(body, staff.world.shop, staff.world.now)
    assert staff.posts(outcome, **fields) == 200
    assert [replace(event, id="") for event in staff.heard] == [told]


@pytest.mark.parametrize("name", ["staff_call_satisfaction", "staff_missed_call", "staff_callback"])
def test_words_of_a_call_are_a_complaint_that_is_a_task_of_its_own(name: str) -> None:
    staff = asked(name)
    assert staff.posts("reached", text="  The handle\r\nbroke off ") == 200
    (complaint,) = (event.extra["complaint"] for event in staff.heard)
    assert complaint["text"] == "The handle\nbroke off"
    assert staff.world.tasks[-1] == "staff_complaint"


@pytest.mark.parametrize(
    ("name", "fields", "kind"),
    [
        ("staff_confirm_order", {"sku": "MUG-1"}, "item_unavailable"),
        ("staff_pack.accepted", {"tracking_number": "20450012345678"}, "order_shipped"),
        ("staff_promise_at_risk", DAY, "order_delayed"),
        ("staff_complaint", {"text": "We sent another"}, "complaint_resolved"),
    ],
)
def test_the_customer_hears_of_it_at_once_and_once(name: str, fields: dict[str, str], kind: str) -> None:
    staff = asked(name)
    before = staff.world.kinds.count(kind)
    for _ in range(3):
        assert staff.posts(**fields) == 200
        staff.world.now += timedelta(minutes=1)
    assert staff.world.kinds.count(kind) == before + 1


def test_a_call_that_was_agreed_comes_five_minutes_before_by_the_shop_s_clock() -> None:
    staff = asked("staff_missed_call")
    staff.posts("reached", at="2026-03-04T10:30")
    staff.world.until("2026-03-05T00:00:00Z")
    assert staff.world.sent_at("staff_callback") == ["Wed 04 10:25"]


def test_another_hour_takes_the_place_of_the_one_that_was_agreed_and_the_task_is_over() -> None:
    staff = asked("staff_callback")
    assert staff.posts(at="2026-03-04T10:30") == 200
    assert (staff.shown.page["notice"], staff.shown.page["over"]) == ("taken", "settled")
    assert staff.shown.page["ended_by"] == "callback.agreed"


def test_an_address_that_works_is_the_way_of_the_news_that_follow() -> None:
    staff = asked("staff_unreachable_customer")
    staff.posts("reached", email="olena@customer.example")
    staff.world.tell("order.accepted")
    assert staff.world.kinds == ["order_accepted"]


@pytest.mark.parametrize(
    "given", ["2026-03-04T10:30", "2026-03-04T10:30:00", "2026-03-04T08:30Z", "2026-03-04T09:30+01:00"]
)
def test_a_moment_is_one_of_the_shop_s_clock_or_has_its_offset(given: str) -> None:
    staff = asked("staff_confirm_order")
    assert staff.posts(at=given) == 200
    assert [event.extra["at"] for event in staff.heard] == ["2026-03-04T08:30:00Z"]


@pytest.mark.parametrize(
    ("name", "fields", "wrong"),
    [
        ("staff_promise_at_risk", {"new_date": "2026-03-04"}, {"new_date": "past"}),
        ("staff_promise_at_risk", {"new_date": "2026-03-05"}, {"new_date": "past"}),  # the shop has closed
        ("staff_promise_at_risk", {"new_date": "2026-03-05T10:00"}, {"new_date": "past"}),
        ("staff_promise_at_risk", {"new_date": "2026-02-30"}, {"new_date": "unreadable"}),
        ("staff_promise_at_risk", {"new_date": "tomorrow"}, {"new_date": "unreadable"}),
        ("staff_promise_at_risk", {"reason": "the maker is late"}, {"new_date": "missing"}),
        ("staff_promise_at_risk", DAY | {"reason": "x" * 1001}, {"reason": "too_long"}),
        ("staff_confirm_order", {"at": "2026-03-02T09:59"}, {"at": "past"}),
        ("staff_confirm_order", {"at": "2026-03-02T08:00:00Z"}, {"at": "past"}),
        ("staff_confirm_order", {"at": "2026-03-20"}, {"at": "unreadable"}),
        ("staff_confirm_order", {"at": "0001-01-01T00:00"}, {"at": "unreadable"}),
        ("staff_confirm_order", {"at": "later", "note": "the blue one"}, {"at": "unreadable"}),
        ("staff_confirm_order", {"note": "the blue one"}, {"at": "missing"}),
        ("staff_confirm_order", {"planned_repeat_on": "2026-03-01"}, {"planned_repeat_on": "past"}),
        ("staff_confirm_order", {"planned_repeat_on": "0000-00-00"}, {"planned_repeat_on": "unreadable"}),
        ("staff_confirm_order", {"email": "olena at example"}, {"email": "unreadable"}),
        ("staff_confirm_order", {"phone": "067 12"}, {"phone": "unreadable"}),
        ("staff_confirm_order", {"sku": "MUG-2"}, {"sku": "not_ordered"}),
        ("staff_pack.accepted", {"tracking_number": "7" * 129}, {"tracking_number": "too_long"}),
        ("staff_complaint", {"text": "x" * 1001}, {"text": "too_long"}),
        (
            "staff_confirm_order",
            {"at": "yesterday", "sku": "MUG-2", "phone": "1", "email": "olena@customer.example"},
            {"at": "unreadable", "sku": "not_ordered", "phone": "unreadable"},
        ),
    ],
)
@pytest.mark.parametrize("outcome", ["", "reached"])
def test_where_a_field_is_wrong_nothing_is_taken_and_all_that_was_typed_is_kept(
    name: str, fields: dict[str, str], wrong: dict[str, str], outcome: str
) -> None:
    staff = asked(name)
    before = staff.stored()
    assert (staff.posts(outcome, **fields), staff.wrong) == (400, wrong)
    assert staff.shown.page["typed"].items() >= fields.items()
    assert (staff.heard, staff.stored()) == ([], before)


@pytest.mark.parametrize("blank", ["", "   ", "\r\n", "\x00", "\u200b", "\u202e\u2066", "\ud800"])
def test_what_is_left_blank_says_nothing(blank: str) -> None:
    staff = asked("staff_call_satisfaction")
    before = staff.stored()
    fields = dict.fromkeys(("text", "at", "note", "planned_repeat_on"), blank)
    assert staff.posts(**fields) == 400
    assert staff.shown.page["notice"] == "unclear"
    assert staff.stored() == before
    assert staff.posts("reached", **fields) == 200
    assert staff.heard == []


def test_what_the_page_does_not_ask_for_is_no_answer() -> None:
    staff = asked("staff_missed_call")
    assert staff.posts(new_date="2026-03-20", sku="MUG-1") == 400
    assert staff.heard == []


@pytest.mark.parametrize("name", TASKS)
def test_the_same_form_posted_again_changes_nothing_but_when_it_was_answered(name: str) -> None:
    staff = asked(name)
    fields = {"staff_complaint": {"text": "Done"}, "staff_unreachable_customer": {"phone": "067 765 43 21"}}.get(
        name, AT
    )
    fields = DAY if "delay" in name or name.endswith(("overdue", "risk")) else fields
    fields = {"sku": "MUG-1"} if name == "staff_pack.accepted" else fields
    assert staff.posts(**fields) == 200
    before = staff.stored()
    for _ in range(2):
        staff.world.now += timedelta(seconds=20)
        assert staff.posts(**fields) == 200
    assert (staff.stored(), len(staff.heard)) == (before, 1)


def test_a_task_that_is_over_takes_nothing_more_and_shows_what_was_typed() -> None:
    staff = asked("staff_promise_at_risk")
    staff.world.now += timedelta(minutes=5)
    staff.world.tell("order.shipped", {"delivery.tracking_number": "A1"})
    before = staff.stored()
    assert staff.posts("done", reason="the maker", **DAY) == 410
    assert (staff.shown.page["notice"], staff.shown.page["over"]) == ("not_taken", "settled")
    assert staff.shown.page["typed"]["reason"] == "the maker"
    assert (staff.shown.page["ended_by"], staff.shown.page["fields"]) == ("order.shipped", ())
    assert staff.stored() == before


def test_nothing_is_delayed_of_an_order_that_was_called_off_after_its_task_was_answered() -> None:
    staff = asked("staff_dispatch_overdue")
    staff.posts("reached")
    staff.world.now += timedelta(minutes=5)
    staff.world.tell("order.cancelled")
    assert staff.posts(**DAY) == 410
    assert (staff.shown.page["over"], staff.shown.page["ended_by"]) == ("called_off", "order.cancelled")
    assert staff.heard == []


def test_what_an_outage_cut_short_is_whole_when_the_form_is_posted_again() -> None:
    world = accepted()
    staff, react = Staff(world, "staff_pack.accepted"), world.react

    def broken(told: Sequence[tuple[Event, Shop]], now: datetime) -> list[Exception | None]:
        answered = any(event.type == "call.done" for event, _ in told)
        return [Conflict("the table is gone")] if answered else react(told, now)

    world.react = broken  # type: ignore[assignment]  # a table that goes away in the midst stands in for the use case
    assert staff.posts("done", tracking_number="7") == 503
    assert (staff.shown.page["notice"], staff.shown.page["typed"]["tracking_number"]) == ("unsaved", "7")
    world.react = react
    assert staff.posts("done", tracking_number="7") == 200
    assert world.kinds.count("order_shipped") == 1
    assert staff.shown.page["outcome"] == "done"


@pytest.mark.parametrize(
    ("customer", "fields"),
    [
        (BOTH, {"sku", "planned_repeat_on", "at", "note"}),
        (OLENA, {"phone", "sku", "planned_repeat_on", "at", "note"}),
        ({"name": "Olena"}, {"email", "phone", "sku", "planned_repeat_on"}),
    ],
    ids=["both", "no phone", "nobody can be called"],
)
def test_a_contact_is_asked_for_where_it_is_missing(customer: dict[str, str], fields: set[str]) -> None:
    staff = Staff(placed(customer), "staff_confirm_order")
    staff.world.visit(staff.link)
    assert set(staff.shown.page["fields"]) == fields


def test_what_is_fetched_from_the_shop_has_no_tracking_number() -> None:
    world = placed(BOTH, **{"delivery.method": "self_pickup"})
    world.tell("order.accepted")
    staff = Staff(world, "staff_pack.accepted")
    staff.world.visit(staff.link)
    assert "tracking_number" not in staff.shown.page["fields"]


def test_the_page_shows_how_things_stand_now() -> None:
    staff = asked("staff_confirm_order")
    staff.world.now += timedelta(minutes=10)
    staff.world.tell("order.accepted")
    staff.world.tell("order.paid", payment={"id": "p1", "amount": "500.00"})
    staff.world.tell("order.shipped", {"delivery.tracking_number": "A1"})
    staff.world.tell("order.delayed", delay={"new_date": "2026-03-20"})
    staff.world.visit(staff.link)
    now = staff.shown.page["standing"]
    assert [str(now.paid), str(now.due), str(now.delayed_to), str(now.accepted_on)] == [
        *("500.00", "999.00", "2026-03-20", "2026-03-02"),
    ]
    assert [(parcel.state, str(parcel.on), parcel.number) for parcel in now.parcels] == [("sent", "2026-03-02", "A1")]


@pytest.mark.parametrize(
    ("event", "by"),
    [("order.accepted", "order.accepted"), ("order.shipped", "order.shipped"), ("order.cancelled", "order.cancelled")],
)
def test_what_is_over_says_what_ended_it_and_when(event: str, by: str) -> None:
    staff = asked("staff_confirm_order")
    staff.world.now += timedelta(minutes=10)
    staff.world.tell(event)
    staff.world.visit(staff.link)
    page = staff.shown.page
    assert (page["ended_by"], page["ended_at"], page["answers"]) == (by, MONDAY + timedelta(minutes=10), ())


def test_every_field_that_there_is_has_a_page_that_takes_it() -> None:
    assert {each for row in JOURNEYS for each in row.asks} == set(Asked)
    assert all(row.is_task for row in JOURNEYS if row.asks)


ANYTHING = st.one_of(
    st.text(max_size=40),
    st.binary(max_size=20).map(lambda raw: raw.decode("utf-8", "replace")),
    st.datetimes().map(datetime.isoformat),
    st.dates().map(str),
    st.sampled_from(["MUG-1", "o@customer.example", "067 123 45 67", "2026-03-20", "2026-03-20T10:30", "x" * 1001]),
)


@pytest.mark.parametrize("name", ["staff_confirm_order", "staff_dispatch_overdue", "staff_missed_call"])
def test_whatever_is_typed_is_taken_whole_or_not_at_all(name: str) -> None:
    worlds: dict[str, Staff] = {}

    @settings(max_examples=60, deadline=None)
    @given(st.dictionaries(st.sampled_from([*map(str, Asked)]), ANYTHING), st.sampled_from(["", "reached", "maybe"]))
    def whatever(fields: dict[str, str], outcome: str) -> None:
        staff = worlds.setdefault("staff", asked(name))
        heard, before = len(staff.heard), staff.stored()
        status = staff.posts(outcome, **fields)
        assert status in (200, 400, 410)
        if status != 200:
            assert (len(staff.heard), staff.stored()) == (heard, before)

    whatever()
