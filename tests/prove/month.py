"""Figure 24: a month of the demo over HTTP, played whole and then broken: what becomes of each message."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from local.demo.client import StackClient, TryLater
from local.demo.play import perform
from local.demo.steps import Event, Step
from local.demo.story import read
from local.faults import Fault, Target
from shopbell.domain.journeys.staff import DAY
from shopbell.domain.time.calendar import format_instant, parse_instant
from shopbell.service.delivery.outbox import MOST_DOUBTS, ONCE_MORE
from tests.local.outsider import Outsider, running
from tests.prove.figure import Figure, Reached

Row = dict[str, Any]
STORY = read()
MONTH, SETTLING = timedelta(days=31), timedelta(days=14)
"""So long the shops tell and people act, and so long the clock runs on."""
STEPS = [step for step in STORY.steps if step.at < STORY.begins + MONTH]
PATIENCE = timedelta(hours=3)
"""So long people look for a message to act on; one that stands as `unknown` may never come."""
SHOPS = tuple(STORY.shops)
ROUNDS = 3
"""How often each fault strikes each target."""
LONGEST = {Target.EMAIL: 3, Target.SMS: 3, Target.TABLE: 12, Target.QUEUE: 12}
"""At most so many calls fail at a stroke; the SDK itself tries three times where that is safe."""
SILENT = "provider_silent"
UNDER_WAY, ENDED = ("planned", "sending", "held"), ("failed", "expired", "unknown")


@dataclass(frozen=True, slots=True)
class Strike:
    """The next `times` calls of `target` fail."""

    at: datetime
    target: Target
    fault: Fault
    times: int


@dataclass(frozen=True, slots=True)
class Month:
    """What providers took, oldest first; what is under way or came to an end of its own; why; how often 503."""

    taken: Sequence[Row]
    waiting: Sequence[Row]
    ended: Sequence[Row]
    decisions: Sequence[Row]
    refused: int = 0
    ends: datetime = STORY.begins + MONTH + SETTLING

    @property
    def times(self) -> Counter[str]:
        return Counter(row["id"] for row in self.taken)


@dataclass(frozen=True, slots=True)
class Compared:
    """`elsewise` was not sent, with a reason; `again` and `too_often` count what was taken once more than once."""

    whole: Month
    broken: Month
    strikes: Sequence[Strike]

    @property
    def elsewise(self) -> list[Row]:
        sent = self.broken.times
        return [row for row in self.whole.taken if row["id"] not in sent and any(self.reasons(row))]

    @property
    def lost(self) -> list[Row]:
        """Neither taken, nor at an end that has a reason."""
        sent = self.broken.times
        return [row for row in self.whole.taken if row["id"] not in sent and not any(self.reasons(row))]

    def reasons(self, message: Row) -> Iterator[str]:
        """Why it was not sent, where something says so."""
        about = ("shop", "kind", "order", "customer")
        decided = [d for d in self.broken.decisions if [d[name] for name in about] == [message[name] for name in about]]
        yield from (each["reason"] for each in decided if each["outcome"] == "skipped")
        yield from (row["status"] for row in self.broken.ended if row["id"] == message["id"] and decided)

    @property
    def unexplained(self) -> list[Row]:
        """Taken though the whole month has no such message, and none of its order or customer met a silent provider.

        After one, news takes another channel, or a task asks somebody to call. What is told in another letter of the
        whole month has a letter of its own where it was heard of too late for that. What is answered or sent later is
        longer open, and stands in another letter of a day.
        """
        told = {(d["shop"], d["kind"], d["order"]) for d in self.whole.decisions if d["reason"] == "superseded"}
        silent = {(d["shop"], d["order"], d["customer"]) for d in self.broken.decisions if d["reason"] == SILENT}
        more = [row for row in self.broken.taken if row["id"] not in self.whole.times]
        more = [row for row in more if (row["shop"], row["kind"], row["order"]) not in told and row["kind"] != DAY]
        return [row for row in more if (row["shop"], row["order"], row["customer"]) not in silent]

    @property
    def again(self) -> int:
        return sum(times - 1 for times in self.broken.times.values())

    @property
    def too_often(self) -> list[Row]:
        """Taken again although its class forbids it, or more often than there may be doubts."""
        times = self.broken.times
        return [
            row for row in self.broken.taken if times[row["id"]] > (MOST_DOUBTS if row["class"] in ONCE_MORE else 1)
        ]

    @property
    def unfinished(self) -> list[Row]:
        """Nothing waits any more, but for a moment that is yet to come."""
        rows = self.broken.waiting
        return [row for row in rows if row["status"] != "held" or parse_instant(row["due_at"]) <= self.broken.ends]

    @property
    def doubts(self) -> int:
        """How many calls ended so that nobody knows whether a letter left: unanswered, or not marked."""
        return sum(
            each.times for each in self.strikes if each.fault is Fault.TIMEOUT_AFTER or each.target is Target.TABLE
        )


def compared(seed: int, shops: Sequence[str] = SHOPS, tell: timedelta = MONTH) -> Compared:
    """Both months, or as much of them as is told, on one stack that is emptied in between."""
    steps = [step for step in STEPS if _shop(step) in shops and step.at < STORY.begins + tell]
    ends = STORY.begins + tell + SETTLING
    with running(format_instant(STORY.begins)) as address:
        whole = play(address, shops, steps, ends)
        struck = strikes(seed, whole, steps)
        return Compared(whole, play(address, shops, [*steps, *struck], ends), struck)


def strikes(seed: int, whole: Month, steps: Sequence[Step]) -> list[Strike]:
    """Every fault in turn, each shortly before its target is needed."""
    chance = random.Random(seed)
    moments: dict[Target, set[datetime]] = {target: {step.at for step in steps} for target in Target}
    for target, channels in ((Target.EMAIL, ("email", "staff")), (Target.SMS, ("sms",))):
        moments[target] = {parse_instant(row["sent_at"]) for row in whole.taken if row["channel"] in channels}
    return sorted(_strikes(chance, moments), key=lambda each: each.at)


def _strikes(chance: random.Random, moments: dict[Target, set[datetime]]) -> Iterator[Strike]:
    for target, known in moments.items():
        faults = list(Fault) * ROUNDS
        chosen = chance.sample(sorted(known), min(len(faults), len(known)))
        for at, fault in zip(chosen, faults, strict=False):
            yield Strike(at - timedelta(seconds=1), target, fault, chance.randint(1, LONGEST[target]))


def play(address: str, shops: Iterable[str], acts: Iterable[Step | Strike], ends: datetime) -> Month:
    outsider, client, refused = Outsider(address), StackClient(address.removeprefix("http://")), 0
    outsider.ask("POST", "/local/reset")
    for shop in shops:
        client.put_shop(STORY.shops[shop])
    now = STORY.begins
    for act in sorted(acts, key=lambda act: act.at):
        now = _moved(outsider, max(act.at, now))
        if isinstance(act, Strike):
            _strike(outsider, act)
            continue
        while not _taken(client, replace(act, at=now)) and now < act.at + PATIENCE:
            refused, now = refused + 1, _moved(outsider, now + timedelta(minutes=1))
    _moved(outsider, ends)
    return _month(outsider, refused, ends)


def _strike(outsider: Outsider, strike: Strike) -> None:
    told = {"target": strike.target, "fault": strike.fault, "times": strike.times}
    assert outsider.ask("POST", "/local/faults", told).status == 204


def _moved(outsider: Outsider, to: datetime) -> datetime:
    return parse_instant(outsider.move(to=format_instant(to))["now"])


def _shop(step: Step) -> str:
    return step.shop if isinstance(step, Event) else step.message.shop


def _taken(client: StackClient, step: Step) -> bool:
    """Whether it was taken; who was refused tries again, be it a shop or somebody with a letter's page."""
    try:
        perform(step, client)
    except TryLater:
        return False
    return True


def _month(outsider: Outsider, refused: int, ends: datetime) -> Month:
    waiting, ended = (
        [row for status in statuses for row in outsider.messages(f"?status={status}")]
        for statuses in (UNDER_WAY, ENDED)
    )
    return Month(outsider.messages(), waiting, ended, outsider.ask("GET", "/local/decisions").json(), refused, ends)


def broken_month() -> Reached:
    found = compared(24)
    unsent = Counter(next(found.reasons(row)) for row in found.elsewise)
    said = f"{len(found.whole.times)} messages, {len(found.strikes)} strikes: lost {len(found.lost)}, \
once more after a doubt {found.again}, not sent {dict(unsent)}"
    wrong = [*found.lost, *found.unexplained, *found.too_often, *found.unfinished]
    return Reached(said, not wrong and found.again <= found.doubts)


FIGURES = (
    Figure(
        24,
        "all",
        "every fault in turn, over HTTP, in a month of the demo",
        "lost 0; twice only after a doubt",
        broken_month,
    ),
)
