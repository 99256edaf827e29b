"""A plugin of pytest with the fixture `shopbell`: all of Shopbell in the test's own process, for whoever builds on it.

    pytest_plugins = ("local.testing",)

The functions are those that deploy, wired as template.yaml wires them; moto plays AWS, the clock stands until the test
moves it, no server runs and nothing leaves the machine. tests/examples shows how it is used.
"""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, Self, TypeVar

import pytest

from shopbell.dialects.signatures import sign

if TYPE_CHECKING:
    from local.stack import Stack

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""When a test begins that does not say otherwise: ten in the morning in Kyiv, a working day."""
BASE_URL = "https://shopbell.example"
"""Where the links of letters lead: `shopbell.stack.request` answers their paths."""
SECRET = "whsec_" + base64.b64encode(b"the same for each shop of a test").decode()


class NotTaken(Exception):
    """The door refused an event: the status and what the answer says."""


@dataclass(frozen=True, slots=True)
class _Row:
    """Of one of the stack's lists, whose members have the same names; what has no value there is "" here."""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        return cls(**{each.name: row[each.name] or "" for each in fields(cls)})


@dataclass(frozen=True, slots=True)
class Letter(_Row):
    """What a provider took. `channel` is "email", "sms", or "staff" for a task of the shop's people; `sent_at` is an
    instant as all answers have it ("2026-03-02T08:00:00Z"); `headers` are those of the e-mail."""

    shop: str
    kind: str
    channel: str
    to: str
    locale: str
    subject: str
    preheader: str
    text: str
    html: str
    order: str
    customer: str
    sent_at: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Decision(_Row):
    """Why something was said or not: an `outcome` ("sent", "held", "skipped") and its `reason` ("due", "lost")."""

    at: str
    shop: str
    kind: str
    order: str
    customer: str
    outcome: str
    reason: str
    detail: str


Row = TypeVar("Row", Letter, Decision)


@dataclass(frozen=True, slots=True)
class Shopbell:
    """What the fixture gives: tell it what happened, move its clock, look at what left and why.

    `stack` is what is under it, for what is rarer: faults of AWS, reports of the mail provider, the pages of letters.
    """

    stack: "Stack"
    _events: Iterator[int] = field(default_factory=lambda: count(1))

    def put_shop(self, shop: str, configuration: Mapping[str, Any]) -> None:
        """Creates or replaces a shop; its events need no secret, `tell` signs them. Raises shopbell's Refused."""
        webhooks = {**configuration.get("webhooks", {}), "native": [SECRET]}
        self.stack.put_shop(shop, {**configuration, "webhooks": webhooks})

    def put_letter(self, shop: str, name: str, source: str) -> None:
        """Tries a shop's own letter ("uk/order_shipped") as `shopbell letter put` does, and gives it to the shop.

        Raises shopbell's Refused with all that is wrong in it.
        """
        # Loaded when it is needed: the command line comes with it.
        from shopbell import bootstrap
        from shopbell.commands.letter_trial import try_letter

        configured = bootstrap.store().shop(shop)
        assert configured, f"there is no shop {shop!r}: put it first"
        try_letter(bootstrap.renderer(), configured, name, source)
        bootstrap.own_letters().put(shop, name, source)

    def tell(self, shop: str, event: str, data: Mapping[str, Any], *, at: datetime | None = None, id: str = "") -> Any:
        """Posts an event at the shop's door, signed, and lets all that it causes now happen.

        `at` is when it happened, now where it is not given; one `id` twice is one event that came twice. Returns the
        door's answer, whose `notes` name the fields that were left out. Raises NotTaken.
        """
        now = self.stack.now()
        body = json.dumps({"type": event, "timestamp": (at or now).isoformat(), "data": data}).encode()
        headers = sign(SECRET, id or f"msg_{next(self._events)}", now, body)
        answer = self.stack.request("POST", f"/v1/shops/{shop}/events", headers, body)
        if answer.status != 200:
            raise NotTaken(f"{answer.status} {answer.body.decode()}")
        return answer.json()

    def advance(self, **duration: float) -> None:
        """Lets so much time pass (`days=4`, `hours=1`), with all that falls due on the way."""
        self.stack.advance(lambda now: now + timedelta(**duration))

    def advance_to(self, moment: datetime) -> None:
        """Lets the time pass until then. Raises local.stack.ClockMovesBack."""
        self.stack.advance(lambda now: moment)

    def letters(self, **wanted: str) -> list[Letter]:
        """What left, oldest first: letters, SMS and tasks; with `to=`, `kind=` or any other of their fields, those."""
        return _matching(map(Letter.of, self.stack.messages()), wanted)

    def decisions(self, **wanted: str) -> list[Decision]:
        """Why, oldest first; with `order=`, `outcome=` or any other of their fields, those."""
        return _matching(map(Decision.of, self.stack.decisions()), wanted)


def _matching(rows: Iterable[Row], wanted: Mapping[str, str]) -> list[Row]:
    return [row for row in rows if all(getattr(row, name) == value for name, value in wanted.items())]


@pytest.fixture
def shopbell_now() -> datetime:
    """When a test begins; another fixture of this name, in a test's own file or conftest.py, says otherwise."""
    return MONDAY


@pytest.fixture
def shopbell(shopbell_now: datetime) -> Iterator[Shopbell]:
    """Empty, at the moment of `shopbell_now`; no test sees another's shops."""
    # Not before a test asks for it: moto is large, and a plugin is loaded for all tests.
    from local.stack import Stack

    with Stack(shopbell_now, base_url=BASE_URL) as stack:
        yield Shopbell(stack)
