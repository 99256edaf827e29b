"""What a sender does next, by what it did last: gather, count, claim, look, call, mark. Each step is one moment."""

from collections.abc import Callable, Iterator, Mapping

from tests.model.world import UNCLAIMED, Phase, Sender, Status, Withdrawal, World

Done = tuple[str, World, Sender]
"""A sender's step as a sentence, the world after it, and the sender."""
SenderStep = Callable[[World, Sender], Iterator[Done]]
FREE = Sender()
"""Its work is done, and it may take the next request."""


def read_message(world: World, _: Sender) -> Iterator[Done]:
    """The queue may bring a request twice. What is claimed or closed needs no sender."""
    if not world.message.is_asked_for:
        return
    taken = world.with_message(is_asked_for=False)
    if world.message.status not in UNCLAIMED:
        yield "finds nothing to send", taken, FREE
        return
    reading = Sender(Phase.READ, world.message.attempts)
    yield "reads the message", taken, reading
    yield "reads the message, and the queue will bring the request again", world, reading


def read_heads(world: World, sender: Sender) -> Iterator[Done]:
    """Decides, renders and counts in the same moment: nobody else sees it. What was stopped is to be closed."""
    if world.head.withdrawal is not Withdrawal.NOT_YET:
        yield "reads the facts: it is not to be sent", world, sender._replace(phase=Phase.CLOSING)
        return
    counted = sender._replace(phase=Phase.COUNTED, facts_v=world.head.facts_v)
    yield "reads the facts, renders and counts", world.with_past(counts=1), counted


def read_heads_for_order_news(world: World, sender: Sender) -> Iterator[Done]:
    """Nothing stops order news, and what it was decided on is not looked at again."""
    yield "reads the facts, renders and counts", world.with_past(counts=1), sender._replace(phase=Phase.COUNTED)


def close(world: World, sender: Sender) -> Iterator[Done]:
    message = world.message
    is_as_read = message.status in UNCLAIMED and message.attempts == sender.attempts
    yield "closes the message", world.with_message(status=Status.EXPIRED) if is_as_read else world, FREE


def claim(world: World, sender: Sender) -> Iterator[Done]:
    message = world.message
    yield try_claim(world, sender, message.status in UNCLAIMED and message.attempts == sender.attempts)


def try_claim(world: World, sender: Sender, is_as_read: bool) -> Done:
    if not is_as_read:
        return "is refused the claim and gives its count back", world.with_past(counts=-1), FREE
    attempts = sender.attempts + 1
    claiming = sender._replace(phase=Phase.CLAIM_WRITTEN, attempts=attempts, has_claimed=True)
    return "claims", world.with_message(status=Status.SENDING, attempts=attempts), claiming


def claim_answered(world: World, sender: Sender) -> Iterator[Done]:
    yield "is answered its claim", world, _check_late(world, sender._replace(phase=Phase.CLAIMED))


def begin_look(world: World, sender: Sender) -> Iterator[Done]:
    yield "begins to look", world, _check_late(world, sender._replace(phase=Phase.LOOKING))


def _check_late(world: World, sender: Sender) -> Sender:
    is_answered = world.head.withdrawal is Withdrawal.ANSWERED
    return sender._replace(came_too_late=sender.came_too_late or is_answered)


def look(world: World, sender: Sender) -> Iterator[Done]:
    yield finish_look(world, sender, world.head.facts_v == sender.facts_v)


def finish_look(world: World, sender: Sender, is_as_read: bool) -> Done:
    if is_as_read:
        return "sees that the facts stand", world, sender._replace(phase=Phase.LOOKED, v=0, facts_v=0)
    return "sees that the facts do not stand", world, sender._replace(phase=Phase.STALE)


def reopen(world: World, sender: Sender) -> Iterator[Done]:
    """It is known not to have left, which is no doubt."""
    after = world.with_message(status=Status.HELD) if world.is_claimed_by(sender) else world
    yield "reopens the message", after, Sender(Phase.REOPENED)


def ask_again(world: World, _: Sender) -> Iterator[Done]:
    yield "gives its count back and asks again", world.with_message(is_asked_for=True).with_past(counts=-1), FREE


def call(world: World, sender: Sender) -> Iterator[Done]:
    called = world.with_past(calls=1, late_calls=int(sender.came_too_late))
    yield "calls the provider", called, Sender(Phase.CALLED, sender.attempts, has_claimed=True)


def mark(world: World, sender: Sender) -> Iterator[Done]:
    after = world.with_message(status=Status.SENT) if world.is_claimed_by(sender) else world
    yield "marks it as sent", after, FREE


SENDER: Mapping[Phase, SenderStep] = {
    Phase.IDLE: read_message,
    Phase.READ: read_heads,
    Phase.CLOSING: close,
    Phase.COUNTED: claim,
    Phase.CLAIM_WRITTEN: claim_answered,
    Phase.CLAIMED: begin_look,
    Phase.LOOKING: look,
    Phase.LOOKED: call,
    Phase.STALE: reopen,
    Phase.REOPENED: ask_again,
    Phase.CALLED: mark,
}
SENDER_OF_ORDER_NEWS: Mapping[Phase, SenderStep] = {
    **SENDER,
    Phase.READ: read_heads_for_order_news,
    Phase.CLAIMED: call,
}
