"""What a customer's history has of their orders and complaints: written before these, placed or not, so that an erasure
finds what was never finished."""

from typing import Any

from shopbell.domain.model.complaint import Complaint
from shopbell.domain.model.order import Order
from shopbell.domain.model.state import Pointer
from shopbell.domain.model.subject import Subject
from shopbell.service.subjects.work import Work


def point(work: Work, before: Subject[Any], after: Subject[Any]) -> None:
    """As soon as it is known whose it is; of an order also whenever its total or owner changes."""
    if not after.customer:
        return
    match after.entity:
        case Order() as order if _shown(before) != _shown(after):
            skus = tuple(str(item.get("sku", "")) for item in order.items)
            pointer = Pointer(order.id, order.placed_at, order.amount("total"), order.text("currency"), skus)
            work.session.add_pointer(after.customer, pointer)
        case Complaint() as complaint if after.customer != before.customer:
            work.session.add_complaint_pointer(after.customer, complaint.id)


def _shown(subject: Subject[Order]) -> tuple[object, ...]:
    order = subject.entity
    return subject.customer, order.placed_at, order.amount("total")
