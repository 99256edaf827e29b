"""Row 8: the write units of a message, from what causes it to the letter that has left.

Counted is every write that the product asks of the table, the due index included, at what DynamoDB's published rule
makes of the sizes of the items (write_units.py). A receipt: the reaction to `order.placed` of an order of ten items,
whose customer has an e-mail address and a phone number, and the sending of their letter, which hands out a personal
code. The call task of the shop's people is planned in the reaction; that it is then sent is not of the receipt. A
reminder: its part of the sweep's tick, and its sending. Each is the mean of several, for some costs fall on one
message in ten.
"""

from benchmarks.orders import put_shop
from benchmarks.receipts import START, person, receipt, reminders
from benchmarks.scoreboard import Figure, mean_of
from benchmarks.stack import stack

ORDERS = 40
REFERENCE = "counted from item sizes by the published rule"


def figures(small: bool) -> list[Figure]:
    orders = ORDERS // 10 if small else ORDERS
    first, second = _receipts(orders)
    return [
        mean_of("8a", "write units: receipt with its reaction, new customer", first, 24, REFERENCE),
        mean_of("8b", "write units: receipt with its reaction, known customer", second, 19, REFERENCE),
        mean_of("8c", "write units: reminder with its sweep", _reminders(orders), 11.5, REFERENCE),
    ]


def _receipts(orders: int) -> tuple[list[int], list[int]]:
    """Of so many customers' first orders, and of their second ones."""
    with stack(START) as running:
        put_shop()
        first = [receipt(running, number, person(number)).units for number in range(orders)]
        return first, [receipt(running, orders + number, person(number)).units for number in range(orders)]


def _reminders(orders: int) -> list[float]:
    with stack(START) as running:
        put_shop()
        return reminders(running, orders)
