"""Plays a story on the stage, moment by moment, and leaves what the judges need."""

import heapq
import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from shopbell import bootstrap
from shopbell.dialects.signatures import sign
from shopbell.domain.calendar import parse_instant
from shopbell.domain.journeys import KINDS
from shopbell.domain.words import ChannelName
from tests.simulator.cloud import Cloud
from tests.simulator.faults import Armed, Fault
from tests.simulator.moments import TICK, on_grid
from tests.simulator.providers import Taken
from tests.simulator.stage import QUEUES, SWEEPS, Stage, stage
from tests.simulator.story import (
    ZONES,
    Act,
    Asleep,
    Break,
    Close,
    Crowded,
    Person,
    Redeem,
    Story,
    Tell,
    Unruly,
    Unsteady,
    Unsubscribe,
)

PATIENCE = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=1))
"""How long a sender waits before it tries again; the last for ever."""
OPERATOR_LOOKS = timedelta(hours=6)
AHEAD = timedelta(minutes=5)
"""As far as the door lets an event be ahead of its clock."""
LITTLE_TIME = 33_000.0
"""Milliseconds with which a sweep looks at two subjects or three."""
LONGEST = 6_000
SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"


TASKS = tuple(kind for kind in KINDS if kind.startswith("staff_"))
PAGE = re.compile(r"https://links\.example/t/([\w.-]+)")
CONFIRMS = frozenset({"staff_confirm_order", "staff_order_late"})
"""Tasks that may be answered by accepting the order."""
LAST = 6
"""Of so many tasks, or codes, that left last, one is chosen."""


Each = TypeVar("Each")


class Restless(AssertionError):
    """The play does not come to an end."""


@dataclass(frozen=True, slots=True)
class Closing:
    """A task that is being closed by an event of that name; `page` is where, "" where by webhook."""

    event: str
    taken: Taken
    outcome: str
    at: datetime
    page: str


@dataclass
class Played:
    """What happened: each with the number of the call after which it was so, and the moment.

    `tried`: the number before the shop told of an event for the first time.
    """

    story: Story
    cloud: Cloud
    accepted: dict[tuple[str, str], datetime] = field(default_factory=dict)
    reacted: dict[tuple[str, str], int] = field(default_factory=dict)
    tried: dict[tuple[str, str], int] = field(default_factory=dict)
    unsubscribed: dict[tuple[str, str], int] = field(default_factory=dict)
    closed: list[Closing] = field(default_factory=list)
    redeemed: list[Tell] = field(default_factory=list)
    broken: list[tuple[datetime, datetime]] = field(default_factory=list)
    log: str = ""


@dataclass
class Play:
    stage: Stage
    story: Story
    cloud: Cloud
    played: Played
    _plan: list[tuple[datetime, int, Act | Closing, int]] = field(default_factory=list)
    _count: int = 0
    _ticked: datetime | None = None
    _swept: datetime | None = None
    _asleep: datetime | None = None
    _unsteady: datetime | None = None

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
            bootstrap.put_shop(shop, configuration(shop) | {"journeys": off})

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

    def _act(self, act: Act | Closing, tries: int) -> None:
        match act:
            case Tell():
                self.tell(act, tries)
            case Unsubscribe():
                self._unsubscribe(act, tries)
            case Close():
                self._choose_task(act)
            case Closing():
                self._close(act, tries)
            case Redeem():
                self._redeem(act)
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
            case Unruly():
                self.cloud.queues.unruly = act.share
            case Crowded():
                self.cloud.wire.crowded = act.share

    def tell(self, tell: Tell, tries: int = 0) -> None:
        body = json.dumps(tell.body).encode()
        event = {
            "pathParameters": {"shop": tell.shop},
            "headers": sign(SECRET, tell.id, self.cloud.now, body),
            "body": body.decode(),
        }
        self.played.tried.setdefault((tell.shop, tell.id), self.cloud.wire.number)
        answer = None if self._asleep else self.stage.invoke("receive_webhook", event)
        status = answer["statusCode"] if answer else 500
        assert status in (200, 500, 503), f"the door answers {answer} to {tell}"
        if status == 200:
            self.played.accepted.setdefault((tell.shop, tell.id), self.cloud.now)
        else:
            self._again(tell, tries)

    def _again(self, act: Act | Closing, tries: int) -> None:
        self._later(self.cloud.now + PATIENCE[min(tries, len(PATIENCE) - 1)], act, tries + 1)

    def _unsubscribe(self, act: Unsubscribe, tries: int) -> None:
        if not self._has_link(act.person):
            return
        token = _link(act.person, self.cloud.now).rsplit("/", 1)[1]
        one_click = "List-Unsubscribe=One-Click"
        answer = None if self._asleep else self._posted("customer_page", token, one_click)
        if answer and answer["statusCode"] == 200:
            self.played.unsubscribed.setdefault((act.person.shop, act.person.id), self.cloud.wire.number)
        else:
            self._again(act, tries)

    def _choose_task(self, act: Close) -> None:
        tasks = [each for each in self._left(act.shop) if each.letter.channel is ChannelName.STAFF]
        if not tasks:
            return
        taken = _chosen(tasks, act.pick)
        accepts = act.outcome == "accepted" and taken.letter.kind not in CONFIRMS
        page = PAGE.search(taken.letter.text)
        assert page, "a task's letter leads to its page"
        closing = Closing(
            f"{act.shop}-close-{len(self.played.closed)}",
            taken,
            "reached" if accepts else act.outcome,
            self.cloud.now,
            page[1] if act.by_page else "",
        )
        self.played.closed.append(closing)
        self.played.tried[act.shop, closing.event] = self.cloud.wire.number
        self._close(closing, 0)

    def _left(self, shop: str) -> list[Taken]:
        return [each for each in self.cloud.providers.taken if each.letter.shop == shop]

    def _close(self, closing: Closing, tries: int) -> None:
        shop, now = closing.taken.letter.shop, self.cloud.now
        if not closing.page:
            data = {"task": closing.taken.id, "outcome": closing.outcome}
            self.tell(Tell(now, shop, closing.event, "call.done", closing.at, data))
            return
        answer = None if self._asleep else self._posted("staff_task", closing.page, f"outcome={closing.outcome}")
        status = answer["statusCode"] if answer else 500
        assert status in (200, 410, 500, 503), f"the page of a task answers {answer}"
        if status not in (200, 410):
            self._again(closing, tries)
            return
        self.played.accepted[shop, closing.event] = now
        if status == 200:  # a task about somebody who was forgotten is over
            self.played.reacted[shop, closing.event] = self.cloud.wire.number

    def _redeem(self, act: Redeem) -> None:
        codes = [code for each in self._left(act.shop) for code in each.codes]
        if not codes:
            return
        code = _chosen(codes, act.pick)
        self._ask(act.shop, code)
        name = f"{act.shop}-redeem-{len(self.played.redeemed)}"
        told = Tell(self.cloud.now, act.shop, name, "coupon.redeemed", self.cloud.now, {"code": code})
        self.played.redeemed.append(told)
        self.tell(told)

    def _ask(self, shop: str, code: str) -> None:
        """The checkout asks at the door."""
        event = {
            "pathParameters": {"shop": shop, "code": code.lower()},
            "headers": sign(SECRET, f"ask-{code}", self.cloud.now, b""),
        }
        answer = None if self._asleep else self.stage.invoke("check_coupon", event)
        status = answer["statusCode"] if answer else 500
        assert status in (200, 500, 503), f"the door answers {answer} about a code that stands in a letter"

    def _posted(self, function: str, token: str, form: str) -> Any:
        event = {
            "pathParameters": {"token": token},
            "requestContext": {"http": {"method": "POST"}},
            "headers": {"content-type": "application/x-www-form-urlencoded"},
            "body": form,
        }
        return self.stage.invoke(function, event)

    def _has_link(self, person: Person) -> bool:
        """Who is not known yet was sent no letter that a link could stand in."""
        tells = [tell for tell in self.story.tells() if tell.shop == person.shop and person.name in str(tell.data)]
        return any((tell.shop, tell.id) in self.played.reacted for tell in tells)

    def _deliver(self) -> bool:
        """One batch of each queue that has one."""
        delivered = [self.deliver_from(url) for url in QUEUES]
        return any(delivered)

    def deliver_from(self, url: str) -> bool:
        batch = self.cloud.queues.receive(url)
        if not batch:
            return False
        records = [{"messageId": each.id, "body": each.body} for each in batch]
        answer = self.stage.invoke(QUEUES[url], {"Records": records})
        if answer is None:
            failed = [each.id for each in batch]
        else:
            failed = [each["itemIdentifier"] for each in answer["batchItemFailures"]]
        if url == "EVENTS_QUEUE_URL":
            self._reacted([json.loads(each.body) for each in batch if each.id not in failed])
        self.cloud.queues.settle(url, batch, failed)
        return True

    def _reacted(self, bodies: list[Mapping[str, Any]]) -> None:
        for body in bodies:
            self.played.reacted.setdefault((body["shop"], body["id"]), self.cloud.wire.number)

    def _tick(self) -> None:
        self._ticked = now = self.cloud.now
        due = {name for name, at in self.cloud.table.earliest().items() if parse_instant(at) <= now}
        for name in SWEEPS:
            if name.removeprefix("sweep_") in due:
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
                self.stage.invoke(name, {})


def _chosen(found: Sequence[Each], pick: float) -> Each:
    return found[-1 - int(pick * (min(len(found), LAST) - 1))]


def _link(person: Person, now: datetime) -> str:
    return bootstrap.links().preferences(person.shop, f"id:{person.id}", now)


def configuration(shop: str) -> dict[str, Any]:
    site = f"{shop}.example"
    return {
        "name": shop.title(),
        "contacts": {"email": f"hello@{site}", "phone": "+380441234567", "site": f"https://{site}"},
        "sender": {"email": f"hello@{site}", "name": shop.title(), "sms_id": shop.upper()},
        "locale": {"dobra": "uk", "kert": "hu"}[shop],
        "timezone": ZONES[shop],
        "payment": {"details": "IBAN UA00 0000"},
        "coupons": {"birthday": {"percent": 10, "code": "BDAY10"}, "thank_you": {"percent": 5, "unique": True}},
        "webhooks": {"native": [SECRET]},
    }


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
