"""The dates that a customer was told, as the order's own record knows them."""

from datetime import date, timedelta
from typing import Any

import pytest

from shopbell.domain.model.customer import Customer
from shopbell.domain.model.events import Event
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.history import record_of_event
from shopbell.domain.model.order import Order
from shopbell.domain.model.record import Record
from shopbell.domain.rules.promises import open_promises
from tests.world import MONDAY, a_shop, an_order

HOUR = timedelta(hours=1)
Step = tuple[str, dict[str, Any], dict[str, Any]]
PAID: Step = ("order.paid", {}, {})
CASH = {"payment.method": "cash_on_delivery"}


def facts(*steps: Step, **order: Any) -> Facts:
    """An order that went through these events, an hour apart, from Monday on."""
    record = Record()
    placed: Step = ("order.placed", an_order(**order), {})
    for number, (event_type, changes, extra) in enumerate((placed, *steps)):
        event = Event("dobra", f"e{number}", event_type, MONDAY + number * HOUR, "1001", changes, extra=extra)
        record = record.merged(record_of_event(event, changes))
    return Facts(a_shop(), Customer("id:7"), order=Order("1001", record))


def delayed(new_date: str | None) -> Step:
    return "order.delayed", {}, {"delay": {"new_date": new_date}}


def sent(**delivery: str) -> Step:
    return "order.shipped", {f"delivery.{name}": said for name, said in delivery.items()}, {}


@pytest.mark.parametrize(
    ("steps", "order", "promised"),
    [
        ([], {}, []),
        ([PAID], {}, [("dispatch", 5, 1)]),
        ([PAID], {"delivery.ships_by": "2026-03-11"}, [("dispatch", 11, 1)]),
        ([PAID], {"delivery.ships_by": "2026-02-27"}, [("dispatch", 5, 1)]),
        ([("order.accepted", {}, {})], {}, []),  # to be paid beforehand
        ([("order.accepted", {}, {})], CASH, [("dispatch", 5, 1)]),
        ([], CASH | {"delivery.ships_by": "2026-03-11"}, [("dispatch", 11, 0)]),
        ([PAID, delayed("2026-03-12")], {}, [("dispatch", 12, 2)]),
        ([PAID, delayed("2026-03-03")], {}, [("dispatch", 3, 2)]),
        ([PAID, delayed(None)], {}, []),
        ([delayed("2026-03-12"), PAID], {}, [("dispatch", 12, 2)]),
        ([delayed(None), PAID], {}, []),
        ([PAID, sent()], {}, []),
        ([PAID, sent(arrives_by="2026-03-06")], {}, [("arrival", 6, 2)]),
        ([PAID, sent()], {"delivery.arrives_by": "2026-03-06"}, [("arrival", 6, 2)]),
        ([PAID, ("order.handed_over", {}, {})], {"delivery.arrives_by": "2026-03-06"}, [("arrival", 6, 2)]),
        ([PAID, sent(arrives_by="2026-03-06"), delayed("2026-03-10")], {}, [("arrival", 10, 3)]),
        ([PAID, sent(arrives_by="2026-03-06"), delayed(None)], {}, []),
        ([PAID, delayed("2026-03-10"), sent(arrives_by="2026-03-06")], {}, [("arrival", 6, 3)]),
        ([PAID, sent(arrives_by="2026-03-06")], {"delivery.method": "self_pickup"}, []),
        ([PAID, sent(arrives_by="2026-03-06"), ("order.delivered", {}, {})], {}, []),
        ([PAID, sent(arrives_by="2026-03-06"), ("review.posted", {}, {})], {}, []),
        ([PAID, ("review.posted", {}, {})], {}, [("dispatch", 5, 1)]),  # of the shop, before anything came
        ([PAID, ("order.cancelled", {}, {})], {}, []),
        ([PAID, ("order.refunded", {}, {"refund": {"id": "r", "amount": "10.00"}})], {}, [("dispatch", 5, 1)]),
        ([PAID, ("order.refunded", {}, {"refund": {"id": "r", "amount": "1499.00"}})], {}, []),
    ],
)
def test_a_date_is_promised_until_it_is_kept_moved_or_called_off(
    steps: list[Step], order: dict[str, Any], promised: list[tuple[str, int, int]]
) -> None:
    found = [(each.what, each.day, each.since) for each in open_promises(facts(*steps, **order))]
    assert found == [(what, date(2026, 3, day), MONDAY + hours * HOUR) for what, day, hours in promised]


def test_nobody_is_promised_anything_without_an_order() -> None:
    assert list(open_promises(Facts(a_shop(), Customer("id:7")))) == []
