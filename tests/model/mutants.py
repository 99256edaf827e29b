"""The protocol broken on purpose: what is changed of it, how much must happen to show it, and the promise it breaks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tests.model import broken_steps, sender
from tests.model.promises import Promise
from tests.model.protocol import PROTOCOLS, Bounds, Protocol
from tests.model.sender import SENDER, SenderStep
from tests.model.world import ExpiredClaim, Letter, Message, Phase, Status


@dataclass(frozen=True, slots=True)
class Mutant:
    protocol: Protocol
    bounds: Bounds
    breaks: Promise
    letter: Letter = Letter.SERVICE


def status_compared(message: Message, _: ExpiredClaim) -> bool:
    return message.status is Status.SENDING


def attempts_for_doubts(claim: ExpiredClaim) -> int:
    return claim.attempts


SERVICE, MARKETING = PROTOCOLS[Letter.SERVICE], PROTOCOLS[Letter.MARKETING]


def stepping(changed: Mapping[Phase, SenderStep]) -> Protocol:
    return replace(SERVICE, sender={**SENDER, **changed})


LOOKS_BEFORE_IT_CLAIMS = stepping(
    {
        Phase.COUNTED: sender.begin_look,
        Phase.LOOKED: sender.claim,
        Phase.CLAIMED: sender.call,
        Phase.STALE: broken_steps.step_back,
    }
)
LOOKS_AT_V = stepping({Phase.READ: broken_steps.read_heads_with_v, Phase.LOOKING: broken_steps.look_at_v})
MARKS_BEFORE_IT_CALLS = stepping(
    {Phase.LOOKED: broken_steps.mark_before_the_call, Phase.MARKED: broken_steps.call_after_the_mark}
)
CLAIMS_BY_STATUS_ALONE = stepping({Phase.COUNTED: broken_steps.claim_by_status_alone})
WITHDRAWN, CRASHED, CRASHED_TWICE = Bounds(withdrawals=1), Bounds(crashes=1), Bounds(crashes=2)
OVERLAPPING_TICKS = Bounds(crashes=1, ticks=2)
TWO_FAILED_LOOKS = Bounds(news=2, crashes=1)
MUTANTS: Mapping[str, Mutant] = {
    "looks before it claims": Mutant(LOOKS_BEFORE_IT_CLAIMS, WITHDRAWN, Promise.WITHDRAWAL_WINS),
    "does not look": Mutant(stepping({Phase.CLAIMED: sender.call}), WITHDRAWN, Promise.WITHDRAWAL_WINS),
    "looks at a copy": Mutant(
        stepping({Phase.LOOKING: broken_steps.look_at_a_copy}), WITHDRAWN, Promise.WITHDRAWAL_WINS
    ),
    "looks at v in place of facts_v": Mutant(LOOKS_AT_V, Bounds(agenda_writes=1), Promise.UNDISTURBED),
    "claims whatever its status": Mutant(
        stepping({Phase.COUNTED: broken_steps.claim_anything}), Bounds(), Promise.CALLED_ONCE
    ),
    "claims without comparing the attempts": Mutant(CLAIMS_BY_STATUS_ALONE, OVERLAPPING_TICKS, Promise.CALLED_ONCE),
    "settles without comparing the attempts": Mutant(
        replace(SERVICE, is_as_read=status_compared), OVERLAPPING_TICKS, Promise.CALLED_ONCE
    ),
    "marks before it calls": Mutant(MARKS_BEFORE_IT_CALLS, CRASHED, Promise.NOTHING_LOST),
    "marks later than its lease lasts": Mutant(
        replace(SERVICE, lease_outlives_sender=False), Bounds(), Promise.CALLED_ONCE
    ),
    "takes a failed look for a doubt": Mutant(
        stepping({Phase.STALE: broken_steps.reopen_with_a_doubt}), TWO_FAILED_LOOKS, Promise.UNKNOWN_AFTER_DOUBTS
    ),
    "takes attempts for doubts": Mutant(
        replace(SERVICE, doubts_of=attempts_for_doubts), TWO_FAILED_LOOKS, Promise.UNKNOWN_AFTER_DOUBTS
    ),
    "gives up after two doubts": Mutant(replace(SERVICE, most_doubts=2), CRASHED_TWICE, Promise.UNKNOWN_AFTER_DOUBTS),
    "sends marketing again after a doubt": Mutant(
        replace(MARKETING, most_doubts=2), CRASHED, Promise.CALLED_ONCE, Letter.MARKETING
    ),
    "never asks for what waits": Mutant(replace(SERVICE, outbox_asks=False), CRASHED, Promise.NOTHING_LOST),
    "keeps the count of a failed look": Mutant(
        stepping({Phase.REOPENED: broken_steps.ask_again_with_the_count_kept}), Bounds(news=1), Promise.COUNTED_ONCE
    ),
}
