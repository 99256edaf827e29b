"""Steps of a sender as they must not be: each leaves out, adds or mistakes one thing."""

from collections.abc import Iterator

from tests.model.sender import FREE, Done, call, finish_look, mark, read_heads, reopen, try_claim
from tests.model.world import UNCLAIMED, Phase, Sender, Status, World


def claim_anything(world: World, sender: Sender) -> Iterator[Done]:
    yield try_claim(world, sender, True)


def claim_by_status_alone(world: World, sender: Sender) -> Iterator[Done]:
    yield try_claim(world, sender, world.message.status in UNCLAIMED)


def read_heads_with_v(world: World, sender: Sender) -> Iterator[Done]:
    for says, after, then in read_heads(world, sender):
        yield says, after, then._replace(v=world.head.v)


def look_at_v(world: World, sender: Sender) -> Iterator[Done]:
    yield finish_look(world, sender, world.head.v == sender.v)


def look_at_a_copy(world: World, sender: Sender) -> Iterator[Done]:
    """A read that is not consistent may show the facts as they were before the last write of them."""
    yield finish_look(world, sender, world.head.facts_v == sender.facts_v)
    yield finish_look(world, sender, max(world.head.facts_v - 1, 0) == sender.facts_v)


def step_back(world: World, _: Sender) -> Iterator[Done]:
    """After a look that failed before anything was claimed."""
    yield "steps back", world, Sender(Phase.REOPENED)


def reopen_with_a_doubt(world: World, sender: Sender) -> Iterator[Done]:
    for says, after, then in reopen(world, sender):
        is_reopened = after.message.status is Status.HELD
        yield says, after.with_message(doubts=world.message.doubts + is_reopened), then


def ask_again_with_the_count_kept(world: World, _: Sender) -> Iterator[Done]:
    yield "asks again", world.with_message(is_asked_for=True), FREE


def mark_before_the_call(world: World, sender: Sender) -> Iterator[Done]:
    for says, after, _ in mark(world, sender):
        yield says, after, sender._replace(phase=Phase.MARKED)


def call_after_the_mark(world: World, sender: Sender) -> Iterator[Done]:
    for says, after, _ in call(world, sender):
        yield says, after, FREE
