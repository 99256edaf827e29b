"""The other orders of whoever an order is of, where a reminder of it is due, and a customer's orders, where they are to
be asked about themselves: one query, and one read of their heads."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from shopbell.domain.deciding.reminders import is_others_turn
from shopbell.domain.model.facts import Facts, OtherOrder
from shopbell.domain.model.order import Order
from shopbell.domain.model.state import Pointer
from shopbell.domain.model.subject import Subject
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.service.ports import Session

MOST = 20
"""Of the newest; whoever orders more in the weeks of a reminder is no customer who tries twice."""
LONG_AGO = datetime.min.replace(tzinfo=UTC)


def with_others_where_due(session: Session, facts: Facts, now: datetime) -> Facts:
    return with_others(session, facts) if is_others_turn(facts, now) else facts


def with_others(session: Session, facts: Facts) -> Facts:
    """Those of the customer, of the guests they were, and of all who named their e-mail address."""
    if facts.about not in (SubjectKind.ORDER, SubjectKind.CUSTOMER) or not facts.customer.key:
        return facts
    named = (facts.email.whose, *facts.email.also) if facts.email else ()
    keys = [facts.customer.key, *facts.customer.aliases, *named]
    pointers = session.pointers(key for key in dict.fromkeys(keys) if key)
    newest = sorted(_others(pointers, facts.order_id), key=lambda each: each.placed_at or LONG_AGO, reverse=True)
    orders = session.orders([each.order for each in newest[:MOST]])
    return replace(facts, others=tuple(_other(order) for order in orders))


def _others(pointers: Iterable[Pointer], order: str) -> list[Pointer]:
    return list({each.order: each for each in pointers if each.order != order}.values())


def _other(order: Subject[Order]) -> OtherOrder:
    return OtherOrder(order.entity, order.agenda)
