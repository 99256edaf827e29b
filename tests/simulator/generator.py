"""Makes a story of a seed: shops, customers, orders whose news comes shuffled, twice and late, and what breaks."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from shopbell.domain.time.calendar import format_instant
from tests.simulator.courtesies import courtesies
from tests.simulator.dealings import dealings
from tests.simulator.faults import Fault, Target
from tests.simulator.moments import on_grid
from tests.simulator.operations import operations
from tests.simulator.people import as_written
from tests.simulator.rules import zone_of
from tests.simulator.story import Act, Asleep, Break, Crowded, Person, Story, Tell, Unruly, Unsteady, Unsubscribe

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CALM = (Fault.THROTTLE, Fault.ERROR, Fault.DOWN, Fault.TIMEOUT_BEFORE, Fault.PAUSED)
SUDDEN = (*CALM, Fault.TIMEOUT_AFTER, Fault.CRASH_BEFORE, Fault.CRASH_AFTER, Fault.BETWEEN)
STARTS = [(2, 9), (3, 26), (4, 13), (6, 1), (8, 20), (10, 22), (12, 28)]
REMINDED = (2 * DAY, 4 * DAY, 7 * DAY)
"""How long after an order its reminders come, on most days."""
COURTEOUS = 3
"""Every so many stories tell of more than orders and birthdays, and the staff are asked: these cost twice as much. As
many deal with money, parcels and lives of orders."""
METHODS = ("bank_transfer", "bank_transfer", "card", "cash_on_delivery", "cash_to_courier", "other")


def story(seed: int) -> Story:
    chance = random.Random(seed)
    month, day = chance.choice(STARTS)
    start = datetime(2026, month, day, chance.randrange(24), chance.randrange(60), tzinfo=UTC)
    people = tuple(_person(chance, number, start) for number in range(chance.randint(2, 4)))
    if seed % COURTEOUS == 1:
        people = as_written(seed, people)
    told = [tell for person in people for tell in _life(chance, person, start)]
    if seed % COURTEOUS == 1:
        told = list(dealings(seed, told))
    acts: list[Act] = [*told, *_repeated(chance, told), *_wishes(chance, people, start)]
    acts += [act for person in people for act in _aimed(chance, person, start)]
    acts += [act for tell in told if tell.type == "order.placed" for act in _aimed_at_reminders(chance, tell, told)]
    span = max(act.at for act in acts) - start
    failure = _trouble(chance, start, span)
    around = courtesies(seed, start, people, told) if seed % COURTEOUS == 0 else ()
    quiet = seed % COURTEOUS == 2
    in_use = operations(seed, start, people, told)
    return Story(seed, start, people, (*acts, *around, *failure, *in_use), quiet)


def _person(chance: random.Random, number: int, start: datetime) -> Person:
    shop = chance.choice(("dobra", "dobra", "kert"))
    by_mail, by_phone = chance.random() < 0.85, chance.random() < 0.6
    birthday = start.date() + chance.randrange(-2, 16) * DAY
    return Person(
        shop=shop,
        id=f"c-{number}" if chance.random() < 0.75 else "",
        name=f"Zorina Quist{number}",
        email=f"person{number}@customer.example" if by_mail else "",
        phone=f"+38050765432{number}" if by_phone else "",
        zone=chance.choice(("", "", "Asia/Tokyo", "America/New_York", "Europe/Budapest")),
        birthday=f"{birthday:--%m-%d}" if chance.random() < 0.6 else "",
        consent=_consent(chance),
    )


def _consent(chance: random.Random) -> dict[str, Any]:
    answers = {"email_marketing": 0.7, "sms_service": 0.5, "sms_marketing": 0.4}
    return {purpose: chance.random() < share for purpose, share in answers.items() if chance.random() < 0.8}


def _life(chance: random.Random, person: Person, start: datetime) -> Iterator[Tell]:
    if person.id and chance.random() < 0.7:
        yield _tell(start, person.shop, f"{person.id}-known", "customer.updated", start, {"customer": person.as_sent})
    for number in range(chance.choice((1, 1, 2, 3))):
        placed = start + chance.random() * 4 * DAY
        yield from _late(chance, list(_order(chance, person, f"{person.name[-1]}-{number}", placed)))


def _tell(at: datetime, shop: str, id: str, type: str, happened: datetime, data: dict[str, Any]) -> Tell:
    whole = happened.replace(microsecond=0)
    return Tell(max(at.replace(microsecond=0), whole), shop, f"{shop}-{id}", type, whole, data)


def _order(chance: random.Random, person: Person, name: str, placed: datetime) -> Iterator[Tell]:
    whole = _whole_order(chance, person, name, placed)
    yield _tell(placed, person.shop, f"{name}-placed", "order.placed", placed, {"order": whole})
    for number, (wait, type, said, beside) in enumerate(_news(chance, placed)):
        data = {"order": {"id": name, **said}, **beside}
        at = placed + wait
        yield _tell(at, person.shop, f"{name}-{number}-{type}", type, at, data)


def _whole_order(chance: random.Random, person: Person, name: str, placed: datetime) -> dict[str, Any]:
    item = {"sku": "MUG-1", "name": "Mug", "quantity": 1, "unit_price": "150.00"}
    return {
        "id": name,
        "number": name,
        "placed_at": format_instant(placed.replace(microsecond=0)),
        "currency": "UAH",
        "total": "150.00",
        "items": [item],
        "payment": {"method": chance.choice(METHODS)},
        "delivery": {"method": "pickup_point", **_promised(name, placed)},
        "customer": person.as_sent,
    }


def _promised(name: str, placed: datetime) -> dict[str, str]:
    """Every other order names the day by which it leaves."""
    return {"ships_by": f"{placed + 2 * DAY:%Y-%m-%d}"} if name.endswith("1") else {}


News = tuple[timedelta, str, dict[str, Any], dict[str, Any]]


def _news(chance: random.Random, placed: datetime) -> Iterator[News]:
    """Some of what may happen to an order, in a sensible order of time; what is not drawn did not happen."""

    def at(low: timedelta, high: timedelta) -> timedelta:
        return low + chance.random() * (high - low)

    arrives = f"{placed + 6 * DAY:%Y-%m-%d}"
    parcels = [("1", at(DAY, 3 * DAY)), ("2", at(3 * DAY, 5 * DAY))]
    until = f"{placed + chance.choice((6, 9, 14)) * DAY:%Y-%m-%d}"
    new_date = {"delay": {"reason": "Snow", "new_date": f"{placed + 8 * DAY:%Y-%m-%d}"}}
    drawn: list[tuple[float, News]] = [
        (0.5, (at(MINUTE, 12 * HOUR), "order.accepted", {}, {})),
        (0.5, (_payment(chance), "order.paid", {}, {})),
        (0.3, (at(DAY, 2 * DAY), "order.handed_over", {}, {})),
        (0.5, (parcels[0][1], "order.shipped", {"delivery": {"tracking_number": "1", "arrives_by": arrives}}, {})),
        (0.15, (parcels[1][1], "order.shipped", {"delivery": {"tracking_number": "2"}}, {})),
        (0.15, (at(DAY, 5 * DAY), "order.delayed", {}, new_date)),
        (0.4, (at(3 * DAY, 6 * DAY), "order.ready_for_pickup", {"delivery": {"pickup_until": until}}, {})),
        (0.35, (at(5 * DAY, 12 * DAY), "order.delivered", {}, {})),
        (0.12, (at(HOUR, 9 * DAY), "order.cancelled", {}, {"reason": "Not needed"})),
        (0.1, (at(DAY, 9 * DAY), "order.refunded", {}, {"refund": {"id": "r1", "amount": "10.00"}})),
        (0.1, (at(HOUR, 3 * DAY), "order.repriced", {}, {"repriced": {"old_total": "150.00", "new_total": "160.00"}})),
        (0.1, (at(HOUR, 2 * DAY), "order.item_unavailable", {}, {"sku": "MUG-1"})),
    ]
    yield from (news for share, news in drawn if chance.random() < share)


def _payment(chance: random.Random) -> timedelta:
    """Often around the moments of the reminders."""
    due = chance.choice((2 * DAY, 4 * DAY, 7 * DAY, 9 * DAY))
    return chance.choice((chance.random() * 10 * DAY, due + chance.randrange(-10, 30) * MINUTE))


def _late(chance: random.Random, told: list[Tell]) -> Iterator[Tell]:
    """Most are told at once; some hours late, a few days."""
    for tell in told:
        late = chance.choices((0 * HOUR, 3 * HOUR, 2 * DAY, 9 * DAY), (80, 12, 6, 2))[0]
        yield replace(tell, at=(tell.at + late * chance.random()).replace(microsecond=0))


def _repeated(chance: random.Random, told: list[Tell]) -> Iterator[Tell]:
    for tell in told:
        if chance.random() < 0.15:
            late = chance.choice((MINUTE, 5 * HOUR, 4 * DAY)) * chance.random()
            yield replace(tell, at=(tell.at + late).replace(microsecond=0))


def _wishes(chance: random.Random, people: tuple[Person, ...], start: datetime) -> Iterator[Act]:
    for person in people:
        at = (start + chance.random() * 14 * DAY).replace(microsecond=0)
        if person.id and chance.random() < 0.25:
            yield Unsubscribe(at, person)
        if person.contacts and chance.random() < 0.12:
            whom = {"id": person.id} if person.id else {"email": person.email} if person.email else {}
            data = {"customer": whom or {"phone": person.phone}}
            yield _tell(at, person.shop, f"{person.name[-1]}-erased", "customer.erased", at, data)


def _aimed(chance: random.Random, person: Person, start: datetime) -> Iterator[Act]:
    """Something breaks, or the customer unsubscribes, in the very minutes of a birthday letter."""
    if not person.birthday:
        return
    for days in (-7, -3, 0):
        month, day = map(int, person.birthday.removeprefix("--").split("-"))
        birthday = datetime(start.year + (month < start.month), month, day, 10, tzinfo=zone_of(person))
        moment = (birthday + days * DAY).astimezone(UTC)
        if start < moment < start + 21 * DAY and chance.random() < 0.5:
            yield _aimed_break(chance, moment)
            if person.id and chance.random() < 0.4:
                yield Unsubscribe(moment + chance.choice((-2, 2)) * MINUTE, person)


def _aimed_at_reminders(chance: random.Random, placed: Tell, told: list[Tell]) -> Iterator[Act]:
    """Payment, or something else that ends a reminder, within minutes of it; often in the midst of its sending."""
    due = chance.choice([*REMINDED, None, None])
    if due is None:
        return
    moment = on_grid(placed.happened + due)
    type = chance.choice(("order.paid", "order.paid", "order.cancelled", "order.delivered"))
    yield _aimed_break(chance, moment)
    if any((tell.shop, tell.order, tell.type) == (placed.shop, placed.order, type) for tell in told):
        return
    at = moment + chance.choice((-1, 1, 2, 4)) * MINUTE
    yield _tell(at, placed.shop, f"{placed.order}-in-time", type, at, {"order": {"id": placed.order}})


def _aimed_break(chance: random.Random, moment: datetime) -> Break:
    target = chance.choice((Target.EMAIL, Target.SMS, Target.WRITE, Target.WRITE, Target.READ))
    fault = chance.choice((*SUDDEN, Fault.BETWEEN, Fault.BETWEEN, Fault.BETWEEN))
    return Break(moment, target, fault, chance.randrange(8), chance.randint(1, 3))


def _trouble(chance: random.Random, start: datetime, span: timedelta) -> Iterator[Act]:

    def at() -> datetime:
        return (start + chance.random() * span).replace(microsecond=0)

    if chance.random() < 0.5:
        yield Unruly(start, chance.choice((0.1, 0.3, 0.6)))
    if chance.random() < 0.4:
        yield Crowded(start, chance.choice((0.03, 0.1, 0.3)))
    for _ in range(chance.choice((0, 1, 2, 4, 8))):
        yield Break(
            at(), chance.choice(list(Target)), chance.choice(SUDDEN), chance.randrange(12), chance.randint(1, 4)
        )
    if chance.random() < 0.3:
        begins = at()
        ends = begins + chance.choice((2 * HOUR, 9 * HOUR, 2 * DAY)) * chance.random()
        yield Break(begins, chance.choice(list(Target)), chance.choice(CALM), until=ends)
    if chance.random() < 0.25:
        begins = at()
        yield Asleep(begins, begins + chance.choice((5 * HOUR, 3 * DAY)) * chance.random())
    if chance.random() < 0.4:
        begins = at()
        yield Unsteady(begins, begins + 3 * DAY)
