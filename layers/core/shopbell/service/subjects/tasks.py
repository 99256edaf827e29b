"""What came of a staff task, told by the shop (`call.done`) or on the task's own page."""

from dataclasses import replace

from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.record import Occurrence, Occurrences, event_version
from shopbell.domain.model.state import ListedTask, SendRequest, Task
from shopbell.domain.model.vocabulary import Reason, SubjectKind
from shopbell.service.subjects.campaigns import merge_campaign
from shopbell.service.subjects.customers import NOBODY, merge_customer
from shopbell.service.subjects.orders import merge_complaint, merge_order
from shopbell.service.subjects.planning import record_left_out
from shopbell.service.subjects.work import Work


def close_task(work: Work, event: Event) -> list[SendRequest]:
    """Remembered by the order, complaint or customer that the task was about."""
    task = work.session.task(str(event.extra["task"]))
    if task is None:
        record_left_out(work, event, NOBODY, Reason.MISSING_FACTS, "there is no such task")
        return []
    about, _, key = task.subject.partition("/")
    if about == SubjectKind.STAFF:
        record_left_out(work, event, task.subject, Reason.NOTHING_TO_TELL, "each task of a day is answered by itself")
        return []
    _close(work, task, event)
    event = replace(event, extra={**event.extra, **_step(task)})
    if about == SubjectKind.ORDER:
        return merge_order(work, replace(event, order_id=key), _accepted(event))
    if about == SubjectKind.CAMPAIGN:
        return merge_campaign(work, event, key)
    merge = merge_complaint if about == SubjectKind.COMPLAINT else merge_customer
    return merge(work, event, key)


def _close(work: Work, task: Task, event: Event) -> None:
    """In the list of tasks; the order, complaint or customer remembers it for good."""
    outcome = str(event.extra.get("outcome", ""))
    work.session.list_task(ListedTask(task.id, task.subject, event.at, outcome, event.at))


def _step(task: Task) -> dict[str, str]:
    return {"kind": task.kind, "name": task.name, "occurrence": task.occurrence_id}


def _accepted(event: Event) -> Occurrences:
    """An order that was confirmed on the phone is accepted."""
    if event.extra.get("outcome") != "accepted":
        return {}
    return {EventType.ORDER_ACCEPTED: {"": Occurrence(event.at, event_version(event))}}
