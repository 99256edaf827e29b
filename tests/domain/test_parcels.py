"""An order's parcels, read from its events in whatever order they came."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import permutations, product
from typing import Any

import pytest

from shopbell.domain.deciding.subjects import SUBJECTS
from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.order import Order
from shopbell.domain.model.parcel import MOST_LINES, MOST_PARCELS
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.domain.rules.parcels import all_left, delivered_at, is_sent, news, parcels, rest
from tests.world import MONDAY, a_shop, an_order

HOUR = timedelta(hours=1)
SHIPPED, READY, DELIVERED = "order.shipped", "order.ready_for_pickup", "order.delivered"
MUGS = [{"sku": "MUG", "name": "Mug", "quantity": "3", "unit_price": "10.00"}]
Said = tuple[str, dict[str, Any], dict[str, Any]]
"""An event: its type, the order's changes, its parcel."""


def shipped(tracking: str = "", event: str = SHIPPED, /, **parcel: Any) -> Said:
    changes = {"delivery.tracking_number": tracking} if tracking else {}
    return event, changes, {"parcel": parcel} if parcel else {}


def holds(**quantities: int) -> list[dict[str, str]]:
    return [{"sku": sku, "quantity": str(number)} for sku, number in quantities.items()]


def order_of(said: Iterable[tuple[int, Said]], items: Sequence[Mapping[str, Any]] = MUGS, **changes: Any) -> Order:
    """Each with the hour at which it happened."""
    order = Order("1001")
    placed: Said = ("order.placed", an_order(items=list(items), **changes), {})
    for hour, (event_type, fields, extra) in ((0, placed), *said):
        event = Event("dobra", f"e{hour}", event_type, MONDAY + hour * HOUR, "1001", fields, extra=extra)
        order = SUBJECTS[SubjectKind.ORDER].merged(order, event, a_shop())
    return order


def told(*said: Said, **changes: Any) -> Order:
    """One an hour."""
    return order_of(enumerate(said, 1), **changes)


def seen(order: Order) -> tuple[Any, ...]:
    """All that letters and promises ask of an order's parcels."""
    each = [(one.name, dict(one.at), one.items, one.text("tracking_number")) for one in parcels(order)]
    triggers = [
        [(one.occurrence_id, one.occurrence.at, one.parcel and one.parcel.name) for one in news(order, event)]
        for event in (EventType.ORDER_SHIPPED, EventType.ORDER_READY_FOR_PICKUP, EventType.ORDER_DELIVERED)
    ]
    return each, triggers, rest(order), all_left(order), delivered_at(order)


STORIES: Mapping[str, Sequence[Said]] = {
    "one, told by its number": [shipped("A"), shipped("A", READY), shipped("", DELIVERED)],
    "one without a number": [shipped(), shipped("", READY), shipped("", DELIVERED)],
    "two by their numbers": [shipped("A"), shipped("B"), shipped("A", DELIVERED), shipped("B", DELIVERED)],
    "three of one thing in two": [
        shipped(id="1", items=holds(MUG=2)),
        shipped(id="2", items=holds(MUG=1), tracking_number="B"),
        shipped("B", DELIVERED),
        shipped("", DELIVERED, id="1"),
    ],
    "one told twice with other things": [
        shipped(id="1", items=holds(MUG=3)),
        shipped(id="1", items=holds(MUG=1)),
        shipped(id="2", items=holds(MUG=2)),
        shipped("", DELIVERED, id="2"),
    ],
    "one with its things beside one without": [
        shipped(id="1", items=holds(MUG=1), tracking_number="A"),
        shipped("B"),
        shipped("A", DELIVERED),
        shipped("B", DELIVERED),
    ],
    "a number first, an id later": [
        shipped("A"),
        shipped(id="1", tracking_number="A", items=holds(MUG=2)),
        shipped("", READY, id="1"),
        shipped("A", DELIVERED),
    ],
    "the whole told to be delivered": [
        shipped(id="1", items=holds(MUG=1)),
        shipped("", DELIVERED),
        shipped(id="2", items=holds(MUG=2)),
    ],
}


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_in_whatever_order_events_come_an_order_has_the_same_parcels(story: Sequence[Said]) -> None:
    """Their versions say which is the newer; twice is as once."""
    there = [*enumerate(story, 1)]
    straight = seen(order_of(there))
    for mixed in permutations(there):
        assert seen(order_of(mixed)) == straight
        assert seen(order_of([*mixed, *mixed[:2]])) == straight


def test_an_order_is_delivered_when_all_that_was_ordered_is_and_not_before() -> None:
    """Over every way to put three mugs into two parcels, to name them, and to tell which of them arrived."""
    for first, second, named, arrived in product(range(4), range(4), ("id", "number"), product((0, 1), repeat=2)):
        boxes = [box for box in enumerate((first, second)) if box[1]]
        said = [shipped("", SHIPPED, **_box(named, n, number)) for n, number in boxes]
        said += [shipped("", DELIVERED, **_box(named, n)) for n, _ in boxes if arrived[n]]
        order = told(*said)
        everything = bool(boxes) and first + second >= 3 and all(arrived[n] for n, _ in boxes)
        assert (delivered_at(order) is not None) == everything, (first, second, named, arrived)
        assert rest(order) == ({"MUG": Decimal(3 - first - second)} if first + second < 3 else {})


def _box(named: str, number: int, mugs: int = 0) -> dict[str, Any]:
    name = {"id": f"p{number}"} if named == "id" else {"tracking_number": f"T{number}"}
    return {**name, **({"items": holds(MUG=mugs)} if mugs else {})}


@pytest.mark.parametrize(
    ("said", "left", "delivered"),
    [
        ([shipped("A")], None, False),  # nobody said what is in it
        ([shipped("A"), shipped("A", DELIVERED)], None, True),
        ([shipped("A"), shipped("B"), shipped("A", DELIVERED)], None, False),
        ([shipped(id="1", items=holds(MUG=1)), shipped("B"), shipped("", DELIVERED, id="1")], None, False),
        (
            [shipped(id="1", items=holds(CUP=3)), shipped("", DELIVERED, id="1")],
            None,
            True,
        ),  # no such thing was ordered
        ([shipped("", DELIVERED)], None, True),
        ([shipped(id="1", items=holds(MUG=1)), shipped()], None, False),  # the rest, without a name
        ([shipped(id="1", items=holds(MUG=3)), shipped()], {}, False),  # the same once more
    ],
)
def test_of_what_nobody_said_no_more_is_known_than_that_parcels_arrived(
    said: Sequence[Said], left: Any, delivered: bool
) -> None:
    order = told(*said)
    assert (rest(order), delivered_at(order) is not None) == (left, delivered)


def test_digital_things_are_in_no_parcel_and_nobody_waits_for_them() -> None:
    items = [*MUGS, {"sku": "PDF", "name": "Book", "quantity": "1", "unit_price": "5.00", "digital": True}]
    order = told(shipped(id="1", items=holds(MUG=3)), shipped("", DELIVERED, id="1"), items=items)
    assert rest(order) == {}
    assert delivered_at(order) == MONDAY + 2 * HOUR


@pytest.mark.parametrize(
    ("changes", "sent"),
    [
        ({}, True),
        ({"delivery.method": "none"}, False),
        ({"delivery.method": None}, False),
        ({"items": [{**MUGS[0], "digital": True}]}, False),
        ({"items": [{**MUGS[0], "digital": True}, MUGS[0]]}, True),
        ({"delivery.method": None, "delivery.address": "2 Elm Rd"}, True),
    ],
)
def test_what_has_no_delivery_or_is_digital_altogether_is_not_sent(changes: dict[str, Any], sent: bool) -> None:
    assert is_sent(order_of([], **{"items": MUGS, **changes})) == sent


def test_an_order_whose_delivery_is_told_later_is_sent_from_then_on() -> None:
    later: Said = ("order.accepted", {"delivery.method": "post"}, {})
    nowhere: dict[str, Any] = {"delivery.method": None}
    assert is_sent(order_of([(1, later)], **nowhere))


def test_the_days_of_one_parcel_are_not_those_of_the_next() -> None:
    first: Said = SHIPPED, {"delivery.tracking_number": "A", "delivery.arrives_by": "2026-03-05"}, {}
    second: Said = SHIPPED, {"delivery.tracking_number": "B", "delivery.arrives_by": "2026-03-09"}, {}
    days = [parcel.text("arrives_by") for parcel in parcels(told(first, second))]
    assert days == ["2026-03-05", "2026-03-09"]


def test_a_field_that_is_absent_is_unchanged_and_null_removes_it() -> None:
    said = shipped(id="1", tracking_number="A", arrives_by="2026-03-05", carrier="Post")
    again = shipped(id="1", arrives_by=None)
    (parcel,) = parcels(told(said, again))
    assert (parcel.text("tracking_number"), parcel.text("arrives_by"), parcel.text("carrier")) == ("A", "", "Post")


def test_what_the_former_version_stored_of_a_parcel_is_its_number_and_the_orders_delivery() -> None:
    order = told(("order.accepted", {"delivery.tracking_number": "B", "delivery.arrives_by": "2026-03-09"}, {}))
    occurrence = next(iter(order.record.occurrences["order.accepted"].values()))
    former = type(order.record)(order.record.fields, {SHIPPED: {"A": occurrence, "B": occurrence}})
    known = {parcel.name: parcel for parcel in parcels(Order("1001", former))}
    assert {name: parcel.text("tracking_number") for name, parcel in known.items()} == {"A": "A", "B": "B"}
    assert known["B"].text("arrives_by") == "2026-03-09"
    assert known["A"].text("arrives_by") == ""


def test_a_parcel_told_by_its_number_and_then_by_its_id_is_news_once() -> None:
    order = told(shipped("A"), shipped(id="1", tracking_number="A"))
    (one,) = news(order, EventType.ORDER_SHIPPED)
    assert (one.occurrence_id, one.also_called) == ("A", ("1",))


def test_of_more_parcels_than_a_record_holds_the_newest_are_known() -> None:
    said = [shipped(id=f"p{n}", items=[{"sku": f"S{k}", "quantity": "1"} for k in range(100)]) for n in range(70)]
    order = told(*said)
    fields = [path for path in order.record.fields if path.startswith("parcel.")]
    assert len({path.split(".")[1] for path in fields}) <= MOST_PARCELS
    lines = [len(word.value) for path, word in order.record.fields.items() if path.endswith(".items")]
    assert sum(lines) <= MOST_LINES
