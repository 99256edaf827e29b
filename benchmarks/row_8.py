"""Row 8: the write units of a message, from what causes it to the letter that has left.

Every write to the table and its due index counts what DynamoDB's published rule makes of the items' sizes
(write_units.py). A receipt is the reaction to `order.placed` (an order of ten items, whose customer has an e-mail
address and a phone number) and the sending of the letter, which gives a personal code. The staff's task to call is
planned in the reaction; sending it does not count. A reminder is its part of the
sweep's tick, and its sending; the task to call whoever has not paid, a message of its own that falls due at the same
tick, comes later here. Figures are means of several, for some costs fall on one message in ten.
"""

from benchmarks.orders import put_shop
from benchmarks.receipts import START, person, receipt, reminders
from benchmarks.scoreboard import Figure, mean_of
from benchmarks.stack import stack

ORDERS = 40
"""Orders that each figure is the mean of."""
REFERENCE = "counted from item sizes by the published rule"


def figures(small: bool) -> list[Figure]:
    orders = ORDERS // 10 if small else ORDERS
    first, second = _receipts(orders)
    return [
        mean_of("8a", "write units: receipt with its reaction, new customer", first, goal=24, reference=REFERENCE),
        mean_of("8b", "write units: receipt with its reaction, known customer", second, goal=19, reference=REFERENCE),
        mean_of("8c", "write units: reminder with its sweep", _reminders(orders), goal=11.5, reference=REFERENCE),
    ]


def _receipts(orders: int) -> tuple[list[int], list[int]]:
    """The units of so many customers' first orders, and of their second ones."""
    with stack(START) as running:
        put_shop()
        first = [receipt(running, number, person(number)).units for number in range(orders)]
        second = [receipt(running, orders + number, person(number)).units for number in range(orders)]
        return first, second


def _reminders(orders: int) -> list[float]:
    with stack(START) as running:
        put_shop({"staff_call_unpaid": {"after": "5 working days"}})
        return reminders(running, orders)
