"""What is promised of a letter: in every world that can be reached, and where nothing more can happen."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from tests.model.world import Letter, Phase, Status, Withdrawal, World


class Promise(StrEnum):
    """What a shop may rely on."""

    WITHDRAWAL_WINS = "what was answered before the look wins"
    CALLED_ONCE = "it is called again only after a doubt"
    UNKNOWN_AFTER_DOUBTS = "it ends as unknown only after its doubts"
    COUNTED_ONCE = "it is counted as often as it is called"
    UNDISTURBED = "an unrelated write makes no look fail"
    NOTHING_LOST = "nothing is lost"


IsKept = Callable[[Letter, World], bool]
DOUBTS_BEFORE_UNKNOWN: Mapping[Letter, int] = {Letter.ORDER_NEWS: 3, Letter.SERVICE: 3, Letter.MARKETING: 1}
ABOUT_TO_CALL = frozenset(
    {
        *(Phase.COUNTED, Phase.CLAIM_WRITTEN, Phase.CLAIMED, Phase.LOOKING, Phase.LOOKED),
        *(Phase.STALE, Phase.REOPENED, Phase.MARKED),
    }
)
"""A sender that has counted, and neither called nor given its count back."""


def withdrawal_wins(letter: Letter, world: World) -> bool:
    """No call where the withdrawal was answered before the claim was, or before the look began; but of order news."""
    return letter is Letter.ORDER_NEWS or world.past.late_calls == 0


def called_once(letter: Letter, world: World) -> bool:
    """Once more only for each crash between a call and its mark; marketing never."""
    once_more = 0 if letter is Letter.MARKETING else world.past.unmarked_calls
    return world.past.calls <= 1 + once_more


def unknown_after_doubts(letter: Letter, world: World) -> bool:
    """Unknown only after as many crashes under a claim as its class allows, however many looks failed."""
    return world.message.status is not Status.UNKNOWN or world.past.doubts >= DOUBTS_BEFORE_UNKNOWN[letter]


def counted_once(_: Letter, world: World) -> bool:
    """A count for each call and each sender about to call; each crash may leave one more."""
    about_to_call = sum(sender.phase in ABOUT_TO_CALL for sender in world.senders)
    left_over = world.past.counts - world.past.calls - about_to_call
    return 0 <= left_over <= world.past.crashes


def undisturbed(_: Letter, world: World) -> bool:
    """Judged in the moment of the look: a sender goes on from the facts that it saw."""
    facts_v = world.head.facts_v
    return not any(sender.phase is Phase.STALE and sender.facts_v == facts_v for sender in world.senders)


def nothing_lost(_: Letter, world: World) -> bool:
    """It left and is marked so, or was stopped by the withdrawal, or nobody will ever know."""
    status = world.message.status
    was_stopped = status is Status.EXPIRED and world.head.withdrawal is not Withdrawal.NOT_YET
    return was_stopped or status is Status.UNKNOWN or (status is Status.SENT and world.past.calls > 0)


ALWAYS: Mapping[Promise, IsKept] = {
    Promise.WITHDRAWAL_WINS: withdrawal_wins,
    Promise.CALLED_ONCE: called_once,
    Promise.UNKNOWN_AFTER_DOUBTS: unknown_after_doubts,
    Promise.COUNTED_ONCE: counted_once,
    Promise.UNDISTURBED: undisturbed,
}
AT_THE_END: Mapping[Promise, IsKept] = {**ALWAYS, Promise.NOTHING_LOST: nothing_lost}
