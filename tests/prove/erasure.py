"""Figure 27: whatever was told of a person, in whatever order, nothing of it is left when they are forgotten."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations, cycle, permutations
from typing import Any

from shopbell.dialects.event_types import DATA
from shopbell.domain.time.calendar import format_instant
from shopbell.storage import keys
from shopbell.storage.heads import unpacked
from shopbell.storage.table import plain
from tests.prove.figure import Figure, Reached
from tests.prove.filled import Filler
from tests.prove.telling import DAY, MINUTE, MONDAY, SECOND, tell
from tests.simulator.play import Play, live
from tests.simulator.story import Tell

ERASED, PLACED = "customer.erased", "order.placed"
TYPES = tuple(name for name in DATA if name not in (ERASED, PLACED))
EMAIL, PHONE = "zorina.quist@customer.example", "+380507654321"
UNREADABLE = "an id, contacts that nobody can read"
PEOPLE: Mapping[str, Mapping[str, Any]] = {
    "an id": {"id": "c-1", "email": EMAIL, "phone": PHONE},
    UNREADABLE: {"id": "c-1", "email": "Zorina at home", "phone": "Zorina rings"},
    "a guest's e-mail": {"id": None, "email": EMAIL, "phone": PHONE},
    "a guest's phone": {"id": None, "email": None, "phone": PHONE},
}
"""How a customer is known; each is forgotten by the first that they have."""
OWN_WORDS = ("Zorina", "zorina", EMAIL, PHONE, PHONE[1:], "mark-")
ELSEWHERE = "out of reach: dead letters 14 days, backups 35 days"
SHOPS_OWN = frozenset({"shop", "product", "letters", "rhythm"})
"""Partitions of what a shop has, whoever buys it."""


@dataclass(frozen=True, slots=True)
class Told:
    """Events in the order in which they arrive, and whom they are of."""

    person: str
    types: Sequence[str]

    def __str__(self) -> str:
        return f"{self.person}: {' '.join(self.types)}"


def singles() -> Iterator[Told]:
    """Each type before and after the placing and the forgetting, of each person."""
    for person in PEOPLE:
        for event_type in types_of(person):
            for types in permutations((PLACED, event_type, ERASED)):
                yield Told(person, types)


def pairs() -> Iterator[Told]:
    """Each two types and the placing, in every order, then the forgetting."""
    for person, both in zip(cycle(PEOPLE), combinations(TYPES, 2), strict=False):
        if not set(both) <= set(types_of(person)):
            continue
        for types in permutations((PLACED, *both)):
            yield Told(person, (*types, ERASED))


def types_of(person: str) -> list[str]:
    """A number that rings is nobody's where no readable contact says whose it is."""
    return [name for name in TYPES if person != UNREADABLE or name != "call.missed"]


def forgotten() -> Reached:
    told, left, lines = [*singles(), *pairs()], list[str](), 0
    for each in told:
        with live(MONDAY, quiet=False) as world:
            play(world, each)
            lines += world.stage.log.getvalue().count("\n")
            left += [f"{each}: {word}" for word in found(world)]
    said = f"{len(told)} orders of {len(TYPES) + 2} types, {lines} lines of the log: left {len(left)}"
    return Reached("; ".join([said, *left[:3], ELSEWHERE]), not left and lines > 0)


def play(world: Play, told: Told) -> None:
    """All of them happened before the forgetting, whenever they arrive, and come once more; the clock then runs on."""
    world.cloud.move(MONDAY + 20 * MINUTE)
    for event_type in (*told.types, *told.types):
        world.cloud.move(world.cloud.now + SECOND)
        world.act(event_of(event_type, told.person, _task(world)))
    world.until(world.cloud.now + 2 * DAY)


def event_of(event_type: str, person: str, task: str = "") -> Tell:
    data = _erased(person) if event_type == ERASED else filler_of(event_type, person, task).told
    return tell(event_type, MONDAY + _after(event_type), data, _name(event_type))


def filler_of(event_type: str, person: str, task: str = "") -> Filler:
    return Filler(event_type, _name(event_type), dict(_given(PEOPLE[person], task)), format_instant(MONDAY))


def _name(event_type: str) -> str:
    return event_type.removeprefix("order.").replace(".", "-").replace("_", "-")


def _after(event_type: str) -> timedelta:
    """They are told apart by their moments, and the forgetting comes last."""
    if event_type in TYPES:
        return MINUTE + TYPES.index(event_type) * SECOND
    return 10 * MINUTE if event_type == ERASED else 0 * MINUTE


def _erased(person: str) -> dict[str, Any]:
    known = {name: value for name, value in PEOPLE[person].items() if value}
    return {"customer": dict([next(iter(known.items()))])}


def _given(person: Mapping[str, Any], task: str) -> Iterator[tuple[str, Any]]:
    for place in ("customer", "order.customer", "complaint.customer"):
        yield from ((f"{place}.{name}", value) for name, value in person.items())
        yield from {
            f"{place}.name": "Zorina Quist",
            f"{place}.locale": "uk",
            f"{place}.timezone": "Europe/Kyiv",
        }.items()
    yield from {
        "order.id": "1001",
        "order.number": "1001",
        "complaint.order": "1001",
        "complaint.id": "k-1",
        "phone": PHONE,
    }.items()
    yield from {"task": task or "order-1001-0", "code": "K7QMW4XA"}.items()


def _task(world: Play) -> str:
    """The newest that the staff were asked, where there is one."""
    asked = [key[1] for key in world.cloud.table.items if key[1].startswith(keys.MESSAGE + "order-")]
    return asked[-1].removeprefix(keys.MESSAGE) if asked else ""


def found(world: Play) -> list[str]:
    """Words of the person's own that stand in the table, the queues, the dead letters or the log."""
    waiting = (*world.cloud.queues.waiting.values(), *world.cloud.queues.dead.values())
    queued = "\n".join(each.body for letters in waiting for each in letters)
    places = {"table": "\n".join(stored(world)), "queues": queued, "log": world.stage.log.getvalue()}
    return [f"{word} in {place}" for place, text in places.items() for word in _words_in(text)]


def stored(world: Play) -> Iterator[str]:
    """Every item that is of persons, compressed documents unpacked."""
    for key, raw in world.cloud.table.items.items():
        if keys.kind_name(key[0]) not in SHOPS_OWN:
            yield f"{key} {json.dumps(plain(raw), ensure_ascii=False, default=unpacked)}"


def _words_in(text: str) -> Iterator[str]:
    yield from (text[max(0, at - 60) : at + 60] for word in OWN_WORDS if (at := text.find(word)) >= 0)


FIGURES = (
    Figure(
        27,
        "erasure",
        "each event type, before and after placing, in any order, then customer.erased; table, queues, log searched",
        "personal data 0 where we reach",
        forgotten,
    ),
)
