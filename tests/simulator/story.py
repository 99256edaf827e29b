"""A story: what shops tell, what customers do, and what breaks meanwhile."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from shopbell.domain.time.calendar import format_instant
from tests.simulator.faults import Fault, Target

ZONES = {"dobra": "Europe/Kyiv", "kert": "Europe/Budapest"}
POISON = "poison"
"""A body that nobody can read."""
SETTLING = timedelta(days=16)
"""How long the clock runs on after the last act, so that all that is to come has come."""


@dataclass(frozen=True, slots=True)
class Person:
    """A customer of a shop; without `id` a guest. `consent` as the shop sends it; `written`: fields as somebody wrote
    them, where that is not what they are."""

    shop: str
    id: str
    name: str
    email: str = ""
    phone: str = ""
    zone: str = ""
    birthday: str = ""
    consent: Mapping[str, Any] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)

    @property
    def as_sent(self) -> dict[str, Any]:
        said: dict[str, Any] = {"id": self.id, "name": self.name, "email": self.email, "phone": self.phone}
        said |= {"timezone": self.zone, "birthday": self.birthday, "consent": dict(self.consent)}
        return {name: value for name, value in {**said, **self.written}.items() if value}

    @property
    def contacts(self) -> set[str]:
        return {self.email, self.phone} - {""}


@dataclass(frozen=True, slots=True)
class Tell:
    """A shop's webhook; the shop tries again until it is taken. `by_its_clock`: where that was fast, when it says that
    it happened."""

    at: datetime
    shop: str
    id: str
    type: str
    happened: datetime
    data: Mapping[str, Any]
    by_its_clock: datetime | None = None

    @property
    def said(self) -> datetime:
        return self.by_its_clock or self.happened

    @property
    def order(self) -> str:
        order = self.data.get("order", "")
        return str(order if isinstance(order, str) else order["id"])

    @property
    def body(self) -> dict[str, Any]:
        return {"type": self.type, "timestamp": format_instant(self.happened), "data": self.data}

    def __str__(self) -> str:
        late = "" if self.at - self.happened < timedelta(minutes=1) else f", happened {self.happened:%d %b %H:%M}"
        whom = self.order or self.data.get("complaint") or self.data.get("customer") or ""
        return f"{self.shop} tells {self.type} {whom} ({self.id}{late})"


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """A customer clicks the link, again until the page says that it is done."""

    at: datetime
    person: Person

    def __str__(self) -> str:
        return f"{self.person.id} of {self.person.shop} unsubscribes"


@dataclass(frozen=True, slots=True)
class Close:
    """Somebody of the shop tells what came of one of its last tasks, by webhook or on the task's page.

    `pick`: which of them, from 0 (the newest) to 1.
    """

    at: datetime
    shop: str
    pick: float
    outcome: str
    by_page: bool

    def __str__(self) -> str:
        how = "on its page" if self.by_page else "by webhook"
        return f"{self.shop} closes a task ({self.pick:.2f}) as {self.outcome} {how}"


@dataclass(frozen=True, slots=True)
class Redeem:
    """Somebody brings a personal code that stood in one of the last letters: the checkout asks what it is worth, and
    tells that it was used."""

    at: datetime
    shop: str
    pick: float

    def __str__(self) -> str:
        return f"somebody redeems a code ({self.pick:.2f}) of {self.shop}"


@dataclass(frozen=True, slots=True)
class Break:
    """After `skip` calls of the target the next `times` fail; with `until`, all do until then."""

    at: datetime
    target: Target
    fault: Fault
    skip: int = 0
    times: int = 1
    until: datetime | None = None

    def __str__(self) -> str:
        how = f"until {self.until:%d %b %H:%M}" if self.until else f"{self.times} times after {self.skip} calls"
        return f"{self.target} breaks: {self.fault} {how}"


@dataclass(frozen=True, slots=True)
class Asleep:
    """No function runs: no tick, no queue, and the door does not answer."""

    at: datetime
    until: datetime

    def __str__(self) -> str:
        return f"no function runs until {self.until:%d %b %H:%M}"


@dataclass(frozen=True, slots=True)
class Unsteady:
    """The schedule leaves ticks out and doubles others; sweeps are killed after a few subjects."""

    at: datetime
    until: datetime

    def __str__(self) -> str:
        return f"ticks are skipped, doubled and cut short until {self.until:%d %b %H:%M}"


@dataclass(frozen=True, slots=True)
class NeverRuns:
    """The schedule of one sweep is gone from then on."""

    at: datetime
    sweep: str

    def __str__(self) -> str:
        return f"sweep_{self.sweep} runs no more"


@dataclass(frozen=True, slots=True)
class Unruly:
    """The queues double and delay this share of their messages, and shuffle."""

    at: datetime
    share: float

    def __str__(self) -> str:
        return f"queues double and delay {self.share:.0%} and shuffle"


@dataclass(frozen=True, slots=True)
class Crowded:
    """Functions run side by side: before this share of the calls, others have their turn."""

    at: datetime
    share: float

    def __str__(self) -> str:
        return f"others run in between {self.share:.0%} of the calls"


@dataclass(frozen=True, slots=True)
class Bunched:
    """The queues bring what waits only so often: whatever came meanwhile comes as one batch, or as several."""

    at: datetime
    every: timedelta

    def __str__(self) -> str:
        return f"queues bring what waits every {self.every}"


@dataclass(frozen=True, slots=True)
class Poison:
    """Something that nobody can read stands in a queue, by its URL, among what waits there."""

    at: datetime
    queue: str

    def __str__(self) -> str:
        return f"poison in {self.queue}"


@dataclass(frozen=True, slots=True)
class Pause:
    """The operators hold back a shop's mailings, or all that it says ("everything").

    Where nothing is named (""), they let it go on."""

    at: datetime
    shop: str
    what: str
    until: datetime

    def __str__(self) -> str:
        return f"{self.shop} is paused ({self.what}) until {self.until:%d %b %H:%M}"


Told = Tell | Unsubscribe | Close | Redeem
Trouble = Break | Asleep | Unsteady | NeverRuns | Unruly | Crowded | Bunched | Poison | Pause
Act = Told | Trouble


@dataclass(frozen=True, slots=True)
class Story:
    """`quiet`: the shops ask their staff for nothing."""

    seed: int
    start: datetime
    people: tuple[Person, ...]
    acts: tuple[Act, ...]
    quiet: bool = False

    @property
    def end(self) -> datetime:
        last = max((getattr(act, "until", None) or act.at for act in self.acts), default=self.start)
        return max(last, self.start) + SETTLING

    def without(self, left_out: set[int]) -> "Story":
        return replace(self, acts=tuple(act for number, act in enumerate(self.acts) if number not in left_out))

    def tells(self) -> Iterator[Tell]:
        yield from (act for act in self.acts if isinstance(act, Tell))

    def __str__(self) -> str:
        lines = [f"seed {self.seed}, from {self.start:%a %d %b %Y %H:%M} UTC"]
        lines += [f"  {person.shop} knows {person.as_sent}" for person in self.people]
        lines += [f"  {act.at:%a %d %b %H:%M:%S}  {act}" for act in sorted(self.acts, key=lambda act: act.at)]
        return "\n".join(lines)
