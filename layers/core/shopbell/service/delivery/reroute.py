"""News of an order that did not arrive goes another way; where there is none, the shop's staff hear of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum, auto

from shopbell.domain.deciding.decide import StepDecision, judge
from shopbell.domain.deciding.unheard import NO_WAY, unheard_news
from shopbell.domain.journeys import BY_NAME
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import Message, SendRequest
from shopbell.domain.model.vocabulary import ChannelName, MessageClass, Outcome, Reason, Status
from shopbell.service.ports import Enqueue, Ledger
from shopbell.service.subjects.advance import advance
from shopbell.service.subjects.identity import CustomerContacts, facts_about, load
from shopbell.service.subjects.planning import carry_out, is_asked_for, message_of, request_when_due, trigger_of
from shopbell.service.subjects.retry import retry_on_conflict
from shopbell.service.subjects.work import Work, Workplace

CAME_TO_NOTHING = frozenset({Status.FAILED, Status.BOUNCED, Status.UNKNOWN})
OTHER = {ChannelName.EMAIL: ChannelName.SMS, ChannelName.SMS: ChannelName.EMAIL}


class Why(StrEnum):
    """Why it did not arrive: the address does not work, the provider would not take the message, or it never said;
    or why it did not leave: what was planned for a contact that may not be used any more."""

    BOUNCED = auto()
    REFUSED = auto()
    SILENT = auto()
    COMPLAINED = auto()
    NO_CONTACT = auto()
    NO_CONSENT = auto()


@dataclass(frozen=True, slots=True)
class Reroute:
    """The use case: the same step of the same occurrence by the other channel, if it is still to be told."""

    workplace: Workplace
    ledger: Ledger
    enqueue: Enqueue

    def __call__(self, message: Message, why: Why, now: datetime) -> None:
        """Does nothing for what is not news of an order. Raises Conflict after several attempts."""
        shop = self.workplace.store.shop(message.shop)
        if shop is None or message.message_class is not MessageClass.TRANSACTIONAL or message.name not in BY_NAME:
            return
        self.enqueue(retry_on_conflict(lambda: self._try(shop, message, why, now)))

    def _try(self, shop: Shop, message: Message, why: Why, now: datetime) -> Sequence[SendRequest]:
        work = self.workplace.work(shop, now)
        requests = self._plan(work, message, why)
        work.session.commit()
        return requests

    def _plan(self, work: Work, message: Message, why: Why) -> Sequence[SendRequest]:
        subject = work.session.order(message.order)
        person = load(work.session, work.shop.id, subject.customer or message.customer, work.contact_key)
        facts = facts_about(work.shop, person, subject)
        step = _other_way(work, facts.without(message.channel), message)
        if step.outcome is Outcome.SKIPPED or step.channel is None:
            carry_out(work.session, facts, [replace(step, channel=OTHER[message.channel])], work.now)
            return _tell_staff(work, message, why, person) if step.reason in NO_WAY else ()
        other = replace(message_of(facts, step, step.channel, work.now), instead_of=message.channel)
        earlier = self.ledger.message(other.shop, other.subject, other.id)
        if earlier is None:
            work.session.add_message(other)
            return [request_when_due(other, work.now)] if is_asked_for(step, work.now) else ()
        return _tell_staff(work, message, why, person) if earlier.status in CAME_TO_NOTHING else ()


def _other_way(work: Work, facts: Facts, message: Message) -> StepDecision:
    journey = BY_NAME[message.name]
    step = judge(facts, journey, trigger_of(facts, message, work.now), work.now)[0]
    late = step.reason is Reason.STALE_EVENT
    return replace(step, reason=Reason.WINDOW_PASSED) if late else step


def _tell_staff(work: Work, message: Message, why: Why, person: CustomerContacts) -> Sequence[SendRequest]:
    """Once a piece of news, by whatever channels it came to nothing."""
    before = work.session.order(message.order)
    key = f"{message.name}|{message.occurrence_id}"
    news = unheard_news(key, [BY_NAME[message.name]], {"channel": str(message.channel), "why": str(why)}, work.now)
    order = replace(before.entity, record=before.entity.record.merged(news))
    return advance(work, before, replace(before, entity=order), person)
