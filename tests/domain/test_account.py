"""What an order costs, what was paid, reversed and given back, what is due, and whether it lives."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.deciding.subjects import SUBJECTS
from shopbell.domain.model.events import Event
from shopbell.domain.model.order import Order
from shopbell.domain.model.shop import PaymentTerms
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.domain.rules.account import Account, account_of, price_of
from shopbell.domain.rules.erasure import redacted_order
from tests.world import MONDAY, a_shop

HOUR = timedelta(hours=1)
SHOP = a_shop(payment=PaymentTerms(absorb_increase=Decimal("5.00")))
Step = tuple[str, dict[str, Any], dict[str, Any]]

PLACED: Step = ("order.placed", {"total": "30.00"}, {})
PAID: Step = ("order.paid", {}, {})
REVERSED: Step = ("order.payment_reversed", {}, {})
CANCELLED: Step = ("order.cancelled", {}, {})
ACCEPTED: Step = ("order.accepted", {}, {})
AT_CHECKOUT: Step = ("order.placed", {"total": "30.00", "payment.paid_at": "2026-03-02T07:59:00Z"}, {})


def paid(payment: str, amount: str | None = None) -> Step:
    return "order.paid", {}, {"payment": {"id": payment, "amount": amount}}


def reversed_(payment: str, amount: str | None = None) -> Step:
    return "order.payment_reversed", {}, {"payment": {"id": payment, "amount": amount}}


def refunded(name: str, amount: str) -> Step:
    return "order.refunded", {}, {"refund": {"id": name, "amount": amount}}


def priced(total: str) -> Step:
    return "order.repriced", {}, {"repriced": {"old_total": "30.00", "new_total": total}}


def events(steps: Sequence[Step]) -> list[Event]:
    return [
        Event("dobra", f"e{number}", event_type, MONDAY + number * HOUR, "1001", changes, extra=extra)
        for number, (event_type, changes, extra) in enumerate(steps)
    ]


def merged(told: Sequence[Event]) -> Order:
    order = Order("1001")
    for event in told:
        order = SUBJECTS[SubjectKind.ORDER].merged(order, event, SHOP)
    return order


def after(*steps: Step, placed: Step = PLACED) -> Account:
    return account_of(merged(events((placed, *steps))), SHOP)


@pytest.mark.parametrize(
    ("steps", "total", "kept", "due", "surplus"),
    [
        ([], 30, 0, 30, 0),
        ([PAID], 30, 30, 0, 0),
        ([PAID, PAID], 30, 30, 0, 0),
        ([paid("a"), paid("b")], 30, 30, 0, 0),
        ([paid("a", "10.00")], 30, 10, 20, 0),
        ([paid("a", "10.00"), paid("a", "10.00")], 30, 10, 20, 0),
        ([("order.paid", {}, {"payment": {"amount": "10.00"}}), PAID], 30, 30, 0, 0),
        ([paid("a", "10.00"), paid("b")], 30, 30, 0, 0),
        ([paid("a", "30.00"), paid("b", "30.00")], 30, 60, 0, 30),
        ([PAID, paid("a", "30.00")], 30, 30, 0, 0),  # the payment that it names had been told without a name
        ([PAID, REVERSED], 30, 0, 30, 0),
        ([paid("a", "10.00"), paid("b", "20.00"), REVERSED], 30, 10, 20, 0),
        ([paid("a", "10.00"), paid("b", "20.00"), reversed_("a")], 30, 20, 10, 0),
        ([PAID, reversed_("unheard-of")], 30, 0, 30, 0),
        ([paid("a"), reversed_("a", "12.00")], 30, 18, 12, 0),
        ([paid("a"), reversed_("a", "99.00")], 30, 0, 30, 0),
        ([PAID, REVERSED, PAID], 30, 30, 0, 0),
        ([REVERSED], 30, 0, 30, 0),
        ([PAID, refunded("r", "10.00")], 30, 20, 0, 0),
        ([PAID, refunded("r", "10.00"), priced("20.00")], 20, 20, 0, 0),
        ([PAID, priced("20.00"), refunded("r", "10.00")], 20, 20, 0, 0),
        ([PAID, refunded("r", "10.00"), refunded("s", "10.00")], 30, 10, 0, 0),
        ([refunded("r", "10.00")], 30, 0, 30, 0),
        ([PAID, priced("40.00")], 40, 30, 10, 0),
        ([PAID, priced("40.00"), PAID], 40, 40, 0, 0),
        ([PAID, priced("35.00")], 30, 30, 0, 0),  # borne by the shop
        ([priced("33.00"), priced("35.00")], 30, 0, 30, 0),
        ([priced("33.00"), priced("36.00")], 36, 0, 36, 0),  # together more than it bears
        ([priced("36.00"), priced("40.00")], 36, 0, 36, 0),
        ([PAID, priced("20.00")], 20, 30, 0, 10),
        ([priced("0.00")], 0, 0, 0, 0),
        ([PAID, CANCELLED], 30, 30, 0, 30),
        ([PAID, CANCELLED, refunded("r", "30.00")], 30, 0, 0, 0),
        ([PAID, refunded("r", "30.00")], 30, 0, 0, 0),
        ([CANCELLED, PAID], 30, 30, 0, 30),
        ([PAID, refunded("r", "30.00"), ACCEPTED], 30, 0, 30, 0),
        ([CANCELLED, ACCEPTED], 30, 0, 30, 0),
    ],
)
def test_the_account_after_a_story(steps: list[Step], total: int, kept: int, due: int, surplus: int) -> None:
    account = after(*steps)
    told = [account.total, account.kept, account.due, account.surplus]
    assert told == [Decimal(amount) for amount in (total, kept, due, surplus)]


@pytest.mark.parametrize(
    ("steps", "called_off", "life"),
    [
        ([CANCELLED], True, 1),
        ([CANCELLED, ACCEPTED], False, 2),
        ([CANCELLED, ACCEPTED, CANCELLED], True, 2),
        ([ACCEPTED, CANCELLED, ACCEPTED, ACCEPTED], False, 2),
        ([PAID, refunded("r", "29.99")], False, 1),
        ([PAID, refunded("r", "30.00")], True, 1),
        ([refunded("r", "30.00")], False, 1),
        ([paid("a", "10.00"), refunded("r", "10.00")], True, 1),
        ([PAID, refunded("r", "30.00"), paid("b", "30.00")], True, 1),  # money does not bring it back
        ([PAID, refunded("r", "30.00"), ACCEPTED], False, 2),
    ],
)
def test_whether_an_order_lives(steps: list[Step], called_off: bool, life: int) -> None:
    account = after(*steps)
    assert (account.called_off, account.life) == (called_off, life)


def test_the_checkout_s_payment_is_the_total_of_that_moment_however_often_it_is_said() -> None:
    account = after(priced("40.00"), ("order.placed", {**AT_CHECKOUT[1], "total": "40.00"}, {}), placed=AT_CHECKOUT)
    assert (account.paid, account.due) == (Decimal(30), Decimal(10))


def test_an_order_of_nothing_is_paid_from_the_beginning() -> None:
    assert after(placed=("order.placed", {"total": "0.00"}, {})).settled_at == MONDAY


def test_a_new_price_is_told_against_the_one_before() -> None:
    order = merged(events((PLACED, priced("33.00"), priced("36.00"), priced("20.00"))))
    prices = [price_of(order, SHOP, name) for name in ("33.00", "36.00", "20.00")]
    assert [(str(p.before), str(p.after), p.borne) for p in prices if p] == [
        ("30.00", "30.00", True),
        ("30.00", "36.00", False),
        ("36.00", "20.00", False),
    ]


STEPS = (PAID, paid("a", "10.00"), paid("b", "20.00"), REVERSED, refunded("r", "10.00"), priced("40.00"), CANCELLED)


@given(st.lists(st.sampled_from((*STEPS, ACCEPTED, priced("20.00"))), max_size=7), st.randoms())
def test_it_is_the_same_in_whatever_order_the_events_arrive_and_how_often(steps: list[Step], chance: Any) -> None:
    told = events((PLACED, *steps))
    shuffled = [event for event in told for _ in range(chance.randint(1, 3))]
    chance.shuffle(shuffled)
    one, other = account_of(merged(told), SHOP), account_of(merged(shuffled), SHOP)
    assert one == other


@pytest.mark.parametrize("number", range(7))
def test_never_less_than_nothing_and_never_more_back_than_came(number: int) -> None:
    """All orders of any six of the seven."""
    others = STEPS[:number] + STEPS[number + 1 :]
    for order in permutations(others):
        account = after(*order)
        assert min(account.paid, account.due, account.surplus, account.given_back, account.reversed) >= 0
        assert sum(refund.amount for refund in account.refunds.values()) == account.given_back
        assert account.given_back <= account.paid + account.reversed
        assert not (account.due and account.surplus)


def test_of_an_order_whose_person_was_forgotten_only_the_last_price_is_known() -> None:
    order = merged(events((PLACED, PAID, priced("40.00"), refunded("r", "10.00"))))
    account = account_of(redacted_order(order, "2026-03-03T08:00:00.000000Z"), SHOP)
    assert (account.total, account.given_back) == (Decimal(40), Decimal(0))
