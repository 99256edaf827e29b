"""The tasks of an hour that can wait, in one letter to the shop's people (`staff.digest: hourly`)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from shopbell.domain.journeys import BY_NAME
from shopbell.domain.model.letter import Letter
from shopbell.domain.model.shop import Digest
from shopbell.domain.model.state import Message, SendRequest
from shopbell.domain.model.vocabulary import Status
from shopbell.service.ports import LetterRenderer, Store
from shopbell.service.subjects.planning import send_request_of

MOST = 20
"""Tasks in one letter; a longer one is not read to its end."""


@dataclass(frozen=True, slots=True)
class Together:
    """What an outbox's tick finds that is to leave in one letter, shop by shop."""

    store: Store
    found: list[Message] = field(default_factory=list)
    hourly: dict[str, bool] = field(default_factory=dict)

    def take(self, message: Message) -> bool:
        """False for what leaves alone: what is urgent, what was decided before, what a shop wants at once."""
        row = BY_NAME.get(message.name)
        fresh = message.status is Status.PLANNED and not message.decisions and not message.attempts
        if row is None or not (row.can_wait and fresh and self._wanted(message.shop)):
            return False
        self.found.append(message)
        return True

    def _wanted(self, shop_id: str) -> bool:
        if shop_id not in self.hourly:
            shop = self.store.shop(shop_id)
            self.hourly[shop_id] = shop is not None and shop.staff.digest is Digest.HOURLY
        return self.hourly[shop_id]


def together(messages: Sequence[Message]) -> Iterator[SendRequest]:
    """A shop's in one letter, or in several where there are many."""
    for _, found in groupby(sorted(messages, key=lambda each: each.shop), key=lambda each: each.shop):
        tasks = list(found)
        for start in range(0, len(tasks), MOST):
            first, *rest = tasks[start : start + MOST]
            yield replace(send_request_of(first), more=tuple((each.subject, each.id) for each in rest))


def gathered(letters: Sequence[Letter], renderer: LetterRenderer) -> Letter:
    """One letter of several; it goes by the first one's name."""
    first = letters[0]
    if len(letters) == 1:
        return first
    made = renderer.gathered(first.locale, letters)
    return replace(first, subject=made.subject, preheader=made.preheader, html=made.html, text=made.text)
