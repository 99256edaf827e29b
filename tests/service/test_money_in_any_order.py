"""Whatever comes when, no letter asks for what is not due, and no more is told as given back than was paid."""

from itertools import islice

import pytest

from tests.money_stories import METHODS, Story, Told, played, stories, wrong

SOME = list(islice(stories(), 0, None, 45))
"""Of each kind a few; all of them are told by `make prove`, figure 28."""


@pytest.mark.parametrize("number", range(len(SOME)))
def test_no_sum_in_a_letter_is_wrong(number: int) -> None:
    assert wrong(SOME[number], METHODS[number % len(METHODS)]) == []


PAID, CANCELLED, ACCEPTED = Told("order.paid"), Told("order.cancelled"), Told("order.accepted")
REVERSED = Told("order.payment_reversed")


def part(name: str, amount: str) -> Told:
    return Told("order.paid", name, amount)


def refund(name: str, amount: str) -> Told:
    return Told("order.refunded", name, amount)


def price(total: str) -> Told:
    return Told("order.repriced", sum=total)


@pytest.mark.parametrize(
    ("story", "letters", "tasks"),
    [
        ((PAID,), "payment_received", "staff_pack"),
        ((PAID, PAID), "payment_received", "staff_pack"),
        ((part("a", "10.00"), part("b", "20.00")), "payment_received payment_received", "staff_pack"),
        ((part("a", "30.00"), part("b", "30.00")), "payment_received payment_received", "staff_pack staff_money_back"),
        ((part("a", "0.00"), PAID), "payment_received", "staff_pack"),
        ((PAID, REVERSED), "payment_received", "staff_pack staff_payment_reversed"),
        ((PAID, CANCELLED), "payment_received order_cancelled", "staff_pack staff_stop_packing staff_money_back"),
        ((CANCELLED, PAID), "order_cancelled payment_received", "staff_money_back"),
        ((PAID, refund("r", "0.00")), "payment_received", "staff_pack"),
        (
            (PAID, refund("r", "99.00")),
            "payment_received order_refunded",
            "staff_pack staff_stop_packing staff_money_back",
        ),
        ((PAID, refund("r", "10.00")), "payment_received order_refunded", "staff_pack"),
        ((PAID, price("40.00")), "payment_received order_repriced", "staff_pack staff_refusal_risk"),
        ((PAID, price("20.00")), "payment_received order_repriced", "staff_pack staff_money_back"),
        ((CANCELLED, CANCELLED), "order_cancelled", ""),
        ((CANCELLED, ACCEPTED, CANCELLED), "order_cancelled order_accepted order_cancelled", ""),
        ((ACCEPTED, ACCEPTED), "order_accepted", ""),
    ],
)
def test_what_the_customer_and_the_staff_hear_of_the_money(story: Story, letters: str, tasks: str) -> None:
    world = played(story, "bank_transfer")
    told = [kind for kind in world.kinds[1:] if kind in NEWS]
    assert told == letters.split()
    assert list(dict.fromkeys(task for task in world.tasks if task in MONEY_TASKS)) == [*dict.fromkeys(tasks.split())]


NEWS = {"payment_received", "order_cancelled", "order_refunded", "order_repriced", "order_accepted", "payment_failed"}
MONEY_TASKS = {
    *("staff_pack", "staff_money_back", "staff_payment_reversed", "staff_stop_packing", "staff_refusal_risk"),
}
