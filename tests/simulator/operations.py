"""What befalls a stack in use, by a stream of chance of its own: batches, what nobody can read, and pauses."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from tests.simulator.faults import Fault, Target
from tests.simulator.story import Act, Break, Bunched, Pause, Person, Poison, Tell

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
QUEUES = (
    *("EVENTS_QUEUE_URL", "PAST_EVENTS_QUEUE_URL", "ORDER_EMAIL_QUEUE_URL", "REMINDER_EMAIL_QUEUE_URL"),
    *("MARKETING_EMAIL_QUEUE_URL", "SMS_QUEUE_URL", "FEEDBACK_QUEUE_URL"),
)


def operations(seed: int, start: datetime, people: Sequence[Person], told: Sequence[Tell]) -> Iterator[Act]:
    chance = random.Random(f"operations {seed}")
    span = max(tell.at for tell in told) - start if told else DAY

    def at() -> datetime:
        return (start + chance.random() * span).replace(microsecond=0)

    if chance.random() < 0.5:
        yield Bunched(start, chance.choice((MINUTE, 5 * MINUTE, 15 * MINUTE)))
        for _ in range(chance.randrange(3)):
            target = chance.choice((Target.READ, Target.WRITE, Target.EMAIL, Target.SMS))
            yield Break(at(), target, chance.choice(list(Fault)), chance.randrange(40), chance.randint(1, 3))
    for _ in range(chance.choice((0, 0, 1, 2))):
        yield Poison(at(), chance.choice(QUEUES))
    if chance.random() < 0.3:
        yield _pause(chance, people, at())


def _pause(chance: random.Random, people: Sequence[Person], begins: datetime) -> Pause:
    """Often in the very minutes of a birthday's letter, which leave at ten in the shop."""
    if chance.random() < 0.6:
        begins = begins.replace(hour=8, minute=chance.randrange(3), second=0)
    what = chance.choice(("marketing", "marketing", "everything"))
    return Pause(begins, chance.choice(people).shop, what, begins + chance.choice((HOUR, 9 * HOUR, 2 * DAY)))
