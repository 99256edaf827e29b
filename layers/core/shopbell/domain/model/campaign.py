"""A letter of the shop's own words to many: what was asked for, and how far the walk through its customers is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum, auto
from typing import ClassVar

from shopbell.domain.model.events import EventType, Json
from shopbell.domain.model.history import EntityHistory
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.domain.time.calendar import parse_day

DRY = "dry"
"""Of a request: whether it only asks what would come of it."""
_BY_CALENDAR = re.compile(r"@\d{4}-\d{2}-\d{2}$")


class Stage(StrEnum):
    """`ENDING`: all are planned, and some have not left yet."""

    IDLE = ""
    COUNTING = auto()
    SENDING = auto()
    ENDING = auto()


class Hold(StrEnum):
    """What keeps a campaign's letters: an operator, or that too many came back."""

    NOTHING = ""
    PAUSED = auto()
    STOPPED = auto()
    CANCELLED = auto()


@dataclass(frozen=True, slots=True)
class Found:
    """What the walk has found so far: `people` in the segment; `reached` by "<language>|<channel>"; `kept_back` by
    reason; `gmail` of the letters. `spent` in so many `orders` of those who are reached. `ranks`: how many letters go
    to those who read, or bought, on which day (`rules.campaigns.rank`)."""

    people: int = 0
    reached: Mapping[str, int] = field(default_factory=dict)
    kept_back: Mapping[str, int] = field(default_factory=dict)
    gmail: int = 0
    spent: Decimal = Decimal(0)
    orders: int = 0
    ranks: Mapping[int, int] = field(default_factory=dict)

    def by(self, channel: str) -> int:
        return sum(number for name, number in self.reached.items() if name.endswith(f"|{channel}"))


@dataclass(frozen=True, slots=True)
class Walk:
    """The way through a shop's list of customers. `run`: what it is for, as its letters name it; `at`: when it goes on;
    `after`: whom it looked at last. `tells`: the owner is to hear of the count; `sends`: letters follow it, `forced`:
    whatever they cost. `planned`: letters of this pass, `today`: those planned today, `left`: who waits for another
    day. `of_day`: the day of the pass, `most`: its letters; `least`: of which rank one has to be, and `ties`: how many
    of that very rank still may. `forgiven`: what came back before it was resumed."""

    run: str = ""
    stage: Stage = Stage.IDLE
    hold: Hold = Hold.NOTHING
    at: datetime | None = None
    after: str = ""
    sends: bool = False
    tells: bool = False
    forced: bool = False
    segment: tuple[str, ...] = ()
    found: Found = Found()
    planned: int = 0
    today: int = 0
    left: int = 0
    least: int = 0
    ties: int = 0
    most: int = 0
    of_day: str = ""
    forgiven: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_under_way(self) -> bool:
        return self.stage in (Stage.SENDING, Stage.ENDING) and self.hold is not Hold.CANCELLED


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of its letters so far, counted as it happens."""

    sent: int = 0
    bounce: int = 0
    complaint: int = 0


@dataclass(frozen=True, slots=True)
class Campaign(EntityHistory):
    kind: ClassVar[SubjectKind] = SubjectKind.CAMPAIGN

    walk: Walk = Walk()

    @property
    def segment(self) -> tuple[str, ...]:
        return tuple(self.record.get("segment") or ())

    @property
    def content(self) -> Mapping[str, Json]:
        """By language: `subject`, `blocks`."""
        content: Mapping[str, Json] = self.record.get("content") or {}
        return content

    @property
    def valid_until(self) -> date | None:
        value = self.text("valid_until")
        return parse_day(value) if value else None

    @property
    def is_offer(self) -> bool:
        """It holds neither arrivals nor an article."""
        blocks = [block for said in self.content.values() for block in said["blocks"]]
        return bool(blocks) and all(block["is"] == "offer" for block in blocks)

    @property
    def is_counted(self) -> bool:
        return self.happened(EventType.CAMPAIGN_COUNTED)


@dataclass(frozen=True, slots=True)
class Mailing:
    """The campaign that a customer's letter is of, as it stands now; `languages`: those that letters have."""

    campaign: Campaign
    counts: Counts = Counts()
    languages: frozenset[str] = frozenset()


def campaign_of(run: str) -> str:
    """The id of the campaign that a run is of: "season" of "season@2026-09-01"."""
    return _BY_CALENDAR.sub("", run)


def run_on(campaign: str, day: date) -> str:
    return f"{campaign}@{day.isoformat()}"


def language_of(content: Mapping[str, Json], wanted: str, otherwise: str, available: frozenset[str]) -> str:
    """The language that a customer is written to: theirs, else the shop's, else the first there is; "" for none."""
    known = [name for name in content if name in available]
    return next((name for name in (wanted, otherwise) if name in known), known[0] if known else "")
