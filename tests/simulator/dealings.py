"""What becomes of an order's money, parcels and life in some stories: paid in parts, reversed, repriced, sent in
parts; drawn for themselves, so that the other stories stay what they were."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from shopbell.domain.time.calendar import format_instant
from tests.simulator.courtesies import DAY, HOUR, MINUTE, tell
from tests.simulator.rules import GOING
from tests.simulator.story import Tell

PRICES = ("162.00", "170.00", "190.00", "120.00", "90.00", "0.00")
PARTS = (("60.00", "90.00"), ("100.00", "30.00"), ("150.00", "150.00"), ("200.00",), ("0.00", "150.00"))
REFUNDS = ("0.00", "40.00", "110.00", "150.00", "400.00")
LATE = (timedelta(), timedelta(), timedelta(), 3 * HOUR, 2 * DAY)


def dealings(seed: int, told: Iterable[Tell]) -> Iterator[Tell]:
    """The news of the orders as it is then."""
    chance = random.Random(f"dealings {seed}")
    orders: dict[tuple[str, str], list[Tell]] = {}
    for each in told:
        orders.setdefault((each.shop, each.order), []).append(each)
    for (_, name), tells in orders.items():
        yield from _order(chance, tells) if name else tells


def _order(chance: random.Random, tells: list[Tell]) -> Iterator[Tell]:
    placed = next(each for each in tells if each.type == "order.placed")
    tells = [_late(chance, each) for each in tells]
    if chance.random() < 0.35:
        paid = _parts(chance, placed)
        tells = [*(each for each in tells if each.type != "order.paid"), *paid]
    tells += [*_money(chance, placed), *_life(chance, placed)]
    draw = chance.random()
    if draw < 0.35:
        moving = GOING | {"order.delayed"}
        tells = [*(each for each in tells if each.type not in moving), *_parcels(chance, placed)]
    elif draw < 0.45:
        tells = [each for each in tells if each.type not in GOING]
    changed = _changed(chance, placed, in_parts=draw < 0.35, nothing_sent=0.35 <= draw < 0.45)
    yield from (replace(each, data=changed) if each.id == placed.id else each for each in tells)


def _late(chance: random.Random, each: Tell) -> Tell:
    return replace(each, at=each.at + chance.choice(LATE) * chance.random() // MINUTE * MINUTE)


def _changed(chance: random.Random, placed: Tell, *, in_parts: bool, nothing_sent: bool) -> dict[str, Any]:
    order = dict(placed.data["order"])
    method = order["payment"]["method"]
    if method in ("card", "other") and chance.random() < 0.3:
        order["payment"] = {"method": method, "paid_at": format_instant(placed.happened)}
    if in_parts:
        order["items"] = [{"sku": "MUG-1", "name": "Mug", "quantity": 3, "unit_price": "50.00"}]
    if nothing_sent:
        order["delivery"] = {"method": "none"}
    elif chance.random() < 0.3:
        order["delivery"] = {**order["delivery"], "time_window": "18:00-20:00"}
    return {"order": order}


def _news(chance: random.Random, placed: Tell, name: str, type: str, at: datetime, **beside: Any) -> Tell:
    data = {"order": {"id": placed.order}, **beside}
    return _late(chance, tell(at, placed.shop, f"{placed.order}-{name}", type, data))


def _parts(chance: random.Random, placed: Tell) -> Iterator[Tell]:
    """Each by its id; the second often at the moment of a reminder."""
    at = placed.happened + chance.choice((MINUTE / 2, HOUR, 2 * DAY)) * chance.random()
    for number, amount in enumerate(chance.choice(PARTS)):
        said = {"id": f"p{number}", "amount": amount}
        yield _news(chance, placed, f"part{number}", "order.paid", at, payment=said)
        at += chance.choice((HOUR, 3 * DAY, 5 * DAY)) * chance.random()


def _money(chance: random.Random, placed: Tell) -> Iterator[Tell]:
    def at() -> datetime:
        return placed.happened + (MINUTE + chance.choice((HOUR, 3 * DAY, 9 * DAY)) * chance.random())

    if chance.random() < 0.25:
        failed = {"id": "f1", "reason": "Declined"}
        yield _news(chance, placed, "failed", "order.payment_failed", at(), payment=failed)
    if chance.random() < 0.2:
        back = {"id": chance.choice(("p0", "p1", "")), "reason": "Chargeback"}
        back = {name: value for name, value in back.items() if value}
        yield _news(chance, placed, "reversed", "order.payment_reversed", at(), payment=back)
        if chance.random() < 0.4:
            yield _news(chance, placed, "again", "order.paid", at(), payment={"id": "p9", "amount": "150.00"})
    for new in chance.sample(PRICES, chance.choice((0, 0, 1, 1, 2))):
        said = {"old_total": "150.00", "new_total": new}
        yield _news(chance, placed, f"price-{new}", "order.repriced", at(), repriced=said)
    for number, amount in enumerate(chance.sample(REFUNDS, chance.choice((0, 0, 0, 1, 2)))):
        yield _news(
            chance, placed, f"back{number}", "order.refunded", at(), refund={"id": f"b{number}", "amount": amount}
        )


def _life(chance: random.Random, placed: Tell) -> Iterator[Tell]:
    if chance.random() < 0.25:
        off = placed.happened + chance.choice((HOUR, 3 * DAY, 6 * DAY)) * chance.random()
        yield _news(chance, placed, "off", "order.cancelled", off, reason="Not needed")
        if chance.random() < 0.6:
            on = off + chance.choice((HOUR, 2 * DAY)) * chance.random()
            yield _news(chance, placed, "on", "order.accepted", on)


def _parcels(chance: random.Random, placed: Tell) -> Iterator[Tell]:
    """Three mugs in two parcels: the second is sometimes told again with other things, or says nothing of them."""
    at, lines = placed.happened + DAY * (1 + chance.random()), [2, 1]
    for number, quantity in enumerate(lines):
        parcel: dict[str, Any] = {"id": f"k{number}", "tracking_number": f"20450{number}"}
        items = [{"sku": "MUG-1", "quantity": quantity}]
        whole = parcel if number and chance.random() < 0.2 else parcel | {"items": items}
        if chance.random() < 0.7:
            whole |= {"arrives_by": f"{at + 3 * DAY:%Y-%m-%d}"}
        yield _news(chance, placed, f"sent{number}", "order.shipped", at, parcel=whole)
        if number and chance.random() < 0.3:
            more = whole | {"items": [{"sku": "MUG-1", "quantity": 1}, {"sku": "CUP-1", "quantity": 1}]}
            yield _news(chance, placed, "packed-anew", "order.shipped", at + HOUR, parcel=more)
        if chance.random() < 0.4:
            ready = {"id": f"k{number}", "pickup_until": f"{at + 8 * DAY:%Y-%m-%d}"}
            yield _news(chance, placed, f"here{number}", "order.ready_for_pickup", at + 2 * DAY, parcel=ready)
        if chance.random() < 0.6:
            there = at + (2 + 3 * chance.random()) * DAY
            yield _news(chance, placed, f"there{number}", "order.delivered", there, parcel={"id": f"k{number}"})
        at += DAY * 2 * chance.random()
