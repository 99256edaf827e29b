"""Plays a story on the stage, moment by moment, and leaves what the judges need."""

import heapq
import json
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from local.overdue import with_overdue
from shopbell import bootstrap
from shopbell.domain.model.shop import Paused
from shopbell.domain.time.calendar import parse_instant
from tests.simulator.callers import Callers
from tests.simulator.cloud import Cloud
from tests.simulator.faults import Armed, Fault
from tests.simulator.moments import TICK, on_grid
from tests.simulator.played import Closing, Pausing, Played
from tests.simulator.shops import TASKS, configuration
from tests.simulator.stage import HIDDEN, QUEUES, SWEEPS, TIMEOUTS, Stage, stage
from tests.simulator.story import (
    POISON,
    ZONES,
    Act,
    Asleep,
    Break,
    Bunched,
    Close,
    Crowded,
    NeverRuns,
    Pause,
    Person,
    Poison,
    Redeem,
    Story,
    Tell,
    Unruly,
    Unsteady,
    Unsubscribe,
)

OPERATOR_LOOKS = timedelta(hours=6)
AHEAD = timedelta(minutes=5)
"""As far as the door lets an event be ahead of its clock."""
LITTLE_TIME = 33_000.0
"""Milliseconds with which a sweep looks at two subjects or three."""
LONGEST = 6_000


class Restless(AssertionError):
    """The play does not come to an end."""


@dataclass
class Play:
    stage: Stage
    story: Story
    cloud: Cloud
    played: Played
    callers: Callers = field(init=False)
    _plan: list[tuple[datetime, int, Act | Closing, int]] = field(default_factory=list)
    _count: int = 0
    _ticked: datetime | None = None
    _swept: datetime | None = None
    _asleep: datetime | None = None
    _unsteady: datetime | None = None
    _stopped: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        asleep = lambda: self._asleep is not None
        self.callers = Callers(self.stage, self.story, self.cloud, self.played, self._later, asleep)

    def run(self) -> Played:
        self.open()
        for act in sorted(self.story.acts, key=lambda act: act.at):
            self._later(act.at, act)
        self.until(self.story.end)
        return self.played

    def open(self) -> None:
        """The shops are there."""
        self.cloud.wire.between = self._interlude
        for shop in ZONES:
            off = {kind: {"enabled": False} for kind in TASKS} if self.story.quiet else {}
            bootstrap.put_shop(shop, configuration(shop, off))

    def until(self, end: datetime) -> None:
        """Moment by moment, whatever is to come until then."""
        for _ in range(LONGEST):
            following = self._next()
            if following is None or following > end:
                return
            self.cloud.move(max(following, self.cloud.now))
            self._moment()
        raise Restless(f"after {LONGEST} steps it is {self.cloud.now}")

    def act(self, act: Act) -> None:
        """Now, and what it causes now."""
        self._act(act, 0)
        self.settle()

    def tell(self, tell: Tell) -> None:
        self.callers.tell(tell, 0)

    def settle(self) -> None:
        while self._deliver():
            pass

    def _later(self, at: datetime, act: Act | Closing, tries: int = 0) -> None:
        self._count += 1
        heapq.heappush(self._plan, (at, self._count, act, tries))

    def _next(self) -> datetime | None:
        planned = [self._plan[0][0]] if self._plan else []
        if self._asleep:
            return min([*planned, self._asleep])
        moments = [*planned, self.cloud.queues.next_moment(), self._next_tick(), self._next_look()]
        return min((moment for moment in moments if moment), default=None)

    def _next_tick(self) -> datetime | None:
        earliest = self.cloud.table.earliest().values()
        if not earliest:
            return None
        due = parse_instant(min(earliest))
        return max(on_grid(due), on_grid(self.cloud.now), self._ticked + TICK if self._ticked else due)

    def _next_look(self) -> datetime | None:
        """When an operator finds the dead letters."""
        if not any(self.cloud.queues.dead.values()):
            return None
        day = self.cloud.now.replace(hour=0, minute=0, second=0, microsecond=0)
        return day + OPERATOR_LOOKS * ((self.cloud.now - day) // OPERATOR_LOOKS + 1)

    def _moment(self) -> None:
        now = self.cloud.now
        if self._asleep and now >= self._asleep:
            self._asleep = None
        look = self._plan and self._plan[0][0] <= now
        while self._plan and self._plan[0][0] <= now:
            _, _, act, tries = heapq.heappop(self._plan)
            self._act(act, tries)
        if self._asleep or look:
            return
        if any(self.cloud.queues.dead.values()) and now.hour % 6 == 0 and now.minute == 0:
            self.cloud.queues.redrive()
        self.settle()
        if now == on_grid(now) and now != self._ticked:
            self._tick()

    def _act(self, act: Act | Closing, tries: int) -> None:  # noqa: C901, PLR0912  # a line an act
        match act:
            case Tell():
                self.callers.tell(act, tries)
            case Unsubscribe():
                self.callers.unsubscribe(act, tries)
            case Close():
                self.callers.choose_task(act)
            case Closing():
                self.callers.close(act, tries)
            case Redeem():
                self.callers.redeem(act)
            case Break():
                self.cloud.wire.armed.append(Armed(act.target, act.fault, act.skip, act.times, act.until))
                if act.until:
                    self.played.broken.append((act.at, act.until))
            case Asleep():
                self._asleep = max(act.until, self._asleep or act.until)
                self.played.broken.append((act.at, act.until))
            case Unsteady():
                self._unsteady = act.until
                self.played.broken.append((act.at, act.until))
            case NeverRuns():
                self._stopped.add(f"sweep_{act.sweep}")
            case Unruly():
                self.cloud.queues.unruly = act.share
            case Crowded():
                self.cloud.wire.crowded = act.share
            case Bunched():
                self.cloud.queues.bunched = act.every
            case Poison():
                self.cloud.queues.send_message({"QueueUrl": act.queue, "MessageBody": POISON})
            case Pause():
                self._pause(act)

    def _pause(self, act: Pause) -> None:
        """And on again at its end, by an act of its own: either may come some minutes early, in the midst of a call."""
        paused, number = Paused(act.what), self.cloud.wire.number
        bootstrap.store().save_pause(act.shop, paused)
        if paused is Paused.NOTHING:
            self.played.paused[-1] = replace(self.played.paused[-1], until=number)
        else:
            self.played.paused.append(Pausing(act.shop, paused, number))
            self._later(act.until, replace(act, what=Paused.NOTHING))

    def _deliver(self) -> bool:
        """One batch of each queue that has one."""
        delivered = [self.deliver_from(url) for url in QUEUES]
        return any(delivered)

    def deliver_from(self, url: str) -> bool:
        batch = self.cloud.queues.receive(url, HIDDEN[url])
        if not batch:
            return False
        records = [{"messageId": each.id, "body": each.body} for each in batch]
        answer = self.stage.invoke(QUEUES[url], {"Records": records}, TIMEOUTS[QUEUES[url]])
        if answer is None:
            failed = [each.id for each in batch]
        else:
            failed = [each["itemIdentifier"] for each in answer["batchItemFailures"]]
        if url.endswith("EVENTS_QUEUE_URL"):
            self._reacted([json.loads(each.body) for each in batch if each.id not in failed and each.body != POISON])
        self.cloud.queues.settle(url, batch, failed)
        return True

    def _reacted(self, bodies: list[Mapping[str, Any]]) -> None:
        for body in bodies:
            if body["body"]["type"] == "customer.unsubscribed":
                whose = (body["shop"], body["body"]["data"]["whose"].removeprefix("id:"))
                self.played.unsubscribed.setdefault(whose, self.cloud.wire.number)
            self.played.reacted.setdefault((body["shop"], body["id"]), self.cloud.wire.number)

    def _tick(self) -> None:
        self._ticked = now = self.cloud.now
        earliest = {name: parse_instant(at) for name, at in self.cloud.table.earliest().items()}
        due = {name for name, at in with_overdue(earliest).items() if at <= now}
        for name in SWEEPS:
            if name.removeprefix("sweep_") in due and name not in self._stopped:
                for time_left in self._runs(name):
                    self.stage.invoke(name, {}, time_left)
        self.settle()

    def _runs(self, name: str) -> tuple[float, ...]:
        """With how much time the schedule runs a sweep at this tick: usually once, with enough."""
        if self._unsteady is None or self.cloud.now >= self._unsteady:
            return (1e9,)
        chance = random.Random(f"{self.story.seed} {self.cloud.now} {name}")
        return chance.choice(((), (1e9, 1e9), (LITTLE_TIME,), (1e9,)))

    def _interlude(self) -> None:
        """Somebody else's turn, in the midst of an invocation: whoever was to come within minutes comes now."""
        if len(self.cloud.wire.stack) > 2:
            return
        while self._plan and self._plan[0][0] <= self.cloud.now + AHEAD and not self._asleep:
            _, _, act, tries = heapq.heappop(self._plan)
            self._act(act, tries)
        if not self._deliver() and self._swept != self.cloud.now:
            self._swept = self.cloud.now
            for name in SWEEPS:
                if name not in self._stopped:
                    self.stage.invoke(name, {})


def play(on: Stage, story: Story, at_call: Mapping[int, Fault] | None = None) -> Played:
    cloud = Cloud(story.start, f"queues {story.seed}")
    cloud.wire.at_call = at_call or {}
    played = Played(story, cloud)
    with on.playing(cloud):
        Play(on, story, cloud, played).run()
        played.log = on.log.getvalue()
    return played


@contextmanager
def live(start: datetime, people: tuple[Person, ...] = (), *, quiet: bool = True) -> Iterator[Play]:
    """A world to be driven by hand: two shops, and nothing has happened yet. `quiet`: no tasks for their people."""
    cloud, story = Cloud(start), Story(0, start, people, (), quiet)
    with stage().playing(cloud):
        playing = Play(stage(), story, cloud, Played(story, cloud))
        playing.open()
        yield playing
