"""The crash matrix: a life is walked once for its AWS calls, then once more for each of them and each way it fails."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.simulator.case import Case
from tests.simulator.faults import Fault
from tests.simulator.judges import broken
from tests.simulator.play import play
from tests.simulator.played import Played
from tests.simulator.stage import stage
from tests.simulator.story import Story
from tests.simulator.wire import Call

Turn = tuple[Call, ...]
POINTS = (Fault.CRASH_BEFORE, Fault.TIMEOUT_BEFORE, Fault.TIMEOUT_AFTER, Fault.CRASH_AFTER)
"""Before the call; inside it, before and after its effect, with the SDK's own tries; after its answer."""


@dataclass(frozen=True)
class Outcome:
    """What came of one failure: promises broken, letters taken again, letters that never left."""

    number: int
    call: Call
    fault: Fault
    broken: list[str]
    again: Counter[str]
    missing: Counter[str]

    def __str__(self) -> str:
        return f"{self.fault} at call {self.number}, {self.call.operation} of {self.call.invocation}: {self.broken}"


def calls_of(story: Story) -> list[Call]:
    """Every AWS call of a life in which nothing fails."""
    return list(play(stage(), story).cloud.wire.calls)


def walk(story: Story, before: Iterable[Story] = ()) -> Iterator[Outcome]:
    """Where an invocation does what one of these lives, or this one, did already, it is not walked again."""
    whole = play(stage(), story)
    expected = _taken(whole)
    walked = {turn for each in before for turn in _turns(calls_of(each)).values()}
    for number, call in _unwalked(whole.cloud.wire.calls, walked):
        for fault in POINTS:
            played = play(stage(), story, {number: fault})
            taken = _taken(played)
            again = Counter({name: times - 1 for name, times in taken.items() if times > 1})
            yield Outcome(number, call, fault, broken(played), again, expected - taken)


def _unwalked(calls: list[Call], walked: set[Turn]) -> Iterator[tuple[int, Call]]:
    once = {turn: began for began, turn in reversed(_turns(calls).items())}
    new = {began for turn, began in once.items() if turn not in walked}
    yield from ((number, call) for number, call in enumerate(calls, start=1) if call.began in new)


def _turns(calls: Iterable[Call]) -> dict[int, Turn]:
    """What each invocation calls, by when it began."""
    found: dict[int, Turn] = {}
    for call in calls:
        found[call.began] = (*found.get(call.began, ()), call)
    return found


def _taken(played: Played) -> Counter[str]:
    """Each message by its class, channel and kind."""
    letters = [taken.letter for taken in Case(played).taken]
    return Counter(f"{letter.message_class} {letter.channel} {letter.kind}" for letter in letters)
