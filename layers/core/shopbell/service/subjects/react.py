"""React to an event: merge it, decide, plan, and schedule, all in one transaction."""

import random
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import Conflict, SendRequest
from shopbell.service.ports import ContactKey, Enqueue, Session, Store
from shopbell.service.subjects.bonuses import spend
from shopbell.service.subjects.complaints import merge_complaint
from shopbell.service.subjects.coupons import redeem
from shopbell.service.subjects.customers import merge_customer
from shopbell.service.subjects.erase import Erase
from shopbell.service.subjects.orders import PLACED, merge_order
from shopbell.service.subjects.retry import retry_on_conflict
from shopbell.service.subjects.tasks import close_task

Merge = Callable[[Session, Event, Shop, datetime, ContactKey], list[SendRequest]]
MERGES: Mapping[str, Merge] = {
    EventType.CALL_DONE: close_task,
    EventType.COUPON_REDEEMED: redeem,
    EventType.BONUS_SPENT: spend,
    EventType.COMPLAINT_OPENED: merge_complaint,
    EventType.COMPLAINT_RESOLVED: merge_complaint,
}
"""Events of a kind of their own; the others are about an order, or else about a customer."""


@dataclass(frozen=True, slots=True)
class React:
    """The use case; `pause` waits so many seconds before another attempt."""

    store: Store
    enqueue: Enqueue
    contact_key: ContactKey
    pause: Callable[[float], None] = time.sleep

    def __call__(self, event: Event, shop: Shop, now: datetime) -> None:
        """Raises Conflict when the subject is written to all the time; the queue brings the event again."""
        if event.type == EventType.CUSTOMER_ERASED:
            Erase(self.store, self.contact_key)(event, now)
            return
        send_requests = retry_on_conflict(lambda: self._try(event, shop, now), self._wait)
        self.enqueue(send_requests)
        if event.type == PLACED and send_requests:  # told again, it is no second order
            with suppress(Conflict):  # a count more or less of what goes with what harms nobody
                self.store.learn(event.shop, event.order.get("items") or ())

    def _wait(self, attempt: int) -> None:
        self.pause(random.uniform(0, 0.05 * 2**attempt))

    def _try(self, event: Event, shop: Shop, now: datetime) -> list[SendRequest]:
        merge = MERGES.get(event.type, merge_order if event.order_id is not None else merge_customer)
        session = self.store.session(event.shop)
        self._forget_guests(session, event, now)
        send_requests = merge(session, event, shop, now, self.contact_key)
        session.commit()
        return send_requests

    def _forget_guests(self, session: Session, event: Event, now: datetime) -> None:
        known = session.order(event.order_id).customer if event.order_id is not None and event.customer_id else ""
        if Erase(self.store, self.contact_key).guests(event, session, known, now):
            raise Conflict("guests were forgotten with whom they turned out to be: read again")
