"""React to events: merge each, decide, plan, and say what comes next, all in one transaction an event."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import Conflict, SendRequest
from shopbell.pool import Failed
from shopbell.service.in_step import in_step
from shopbell.service.ports import Enqueue, Reads
from shopbell.service.subjects.bonuses import spend
from shopbell.service.subjects.campaigns import merge_campaign
from shopbell.service.subjects.coupons import redeem
from shopbell.service.subjects.customers import merge_customer
from shopbell.service.subjects.erase import Erase
from shopbell.service.subjects.identity import contacts_of
from shopbell.service.subjects.orders import merge_complaint, merge_order
from shopbell.service.subjects.rounds import Piece, Rounds
from shopbell.service.subjects.tasks import close_task
from shopbell.service.subjects.told import grouped, reading_event
from shopbell.service.subjects.wishes import restock
from shopbell.service.subjects.withdrawals import withdraw
from shopbell.service.subjects.work import Work, Workplace

Merge = Callable[[Work, Event], list[SendRequest]]
MERGES: Mapping[str, Merge] = {
    EventType.CALL_DONE: close_task,
    EventType.CUSTOMER_UNSUBSCRIBED: withdraw,
    EventType.COUPON_REDEEMED: redeem,
    EventType.BONUS_SPENT: spend,
    EventType.PRODUCT_RESTOCKED: restock,
    EventType.COMPLAINT_OPENED: merge_complaint,
    EventType.COMPLAINT_RESOLVED: merge_complaint,
    EventType.CAMPAIGN_REQUESTED: merge_campaign,
}
"""Events of a kind of their own; the others are about an order, or else about a customer."""
Told = tuple[Event, Shop]


@dataclass(frozen=True, slots=True)
class React:
    """The use case; `pause` waits so many seconds before another attempt; `is_outage`: whether the table cannot be had,
    so that nothing else can be looked at either."""

    workplace: Workplace
    enqueue: Enqueue
    is_outage: Callable[[Exception], bool]
    pause: Callable[[float], None] = time.sleep

    def __call__(self, told: Sequence[Told], now: datetime) -> list[Exception | None]:
        """Why nothing came of each, if so: Conflict where its subject is written to all the time. The queue brings it
        again."""
        reads = self.workplace.store.reads()
        touched = self._touched(told, reads, now)
        failed = {number: names.error for number, names in enumerate(touched) if isinstance(names, Failed)}
        groups = grouped([() if isinstance(names, Failed) else names for names in touched])
        pieces = [self._pieces(told, [number for number in group if number not in failed], now) for group in groups]
        done = Rounds(self.workplace, reads, now, pause=self._wait)(pieces)
        self.enqueue(done.requests)
        failed |= done.failed
        return [failed.get(number) for number in range(len(told))]

    def _touched(self, told: Sequence[Told], reads: Reads, now: datetime) -> list[frozenset[str] | Failed]:
        sessions = [self.workplace.work(shop, now, reads=reads).session for _, shop in told]
        readers = [
            reading_event(session, event, self.workplace.contact_key)
            for session, (event, _) in zip(sessions, told, strict=True)
        ]
        names = in_step(readers, self.is_outage)
        return [_of_shop(each, shop.id) for each, (_, shop) in zip(names, told, strict=True)]

    def _pieces(self, told: Sequence[Told], numbers: Sequence[int], now: datetime) -> list[Piece]:
        """In the order in which it happened, as far as that is known."""
        in_time = sorted(numbers, key=lambda number: told[number][0].timestamp)
        return [self._piece(number, *told[number], now) for number in in_time]

    def _piece(self, number: int, event: Event, shop: Shop, now: datetime) -> Piece:
        if event.type == EventType.CUSTOMER_ERASED:
            return Piece(number, shop, lambda work: self._erase(work, event, shop, now))
        return Piece(number, shop, lambda work: self._merge(work, event))

    def _erase(self, work: Work, event: Event, shop: Shop, now: datetime) -> list[SendRequest]:
        """In transactions of its own, so that what the batch has read is over."""
        try:
            Erase(self.workplace)(event, shop, now)
        finally:
            work.session.forget(all_of_batch=True)
        return []

    def _merge(self, work: Work, event: Event) -> list[SendRequest]:
        merge = MERGES.get(event.type, merge_order if event.order_id is not None else merge_customer)
        self._forget_guests(work, event)
        return merge(work, event)

    def _wait(self, attempt: int) -> None:
        self.pause(random.uniform(0, 0.05 * 2**attempt))  # noqa: S311  # only spreads the tries

    def _forget_guests(self, work: Work, event: Event) -> None:
        """The contacts are read first, and with them all that the event names: one call."""
        contacts_of(work.session, event, work.contact_key)
        names_both = event.order_id is not None and event.customer_id
        owner = work.session.order(event.order_id or "").customer if names_both else ""
        if Erase(self.workplace).guests(work, event, owner):
            raise Conflict("guests were forgotten with whom they turned out to be: read again")


def _of_shop(names: frozenset[str] | Failed, shop: str) -> frozenset[str] | Failed:
    return names if isinstance(names, Failed) else frozenset(f"{shop}#{name}" for name in names)
