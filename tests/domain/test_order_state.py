"""Where an order stands in its life, by what was said of it."""

from collections.abc import Sequence

import pytest

from shopbell.domain.model.vocabulary import OrderState
from shopbell.domain.rules.account import account_of
from shopbell.domain.rules.order_state import state_of
from tests.domain.test_parcels import DELIVERED, READY, Said, shipped, told
from tests.world import a_shop

PAID: Said = ("order.paid", {}, {})
CANCELLED: Said = ("order.cancelled", {}, {})
REFUNDED: Said = ("order.refunded", {}, {"refund": {"id": "r1", "amount": "1499.00"}})
HANDED_OVER: Said = ("order.handed_over", {}, {})
CASH = {"payment.method": "cash_on_delivery"}

LIVES: Sequence[tuple[str, Sequence[Said], dict[str, str], OrderState]] = [
    ("placed, to be paid beforehand", [], {}, OrderState.PAYMENT_DUE),
    ("placed, paid on receipt", [], CASH, OrderState.PROCESSING),
    ("paid", [PAID], {}, OrderState.PROCESSING),
    ("paid back by the bank", [PAID, ("order.payment_reversed", {}, {})], {}, OrderState.PAYMENT_DUE),
    ("handed over", [PAID, HANDED_OVER], {}, OrderState.IN_TRANSIT),
    ("sent", [PAID, shipped("A")], {}, OrderState.IN_TRANSIT),
    ("sent before it was paid", [shipped("A")], {}, OrderState.IN_TRANSIT),
    ("to be collected", [PAID, shipped("A"), shipped("A", READY)], {}, OrderState.PICKUP_AVAILABLE),
    ("one to be collected", [PAID, shipped("A"), shipped("B"), shipped("B", READY)], {}, OrderState.PICKUP_AVAILABLE),
    ("delivered", [PAID, shipped("A"), shipped("A", DELIVERED)], {}, OrderState.DELIVERED),
    ("one delivered", [PAID, shipped("A"), shipped("B"), shipped("B", DELIVERED)], {}, OrderState.IN_TRANSIT),
    ("called off", [CANCELLED], {}, OrderState.CANCELLED),
    ("called off when it had been sent", [PAID, shipped("A"), CANCELLED], {}, OrderState.CANCELLED),
    ("brought back", [CANCELLED, ("order.accepted", {}, {})], CASH, OrderState.PROCESSING),
    ("given back before it was sent", [PAID, REFUNDED], {}, OrderState.CANCELLED),
    ("given back when it had come", [PAID, shipped("A"), shipped("", DELIVERED), REFUNDED], {}, OrderState.RETURNED),
    ("nothing of it is sent", [PAID], {"delivery.method": "none"}, OrderState.PROCESSING),
]


@pytest.mark.parametrize(("events", "changes", "state"), [life[1:] for life in LIVES], ids=[life[0] for life in LIVES])
def test_an_order_has_one_state(events: Sequence[Said], changes: dict[str, str], state: OrderState) -> None:
    order = told(*events, **{"total": "1499.00", **changes})
    assert state_of(order, account_of(order, a_shop())) is state
