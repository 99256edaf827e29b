"""Records that come together: read together, decided each alone, and the failure of each is its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from shopbell.domain.model.events import Event
from shopbell.domain.model.letter import Letter
from shopbell.domain.model.state import Conflict, SendRequest
from shopbell.domain.model.vocabulary import Status
from shopbell.domain.model.vocabulary import Sweep as SweepName
from shopbell.domain.rules.feedback import Feedback, Report
from shopbell.service.delivery.send import Send
from shopbell.service.subjects.planning import send_request_of
from shopbell.service.subjects.sweep import Sweep
from shopbell.service.subjects.told import grouped
from shopbell.storage import keys
from shopbell.storage.keys import Key
from shopbell.storage.table import Item
from tests.memory_table import MemoryTable
from tests.world import MONDAY, ManyMailings, Provider, World, a_shop, an_order

SECOND = timedelta(seconds=1)


class Counted(MemoryTable):
    """`reads`: how often something was asked for; DynamoDB may answer in parts."""

    def __init__(self) -> None:
        super().__init__()
        self.reads = 0

    def get(self, wanted: Any) -> dict[Key, Item]:
        self.reads += 1
        return super().get(wanted)


def event(type: str, order: str, *, at: datetime = MONDAY, id: str = "", **changes: Any) -> Event:
    """One of an order; the first tells whose it is."""
    customer = {"email": f"person{order}@customer.example", "name": "Olena"} if type == "order.placed" else {}
    said = an_order(number=order) if type == "order.placed" else {}
    return Event("dobra", id or f"{type} {order}", type, at, order, {**said, **changes}, None, customer, {}, (), at)


def placed(*orders: int) -> list[Event]:
    return [event("order.placed", str(order)) for order in orders]


def test_ten_orders_are_read_together_and_each_is_written_for_itself() -> None:
    table = Counted()
    world = World(deaf=True, table=table)
    world.place()
    table.calls.clear()
    table.reads = 0
    world.hear(*placed(*range(10)))
    assert table.calls.count("transact_write_items") == 10
    assert table.reads == 1 + 2
    assert {message.order for message in world.messages()} == {"1001", *map(str, range(10))}


def test_what_is_told_of_one_order_comes_one_after_another_in_the_order_in_which_it_happened() -> None:
    table = Counted()
    world = World(deaf=True, table=table)
    table.reads = 0
    table.calls.clear()
    world.hear(
        event("order.paid", "1", at=MONDAY + 2 * SECOND),
        event("order.accepted", "1", at=MONDAY + SECOND),
        event("order.placed", "1"),
    )
    assert table.calls.count("transact_write_items") == 3
    assert table.reads == 1 + 2
    world.deaf = False
    world.until(MONDAY + timedelta(minutes=10))
    assert world.kinds == ["payment_received"]


def test_the_same_event_three_times_in_a_batch_is_one() -> None:
    world = World()
    world.hear(*placed(1), *placed(1), *placed(1))
    world.deliver_requests()
    assert world.kinds == ["order_received"]
    assert world.reasons("order.placed") == []


def test_orders_of_one_customer_are_no_conflict() -> None:
    world = World(deaf=True)
    world.table.calls.clear()
    whose = {"email": "zorina@customer.example"}
    world.hear(*(replace(each, customer=whose, customer_id="7") for each in placed(1, 2, 3)))
    assert world.table.calls.count("transact_write_items") == 3


def test_an_event_that_cannot_be_worked_off_keeps_no_other() -> None:
    world = World()
    poison = event("order.placed", "2", items=[{"sku": "S", "quantity": object()}])
    told = [(each, world.shop) for each in (*placed(1), poison, *placed(3))]
    errors = world.react(told, world.now)
    assert [error is not None for error in errors] == [False, True, False]
    world.deliver_requests()
    assert world.kinds == ["order_received", "order_received"]


class OneRefused(MemoryTable):
    """Whatever is written of one order is a conflict."""

    def write(self, writes: Any) -> None:
        listed = list(writes)
        if any("order#2" in write.key[0] for write in listed):
            raise Conflict
        super().write(listed)


def test_what_is_written_to_all_the_time_is_brought_again_alone() -> None:
    world = World(table=OneRefused())
    told = [(each, world.shop) for each in placed(1, 2, 3)]
    assert [type(error) for error in world.react(told, world.now)] == [type(None), Conflict, type(None)]


class Refusing(MemoryTable):
    """One customer cannot be listed: the table refuses what is written with theirs."""

    def write_plainly(self, writes: Any) -> None:
        if any("order#2" in write.key[1] for write in writes):
            from botocore.exceptions import ClientError

            raise ClientError({"Error": {"Code": "ValidationException"}}, "BatchWriteItem")
        super().write_plainly(writes)


def test_what_is_written_together_and_refused_is_written_each_for_itself() -> None:
    world = World(table=Refusing())
    told = [(each, world.shop) for each in placed(1, 2, 3)]
    assert [error is None for error in world.react(told, world.now)] == [True, False, True]


@pytest.mark.parametrize(
    ("touched", "groups"),
    [
        (["a", "b", "c"], [[0], [1], [2]]),
        (["a", "b", "a"], [[1], [0, 2]]),
        (["a", "b", "ab"], [[0, 1, 2]]),
        (["ab", "c", "bd", "ce", "d"], [[1, 3], [0, 2, 4]]),
        (["", "", "a"], [[0], [1], [2]]),
    ],
)
def test_what_touches_the_same_is_one_group(touched: list[str], groups: list[list[int]]) -> None:
    assert sorted(grouped(touched)) == sorted(groups)


# ------------------------------------------------------------------------------------------------ letters


@dataclass
class Watching(Provider):
    """Notes how many messages are claimed at each call."""

    world: World | None = None
    claimed: list[int] = field(default_factory=list)

    def send(self, letter: Letter) -> str:
        if self.world:
            self.claimed.append(sum(each.status is Status.SENDING for each in self.world.messages()))
        return super().send(letter)


def waiting(number: int, **world: Any) -> tuple[World, list[SendRequest]]:
    """So many receipts for which nobody has been asked yet."""
    made = World(deaf=True, **world)
    made.hear(*placed(*range(number)))
    made.deliver_requests()
    return made, [send_request_of(message) for message in made.messages()]


def test_no_more_is_claimed_than_has_a_thread() -> None:
    provider = Watching()
    world, requests = waiting(23, email=provider)
    provider.world = world
    world.send(requests)
    assert (len(provider.taken), max(provider.claimed)) == (23, 10)


def test_each_letter_is_marked_as_soon_as_it_is_answered() -> None:
    provider = Watching()
    world, requests = waiting(10, email=provider)
    provider.world = world
    world.send(requests)
    assert provider.claimed == list(range(10, 0, -1))


def test_a_request_that_comes_three_times_in_a_batch_is_one_letter() -> None:
    world, requests = waiting(2)
    world.send([*requests, *requests, replace(requests[0], customer="", contacts=())])
    assert len(world.email.taken) == 2


class OneBroken(MemoryTable):
    """The message of one order cannot be claimed."""

    def update(
        self, key: Key, change: str, condition: str, values: Mapping[str, Any], *, returns: bool = False
    ) -> Item:
        if "claimed_at = " in change and "order#3" in key[0]:
            raise OSError
        return super().update(key, change, condition, values, returns=returns)


def test_a_letter_that_cannot_be_claimed_keeps_no_other() -> None:
    world, requests = waiting(5, table=OneBroken())
    sent = world.send(requests)
    assert [(request.subject, type(error)) for request, error in sent.failed] == [("order/3", OSError)]
    assert len(world.email.taken) == 4
    assert [message.status for message in world.messages() if message.order == "3"] == [Status.PLANNED]


def test_ten_letters_are_read_in_two_calls() -> None:
    table = Counted()
    world, requests = waiting(10, table=table)
    table.reads = 0
    world.send(requests)
    assert table.reads == 2


def test_what_was_gathered_a_while_ago_is_gathered_again_before_it_is_claimed() -> None:
    world, requests = waiting(3)
    moments = iter([MONDAY, MONDAY, MONDAY + 2 * SECOND, *[MONDAY + 3 * SECOND] * 20])
    table, gathered = world.table, list[int]()

    def clock() -> datetime:
        gathered.append(table.calls.count("batch_get_item"))
        return next(moments)

    sent = Send(replace(world.send.mailroom, clock=clock))(requests)
    assert (len(world.email.taken), sent.failed) == (3, [])
    assert gathered[-1] > gathered[0]


def test_one_that_is_broken_off_is_asked_for_anew_and_no_other() -> None:
    world, requests = waiting(4, shop=a_shop())
    claim = world.ledger.claim

    class Ledger:
        """Somebody else has the first one."""

        def __getattr__(self, name: str) -> Any:
            return getattr(world.ledger, name)

        def claim(self, message: Any, *more: Any) -> None:
            if message.order == "0":
                raise Conflict
            claim(message, *more)

    sent = Send(replace(world.send.mailroom, ledger=Ledger()))(requests)
    assert (len(world.email.taken), sent.failed, sent.left) == (3, [], [])


# ------------------------------------------------------------------------------------------------ reports


def test_reports_of_one_letter_are_taken_down_one_after_another_and_each_for_itself() -> None:
    world = World()
    world.hear(*placed(1, 2))
    world.deliver_requests()
    first, second = world.sent()
    reports = [
        Feedback("dobra", first.subject.replace("/", "-"), first.id, Report.DELIVERY, MONDAY + SECOND, MONDAY),
        Feedback("dobra", "order-none", "none", Report.DELIVERY, MONDAY, MONDAY),
        Feedback("dobra", second.subject.replace("/", "-"), second.id, Report.DELIVERY, MONDAY, MONDAY),
        Feedback("dobra", first.subject.replace("/", "-"), first.id, Report.OPEN, MONDAY + 2 * SECOND, MONDAY),
    ]
    world.table.calls.clear()
    assert world.feedback(reports, world.now) == [None] * 4
    assert world.table.calls.count("batch_get_item") == 2
    assert {message.status for message in world.messages()} == {Status.DELIVERED}


# ------------------------------------------------------------------------------------------------ sweeps


def celebrating(number: int) -> World:
    """So many customers whose birthday letter is due at this moment."""
    world = World()
    consent = {"consent.email_marketing": {"granted": True}, "birthday": "--03-20"}
    for each in range(number):
        customer = {"name": "Olena", "email": f"zorina{each}@customer.example", **consent}
        world.tell("customer.updated", None, customer, customer_id=str(each))
    world.now = datetime.fromisoformat("2026-03-13T08:00:00Z")
    return world


def test_a_tick_plans_no_more_mailings_than_leave_until_the_next_and_the_rest_then() -> None:
    world = celebrating(35)
    mailings = ManyMailings(20)
    sweep = Sweep(SweepName.BIRTHDAYS, world.advance_due, mailings)
    assert sweep(world.now) == 20
    assert len(world.send_requests) == 20
    assert sweep(world.now) == 15
    assert sweep(world.now) == 0
    assert mailings.waiting == 35


def test_ten_subjects_are_read_together_and_one_that_cannot_be_read_keeps_no_other() -> None:
    world = celebrating(10)
    world.table.stored.items[keys.customer_partition("dobra", "id:3"), keys.HEAD]["z"] = {"B": b"\x00"}
    Sweep(SweepName.BIRTHDAYS, world.advance_due, ManyMailings())(world.now)
    assert len(world.send_requests) == 9
    assert [name for name, _ in world.log if name == "put_off"] == ["put_off"]


class Down(Counted):
    """Cannot be had, once `is_down`."""

    is_down = False

    def get(self, wanted: Any) -> dict[Key, Item]:
        done = super().get(wanted)
        if self.is_down:
            raise OSError("down")
        return done


def test_a_table_that_cannot_be_had_is_asked_once_for_a_whole_batch() -> None:
    table = Down()
    world = World(table=table)
    world.hear(*placed(*range(10)))
    in_a_month = world.now + timedelta(days=30)
    due = [place for sweep in SweepName for place in world.store.due(sweep, in_a_month) if not place.is_message]
    table.is_down, table.reads = True, 0
    with pytest.raises(OSError, match="down"):
        replace(world.advance_due, is_outage=lambda error: True)(due[:10], world.now)
    assert (len(due[:10]), table.reads) == (10, 1)
