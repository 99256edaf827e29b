"""Plays what rows 8 and 9 count: the receipts of orders that are placed, and reminders of orders that are not paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from benchmarks.orders import STAFF, customer, order, place
from benchmarks.stack import BATCH, REACT, SEND, Invocation, NotMeasured, Stack, combined
from tests.simulator.moments import TICK, on_grid
from tests.simulator.stage import SWEEPS

START = datetime.fromisoformat("2026-03-02T08:02:00Z")
"""A working Monday, two minutes past ten in the shop: schedules tick some minutes after something falls due."""
REMINDING_SWEEP = "sweep_unpaid_orders"
MAX_TICKS = 200
"""Far more than it takes until a reminder is due."""
FIRST_CUSTOMER, FIRST_ORDER = 1_000, 100_000
"""So high that every number has as many digits: an id's length counts towards an item's size."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The reaction to an order, or to ten, and the sending of its customer's letter. The staff's task is planned in the
    reaction and counts there; sending it is another message's cost."""

    reaction: Invocation
    sending: Invocation

    @property
    def units(self) -> int:
        return self.reaction.units + self.sending.units


def person(number: int) -> dict[str, Any]:
    """The customer of a number, from 0 on."""
    return customer(FIRST_CUSTOMER + number)


def receipt(stack: Stack, number: int, whose: dict[str, Any]) -> Receipt:
    """The receipt of one order: each function is given one record at a time."""
    place(stack, order(FIRST_ORDER + number, whose, stack.now))
    return _received(stack, 1)


def batch(stack: Stack, first: int) -> Receipt:
    """The receipts of ten orders of ten new customers, in one batch."""
    for number in range(first, first + BATCH):
        place(stack, order(FIRST_ORDER + number, person(number), stack.now))
    return _received(stack, BATCH)


def _received(stack: Stack, orders: int) -> Receipt:
    """Drains the queues of the events, then of the letters, in batches of as many as there are orders."""
    reactions = stack.drain(REACT, orders)
    sendings = _to_customers(stack.drain(SEND, orders), orders)
    return Receipt(combined(reactions), combined(sendings))


def reminders(stack: Stack, orders: int) -> list[float]:
    """The write units of each reminder: its part of the tick that planned all of them, and its own sending."""
    for number in range(orders):
        receipt(stack, number, person(number))
    tick, sendings = _until_reminded(stack, orders)
    return [tick.units / orders + sending.units for sending in sendings]


def _until_reminded(stack: Stack, orders: int) -> tuple[Invocation, list[Invocation]]:
    """Runs every sweep whenever something is due, until reminders leave: returns the tick that planned them and their
    sendings."""
    for _ in range(MAX_TICKS):
        # To the first tick at which anything is due: what happens before would find nothing.
        stack.now = on_grid(max(stack.now + TICK, stack.next_due()))
        tick = stack.tick(REMINDING_SWEEP)
        sendings = stack.drain(SEND, 1)
        if any(_is_to_customers(sending) for sending in sendings):
            return tick, _to_customers(sendings, orders)
        # What else is due leaves now, so that the letters after the counted tick are reminders alone.
        for sweep in SWEEPS:
            stack.tick(sweep)
        stack.drain(SEND, 1)
    raise NotMeasured("no reminder came")


def _to_customers(sendings: Sequence[Invocation], letters: int) -> list[Invocation]:
    """The sendings that brought letters to customers. Raises NotMeasured unless there are so many letters."""
    to_customers = [sending for sending in sendings if _is_to_customers(sending)]
    left = sum(len(sending.letters) for sending in to_customers)
    if left != letters:
        raise NotMeasured(f"{left} letters to customers left, {letters} were to")
    return to_customers


def _is_to_customers(sending: Invocation) -> bool:
    return bool(sending.letters) and STAFF not in sending.letters
