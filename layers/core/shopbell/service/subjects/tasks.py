"""What came of a staff task, told by the shop (`call.done`) or on the task's own page."""

from dataclasses import replace
from datetime import datetime

from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.record import Occurrence, Occurrences, event_version
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import SendRequest, Task
from shopbell.domain.model.vocabulary import Reason
from shopbell.service.ports import ContactKey, Session
from shopbell.service.subjects.complaints import merge_complaint
from shopbell.service.subjects.customers import NOBODY, merge_customer
from shopbell.service.subjects.orders import merge_order
from shopbell.service.subjects.planning import left_out


def close_task(session: Session, event: Event, shop: Shop, now: datetime, contact_key: ContactKey) -> list[SendRequest]:
    """Remembered by the order, complaint or customer that the task was about."""
    task = session.task(str(event.extra["task"]))
    if task is None:
        said = left_out(event, event.type, Reason.MISSING_FACTS, "there is no such task", now)
        session.add_decision(NOBODY, said, event.id)
        return []
    about, _, name = task.subject.partition("/")
    event = replace(event, extra={**event.extra, **_step(task)})
    if about == "order":
        return merge_order(session, replace(event, order_id=name), shop, now, contact_key, _accepted(event))
    merge = merge_complaint if about == "complaint" else merge_customer
    return merge(session, event, shop, now, contact_key, name)


def _step(task: Task) -> dict[str, str]:
    return {"kind": task.kind, "name": task.name, "occurrence": task.occurrence_id}


def _accepted(event: Event) -> Occurrences:
    """An order that was confirmed on the phone is accepted."""
    if event.extra.get("outcome") != "accepted":
        return {}
    return {EventType.ORDER_ACCEPTED: {"": Occurrence(event.at, event_version(event))}}
