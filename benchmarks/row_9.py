"""Row 9: the calls to AWS a message: each request over the wire, retries too, of a process that is warm."""

from benchmarks.orders import put_shop
from benchmarks.receipts import START, Receipt, batch, person, receipt
from benchmarks.scoreboard import Figure, mean_of
from benchmarks.stack import BATCH, stack

BATCHES, ALONE = 2, 20
WARM = 900
"""The number of the order that warms the process: what it asks for once, it asks for then."""
REFERENCE = "counted"


def figures(small: bool) -> list[Figure]:
    together, alone = _played(1, ALONE // 10) if small else _played(BATCHES, ALONE)
    sent = [len(each.sending.calls) for each in alone]
    reacted = [len(each.reaction.calls) for each in alone]
    sent_together = [len(each.sending.calls) / BATCH for each in together]
    reacted_together = [len(each.reaction.calls) / BATCH for each in together]
    return [
        mean_of("9a", "AWS calls: sending a letter, in a batch of ten", sent_together, 4.4, REFERENCE),
        mean_of("9b", "AWS calls: sending a letter, alone", sent, 6, REFERENCE),
        mean_of("9c", "AWS calls: reaction to an order, in a batch of ten", reacted_together, 1.6, REFERENCE),
        mean_of("9d", "AWS calls: reaction to an order, alone", reacted, 4, REFERENCE),
    ]


def _played(batches: int, alone: int) -> tuple[list[Receipt], list[Receipt]]:
    """Receipts of new customers, ten together and one by one."""
    with stack(START) as running:
        put_shop()
        receipt(running, WARM, person(WARM))
        together = [batch(running, number * BATCH) for number in range(batches)]
        rest = range(batches * BATCH, batches * BATCH + alone)
        return together, [receipt(running, number, person(number)) for number in rest]
