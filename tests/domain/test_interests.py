"""What a customer showed an interest in, and what they are never to be recommended."""

from datetime import timedelta
from typing import Any

import pytest

from shopbell.domain.model.customer import Customer
from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.record import Occurrence, Record, version_at
from shopbell.domain.rules.interests import interests, never_again, signals_of, without_old_signals
from shopbell.domain.time.calendar import format_instant
from tests.world import MONDAY

DAY = timedelta(days=1)


def bought(order: str, *skus: str, ago: int = 0, lasts: int | None = None, **more: Any) -> Record:
    at = MONDAY - ago * DAY
    items = {sku: {"name": sku, **({"lasts_days": lasts} if lasts else {})} for sku in skus}
    happened = Occurrence(at, version_at(at, ""), {"items": items, **more})
    return Record(occurrences={EventType.CUSTOMER_BOUGHT: {order: happened}})


def rated(stars: str, ago: int) -> dict[str, Any]:
    return {"rating": stars, "rated_at": format_instant(MONDAY - ago * DAY)}


def seen(event_type: str, ago: int, **extra: Any) -> Record:
    return signals_of(Event("dobra", "e", event_type, MONDAY - ago * DAY, None, {}, None, {}, extra))


def viewed(sku: str, ago: int = 1) -> Record:
    return seen("product.viewed", ago, sku=sku)


def in_cart(*skus: str, ago: int = 1) -> Record:
    return seen("cart.updated", ago, items=[{"sku": sku} for sku in skus])


def complained(order: str) -> Record:
    about = {"order": order} if order else {}
    return Record(occurrences={EventType.COMPLAINT_OPENED: {"c1": Occurrence(MONDAY, version_at(MONDAY, ""), about)}})


def whoever(*records: Record) -> Customer:
    known = Record()
    for record in records:
        known = known.merged(record)
    return Customer("id:7", known)


@pytest.mark.parametrize(
    ("known", "liked"),
    [
        ([], {}),
        ([bought("1", "mug", "tea")], {"mug": 1.0, "tea": 1.0}),
        ([bought("1", "mug", ago=30), bought("2", "tea")], {"tea": 1.0, "mug": 0.05}),
        ([bought("1", "mug", ago=400), bought("2", "tea", ago=370)], {"tea": 1.0, "mug": 0.05}),
        (
            [bought("1", "mug"), in_cart("pot", "lid"), viewed("fork")],
            {"mug": 1.0, "lid": 0.3, "pot": 0.3, "fork": 0.1},
        ),
        # taken out of the cart again it still says something
        ([in_cart("pot", ago=3), in_cart("lid", ago=2)], {"lid": 0.3, "pot": 0.3}),
        ([in_cart("pot"), viewed("pot")], {"pot": 0.4}),
        # forgotten after ninety days
        ([in_cart("pot", ago=91), viewed("fork", ago=91), viewed("lid", ago=88)], {"lid": 0.1}),
        ([bought("1", "mug", **rated("5", 3))], {"mug": 1.1}),
        ([bought("1", "mug", **rated("3", 3))], {"mug": 1.0}),
        ([bought("1", "mug", **rated("2", 3))], {"mug": -1.0}),
        ([bought("1", "mug", "tea", called_off=True)], {}),
        ([bought("1", "mug", refunded=True)], {}),
        ([bought("1", "mug"), complained("1")], {}),
        ([bought("1", "mug"), complained("2")], {"mug": 1.0}),
    ],
)
def test_what_they_like_goes_by_what_they_did(known: list[Record], liked: dict[str, float]) -> None:
    found = interests(whoever(*known), MONDAY)
    assert list(found) == list(liked)
    assert found == pytest.approx(liked)


@pytest.mark.parametrize(
    ("known", "never"),
    [
        ([], set()),
        ([bought("1", "mug", "tea")], {"mug", "tea"}),
        ([bought("1", "beans", lasts=30)], set()),
        ([bought("1", "beans", lasts=30, refunded=True)], {"beans"}),
        ([bought("1", "beans", lasts=30, called_off=True)], {"beans"}),
        ([bought("1", "beans", lasts=30, **rated("1", 200))], {"beans"}),
        ([bought("1", "beans", lasts=30), complained("1")], {"beans"}),
        ([bought("1", "beans", lasts=30), complained("")], set()),
        ([in_cart("pot"), viewed("fork")], set()),
    ],
)
def test_what_they_own_gave_back_or_complained_about_is_recommended_never(known: list[Record], never: set[str]) -> None:
    assert never_again(whoever(*known)) == never


def test_of_one_day_a_look_is_one_however_often() -> None:
    once = whoever(viewed("pot"))
    assert whoever(viewed("pot"), viewed("pot")).record == once.record


@pytest.mark.parametrize(("days", "left"), [(80, {"pot", "lid"}), (100, {"lid"}), (200, set())])
def test_what_was_looked_at_is_forgotten_in_the_record_too(days: int, left: set[str]) -> None:
    customer = whoever(viewed("pot", ago=0), seen("product.viewed", -50, sku="lid"), bought("1", "mug"))
    kept = without_old_signals(customer.record, MONDAY + days * DAY)
    assert set(kept.occurrences.get(EventType.PRODUCT_VIEWED, {})) == left
    assert EventType.CUSTOMER_BOUGHT in kept.occurrences


def test_an_empty_cart_says_nothing() -> None:
    assert seen("cart.updated", 0, items=[]) == seen("cart.updated", 0) == Record()
