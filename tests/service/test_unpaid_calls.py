"""An unpaid order: the call beside the letter, and what becomes of who never pays."""

from typing import Any

import pytest

from tests.world import OLENA, World, a_busy_shop

PHONE = {"phone": "+380445550101"}
CALL = "staff_call_unpaid"


def unpaid(customer: dict[str, Any], **changes: Any) -> World:
    world = World(shop=a_busy_shop())
    world.place(customer, **changes)
    world.until("2026-03-04T10:00:00Z")
    return world


def test_beside_the_first_reminder_somebody_calls_and_can_name_what_is_due() -> None:
    world = unpaid(OLENA | PHONE)
    assert world.kinds == ["order_received", "order_unpaid_first"]
    assert world.tasks.count(CALL) == 1
    said = next(each for each in world.renderer.said if each["kind"] == CALL)
    assert (str(said["order"].payment.due), said["customer"].phone) == ("1499.00", PHONE["phone"])


def test_who_left_no_number_is_written_to_and_not_called() -> None:
    world = unpaid(OLENA)
    assert world.kinds == ["order_received", "order_unpaid_first"]
    assert CALL not in world.tasks


@pytest.mark.parametrize("customer", [PHONE, PHONE | {"consent.sms_service": {"granted": False}}])
def test_who_cannot_be_written_to_is_called(customer: dict[str, Any]) -> None:
    assert unpaid(customer).tasks.count(CALL) == 1


def test_who_pays_on_receipt_is_not_called_about_money() -> None:
    assert CALL not in unpaid(OLENA | PHONE, **{"payment.method": "cash_on_delivery"}).tasks


@pytest.mark.parametrize(("outcome", "calls"), [("reached", 1), ("refused", 1), ("no_answer", 4)])
def test_nobody_is_called_again_once_they_were_reached_and_nobody_is_hunted(outcome: str, calls: int) -> None:
    world = unpaid(OLENA | PHONE)
    for day in (5, 6, 9, 10, 11):
        world.close(CALL, outcome)
        world.until(f"2026-03-{day:02}T10:00:00Z")
    assert world.tasks.count(CALL) == calls


def test_who_paid_meanwhile_is_not_called_back() -> None:
    world = unpaid(OLENA | PHONE)
    world.close(CALL, "no_answer")
    world.tell("order.paid")
    world.until("2026-03-12T10:00:00Z")
    assert world.tasks.count(CALL) == 1


@pytest.mark.parametrize(("agreed", "letters"), [(None, 0), (False, 0), (True, 3)])
def test_who_never_paid_joins_the_mailing_base_only_where_they_agreed(agreed: bool | None, letters: int) -> None:
    consent = {} if agreed is None else {"consent.email_marketing": {"granted": agreed}}
    world = unpaid(OLENA | consent | {"birthday": "--04-20"})
    world.until("2026-05-01T00:00:00Z")
    assert world.reasons("order_unpaid_final") == ["sent due", "skipped lost"]
    assert len([kind for kind in world.kinds if kind.startswith("birthday")]) == letters
