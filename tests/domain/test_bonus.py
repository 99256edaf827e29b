"""The ledger of bonus units, reckoned from what happened to an order."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from shopbell.domain.model.bonus import Entry
from shopbell.domain.model.order import Order
from shopbell.domain.model.record import FieldVersion, Occurrence, Record
from shopbell.domain.model.shop import Bonus, Tier
from shopbell.domain.rules.bonus import balance, owing, rate_of, worth

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TIERS = (Tier(Decimal(1000), Decimal(2)), Tier(Decimal(5000), Decimal("2.5")))


def order(total: str | None, *happened: str, refunds: tuple[str, ...] = ()) -> Order:
    fields = {"total": FieldVersion(total, "1")}
    named = {kind: {"": Occurrence(AT, "1")} for kind in happened}
    back = {f"r{number}": Occurrence(AT, "1", {"refund": {"amount": each}}) for number, each in enumerate(refunds)}
    return Order("1001", Record(fields, {**named, **({"order.refunded": back} if back else {})}))


PAID, CANCELLED = "order.paid", "order.cancelled"


@pytest.mark.parametrize(
    ("paid", "units"),
    [
        (order("500.00"), []),
        (order("500.00", PAID), [500]),
        (order("0.99", PAID), []),
        (order("99.99", PAID), [99]),
        (order(None, PAID), []),
        (order("500.00", PAID, refunds=("100.00",)), [500, -100]),
        (order("99.99", PAID, refunds=("33.33", "33.33", "33.33")), [99, -33, -33, -33]),
        (order("10.00", PAID, refunds=("3.33", "3.33", "3.34")), [10, -4, -4, -2]),
        (order("500.00", PAID, refunds=("0.00",)), [500]),
        (order("500.00", PAID, refunds=("600.00", "1.00")), [500, -500]),
        (order("500.00", PAID, CANCELLED), [500, -500]),
        (order("500.00", PAID, CANCELLED, refunds=("200.00",)), [500, -200, -300]),
        (order("500.00", CANCELLED, refunds=("200.00",)), []),
    ],
)
def test_what_happened_to_an_order_is_what_its_entries_say(paid: Order, units: list[int]) -> None:
    entries = owing(paid, [], Bonus())
    assert [each.units for each in entries] == units
    assert balance(entries) >= 0
    assert owing(paid, entries, Bonus()) == []


def test_all_the_money_that_came_back_is_gone_from_the_account() -> None:
    entries = owing(order("500.00", PAID, CANCELLED, refunds=("200.00",)), [], Bonus())
    assert sum(each.spent for each in entries) == 0


def test_what_was_earned_stays_whatever_the_terms_become() -> None:
    earned = owing(order("500.00", PAID), [], Bonus())
    assert owing(order("900.00", PAID), earned, Bonus(earned_per_1=Decimal(3))) == []


def test_what_other_orders_earned_and_spent_is_left_alone() -> None:
    known = [Entry("earned#1000", AT, 70, "1000", Decimal(70)), Entry("spent#1001", AT, -50, "1001")]
    assert [each.units for each in owing(order("500.00", PAID, CANCELLED), known, Bonus())] == [500, -500]


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
