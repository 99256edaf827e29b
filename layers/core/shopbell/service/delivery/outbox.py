"""The outbox: whatever was planned and did not leave, was held until now, or was left by a crash."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.model.failures import what_failed
from shopbell.domain.model.state import LEASE, Conflict, Message
from shopbell.domain.model.vocabulary import ChannelName, MessageClass, Reason, Status
from shopbell.service.delivery.digest import Together
from shopbell.service.delivery.reroute import Reroute, Why
from shopbell.service.ports import Enqueue, Ledger, Log, Place, Store
from shopbell.service.subjects.planning import send_request_of

MOST_DOUBTS = 3
"""Each allows one more try, so that two still lose nothing; after the third it takes another way, or somebody."""
ONCE_MORE = frozenset({MessageClass.TRANSACTIONAL, MessageClass.SERVICE, MessageClass.STAFF})
"""A task that comes twice has one link; one that never comes is a customer whom nobody rings."""


@dataclass(frozen=True, slots=True)
class Outbox:
    """`outages`: what is raised while the table cannot be had, and nothing else can be looked at either."""

    store: Store
    ledger: Ledger
    enqueue: Enqueue
    reroute: Reroute
    log: Log
    outages: tuple[type[Exception], ...]

    def __call__(self, now: datetime, enough: Callable[[], bool] = lambda: False) -> int:
        """Rings for what waits, settles what is in doubt; returns how many were looked at."""
        looked, together = 0, Together(self.store)
        for place in self.store.due("outbox", now):
            if enough():
                break
            self._look_at(place, together, now)
            looked += 1
        self.enqueue(together.send_requests())
        return looked

    def _look_at(self, place: Place, together: Together, now: datetime) -> None:
        """One that cannot be read or settled stands in the way of nobody."""
        try:
            message = self.ledger.message_at(place)
            if message is not None and not together.take(message):
                self._look(message, now)
        except self.outages:
            raise
        except Exception as error:
            self.log("alarm", {"place": place[0], "item": place[1], **what_failed(error)})

    def _look(self, message: Message, now: datetime) -> None:
        if message.status is Status.SENDING:
            self._settle(message, now)
        else:
            self.enqueue([send_request_of(message)])

    def _settle(self, message: Message, now: datetime) -> None:
        """A claim that ran out: nobody knows whether it left; the class decides (reliability, after a doubt)."""
        if message.claimed_at and message.claimed_at + LEASE > now:
            return
        try:
            if may_go_again(message):
                self.ledger.reopen(message, now)
                self.enqueue([send_request_of(message)])
            else:
                self._give_up(message, now)
        except Conflict:
            return  # it was settled meanwhile

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
