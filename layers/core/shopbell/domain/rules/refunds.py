"""What is told of a refund: together with what was told of the others never more than came."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.order import Order
from shopbell.domain.model.vocabulary import Kind
from shopbell.domain.rules.account import account_of


def amount_to_tell(facts: Facts, name: Kind, refund_id: str) -> Decimal | None:
    """None where there is no such refund. A late word of one that was before another takes its place in the account; of
    the other was told what it was without. `name`: of the letter that tells of refunds."""
    order = facts.order
    refund = account_of(order, facts.shop).refunds.get(refund_id) if order else None
    if order is None or refund is None:
        return None
    told = list(_told_before(facts, name, refund_id))
    if not told:
        return refund.amount
    without = account_of(_without(order, refund_id), facts.shop)
    so_far = sum((without.refunds[other].amount for other in told if other in without.refunds), Decimal(0))
    return max(min(refund.amount, without.paid + without.reversed - so_far), Decimal(0))


def _told_before(facts: Facts, name: Kind, refund_id: str) -> Iterator[str]:
    ours = facts.agenda.decided.get(f"{name}|{refund_id}")
    for other, step in facts.agenda.not_skipped(name):
        if other != refund_id and (ours is None or step.at < ours.at):
            yield other


def _without(order: Order, refund_id: str) -> Order:
    occurrences = order.record.occurrences
    refunds = {name: each for name, each in occurrences[EventType.ORDER_REFUNDED].items() if name != refund_id}
    return replace(order, record=replace(order.record, occurrences={**occurrences, EventType.ORDER_REFUNDED: refunds}))
