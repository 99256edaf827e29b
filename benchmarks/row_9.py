"""Row 9: the calls to AWS for a message: each HTTP request, retries too, of a process that is warm."""

from collections.abc import Sequence

from benchmarks.orders import put_shop
from benchmarks.receipts import START, Receipt, batch, person, receipt
from benchmarks.scoreboard import Figure, mean_of
from benchmarks.stack import BATCH, stack

BATCHES, ALONE = 2, 20
"""How many batches of ten, and how many orders alone, each figure is the mean of."""
WARMING_ORDER = 900
"""The number of an order that is not counted: what a process asks for only once, it asks for then."""


def figures(small: bool) -> list[Figure]:
    batches, alone = _played(1, ALONE // 10) if small else _played(BATCHES, ALONE)
    sending_batch = [len(ten.sending.calls) / len(ten.sending.letters) for ten in batches]
    reaction_batch = [len(ten.reaction.calls) / BATCH for ten in batches]
    sending_alone = [len(one.sending.calls) for one in alone]
    reaction_alone = [len(one.reaction.calls) for one in alone]
    return [
        _mean("9a", "sending a letter, in a batch of ten", sending_batch, goal=4.4),
        _mean("9b", "sending a letter, alone", sending_alone, goal=6),
        _mean("9c", "reaction to an order, in a batch of ten", reaction_batch, goal=1.6),
        _mean("9d", "reaction to an order, alone", reaction_alone, goal=4),
    ]


def _mean(row: str, what: str, calls: Sequence[float], *, goal: float) -> Figure:
    return mean_of(row, f"AWS calls: {what}", calls, goal=goal, reference="counted")


def _played(batches: int, alone: int) -> tuple[list[Receipt], list[Receipt]]:
    """The receipts of new customers: batches of ten, and orders alone."""
    with stack(START) as running:
        put_shop()
        receipt(running, WARMING_ORDER, person(WARMING_ORDER))
        in_batches = [batch(running, number * BATCH) for number in range(batches)]
        rest = range(batches * BATCH, batches * BATCH + alone)
        return in_batches, [receipt(running, number, person(number)) for number in rest]
