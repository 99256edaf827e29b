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
    """As soon as it is known whose it is; of an order also whenever its total, its things or its owner change. A
    complaint of nobody known stands with the order that it is about, and is kept as long as something is told of it."""
    match after.entity:
        case Order() if after.customer and _shown(before) != _shown(after):
            add_pointer(work.session, after)
        case Complaint() if after.customer and after.customer != before.customer:
            add_pointer(work.session, after)
        case Complaint() as complaint if complaint.about and not after.customer:
            work.session.add_complaint_pointer(f"order/{complaint.about}", complaint.id)


def add_pointer(session: Session, subject: Subject[Entity]) -> None:
    """To an order or a complaint of somebody's, in their history."""
    match subject.entity:
        case Order() as order:
            pointer = Pointer(order.id, order.placed_at, order.amount("total"), order.text("currency"), _skus(order))
            session.add_pointer(subject.customer, pointer)
        case Complaint() as complaint:
            session.add_complaint_pointer(f"customer/{subject.customer}", complaint.id)


def _shown(subject: Subject[Order]) -> tuple[object, ...]:
    order = subject.entity
    return subject.customer, order.placed_at, order.amount("total"), _skus(order)


def _skus(order: Order) -> tuple[str, ...]:
    return tuple(str(item.get("sku", "")) for item in order.items)
