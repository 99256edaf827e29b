"""Several messages in one letter: the tasks of an hour or of a day (`staff.digest`), and the reminders of a customer's
orders."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby

from shopbell.domain.deciding.reminders import reminded
from shopbell.domain.journeys import BY_NAME, Journey
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.ids import message_id
from shopbell.domain.model.letter import Letter
from shopbell.domain.model.shop import Digest, Staff
from shopbell.domain.model.state import Message, SendRequest
from shopbell.domain.model.vocabulary import ChannelName, Reason, Status
from shopbell.service.ports import LetterRenderer, Store
from shopbell.service.subjects.planning import send_request_of

MOST = 20
"""Tasks in one letter; a longer one is not read to its end."""
MOST_OF_A_DAY = 100
"""Tasks that leave with the letter of a day, which gives each a line."""
UNCLAIMED = frozenset({Status.PLANNED, Status.HELD})
LONGEST_WAIT = timedelta(days=4)
"""After its decision a reminder has left, or never will: its window is shorter."""


@dataclass(frozen=True, slots=True)
class Together:
    """What an outbox's tick finds that is to leave in one letter, shop by shop."""

    store: Store
    tasks: list[Message] = field(default_factory=list)
    staffs: dict[str, Staff | None] = field(default_factory=dict)

    def take(self, message: Message) -> bool:
        """False for what leaves alone: what is urgent, what was tried before, what a shop wants at once."""
        row = BY_NAME.get(message.name)
        if row is None or message.attempts or not row.is_task:
            return False
        if not (row.can_wait or _waited_for_the_opening(message)) or not self._gathers(message, row):
            return False
        self.tasks.append(message)
        return True

    def _gathers(self, message: Message, row: Journey) -> bool:
        if message.shop not in self.staffs:
            shop = self.store.shop(message.shop)
            self.staffs[message.shop] = shop.staff if shop else None
        staff = self.staffs[message.shop]
        if staff is None or not staff.gathers(row.goes_to):
            return False
        return staff.digest is Digest.DAILY or (staff.digest is Digest.HOURLY and row.can_wait)


def _waited_for_the_opening(message: Message) -> bool:
    return message.status is Status.HELD and message.decisions[-1].reason is Reason.SEND_HOURS


def together(messages: Sequence[Message]) -> Iterator[SendRequest]:
    """A shop's in one letter, or in several where there are many."""
    for _, group in groupby(sorted(messages, key=lambda each: each.shop), key=lambda each: each.shop):
        tasks = list(group)
        for start in range(0, len(tasks), MOST):
            first, *rest = tasks[start : start + MOST]
            yield replace(send_request_of(first), more=tuple((each.subject, each.id) for each in rest))


def gathered(letters: Sequence[Letter], orders: Sequence[str], renderer: LetterRenderer) -> Letter:
    """One letter of several; it goes by the first one's name, and has the headers that are the same in all: of several
    orders' threads it belongs to none. `orders`: the numbers of those that they are about."""
    first, *rest = letters
    if not rest:
        return first
    if BY_NAME[first.kind].takes_along:
        return replace(first, along=tuple(each.id for each in rest))
    is_of_staff = first.channel is ChannelName.STAFF
    made = (
        renderer.gathered(first.locale, letters) if is_of_staff else renderer.reminders(first.locale, letters, orders)
    )
    whole = replace(first, subject=made.subject, preheader=made.preheader, html=made.html, text=made.text)
    return replace(
        whole,
        headers={
            name: text for name, text in first.headers.items() if all(each.headers.get(name) == text for each in rest)
        },
        enclosures=tuple(dict.fromkeys(enclosure for each in letters for enclosure in each.enclosures)),
        along=tuple(each.id for each in rest),
    )


def companions(facts: Facts, now: datetime) -> Iterator[tuple[str, str]]:
    """Subject and id of what may wait to leave along: the reminders of the customer's other orders, or the tasks."""
    for task in facts.staff_tasks[:MOST_OF_A_DAY]:
        if task.message.status in UNCLAIMED and facts.shop.staff.gathers(BY_NAME[task.message.name].goes_to):
            yield task.message.subject, task.message.id
    for other in facts.others:
        subject = f"{other.order.kind}/{other.order.key}"
        for row, occurrence_id, decided_at in reminded(other):
            if now - decided_at <= LONGEST_WAIT:
                yield subject, message_id(facts.shop.id, row.kind, row.step, subject, occurrence_id, ChannelName.EMAIL)
