"""Virtual time: what an invocation would take, added up while it is played at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from shopbell.pool import Failed, attempted

T = TypeVar("T")
R = TypeVar("R")


@dataclass
class Clock:
    """`begun`: seconds from `start` at which the invocation at hand began; `waited` and `worked`: seconds that it has
    waited for answers and used its processor since."""

    start: datetime
    begun: float = 0.0
    waited: float = 0.0
    worked: float = 0.0

    def begin(self, seconds: float) -> None:
        self.begun, self.waited, self.worked = seconds, 0.0, 0.0

    @property
    def seconds(self) -> float:
        return self.begun + self.waited + self.worked

    def monotonic(self) -> float:
        """As of the module `time`."""
        return self.seconds

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.seconds)

    def wait(self, seconds: float) -> None:
        self.waited += seconds


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A pool of threads: they wait at the same time, and share one processor."""

    clock: Clock

    def each(self, work: Callable[[T], R], items: Sequence[T]) -> list[R | Failed]:
        before = longest = self.clock.waited
        done = []
        for item in items:
            self.clock.waited = before
            done.append(attempted(work, item))
            longest = max(longest, self.clock.waited)
        self.clock.waited = longest
        return done
