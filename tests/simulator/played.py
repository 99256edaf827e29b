"""What a play left behind."""

from dataclasses import dataclass, field
from datetime import datetime

from shopbell.domain.model.shop import Paused
from tests.simulator.cloud import Cloud
from tests.simulator.story import Story, Tell


@dataclass(frozen=True, slots=True)
class Closing:
    """A task that is being closed by an event of that name; `page` is where, "" where by webhook."""

    event: str
    shop: str
    task: str
    outcome: str
    at: datetime
    page: str


@dataclass(frozen=True, slots=True)
class Pausing:
    """From one call to another a shop's mailings were held back, or all that it says."""

    shop: str
    what: Paused
    since: int
    until: int = 10**9


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
    paused: list[Pausing] = field(default_factory=list)
    broken: list[tuple[datetime, datetime]] = field(default_factory=list)
    log: str = ""
