"""What is counted when something was decided, for the report of the month."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from shopbell.domain.deciding.decide import StepDecision
from shopbell.domain.journeys import BY_NAME
from shopbell.domain.journeys.row import Journey
from shopbell.domain.journeys.sleeping import CALL, FIRST
from shopbell.domain.journeys.stock import BACK
from shopbell.domain.model.agenda import Agenda
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.figures import WITHIN, Count, Figure, named
from shopbell.domain.model.letter import Letter
from shopbell.domain.model.order import Order
from shopbell.domain.model.purchases import purchases
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.sms import segments
from shopbell.domain.model.told import told_name
from shopbell.domain.model.vocabulary import ChannelName, MessageClass, Outcome, Reason
from shopbell.domain.rules.account import account_of
from shopbell.domain.time.calendar import local_day
from shopbell.domain.time.span import working_hours

SOON, WITHIN_DAYS = timedelta(days=30), timedelta(days=7)
"""So long after a letter an order counts as an answer to it, and after the word that something is back (R109)."""
GOOD = 4
MOST_NAME = 60
NO_WORD_LEFT_OUT = frozenset({Reason.NO_LONGER_TRUE, Reason.DISABLED, Reason.STALE_EVENT, Reason.ALREADY_SENT})
"""Reasons of a step that was none: nobody fell asleep who ordered meanwhile."""


def month_of(moment: datetime, shop: Shop) -> str:
    return local_day(moment, shop.zone).isoformat()[:7]


def counted(
    facts: Facts, before: Any, decided: Sequence[StepDecision], agenda: Agenda, now: datetime
) -> Iterator[Figure]:
    """`before`: the subject's entity until then; `agenda`: of the customer, with what was decided of them."""
    month = month_of(now, facts.shop)
    yield from _steps(month, decided, agenda)
    if facts.order is not None and isinstance(before, Order) and not facts.order.erased:
        yield from _order(facts, facts.order, before, month, agenda)


def left(letter: Letter, month: str) -> list[Figure]:
    """What a letter counts as that has left."""
    figures = [Figure(month, named(Count.SENT, letter.kind, letter.channel))]
    if letter.channel is ChannelName.SMS:
        figures.append(Figure(month, Count.SEGMENTS, segments(letter.text)))
    if letter.message_class is MessageClass.MARKETING:
        figures.append(Figure(month, Count.MAILED))
    return figures


def kept_back(reason: Reason, month: str) -> Figure:
    return Figure(month, named(Count.KEPT, reason))


def _steps(month: str, decided: Sequence[StepDecision], agenda: Agenda) -> Iterator[Figure]:
    for each in decided:
        if each.outcome is Outcome.SKIPPED and not each.journey.is_task:
            yield kept_back(each.reason, month)
        if each.reason is Reason.LOST:
            yield Figure(month, Count.LOST)
        if each.journey.kind in (FIRST, CALL) and _fell_asleep(each):
            yield Figure(month, Count.ASLEEP)
        if (group := group_of(each.journey)) and (counts := _arm(each)) and _begins(each, group, agenda):
            yield Figure(month, named(counts, group))


def _fell_asleep(each: StepDecision) -> bool:
    """Whoever is rung gets no letter: one of the two counts."""
    if each.journey.kind == FIRST and each.reason is Reason.SUPERSEDED:
        return False
    return each.outcome in (Outcome.SENT, Outcome.SKIPPED) and not (
        each.reason in NO_WORD_LEFT_OUT or (each.journey.kind == CALL and each.outcome is Outcome.SKIPPED)
    )


def group_of(journey: Journey) -> str:
    """What letters are compared by: a series, and the word that something is there again."""
    return str(journey.series or "") or (journey.kind if journey.kind == BACK else "")


def _arm(each: StepDecision) -> Count | None:
    if each.outcome is Outcome.SENT:
        return Count.TOLD
    return Count.HELD_OUT if each.reason is Reason.HOLDOUT else None


def soon(group: str) -> timedelta:
    return WITHIN_DAYS if group == BACK else SOON


def episodes(agenda: Agenda, group: str) -> list[tuple[datetime, Count]]:
    """When a journey wrote to a customer, or would have: what follows soon belongs to it."""
    steps = sorted(
        (step.at, Count.HELD_OUT if step.is_held_out else Count.TOLD)
        for key, step in agenda.decided.items()
        if (journey := BY_NAME.get(key.partition("|")[0])) is not None and group_of(journey) == group
        if step.is_held_out or step.outcome is Outcome.SENT
    )
    begun: list[tuple[datetime, Count]] = []
    for at, arm in steps:
        if not begun or at - begun[-1][0] > soon(group):
            begun.append((at, arm))
    return begun


def _begins(each: StepDecision, group: str, agenda: Agenda) -> bool:
    step = agenda.decided.get(each.key)
    return step is not None and any(at == step.at for at, _ in episodes(agenda, group))


def _order(facts: Facts, order: Order, before: Order, month: str, agenda: Agenda) -> Iterator[Figure]:
    shop = facts.shop
    placed = order.happened(EventType.ORDER_PLACED)
    if placed and not before.happened(EventType.ORDER_PLACED):
        yield from _placed(order, shop, facts.customer, month, agenda)
    accepted = order.record.occurrences.get(EventType.ORDER_ACCEPTED, {})
    if accepted and placed and not (_both(before)):
        yield Figure(month, named(Count.ACCEPTED, str(_hours(order, shop))))
    yield from _reviews(order, before, month)


def _both(order: Order) -> bool:
    return order.happened(EventType.ORDER_PLACED) and order.happened(EventType.ORDER_ACCEPTED)


def _placed(order: Order, shop: Shop, customer: Customer, month: str, agenda: Agenda) -> Iterator[Figure]:
    yield Figure(month, Count.ORDERS)
    total = account_of(order, shop).total
    if total and order.text("currency") == shop.currency:
        yield Figure(month, Count.SPENT, int(total * 100))
    if order.prepaid:
        yield Figure(month, Count.PREPAID)
    others = [each.at for each in purchases(customer) if each.order != order.id]
    if not any(month_of(at, shop) == month for at in others):
        yield Figure(month, Count.BUYERS)
    at = order.begun_at
    for group in {group_of(journey) for journey in BY_NAME.values()} - {""} if at else ():
        yield from _answers(group, at, others, shop, agenda)


def _answers(
    group: str, at: datetime | None, others: Sequence[datetime], shop: Shop, agenda: Agenda
) -> Iterator[Figure]:
    """The first order since counts, where it comes soon."""
    begun = [(told, arm) for told, arm in episodes(agenda, group) if at and told <= at <= told + soon(group)]
    if begun and not any(begun[-1][0] <= other for other in others):
        told, arm = begun[-1]
        counts = Count.BACK if arm is Count.TOLD else Count.BACK_UNTOLD
        yield Figure(month_of(told, shop), named(counts, group))


def _hours(order: Order, shop: Shop) -> int:
    """Within how many working hours it was accepted; 0: in more."""
    begun, accepted = order.begun_at, order.first(EventType.ORDER_ACCEPTED)
    if begun is None or accepted is None:
        return 0
    return next((hours for hours in WITHIN if accepted <= shop.calendar.plus(begun, working_hours(hours))), 0)


def _reviews(order: Order, before: Order, month: str) -> Iterator[Figure]:
    known = before.record.occurrences.get(EventType.REVIEW_POSTED, {})
    courier = told_name(order.text("delivery.courier"))[:MOST_NAME]
    for name, review in order.record.occurrences.get(EventType.REVIEW_POSTED, {}).items():
        rating = review.facts.get("rating")
        if name in known or rating is None:
            continue
        yield Figure(month, named(Count.REVIEWED, courier))
        if Decimal(str(rating)) >= GOOD:
            yield Figure(month, named(Count.PRAISED, courier))
