"""The ledger of bonus units, reckoned from what happened to an order."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.deciding.subjects import SUBJECTS
from shopbell.domain.model.bonus import Entry
from shopbell.domain.model.events import Event
from shopbell.domain.model.order import Order
from shopbell.domain.model.shop import Bonus, Tier
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.domain.rules.account import account_of
from shopbell.domain.rules.bonus import balance, owing, rate_of, worth
from tests.world import a_shop

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
Step = tuple[str, dict[str, Any], dict[str, Any]]
TERMS = Bonus()
TIERS = (Tier(Decimal(1000), Decimal(2)), Tier(Decimal(5000), Decimal("2.5")))


HOUR = timedelta(hours=1)
SHOP = a_shop()


def story(*steps: Step) -> Iterator[Order]:
    """An order of 500.00 after each of its events, an hour apart."""
    order = Order("1001")
    placed: Step = ("order.placed", {"total": "500.00"}, {})
    for number, (event_type, changes, extra) in enumerate((placed, *steps)):
        event = Event("dobra", f"e{number}", event_type, AT + number * HOUR, "1001", changes, extra=extra)
        order = SUBJECTS[SubjectKind.ORDER].merged(order, event, SHOP)
        yield order


def ledger_of(*steps: Step, known: Sequence[Entry] = (), terms: Bonus = TERMS) -> list[Entry]:
    """What the ledger holds after the story; told once more nothing is added."""
    ledger = list(known)
    for order in story(*steps):
        for _ in range(2):
            entry = owing(order, account_of(order, SHOP), ledger, terms, AT)
            ledger += [entry] if entry else []
    return ledger


def priced(total: str) -> Step:
    return "order.repriced", {"total": total}, {}


def paid(payment: str, amount: str) -> Step:
    return "order.paid", {}, {"payment": {"id": payment, "amount": amount}}


def refunded(name: str, amount: str) -> Step:
    return "order.refunded", {}, {"refund": {"id": name, "amount": amount}}


PAID: Step = ("order.paid", {}, {})
CANCELLED: Step = ("order.cancelled", {}, {})
ACCEPTED: Step = ("order.accepted", {}, {})
REVERSED: Step = ("order.payment_reversed", {}, {})


@pytest.mark.parametrize(
    ("steps", "units"),
    [
        ([], []),
        ([PAID], [500]),
        ([priced("0.99"), PAID], []),
        ([priced("99.99"), PAID], [99]),
        ([paid("a", "200.00")], []),
        ([paid("a", "200.00"), paid("b", "300.00")], [500]),
        ([paid("a", "500.00"), paid("b", "500.00")], [500]),
        ([PAID, refunded("r", "100.00")], [500, -100]),
        ([PAID, refunded("r", "0.00")], [500]),
        ([PAID, refunded("r", "600.00"), refunded("s", "1.00")], [500, -500]),
        ([PAID, CANCELLED], [500, -500]),
        ([PAID, CANCELLED, refunded("r", "200.00")], [500, -500]),
        ([PAID, refunded("r", "200.00"), CANCELLED], [500, -200, -300]),
        ([PAID, CANCELLED, ACCEPTED], [500, -500, 500]),
        ([PAID, REVERSED], [500, -500]),
        ([PAID, REVERSED, paid("b", "500.00")], [500, -500, 500]),
        ([PAID, priced("600.00")], [500]),
        ([PAID, priced("600.00"), paid("b", "100.00")], [500, 100]),
        ([PAID, priced("400.00"), refunded("r", "100.00")], [500, -100]),
        ([CANCELLED, PAID], []),
        ([refunded("r", "200.00"), CANCELLED], []),
    ],
)
def test_what_happened_to_an_order_is_what_its_entries_say(steps: list[Step], units: list[int]) -> None:
    ledger = ledger_of(*steps)
    assert [each.units for each in ledger] == units
    assert len({each.name for each in ledger}) == len(ledger)


@given(st.lists(st.sampled_from(["1.00", "33.33", "99.99", "250.00"]), max_size=8))
def test_never_more_is_taken_back_than_was_earned_and_paid(refunds: list[str]) -> None:
    ledger = ledger_of(PAID, *(refunded(str(number), amount) for number, amount in enumerate(refunds)))
    assert balance(ledger) >= 0
    assert sum(each.spent for each in ledger) >= 0


def test_all_the_money_that_came_back_is_gone_from_the_account() -> None:
    assert sum(each.spent for each in ledger_of(PAID, refunded("r", "200.00"), CANCELLED)) == 0


def test_what_was_earned_stays_whatever_the_terms_become() -> None:
    *_, order = story(PAID)
    assert owing(order, account_of(order, SHOP), ledger_of(PAID), Bonus(earned_per_1=Decimal(3)), AT) is None


def test_what_other_orders_earned_and_spent_is_left_alone() -> None:
    known = [Entry("earned#1000", AT, 70, "1000", Decimal(70)), Entry("spent#1001", AT, -50, "1001")]
    assert [each.units for each in ledger_of(PAID, CANCELLED, known=known)] == [70, -50, 500, -500]


@pytest.mark.parametrize(
    ("spent", "rate"),
    [("0", "1"), ("999.99", "1"), ("1000", "2"), ("4999.99", "2"), ("5000", "2.5"), ("-10", "1")],
)
def test_the_more_was_spent_the_better_the_rate(spent: str, rate: str) -> None:
    for tiers in (TIERS, TIERS[::-1]):
        assert rate_of(Bonus(tiers=tiers), Decimal(spent)) == Decimal(rate)


@pytest.mark.parametrize(
    ("units", "of_unit", "currency", "money"),
    [
        (500, "0.01", "UAH", "5.00"),
        (0, "0.01", "UAH", "0.00"),
        (1, "0.005", "UAH", "0.00"),
        (3, "0.005", "UAH", "0.01"),
        (7, "1", "UAH", "7.00"),
        (3575, "0.001", "KWD", "3.575"),
        (3050, "0.01", "JPY", "30"),
    ],
)
def test_units_are_worth_what_can_be_paid_with_them(units: int, of_unit: str, currency: str, money: str) -> None:
    assert str(worth(units, Bonus(worth_of_unit=Decimal(of_unit)), currency)) == money
