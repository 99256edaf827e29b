"""Walk every world that can be reached, nearest first, until one breaks a promise."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.model.promises import ALWAYS, AT_THE_END, Promise
from tests.model.protocol import Bounds, Protocol, steps
from tests.model.world import Letter, Step, World


@dataclass(frozen=True, slots=True)
class Broken:
    """A promise, and the shortest way to break it, as sentences (one of them, where several are as short)."""

    promise: Promise
    trace: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Walked:
    """`reached_by`: for each world the step to it and the world before; `before`: all worlds one step before it.
    Worlds that differ only in which sender is the first are one."""

    reached_by: dict[World, Step | None] = field(default_factory=dict)
    before: dict[World, list[World]] = field(default_factory=dict)
    ends: list[World] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)

    def stuck(self) -> int:
        """From how many worlds no end can be reached, whatever happens."""
        ending, unseen = set(self.ends), list(self.ends)
        while unseen:
            new = set(self.before.get(unseen.pop(), ())) - ending
            ending |= new
            unseen += new
        return len(self.reached_by) - len(ending)


def walk(letter: Letter, protocol: Protocol, bounds: Bounds) -> Walked:
    """All of it, or as far as the first broken promise."""
    walked = Walked({World(): None})
    waiting = deque([World()])
    while waiting and not walked.broken:
        world = waiting.popleft()
        ahead = list(steps(world, protocol, bounds))
        _judge(world.in_order(), letter, not ahead, walked)
        waiting += _note(world.in_order(), ahead, walked)
    return walked


def _judge(world: World, letter: Letter, is_end: bool, walked: Walked) -> None:
    if is_end:
        walked.ends.append(world)
    for promise, is_kept in (AT_THE_END if is_end else ALWAYS).items():
        if not is_kept(letter, world):
            walked.broken.append(Broken(promise, _trace(world, walked.reached_by)))


def _note(world: World, ahead: Sequence[Step], walked: Walked) -> list[World]:
    """Those ahead that were never reached before."""
    new = []
    for says, after in ahead:
        reached = after.in_order()
        walked.before.setdefault(reached, []).append(world)
        if reached not in walked.reached_by:
            walked.reached_by[reached] = (says, world)
            new.append(after)
    return new


def _trace(world: World, reached_by: Mapping[World, Step | None]) -> tuple[str, ...]:
    backwards = []
    while step := reached_by[world]:
        says, world = step
        backwards.append(says)
    return tuple(reversed(backwards))
