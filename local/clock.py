"""The one clock of the stack, for moto and the handlers alike: it stands until it is moved, or runs with the real time.

A running clock, too, stands while a handler works: the stack brings it up to the real time between two of them, so that
all that falls due on the way has its own moment and its order.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import time_machine

RealTime = Callable[[], datetime]


def real_time() -> datetime:
    """The machine's own time, though this process sees another; whole seconds, which `date` of any system can read."""
    return time_machine.escape_hatch.datetime.datetime.now(UTC).replace(microsecond=0)


class Clock:
    """Every reading of the time in this process, from `start` to `stop`, is this clock's.

    Without a `beginning` it starts at the real time and runs.
    """

    def __init__(self, beginning: datetime | None = None, real: RealTime = real_time) -> None:
        self.running = beginning is None
        self._beginning = beginning
        self._real = real
        self._ahead = timedelta()  # of the real time, by what the clock was advanced
        self._traveller = time_machine.travel(0, tick=False)

    def start(self) -> None:
        self._travelled = self._traveller.start()
        self.reset()

    def stop(self) -> None:
        self._traveller.stop()

    def now(self) -> datetime:
        return datetime.now(UTC)

    def move_to(self, moment: datetime) -> None:
        self._travelled.move_to(moment)

    def caught_up(self) -> datetime:
        """Where the clock should stand by now; never before where it stands, though the machine's time be set back."""
        return max(self.now(), self._real() + self._ahead) if self.running else self.now()

    def run_ahead(self, duration: timedelta) -> None:
        """From now on the clock is ahead of the real time by so much more."""
        self._ahead += duration

    def reset(self) -> None:
        """Goes back to the moment at which the stack started; a running clock to the real time."""
        self._ahead = timedelta()
        self.move_to(self._beginning or self._real())
