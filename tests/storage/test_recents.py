"""What a contact got of late, written by many at once."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from shopbell.domain.deciding.turns import Recent, Turn
from shopbell.domain.model.state import Conflict
from shopbell.storage.recents import Recents
from tests.memory_table import MemoryTable
from tests.world import MONDAY, OLENA, World, an_order

DAY = "2026-03-02"
TURN = Turn(1, MONDAY, "m2", MONDAY + timedelta(minutes=61))


def test_what_is_written_is_read() -> None:
    recents = Recents(MemoryTable())
    written = Recent({"m1": MONDAY}, (TURN,), DAY, 3)
    recents.save("dobra", "c", written, MONDAY)
    read = recents.read("dobra", "c")
    assert (read.left, read.waiting, read.day, read.taken, read.version) == ({"m1": MONDAY}, (TURN,), DAY, 3, 1)
    assert recents.read("dobra", "d") == Recent()


def test_who_writes_what_was_read_before_another_wrote_looks_again() -> None:
    recents = Recents(MemoryTable())
    for version in range(2):
        one, other = recents.read("dobra", "c"), recents.read("dobra", "c")
        recents.save("dobra", "c", one.with_one(f"a{version}", MONDAY, DAY, counted=False), MONDAY)
        with pytest.raises(Conflict):
            recents.save("dobra", "c", other.with_one(f"b{version}", MONDAY, DAY, counted=False), MONDAY)
    assert {*recents.read("dobra", "c").left} == {"a0", "a1"}


@dataclass(frozen=True, slots=True)
class Crowded(Recents):
    """Before each of its first writes another order of the same person comes, and its letter leaves."""

    world: World
    more: list[int] = field(default_factory=lambda: list(range(100, 120)))

    def save(self, shop: str, contact: str, recent: Recent, now: datetime) -> None:
        if self.more:
            order(self.world, self.more.pop())
        Recents.save(self, shop, contact, recent, now)


def order(world: World, number: int) -> None:
    cash: dict[str, Any] = {"payment.method": "cash_on_delivery"}
    world.tell("order.placed", an_order(number=str(number), **cash), OLENA, order_id=str(number))


def test_however_many_count_at_once_no_more_than_ten_leave() -> None:
    world = World()
    object.__setattr__(world.send.mailroom.limits, "recents", Crowded(world.table, world))
    for number in range(5):
        order(world, number)
    assert len(world.email.taken) == 10
    recent = Recents(world.table).read("dobra", world.contact_key("dobra", OLENA["email"]))
    assert (len(recent.left), recent.taken, len(recent.waiting)) == (10, 10, 15)
