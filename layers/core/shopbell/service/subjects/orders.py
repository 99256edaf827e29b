"""What an event makes of an order, and of the complaints and questions about one."""

from collections.abc import Mapping

from shopbell.domain.model.events import Event, Json
from shopbell.domain.model.record import Occurrences, Record, field_versions
from shopbell.domain.model.state import SendRequest
from shopbell.service.subjects.merging import merge_subject
from shopbell.service.subjects.work import Work

FIELDS_OF_THE_ORDER = {"order_number": "number", "order_total": "total", "order_currency": "currency"}
"""What a complaint's letters say of the order that it is about."""


def merge_order(work: Work, event: Event, more: Occurrences | None = None) -> list[SendRequest]:
    """`more`: what else happened by the same event (a call that confirmed the order)."""
    before = work.session.order(event.order_id or "")
    return merge_subject(work, event, before, more=Record(occurrences=more or {}))


def merge_complaint(work: Work, event: Event, complaint_id: str = "") -> list[SendRequest]:
    """`complaint_id`: where the event itself does not name it. Whose it is the order knows that it is about."""
    words: Mapping[str, Json] = event.extra.get("complaint") or {}
    before = work.session.complaint(complaint_id or str(words["id"]))
    about = str(words.get("order") or before.entity.about)
    if not about:
        return merge_subject(work, event, before)
    order = work.session.order(about)
    fields = {path: order.entity.record.get(name) for path, name in FIELDS_OF_THE_ORDER.items()}
    more = Record(field_versions(fields, event)) if order.version else Record()
    return merge_subject(work, event, before, order.customer, more)
