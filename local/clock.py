"""The one clock of the stack: it stands still until it is moved, for moto and the handlers alike."""

from datetime import UTC, datetime

import time_machine


class Clock:
    """Every reading of the time in this process, from `start` to `stop`, is this clock's."""

    def __init__(self, beginning: datetime) -> None:
        self._beginning = beginning
        self._traveller = time_machine.travel(beginning, tick=False)

    def start(self) -> None:
        self._travelled = self._traveller.start()

    def stop(self) -> None:
        self._traveller.stop()

    def now(self) -> datetime:
        return datetime.now(UTC)

    def move_to(self, moment: datetime) -> None:
        self._travelled.move_to(moment)

    def reset(self) -> None:
        """Back to the moment at which the stack started."""
        self.move_to(self._beginning)
