"""The outbox: whatever was planned and did not leave, was held until now, or was left by a crash."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.model.state import ASKED_AGAIN, LEASE, Conflict, DuePlace, Message
from shopbell.domain.model.vocabulary import ChannelName, MessageClass, Reason, Status, Sweep
from shopbell.errors import where
from shopbell.pool import Failed, Pool, batches
from shopbell.service.delivery.digest import Together, together
from shopbell.service.delivery.reroute import Reroute, Why
from shopbell.service.ports import Enqueue, Ledger, Log, Place, Store
from shopbell.service.subjects.planning import send_request_of

BATCH = 100
"""As many as DynamoDB reads in one call."""
MOST_DOUBTS = 3
"""Each allows one more try, so that two still lose nothing; after the third it takes another way, or somebody."""
ONCE_MORE = frozenset({MessageClass.TRANSACTIONAL, MessageClass.SERVICE, MessageClass.STAFF})
"""A task that comes twice has one link; one that never comes is a customer whom nobody rings."""


@dataclass(frozen=True, slots=True)
class Outbox:
    """`is_outage`: whether the table cannot be had, so that nothing else can be looked at either. `advance_due`: for
    subjects whose next step is no sweep's, what an event left undone."""

    store: Store
    ledger: Ledger
    enqueue: Enqueue
    reroute: Reroute
    log: Log
    is_outage: Callable[[Exception], bool]
    advance_due: Callable[[Sequence[DuePlace], datetime], object]
    pool: Pool

    def __call__(self, now: datetime, enough: Callable[[], bool] = lambda: False) -> int:
        """Asks for what waits, settles what is in doubt; returns how many were looked at."""
        looked, gathering = 0, Together(self.store)
        for places in batches(self.store.due(Sweep.OUTBOX, now), BATCH):
            if enough():
                break
            self._look(places, gathering, now)
            looked += len(places)
        self._gather(gathering.tasks, now)
        return looked

    def _look(self, places: Sequence[DuePlace], gathering: Together, now: datetime) -> None:
        """The messages of a batch first: a subject takes longer."""
        self._ask_for([place.key for place in places if place.is_message], gathering, now)
        for subjects in batches(place for place in places if not place.is_message):
            self.advance_due(subjects, now)

    def _ask_for(self, places: Sequence[Place], gathering: Together, now: datetime) -> None:
        messages = list(self.ledger.messages_at(places, self._unreadable))
        with self._wanted(messages, now, gathering) as wanted:
            self.enqueue([send_request_of(message) for message in wanted])

    def _gather(self, tasks: Sequence[Message], now: datetime) -> None:
        with self._wanted(tasks, now, None) as wanted:
            self.enqueue(list(together(wanted)))

    @contextmanager
    def _wanted(
        self, messages: Sequence[Message], now: datetime, gathering: Together | None
    ) -> Iterator[list[Message]]:
        """Those that are to be asked for; one that cannot be settled stands in the way of nobody. An outage is raised
        once the others were."""
        results = self.pool.each(lambda message: self._is_wanted(message, now, gathering), messages)
        yield [message for message, result in zip(messages, results, strict=True) if result is True]
        for message, result in zip(messages, results, strict=True):
            if isinstance(result, Failed):
                self._failed(message, result.error)

    def _failed(self, message: Message, error: Exception) -> None:
        if isinstance(error, Conflict):
            return  # somebody has it in hand
        if self.is_outage(error):
            raise error
        self.log("alarm", {"shop": message.shop, "message": message.id, **where(error)})

    def _is_wanted(self, message: Message, now: datetime, gathering: Together | None) -> bool:
        """What is asked for moves on in the index, so that the next tick does not ask again."""
        if message.look_at is None or message.look_at > now:
            return False  # the index lags behind the table
        if message.status is Status.SENDING:
            return self._settle(message, now)
        if gathering is not None and gathering.take(message):
            return False
        self.ledger.asked_for(message, now + ASKED_AGAIN)
        return True

    def _unreadable(self, place: Place, error: Exception) -> None:
        self.log("alarm", {"place": place[0], "item": place[1], **where(error)})

    def _settle(self, message: Message, now: datetime) -> bool:
        """A claim that ran out: nobody knows whether it left, and the class decides."""
        if message.claimed_at and message.claimed_at + LEASE > now:
            return False
        if may_go_again(message):
            self.ledger.reopen(message, now)
            return True
        self._give_up(message, now)
        return False

    def _give_up(self, message: Message, now: datetime) -> None:
        """Nobody will ever know. The other way first: done twice it is done once, left undone it would be lost."""
        doubts = message.doubts + 1
        facts: dict[str, object] = {"shop": message.shop, "message": message.id, "kind": message.kind, "doubts": doubts}
        self.log("alarm" if doubts >= MOST_DOUBTS else "left_in_doubt", facts)
        self.reroute(message, Why.SILENT, now)
        detail = f"{doubts} calls without an answer" if doubts > 1 else "a call without an answer"
        self.ledger.close(message, Status.UNKNOWN, message.given_up(Reason.PROVIDER_SILENT, detail, now))


def may_go_again(message: Message) -> bool:
    sms_of_another_class = (
        message.channel is ChannelName.SMS and message.message_class is not MessageClass.TRANSACTIONAL
    )
    return message.doubts + 1 < MOST_DOUBTS and message.message_class in ONCE_MORE and not sms_of_another_class
