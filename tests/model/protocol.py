"""How a letter leaves: every step that anybody can take in a world, a crash among them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tests.model.sender import FREE, SENDER, SENDER_OF_ORDER_NEWS, SenderStep
from tests.model.world import (
    UNCLAIMED,
    ExpiredClaim,
    Head,
    Letter,
    Message,
    Phase,
    Sender,
    Status,
    Step,
    Withdrawal,
    World,
)

NAMES = ("the first sender", "the second sender")


def one_doubt_more(claim: ExpiredClaim) -> int:
    return claim.doubts + 1


def attempts_compared(message: Message, claim: ExpiredClaim) -> bool:
    return message.status is Status.SENDING and message.attempts == claim.attempts


@dataclass(frozen=True, slots=True)
class Protocol:
    """`most_doubts` end a letter as unknown; `doubts_of` a claim that ran out, which a living sender's does not;
    `is_as_read`: what the outbox compares before it settles one."""

    sender: Mapping[Phase, SenderStep]
    most_doubts: int
    doubts_of: Callable[[ExpiredClaim], int] = one_doubt_more
    is_as_read: Callable[[Message, ExpiredClaim], bool] = attempts_compared
    lease_outlives_sender: bool = True
    outbox_asks: bool = True


@dataclass(frozen=True, slots=True)
class Bounds:
    """How often a letter is disturbed: by facts that leave it true, by one withdrawal that stops it, by writes of
    the agenda alone, by crashes; and how many ticks of the outbox may overlap."""

    news: int = 0
    withdrawals: int = 0
    agenda_writes: int = 0
    crashes: int = 0
    ticks: int = 1


PROTOCOLS: Mapping[Letter, Protocol] = {
    Letter.ORDER_NEWS: Protocol(SENDER_OF_ORDER_NEWS, most_doubts=3),
    Letter.SERVICE: Protocol(SENDER, most_doubts=3),
    Letter.MARKETING: Protocol(SENDER, most_doubts=1),
}


def steps(world: World, protocol: Protocol, bounds: Bounds) -> Iterator[Step]:
    yield from _write(world, bounds)
    yield from _send(world, protocol)
    yield from _sweep(world, protocol, bounds.ticks)
    if world.past.crashes < bounds.crashes:
        yield from _crash(world)


def _write(world: World, bounds: Bounds) -> Iterator[Step]:
    """What others write of the head."""
    v, facts_v, withdrawal = world.head
    withdrawals = int(withdrawal is not Withdrawal.NOT_YET)
    if withdrawals < bounds.withdrawals:
        yield "the withdrawal is written", world._replace(head=Head(v + 1, facts_v + 1, Withdrawal.WRITTEN))
    if withdrawal is Withdrawal.WRITTEN:
        yield "the withdrawal is answered", world._replace(head=Head(v, facts_v, Withdrawal.ANSWERED))
    if facts_v - withdrawals < bounds.news:
        yield "news that leaves the letter true is written", world._replace(head=Head(v + 1, facts_v + 1, withdrawal))
    if v - facts_v < bounds.agenda_writes:
        yield "the agenda alone is written", world._replace(head=Head(v + 1, facts_v, withdrawal))


def _send(world: World, protocol: Protocol) -> Iterator[Step]:
    for number, sender in enumerate(world.senders):
        for says, after, then in protocol.sender[sender.phase](world, sender):
            yield f"{NAMES[number]} {says}", after.with_sender(number, then)


def _sweep(world: World, protocol: Protocol, most_ticks: int) -> Iterator[Step]:
    """The outbox asks for what waits, and settles claims that ran out: first it reads them, then it writes."""
    message = world.message
    if protocol.outbox_asks and message.status in UNCLAIMED and not message.is_asked_for:
        yield "the outbox asks for the message", world.with_message(is_asked_for=True)
    if len(world.ticks) < most_ticks and _has_run_out(world, protocol):
        ticks = sorted([*world.ticks, ExpiredClaim(message.attempts, message.doubts)])
        yield "the outbox reads a claim that ran out", world._replace(ticks=tuple(ticks))
    for claim in dict.fromkeys(world.ticks):
        yield _settle(world, claim, protocol)


def _has_run_out(world: World, protocol: Protocol) -> bool:
    if world.message.status is not Status.SENDING:
        return False
    return not protocol.lease_outlives_sender or not any(map(world.is_claimed_by, world.senders))


def _settle(world: World, claim: ExpiredClaim, protocol: Protocol) -> Step:
    ticks = list(world.ticks)
    ticks.remove(claim)
    world = world._replace(ticks=tuple(ticks))
    if not protocol.is_as_read(world.message, claim):
        return "the outbox finds the claim settled", world
    if protocol.doubts_of(claim) < protocol.most_doubts:
        return "the outbox reopens the message", world.with_message(status=Status.PLANNED, doubts=claim.doubts + 1)
    return "the outbox closes it as unknown", world.with_message(status=Status.UNKNOWN)


def _crash(world: World) -> Iterator[Step]:
    """A sender that loses an answer and gives up is one of these too."""
    for number, sender in enumerate(world.senders):
        if sender.phase is not Phase.IDLE:
            yield f"{NAMES[number]} crashes", _crashed(world, sender).with_sender(number, FREE)


def _crashed(world: World, sender: Sender) -> World:
    """Leaves a doubt where its claim stands and is not marked. Another sender may come in its place."""
    doubts = int(world.is_claimed_by(sender))
    return world.with_past(crashes=1, doubts=doubts, unmarked_calls=doubts * (sender.phase is Phase.CALLED))
