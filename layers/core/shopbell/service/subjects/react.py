"""React to an event: merge it, decide, plan, and say what comes next, all in one transaction."""

import random
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import Conflict, SendRequest
from shopbell.domain.rules.companions import is_learnt_from
from shopbell.service.ports import Enqueue
from shopbell.service.subjects.bonuses import spend
from shopbell.service.subjects.coupons import redeem
from shopbell.service.subjects.customers import merge_customer
from shopbell.service.subjects.erase import Erase
from shopbell.service.subjects.identity import contacts_of
from shopbell.service.subjects.orders import merge_complaint, merge_order
from shopbell.service.subjects.retry import retry_on_conflict
from shopbell.service.subjects.tasks import close_task
from shopbell.service.subjects.withdrawals import withdraw
from shopbell.service.subjects.work import Work, Workplace

Merge = Callable[[Work, Event], list[SendRequest]]
MERGES: Mapping[str, Merge] = {
    EventType.CALL_DONE: close_task,
    EventType.CUSTOMER_UNSUBSCRIBED: withdraw,
    EventType.COUPON_REDEEMED: redeem,
    EventType.BONUS_SPENT: spend,
    EventType.COMPLAINT_OPENED: merge_complaint,
    EventType.COMPLAINT_RESOLVED: merge_complaint,
}
"""Events of a kind of their own; the others are about an order, or else about a customer."""


@dataclass(frozen=True, slots=True)
class React:
    """The use case; `pause` waits so many seconds before another attempt."""

    workplace: Workplace
    enqueue: Enqueue
    pause: Callable[[float], None] = time.sleep

    def __call__(self, event: Event, shop: Shop, now: datetime) -> None:
        """Raises Conflict when the subject is written to all the time; the queue brings the event again."""
        if event.type == EventType.CUSTOMER_ERASED:
            Erase(self.workplace)(event, shop, now)
            return
        requests = retry_on_conflict(lambda: self._try(event, shop, now), self._wait)
        self.enqueue(requests)
        if event.type == EventType.ORDER_PLACED and requests and is_learnt_from(event.order_id or ""):
            with suppress(Conflict):  # a count more or less of what goes with what harms nobody
                self.workplace.store.learn(event.shop, event.order.get("items") or ())

    def _wait(self, attempt: int) -> None:
        self.pause(random.uniform(0, 0.05 * 2**attempt))

    def _try(self, event: Event, shop: Shop, now: datetime) -> list[SendRequest]:
        merge = MERGES.get(event.type, merge_order if event.order_id is not None else merge_customer)
        work = self.workplace.work(shop, now)
        self._forget_guests(work, event)
        requests = merge(work, event)
        work.session.commit()
        self.workplace.count_deliveries(work)
        return requests

    def _forget_guests(self, work: Work, event: Event) -> None:
        """The contacts are read first, and with them all that the event names: one call."""
        contacts_of(work.session, event, work.contact_key)
        names_both = event.order_id is not None and event.customer_id
        owner = work.session.order(event.order_id or "").customer if names_both else ""
        if Erase(self.workplace).guests(work, event, owner):
            raise Conflict("guests were forgotten with whom they turned out to be: read again")
