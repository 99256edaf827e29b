"""Short ways to tell a live world of orders and customers."""

from datetime import UTC, datetime, timedelta
from typing import Any

from shopbell.domain.time.calendar import format_instant
from tests.simulator.play import Play
from tests.simulator.story import Person, Tell

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""10:00 in Kyiv, a working Monday."""
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
OLENA = Person("dobra", "c-0", "Zorina Quist0", email="person0@customer.example")


def an_order(name: str, person: Person, at: datetime, method: str = "cash_on_delivery") -> dict[str, Any]:
    return {
        "id": name,
        "number": name,
        "placed_at": format_instant(at),
        "currency": "UAH",
        "total": "150.00",
        "items": [{"sku": "MUG-1", "name": "Mug", "quantity": 1, "unit_price": "150.00"}],
        "payment": {"method": method},
        "delivery": {"method": "pickup_point"},
        "customer": person.as_sent,
    }


def placed(name: str, person: Person, at: datetime, method: str = "cash_on_delivery") -> Tell:
    return tell("order.placed", at, {"order": an_order(name, person, at, method)}, f"{name}-placed", person.shop)


def news(type: str, name: str, at: datetime, *, shop: str = "dobra", beside: Any = None, **changes: Any) -> Tell:
    return tell(type, at, {"order": {"id": name, **changes}, **(beside or {})}, f"{name}-{type}", shop)


def tell(type: str, at: datetime, data: Any, id: str, shop: str = "dobra") -> Tell:
    return Tell(at, shop, f"{shop}-{id}", type, at, data)


def taken(world: Play) -> int:
    return len(world.cloud.providers.taken)


def repeated(world: Play) -> int:
    """How many times a message was taken that had been taken before."""
    ids = [each.id for each in world.cloud.providers.taken]
    return len(ids) - len(set(ids))
