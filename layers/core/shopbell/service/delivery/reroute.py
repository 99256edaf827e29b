"""News of an order that did not arrive goes another way; where there is none, the shop's staff hear of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum, auto

from shopbell.domain.deciding.decide import StepDecision, decide, judge
from shopbell.domain.journeys import BY_NAME, NEWS
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.order import UNDELIVERED
from shopbell.domain.model.record import Occurrence, Record
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import Message, OrderState, SendRequest
from shopbell.domain.model.vocabulary import ChannelName, MessageClass, Outcome, Reason, Status
from shopbell.domain.time.calendar import format_stamp
from shopbell.service.ports import ContactKey, Enqueue, Ledger, Session, Store
from shopbell.service.subjects.identity import facts_about, load
from shopbell.service.subjects.planning import (
    carry_out,
    is_asked_for,
    message_of,
    request_when_due,
    trigger_of,
    with_step_decisions,
)
from shopbell.service.subjects.retry import retry_on_conflict

NO_WAY = frozenset({Reason.NO_CONTACT, Reason.NO_CONSENT, Reason.BOUNCED, Reason.COMPLAINED})
CAME_TO_NOTHING = frozenset({Status.FAILED, Status.BOUNCED, Status.UNKNOWN})
OTHER = {ChannelName.EMAIL: ChannelName.SMS, ChannelName.SMS: ChannelName.EMAIL}
TO_STAFF = tuple(row for row in NEWS if row.event_type == UNDELIVERED)


class Why(StrEnum):
    """Why it did not arrive: the address does not work, the provider would not take the message, or it never said."""

    BOUNCED = auto()
    REFUSED = auto()
    SILENT = auto()


@dataclass(frozen=True, slots=True)
class Reroute:
    """The use case: the same step of the same occurrence by the other channel, if it is still to be told."""

    store: Store
    ledger: Ledger
    contact_key: ContactKey
    enqueue: Enqueue

    def __call__(self, message: Message, why: Why, now: datetime) -> None:
        """Does nothing for what is not news of an order. Raises Conflict after several attempts."""
        shop = self.store.shop(message.shop)
        if shop is None or message.message_class is not MessageClass.TRANSACTIONAL or message.name not in BY_NAME:
            return
        self.enqueue(retry_on_conflict(lambda: self._try(shop, message, why, now)))

    def _try(self, shop: Shop, message: Message, why: Why, now: datetime) -> Sequence[SendRequest]:
        session = self.store.session(shop.id)
        send_requests = self._plan(session, shop, message, why, now)
        session.commit()
        return send_requests

    def _plan(self, session: Session, shop: Shop, message: Message, why: Why, now: datetime) -> Sequence[SendRequest]:
        state = session.order(message.order)
        person = load(session, shop.id, state.customer or message.customer, self.contact_key)
        facts = facts_about(shop, person, state.decided_steps, order=state.order)
        step_decision = _other_way(facts.without(message.channel), message, now)
        if step_decision.outcome is Outcome.SKIPPED or step_decision.channel is None:
            carry_out(session, facts, [replace(step_decision, channel=OTHER[message.channel])], now)
            return _tell_staff(session, facts, state, message, why, now) if step_decision.reason in NO_WAY else ()
        other = replace(message_of(facts, step_decision, step_decision.channel, now), instead_of=message.channel)
        known = self.ledger.message(other.shop, other.subject, other.id)
        if known is None:
            session.add_message(other)
            return [request_when_due(other, now)] if is_asked_for(step_decision, now) else ()
        return _tell_staff(session, facts, state, message, why, now) if known.status in CAME_TO_NOTHING else ()


def _other_way(facts: Facts, message: Message, now: datetime) -> StepDecision:
    journey = BY_NAME[message.name]
    step_decision = judge(facts, journey, trigger_of(facts, message, now), now)[0]
    late = step_decision.reason is Reason.STALE_EVENT
    return replace(step_decision, reason=Reason.WINDOW_PASSED) if late else step_decision


def _tell_staff(
    session: Session, facts: Facts, state: OrderState, message: Message, why: Why, now: datetime
) -> Sequence[SendRequest]:
    """Once an order, whatever else of it does not arrive."""
    stamp = f"{format_stamp(now)}|{message.id}"
    said = {"news": message.kind, "channel": str(message.channel), "why": str(why)}
    happened = Record(occurrences={UNDELIVERED: {"": Occurrence(now, stamp, said)}})
    order = replace(state.order, record=state.order.record.merged(happened))
    facts = replace(facts, order=order)
    step_decisions = decide(facts, TO_STAFF, now)
    session.save_order(
        replace(state, order=order, decided_steps=with_step_decisions(state.decided_steps, step_decisions, now))
    )
    return carry_out(session, facts, step_decisions, now)
