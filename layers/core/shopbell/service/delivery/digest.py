"""Several messages in one letter: the tasks of an hour that can wait (`staff.digest: hourly`), and the reminders of a
customer's orders."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby

from shopbell.domain.deciding.reminders import reminded
from shopbell.domain.journeys import BY_NAME
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.ids import message_id
from shopbell.domain.model.letter import Letter
from shopbell.domain.model.shop import Digest
from shopbell.domain.model.state import Message, SendRequest
from shopbell.domain.model.vocabulary import ChannelName, Status
from shopbell.service.ports import LetterRenderer, Store
from shopbell.service.subjects.planning import send_request_of

MOST = 20
"""Tasks in one letter; a longer one is not read to its end."""
LONGEST_WAIT = timedelta(days=4)
"""After its decision a reminder has left, or never will: its window is shorter."""


@dataclass(frozen=True, slots=True)
class Together:
    """What an outbox's tick finds that is to leave in one letter, shop by shop."""

    store: Store
    tasks: list[Message] = field(default_factory=list)
    hourly: dict[str, bool] = field(default_factory=dict)

    def take(self, message: Message) -> bool:
        """False for what leaves alone: what is urgent, what was decided before, what a shop wants at once."""
        row = BY_NAME.get(message.name)
        fresh = message.status is Status.PLANNED and not message.decisions and not message.attempts
        if row is None or not (row.can_wait and fresh and self._wanted(message.shop)):
            return False
        self.tasks.append(message)
        return True

    def _wanted(self, shop_id: str) -> bool:
        if shop_id not in self.hourly:
            shop = self.store.shop(shop_id)
            self.hourly[shop_id] = shop is not None and shop.staff.digest is Digest.HOURLY
        return self.hourly[shop_id]


def together(messages: Sequence[Message]) -> Iterator[SendRequest]:
    """A shop's in one letter, or in several where there are many."""
    for _, group in groupby(sorted(messages, key=lambda each: each.shop), key=lambda each: each.shop):
        tasks = list(group)
        for start in range(0, len(tasks), MOST):
            first, *rest = tasks[start : start + MOST]
            yield replace(send_request_of(first), more=tuple((each.subject, each.id) for each in rest))


def gathered(letters: Sequence[Letter], orders: Sequence[str], renderer: LetterRenderer) -> Letter:
    """One letter of several; it goes by the first one's name. `orders`: the numbers of those that they are about."""
    first, *rest = letters
    if not rest:
        return first
    is_of_staff = first.channel is ChannelName.STAFF
    made = (
        renderer.gathered(first.locale, letters) if is_of_staff else renderer.reminders(first.locale, letters, orders)
    )
    whole = replace(first, subject=made.subject, preheader=made.preheader, html=made.html, text=made.text)
    return replace(whole, along=tuple(each.id for each in rest))


def companions(facts: Facts, now: datetime) -> Iterator[tuple[str, str]]:
    """Subject and id of the reminders of the customer's other orders that may still wait to leave by e-mail."""
    for other in facts.others:
        subject = f"{other.order.kind}/{other.order.key}"
        for row, occurrence_id, decided_at in reminded(other):
            if now - decided_at <= LONGEST_WAIT:
                yield subject, message_id(facts.shop.id, row.kind, row.step, subject, occurrence_id, ChannelName.EMAIL)
