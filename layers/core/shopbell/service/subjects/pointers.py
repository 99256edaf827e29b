"""What a customer's history has of their orders and complaints: written before these, placed or not, so that an erasure
finds what was never finished."""

from typing import Any

from shopbell.domain.model.complaint import Complaint
from shopbell.domain.model.order import Order
from shopbell.domain.model.state import Pointer
from shopbell.domain.model.subject import Entity, Subject
from shopbell.service.ports import Session
from shopbell.service.subjects.work import Work


def point(work: Work, before: Subject[Any], after: Subject[Any]) -> None:
    """As soon as it is known whose it is; of an order also whenever its total or owner changes."""
    if not after.customer:
        return
    match after.entity:
        case Order() if _shown(before) != _shown(after):
            add_pointer(work.session, after)
        case Complaint() if after.customer != before.customer:
            add_pointer(work.session, after)


def add_pointer(session: Session, subject: Subject[Entity]) -> None:
    """To an order or a complaint of somebody's, in their history."""
    match subject.entity:
        case Order() as order:
            skus = tuple(str(item.get("sku", "")) for item in order.items)
            pointer = Pointer(order.id, order.placed_at, order.amount("total"), order.text("currency"), skus)
            session.add_pointer(subject.customer, pointer)
        case Complaint() as complaint:
            session.add_complaint_pointer(subject.customer, complaint.id)


def _shown(subject: Subject[Order]) -> tuple[object, ...]:
    order = subject.entity
    return subject.customer, order.placed_at, order.amount("total")
