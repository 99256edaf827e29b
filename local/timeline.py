"""Moves the clock: everything that falls due on the way runs, in order of time."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from local.clock import Clock
from local.cloudformation import ACCOUNT, REGION
from local.declared import Schedule
from local.functions import Crashed
from local.instants import grid, text
from local.queues import Queues

DueMoments = Callable[[], Mapping[str, datetime]]
Invoke = Callable[[str, Any], Any]
NEVER = datetime.max.replace(tzinfo=UTC)


class Timeline:
    """The clock and what waits for it: schedules, hidden messages; `due` is each sweep's earliest moment."""

    def __init__(
        self, clock: Clock, queues: Queues, schedules: Sequence[Schedule], due: DueMoments, invoke: Invoke
    ) -> None:
        self._clock = clock
        self._queues = queues
        self._schedules = schedules
        self._due = due
        self._invoke = invoke

    def advance(self, target: datetime) -> None:
        """Runs what falls due up to `target` and leaves the clock there."""
        ran: dict[str, datetime] = {}
        self._run(target, ran)
        # Told to stop between two ticks: what is due by now runs all the same.
        due = self._due()
        overdue = {s.function for s in self._schedules if due.get(s.sweep, NEVER) <= target}
        self._tick({name for name in overdue if ran.get(name) != target}, ran)

    def catch_up(self) -> None:
        """Brings a running clock up to the real time; schedules tick at their own moments, as they do when deployed."""
        now, target = self._clock.now(), self._clock.caught_up()
        if target > now:
            # The ticks of this very moment ran when the clock came to it.
            self._run(target, {schedule.function: now for schedule in self._schedules})

    def _run(self, target: datetime, ran: dict[str, datetime]) -> None:
        self._queues.drain()
        while (moment := self._next(ran)) <= target:
            self._clock.move_to(moment)
            self._queues.drain()
            self._tick({s.function for s in self._schedules if self._tick_of(s, ran) == moment}, ran)
        self._clock.move_to(target)

    def _next(self, ran: Mapping[str, datetime]) -> datetime:
        """The next moment at which anything is to do; a tick that would find nothing due is passed over."""
        moments = [self._tick_of(schedule, ran) for schedule in self._schedules]
        return min([*moments, self._queues.next_moment() or NEVER])

    def _tick_of(self, schedule: Schedule, ran: Mapping[str, datetime]) -> datetime:
        due = self._due().get(schedule.sweep)
        if due is None:
            return NEVER
        earliest = max(due, self._clock.now())
        # What a tick left undone is the next tick's.
        if schedule.function in ran:
            earliest = max(earliest, ran[schedule.function] + timedelta(microseconds=1))
        return grid(earliest, schedule.every)

    def _tick(self, functions: set[str], ran: dict[str, datetime]) -> None:
        now = self._clock.now()
        for schedule in self._schedules:
            if schedule.function in functions:
                ran[schedule.function] = now
                self._call(schedule, now)
                self._queues.drain()

    def _call(self, schedule: Schedule, now: datetime) -> None:
        try:
            self._invoke(schedule.function, schedule.payload or _event(schedule, now))
        except Crashed:
            # As deployed: no retry, the next tick is the retry. The log has the trace.
            return


def _event(schedule: Schedule, now: datetime) -> dict[str, Any]:
    arn = f"arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule/default/{schedule.function}"
    return {
        "version": "0",
        "id": str(uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.scheduler",
        "account": ACCOUNT,
        "time": text(now.replace(microsecond=0)),
        "region": REGION,
        "resources": [arn],
        "detail": "{}",
    }
