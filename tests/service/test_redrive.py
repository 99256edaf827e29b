"""Redriving dead letters: all that were there, once, and nothing is sent twice or too late."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta

import pytest

from shopbell.channels.send_queues import read
from shopbell.domain.model.vocabulary import Status
from shopbell.service.operators.redrive import redrive
from shopbell.service.subjects.planning import send_request_of
from tests.world import World, an_order


@dataclass
class Letters:
    """Dead letters that hide now and then, as SQS does; what goes back may die again at once."""

    dead: list[str]
    queue: list[str] = field(default_factory=list)
    shy: int = 0
    dies_again: bool = False

    def waiting(self) -> int:
        return len(self.dead)

    def take(self, most: int) -> list[str]:
        if self.shy:
            self.shy -= 1
            return []
        return self.dead[: min(most, 10)]

    def put_back(self, letters: Sequence[str]) -> int:
        self.dead = self.dead[len(letters) :] + (list(letters) if self.dies_again else [])
        self.queue.extend(letters)
        return len(letters)


@pytest.mark.parametrize("count", [0, 1, 10, 25])
def test_every_dead_letter_goes_back_once(count: int) -> None:
    letters = Letters([str(number) for number in range(count)])
    assert redrive(letters) == count
    assert (letters.dead, sorted(letters.queue)) == ([], sorted(map(str, range(count))))


def test_a_letter_that_dies_again_is_not_moved_in_circles() -> None:
    letters = Letters(list("abc"), dies_again=True)
    assert redrive(letters) == 3
    assert letters.queue == list("abc")


def test_a_queue_that_hides_its_letters_for_a_moment_is_asked_again_but_not_for_ever() -> None:
    assert redrive(Letters(list("abc"), shy=5)) == 3
    assert redrive(Letters(list("abc"), shy=1_000)) == 0


def send_requests(world: World) -> list[str]:
    return [json.dumps(asdict(send_request_of(message))) for message in world.messages()]


def place_many(world: World, numbers: range) -> None:
    for number in numbers:
        changes = an_order(number=str(number), **{"payment.method": "cash_on_delivery"})
        customer = {"name": "Olena", "email": f"olena{number}@customer.example"}
        world.tell("order.placed", changes, customer, order_id=str(number))


def test_of_a_thousand_sent_and_a_hundred_stale_none_is_sent_and_the_stale_ones_expire() -> None:
    world = World()
    place_many(world, range(1_000))
    world.deaf = True
    place_many(world, range(1_000, 1_100))
    letters = Letters(send_requests(world))
    world.now += timedelta(days=2, hours=1)
    assert redrive(letters) == 1_100
    for body in letters.queue:
        send_request = json.loads(body)
        world.deliver([read(send_request)])
    assert len(world.email.taken) == 1_000
    statuses = [message.status for message in world.messages()]
    assert (statuses.count(Status.SENT), statuses.count(Status.EXPIRED)) == (1_000, 100)
