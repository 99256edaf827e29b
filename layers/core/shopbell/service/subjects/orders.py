"""What an event makes of an order, and of the complaints and questions about one."""

from collections.abc import Mapping

from shopbell.domain.model.events import Event, Json
from shopbell.domain.model.money import format_amount
from shopbell.domain.model.order import Order
from shopbell.domain.model.record import Occurrences, Record, field_versions
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import SendRequest
from shopbell.domain.rules.account import account_of
from shopbell.service.subjects.merging import merge_subject
from shopbell.service.subjects.work import Work


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
    more = Record(field_versions(_told_of(order.entity, work.shop), event)) if order.version else Record()
    return merge_subject(work, event, before, order.customer, more)


def _told_of(order: Order, shop: Shop) -> Mapping[str, Json]:
    """What a complaint's letters say of the order that it is about."""
    total = account_of(order, shop).total
    return {
        "order_number": order.record.get("number"),
        "order_total": None if total is None else format_amount(total),
        "order_currency": order.record.get("currency"),
    }
