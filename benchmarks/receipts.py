"""Plays what rows 8 and 9 count: orders that are placed, with their receipts, and reminders of those not paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from benchmarks.orders import STAFF, customer, order, place
from benchmarks.stack import BATCH, REACT, SEND, Invocation, NotTaken, Stack, together
from tests.simulator.moments import TICK, on_grid
from tests.simulator.stage import SWEEPS

START = datetime(2026, 3, 2, 8, 2, tzinfo=UTC)
"""A working Monday, two minutes past ten in the shop: a schedule comes some minutes after what it looks for is due."""
REMINDS = "sweep_unpaid_orders"
MOST_TICKS = 200
PEOPLE, ORDERS = 1_000, 100_000
"""Where the numbers of customers and of orders begin."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The reaction to an order, or to ten, and the sending of its customer's letter. The task of the shop's people is
    planned in the reaction and counts there; the letter that brings it to them is another message."""

    reaction: Invocation
    sending: Invocation

    @property
    def units(self) -> int:
        return self.reaction.units + self.sending.units


def person(number: int) -> dict[str, Any]:
    return customer(PEOPLE + number)


def receipt(stack: Stack, number: int, whose: dict[str, Any]) -> Receipt:
    """Of one order alone: each function is given one record at a time."""
    place(stack, order(ORDERS + number, whose, stack.now))
    return _received(stack, 1)


def batch(stack: Stack, first: int) -> Receipt:
    """Of ten orders of ten new customers, which come together."""
    for number in range(first, first + BATCH):
        place(stack, order(ORDERS + number, person(number), stack.now))
    return _received(stack, BATCH)


def _received(stack: Stack, orders: int) -> Receipt:
    """What waits for so many orders, reacted to and sent in batches of as many."""
    reactions = stack.drain(REACT, orders)
    sendings = _to_customers(stack.drain(SEND, orders), orders)
    return Receipt(together(reactions), together(sendings))


def reminders(stack: Stack, orders: int) -> list[float]:
    """The write units of each: its part of the tick that looked at all of them, and its own sending."""
    for number in range(orders):
        receipt(stack, number, person(number))
    tick, sendings = _until_reminded(stack, orders)
    return [tick.units / orders + sending.units for sending in sendings]


def _until_reminded(stack: Stack, orders: int) -> tuple[Invocation, list[Invocation]]:
    """Every schedule runs whenever something is due; only the turn that reminds is counted."""
    for _ in range(MOST_TICKS):
        stack.now = on_grid(max(stack.now + TICK, stack.next_due()))
        tick = stack.tick(REMINDS)
        sendings = stack.drain(SEND, 1)
        if any(_is_to_customers(sending) for sending in sendings):
            return tick, _to_customers(sendings, orders)
        for sweep in SWEEPS:
            stack.tick(sweep)
        stack.drain(SEND, 1)
    raise NotTaken("no reminder came")


def _to_customers(sendings: Sequence[Invocation], letters: int) -> list[Invocation]:
    """Those that brought letters to customers, which are to be so many."""
    chosen = [sending for sending in sendings if _is_to_customers(sending)]
    left = sum(len(sending.letters) for sending in chosen)
    if left != letters:
        raise NotTaken(f"{left} letters to customers left, {letters} were to")
    return chosen


def _is_to_customers(sending: Invocation) -> bool:
    return bool(sending.letters) and STAFF not in sending.letters
