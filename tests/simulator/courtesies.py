"""What goes on around the orders of a story: complaints, calls, reviews, presents, new prices; drawn for themselves."""

import random
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from shopbell.domain.time.calendar import format_instant
from tests.simulator.story import Act, Close, Person, Redeem, Tell

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
OUTCOMES = ("reached", "no_answer", "no_answer", "refused", "accepted")
ANSWERED = (10 * MINUTE, 3 * HOUR, 4 * DAY, 9 * DAY)
"""Within how long a complaint is resolved."""


def courtesies(seed: int, start: datetime, people: Iterable[Person], told: Iterable[Tell]) -> Iterator[Act]:
    chance = random.Random(f"courtesies {seed}")
    for placed in (tell for tell in told if tell.type == "order.placed"):
        yield from _around_an_order(chance, placed)
    for person in people:
        if person.contacts or person.id:
            yield from _around_a_person(chance, person, start, [tell for tell in told if _theirs(tell, person)])
    for shop in sorted({person.shop for person in people}):
        yield from _at_the_desk(chance, shop, start)


def _theirs(tell: Tell, person: Person) -> bool:
    return tell.type == "order.placed" and tell.data["order"]["customer"] == person.as_sent


def tell(at: datetime, shop: str, id: str, type: str, data: dict[str, Any], late: timedelta = timedelta()) -> Tell:
    happened = at.replace(microsecond=0)
    return Tell((happened + late).replace(microsecond=0), shop, f"{shop}-{id}", type, happened, data)


def _around_an_order(chance: random.Random, placed: Tell) -> Iterator[Tell]:
    name, shop, at = placed.order, placed.shop, placed.happened
    if chance.random() < 0.12:
        said = {"old_total": "150.00", "new_total": chance.choice(("190.00", "260.00"))}
        moment = at + chance.random() * 2 * DAY
        yield tell(moment, shop, f"{name}-dearer", "order.repriced", {"order": {"id": name}, "repriced": said})
    if chance.random() < 0.12:
        item = {"sku": "CUP-1", "name": "Cup", "quantity": 1, "unit_price": "120.00"}
        data = {"order": {"id": name}, "sku": "MUG-1", "alternatives": [item]}
        yield tell(at + chance.random() * DAY, shop, f"{name}-gone", "order.item_unavailable", data)
    if chance.random() < 0.12:
        data = {"order": {"id": name}, "delay": {"reason": "Ice", "new_date": f"{at + 5 * DAY:%Y-%m-%d}"}}
        moment = at + chance.choice((3 * DAY, 4 * DAY)) + chance.random() * DAY
        yield tell(moment, shop, f"{name}-later", "order.delayed", data)


def _around_a_person(chance: random.Random, person: Person, start: datetime, placed: list[Tell]) -> Iterator[Act]:
    whom = _named(chance, person)
    for number in range(chance.choice((0, 0, 0, 1, 2))):
        yield from _complaint(chance, person, whom, f"{person.name[-1]}-q{number}", start, placed)
    if person.phone and chance.random() < 0.2:
        at = start + chance.random() * 9 * DAY
        call = format_instant((at + chance.random() * 2 * DAY).replace(microsecond=0))
        data = {"customer": whom, "at": call, "phone": person.phone, "note": f"{person.name} asks about mugs"}
        yield tell(at, person.shop, f"{person.name[-1]}-callback", "callback.agreed", data)
    if person.phone and chance.random() < 0.15:
        at = start + chance.random() * 9 * DAY
        data = {"phone": person.phone, "at": format_instant(at.replace(microsecond=0))}
        yield tell(at, person.shop, f"{person.name[-1]}-missed", "call.missed", data)
    for each in placed:
        if chance.random() < 0.15:
            review = {"customer": whom, "order": each.order, "rating": 5, "text": f"{person.name}: lovely"}
            at = each.happened + (5 + chance.random() * 9) * DAY
            yield tell(at, person.shop, f"{each.order}-review", "review.posted", review)
    for number in range(chance.choice((0, 0, 1, 2))):
        order = chance.choice([*(each.order for each in placed), ""])
        units = {"customer": whom, "units": chance.choice((10, 50))} | ({"order": order} if order else {})
        at = start + chance.random() * 12 * DAY
        spent = tell(at, person.shop, f"{person.name[-1]}-spent{number}", "bonus.spent", units)
        yield from (spent, spent) if chance.random() < 0.3 else (spent,)


def _named(chance: random.Random, person: Person) -> dict[str, Any]:
    """By the shop's id, or as the shop's people note somebody down who rang: by a contact."""
    contacts = {name: value for name, value in (("email", person.email), ("phone", person.phone)) if value}
    if person.id and (not contacts or chance.random() < 0.8):
        return {"id": person.id}
    return contacts


def _complaint(
    chance: random.Random, person: Person, whom: dict[str, Any], name: str, start: datetime, placed: list[Tell]
) -> Iterator[Tell]:
    about = chance.choice([*(each.order for each in placed), ""])
    at = start + chance.random() * 10 * DAY
    said = {"id": name, "customer": whom, "text": f"{person.name}: it does not hold water"}
    said |= {"kind": chance.choice(("complaint", "question"))} | ({"order": about} if about else {})
    late = chance.choice((0, 0, 0, 4)) * DAY * chance.random()
    yield tell(at, person.shop, f"{name}-opened", "complaint.opened", {"complaint": said}, late)
    if chance.random() < 0.7:
        resolved = at + chance.choice(ANSWERED) * chance.random()
        answer = {"id": name, "text": f"{person.name}: a new one is on its way"}
        yield tell(resolved, person.shop, f"{name}-resolved", "complaint.resolved", {"complaint": answer})


def _at_the_desk(chance: random.Random, shop: str, start: datetime) -> Iterator[Act]:
    for _ in range(chance.choice((0, 2, 4, 6))):
        at = (start + chance.random() * 12 * DAY).replace(microsecond=0)
        yield Close(at, shop, chance.random(), chance.choice(OUTCOMES), chance.random() < 0.5)
    if chance.random() < 0.3:
        yield Redeem((start + chance.random() * 12 * DAY).replace(microsecond=0), shop, chance.random())
