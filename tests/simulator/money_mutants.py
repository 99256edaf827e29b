"""Guarantees of an order's money, life and parcels, broken on purpose."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from shopbell.domain.deciding import decide, ruling_out
from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.rules import account, conditions, moments, promises, triggers
from shopbell.domain.rules.account_entries import Entry
from shopbell.domain.rules.conditions import Condition
from tests.simulator.mutants import put

Walk: Any = account._Walk


def forgets_what_went_back_to_the_payer(stack: ExitStack) -> None:
    put(stack, account, _TAKEN={**account._TAKEN, EventType.ORDER_PAYMENT_REVERSED: lambda walk, entry: None})


def counts_a_payment_twice(stack: ExitStack) -> None:
    def twice(walk: Any, entry: Entry) -> None:
        Walk.pay(walk, entry)
        walk.paid += walk.payments[entry.id].amount

    put(stack, account, _TAKEN={**account._TAKEN, EventType.ORDER_PAID: twice})


def asks_for_what_was_given_back(stack: ExitStack) -> None:
    """A refund makes something due."""
    put(stack, Walk, charge=lambda walk: walk.total or Decimal(0))


def gives_back_more_than_came(stack: ExitStack) -> None:
    def all_of_it(walk: Any, entry: Entry) -> None:
        Walk.refund(walk, entry)
        walk.refunds[entry.id] = replace(walk.refunds[entry.id], amount=entry.amount or Decimal(0))

    put(stack, account, _TAKEN={**account._TAKEN, EventType.ORDER_REFUNDED: all_of_it})


def takes_every_part_for_the_whole(stack: ExitStack) -> None:
    def whole(walk: Any, entry: Entry) -> None:
        Walk.pay(walk, replace(entry, amount=None))

    put(stack, account, _TAKEN={**account._TAKEN, EventType.ORDER_PAID: whole})


def does_not_hear_that_an_order_was_called_off(stack: ExitStack) -> None:
    def told(walk: Any, entry: Entry) -> None:
        walk._turn(walk.cancellations, entry)

    put(stack, account, _TAKEN={**account._TAKEN, EventType.ORDER_CANCELLED: told})


def goes_on_with_what_was_called_off(stack: ExitStack) -> None:
    put(stack, ruling_out, _called_off=lambda facts, journey: None)


def never_brings_an_order_back(stack: ExitStack) -> None:
    put(stack, account, _TAKEN={**account._TAKEN, EventType.ORDER_ACCEPTED: lambda walk, entry: None})


def does_not_wait_for_the_checkout(stack: ExitStack) -> None:
    put(stack, moments, CHECKOUT_MINUTE=timedelta())


def bears_no_increase(stack: ExitStack) -> None:
    def told(walk: Any, entry: Entry) -> None:
        Walk.price(walk, replace(entry, borne_up_to=Decimal(0)))

    put(stack, account, _TAKEN={**account._TAKEN, EventType.ORDER_TOTAL: told})


def tells_apart_what_comes_together(stack: ExitStack) -> None:
    put(stack, decide, told_together=lambda facts, journey, now: "")


def takes_the_first_parcel_for_all(stack: ExitStack) -> None:
    put(stack, triggers, delivered_at=lambda order: order.first("order.delivered"))


def takes_silence_for_lateness(stack: ExitStack) -> None:
    leave_out(stack, conditions.deliveries_told)


def sends_what_is_not_sent(stack: ExitStack) -> None:
    leave_out(stack, conditions.sent)
    put(stack, promises, is_sent=lambda order: True)


def tells_of_a_late_word_what_was_told(stack: ExitStack) -> None:
    put(stack, conditions, _told_since=lambda facts, name, trigger: "")


def urges_whoever_has_paid(stack: ExitStack) -> None:
    leave_out(stack, conditions.unpaid)


def leave_out(stack: ExitStack, condition: Condition) -> None:
    def holds(self: Condition, facts: Facts, trigger: Trigger) -> str:
        return "" if self is condition else self.check(facts, trigger)

    put(stack, Condition, __call__=holds)


MONEY_MUTANTS = (
    forgets_what_went_back_to_the_payer,
    counts_a_payment_twice,
    asks_for_what_was_given_back,
    gives_back_more_than_came,
    takes_every_part_for_the_whole,
    does_not_hear_that_an_order_was_called_off,
    goes_on_with_what_was_called_off,
    never_brings_an_order_back,
    does_not_wait_for_the_checkout,
    bears_no_increase,
    tells_apart_what_comes_together,
    takes_the_first_parcel_for_all,
    takes_silence_for_lateness,
    sends_what_is_not_sent,
    tells_of_a_late_word_what_was_told,
    urges_whoever_has_paid,
)
