"""Between its claim and its call a letter is looked at once more: what was answered before the look wins."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest

from shopbell.domain.model.shop import Limits, Paused
from shopbell.domain.model.state import SendRequest
from shopbell.domain.model.vocabulary import Status
from shopbell.service.subjects.planning import send_request_of
from shopbell.storage.keys import Key
from shopbell.storage.table import Item, Value
from tests.memory_table import MemoryTable
from tests.world import OLENA, World, a_shop, an_order

YES = {"consent.email_marketing": {"granted": True}, "birthday": "--03-20"}
CARD = {"payment.method": "bank_transfer"}


class OutageError(Exception):
    pass


class BetweenClaimAndLook(MemoryTable):
    """Something happens after the first letter is claimed, before it is looked at; or the look fails."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: Callable[[], None] | None = None
        self.claimed, self.error = False, False

    def update(
        self, key: Key, change: str, condition: str, values: Mapping[str, Value], *, returns: bool = False
    ) -> Item:
        done = super().update(key, change, condition, values, returns=returns)
        self.claimed = self.claimed or "claimed_at = " in change
        return done

    def get(self, keys: Any) -> dict[Key, Item]:
        if self.claimed and self.meanwhile:
            happens, self.meanwhile = self.meanwhile, None
            happens()
        if self.claimed and self.error:
            self.error = False
            raise OutageError
        return super().get(keys)


def a_reminder(**changes: Any) -> tuple[World, BetweenClaimAndLook]:
    """An order that nobody paid; its reminder is about to leave."""
    table = BetweenClaimAndLook()
    world = World(shop=a_shop(**changes), table=table)
    world.place(OLENA, **CARD)
    world.until("2026-03-03T12:00:00Z")
    world.deaf = True
    world.until("2026-03-04T09:00:00Z")
    world.deaf, table.claimed = False, False
    return world, table


def reminder_of(world: World) -> SendRequest:
    (message,) = (each for each in world.messages() if each.kind == "order_unpaid_first")
    world.now = max(world.now, message.due_at)
    return send_request_of(message)


def state(world: World) -> tuple[str, int, int]:
    (message,) = (each for each in world.messages() if each.kind == "order_unpaid_first")
    return message.status, message.attempts, message.doubts


def test_a_reminder_whose_order_is_paid_between_claim_and_call_does_not_leave() -> None:
    world, table = a_reminder()
    request = reminder_of(world)
    table.meanwhile = lambda: world.tell("order.paid")
    world.deliver([request])
    assert state(world) == (Status.HELD, 1, 0)
    world.now += timedelta(seconds=2)
    world.deliver_requests()
    assert "order_unpaid_first" not in world.kinds
    assert world.reasons("order_unpaid_first")[-1].startswith("skipped")


def test_it_is_looked_at_again_two_seconds_later_and_leaves_where_it_is_still_true() -> None:
    world, table = a_reminder(limits=Limits(per_recipient=2))
    request = reminder_of(world)
    table.meanwhile = lambda: world.tell("order.accepted")
    world.deliver([request])
    assert "order_unpaid_first" not in world.kinds
    (again,) = [each for _, each in world.delayed if each.message == request.message]
    assert again.delay == 2
    world.now += timedelta(seconds=2)
    world.deliver_requests()
    assert world.kinds.count("order_unpaid_first") == 1
    assert state(world) == (Status.SENT, 2, 0)


def test_what_a_failed_look_had_counted_is_given_back() -> None:
    world, table = a_reminder(limits=Limits(per_recipient=1))
    request = reminder_of(world)
    for _ in range(3):
        table.claimed = False
        table.meanwhile = lambda: world.tell("order.accepted", customer=OLENA)
        world.deliver([request])
        world.now += timedelta(seconds=2)
    world.deliver([request])
    assert state(world)[::2] == (Status.SENT, 0)


def test_a_shop_that_is_paused_between_claim_and_call_sends_no_mailing() -> None:
    table = BetweenClaimAndLook()
    world = World(table=table)
    world.tell("customer.updated", None, OLENA | YES, customer_id="7")
    world.deaf = True
    world.until("2026-03-13T08:10:00Z")
    (message,) = world.messages()
    table.meanwhile = lambda: world.store.save_pause("dobra", Paused.MARKETING)
    world.deaf = False
    world.ask_for(message)
    assert world.email.taken == []
    assert [(each.status, each.doubts) for each in world.messages()] == [(Status.HELD, 0)]


def test_order_news_is_not_looked_at_again() -> None:
    table = BetweenClaimAndLook()
    world = World(table=table, deaf=True)
    world.place()
    table.meanwhile = lambda: pytest.fail("it is looked at")
    world.deaf = False
    world.ask_for(world.messages()[0])
    assert world.kinds == ["order_received"]


def test_where_the_look_itself_fails_nothing_leaves_and_nothing_is_in_doubt() -> None:
    world, table = a_reminder()
    request, table.error = reminder_of(world), True
    with pytest.raises(OutageError):
        world.deliver([request])
    assert state(world) == (Status.HELD, 1, 0)
    world.now += timedelta(seconds=2)
    world.deliver_requests()
    assert world.kinds.count("order_unpaid_first") == 1


def test_an_agenda_that_moves_on_disturbs_no_letter_in_hand() -> None:
    world, table = a_reminder()
    request = reminder_of(world)
    session = world.store.session("dobra")
    order = session.order("1001")
    session.save(order, has_new_facts=False)
    table.meanwhile = session.commit
    world.deliver([request])
    assert world.kinds.count("order_unpaid_first") == 1


def test_of_ten_letters_only_those_stay_that_somebody_wrote_in_between_of() -> None:
    table = BetweenClaimAndLook()
    world = World(table=table)
    for number in range(10):
        customer = {"name": "Olena", "email": f"zorina{number}@customer.example"}
        world.tell("order.placed", an_order(number=str(number), **CARD), customer, order_id=str(number))
    world.deaf = True
    world.until("2026-03-04T09:00:00Z")
    world.now = max(each.due_at for each in world.messages() if each.kind == "order_unpaid_first")
    world.deaf, table.claimed = False, False
    table.meanwhile = lambda: world.tell("order.paid", order_id="3")
    requests = [send_request_of(each) for each in world.messages() if each.kind == "order_unpaid_first"]
    world.deliver(requests)
    left = {each.order for each in world.sent() if each.kind == "order_unpaid_first"}
    assert left == {str(number) for number in range(10)} - {"3"}


def test_the_look_of_a_batch_is_one_read() -> None:
    world, table = a_reminder()
    request = reminder_of(world)
    table.calls.clear()
    world.deliver([request])
    *_, sent, _its_report = (number for number, call in enumerate(table.calls) if call == "update_item")
    assert table.calls.count("transact_write_items") == 0
    assert table.calls[sent - 1] == "batch_get_item"
