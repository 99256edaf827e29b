"""From step decisions to what is stored: messages, decisions, requests to send."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil

from shopbell.domain.deciding.decide import StepDecision
from shopbell.domain.deciding.reach import PROMOTIONAL
from shopbell.domain.deciding.reminders import gathered_at
from shopbell.domain.journeys import BY_NAME
from shopbell.domain.model.events import Event
from shopbell.domain.model.facts import Facts, Trigger, first_of
from shopbell.domain.model.ids import message_id, task_id
from shopbell.domain.model.shop import Digest
from shopbell.domain.model.state import LEASE, SOON, Decision, Message, SendRequest
from shopbell.domain.model.vocabulary import ChannelName, Lane, Outcome, Reason, Status
from shopbell.service.ports import Session
from shopbell.service.subjects.work import Work

HOUR = timedelta(hours=1)
SAME_MORNING = timedelta(minutes=5)
"""What is decided so soon after the opening is still in that morning's letter."""
DAY_LETTER = timedelta(minutes=15)
"""So long after the opening at the latest the letter of the day has left: then the outbox looks at what it left."""


def decision_of(facts: Facts, step_decision: StepDecision, now: datetime) -> Decision:
    channel = f"{step_decision.channel}: " if step_decision.channel else ""
    return Decision(
        at=now,
        shop=facts.shop.id,
        kind=step_decision.journey.kind,
        step=step_decision.journey.step,
        outcome=step_decision.outcome or Outcome.HELD,
        reason=step_decision.reason,
        order=facts.order_id,
        customer=facts.customer.id,
        detail=f"{channel}{step_decision.detail}".removesuffix(": "),
    )


def left_out(event: Event, kind: str, reason: Reason, detail: str, now: datetime) -> Decision:
    """Why nothing came of an event, or of a part of it."""
    return Decision(
        at=now,
        shop=event.shop,
        kind=kind,
        outcome=Outcome.SKIPPED,
        reason=reason,
        order=event.order_id or "",
        customer=event.customer_id or "",
        detail=detail,
    )


def record_left_out(work: Work, event: Event, subject: str, reason: Reason, detail: str) -> None:
    """`subject`: with whom it is written down."""
    work.session.add_decision(subject, left_out(event, event.type, reason, detail, work.now), event.id)


def carry_out(
    session: Session, facts: Facts, step_decisions: Iterable[StepDecision], now: datetime
) -> list[SendRequest]:
    """Stores what was decided; returns what the senders may send now."""
    send_requests = []
    for step_decision in (_gathered(facts, step_decision, now) for step_decision in step_decisions):
        if step_decision.outcome is Outcome.SKIPPED or step_decision.channel is None:
            session.add_decision(facts.subject, decision_of(facts, step_decision, now), step_decision.key)
            continue
        message = message_of(facts, step_decision, step_decision.channel, now)
        session.add_message(message)
        if is_asked_for(step_decision, now):
            send_requests.append(replace(request_when_due(message, now), contacts=_contacts(facts)))
    return send_requests


def _contacts(facts: Facts) -> tuple[str, ...]:
    return tuple(contact.key for contact in (facts.email, facts.phone) if contact)


def is_asked_for(step_decision: StepDecision, now: datetime) -> bool:
    """Now, or soon enough for the queue to bring the request; what is gathered has none of its own."""
    if step_decision.outcome is Outcome.SENT:
        return True
    is_soon = step_decision.due_at <= now + SOON
    return is_soon and not step_decision.journey.can_wait and not step_decision.with_others


def _gathered(facts: Facts, step_decision: StepDecision, now: datetime) -> StepDecision:
    """A reminder leaves with the others of its hour, a task as the shop's people want it."""
    if step_decision.journey.reminds:
        return _with_others(facts, step_decision, now)
    if step_decision.journey.is_task and facts.shop.staff.gathers(step_decision.journey.goes_to):
        return _with_tasks(facts, step_decision)
    return step_decision


def _with_tasks(facts: Facts, step_decision: StepDecision) -> StepDecision:
    """What waits for the opening leaves with the letter of the day, and so does what can wait, where the shop has one;
    what is gathered by the hour leaves then."""
    calendar, digest, journey = facts.shop.calendar, facts.shop.staff.digest, step_decision.journey
    if step_decision.reason is Reason.SEND_HOURS:
        return replace(step_decision, with_others=digest is Digest.DAILY)
    if not journey.can_wait or step_decision.outcome is not Outcome.SENT or digest is Digest.OFF:
        return step_decision
    hour = (step_decision.due_at + HOUR).replace(minute=0, second=0, microsecond=0)
    by_hour = digest is Digest.HOURLY or journey.on_the_hour
    due_at = calendar.opens_after(hour) if by_hour else calendar.next_morning(step_decision.due_at - SAME_MORNING)
    if due_at >= step_decision.until:
        return step_decision
    with_others = digest is Digest.DAILY and due_at != hour
    return replace(step_decision, outcome=None, due_at=due_at, with_others=with_others)


def brought_within(step_decision: StepDecision, now: datetime) -> timedelta:
    """By a request of its own or another's: so much later the outbox looks whether it has left."""
    if step_decision.with_others:
        return DAY_LETTER if step_decision.journey.is_task else LEASE
    return LEASE if is_asked_for(step_decision, now) else timedelta()


def _with_others(facts: Facts, step_decision: StepDecision, now: datetime) -> StepDecision:
    opens = step_decision.outcome is Outcome.SENT or step_decision.reason is Reason.SEND_HOURS
    if not opens or step_decision.channel is not ChannelName.EMAIL:
        return step_decision
    due_at = gathered_at(facts, step_decision, now)
    if due_at == step_decision.due_at:
        return step_decision
    outcome = None if step_decision.outcome is Outcome.SENT else step_decision.outcome
    return replace(step_decision, outcome=outcome, due_at=due_at, with_others=True)


def message_of(facts: Facts, step_decision: StepDecision, channel: ChannelName, now: datetime) -> Message:
    journey, trigger = step_decision.journey, step_decision.trigger
    subject = facts.subject
    name = message_id(facts.shop.id, journey.kind, journey.step, subject, trigger.occurrence_id, channel)
    return Message(
        id=task_id(subject, name) if channel is ChannelName.STAFF else name,
        shop=facts.shop.id,
        subject=subject,
        name=journey.name,
        kind=journey.kind,
        occurrence_id=trigger.occurrence_id,
        triggered_at=trigger.at,
        channel=channel,
        message_class=journey.message_class,
        customer=facts.customer.key,
        whose=facts.customer.id,
        order=facts.order_id,
        due_at=step_decision.due_at,
        until=step_decision.until,
        status=Status.HELD if step_decision.outcome is Outcome.HELD else Status.PLANNED,
        look_at=step_decision.due_at + brought_within(step_decision, now),
        decisions=() if step_decision.outcome is None else (decision_of(facts, step_decision, now),),
    )


def trigger_of(facts: Facts, message: Message, now: datetime) -> Trigger:
    """What triggered a message, as it stands now; where it is over by now, as it was called then: a call that came
    back was about what the first one was."""
    triggers = {name: trigger for trigger in BY_NAME[message.name].on(facts, now) for name in trigger.names}
    trigger = triggers.get(message.occurrence_id) or triggers.get(first_of(message.occurrence_id))
    return replace(trigger or Trigger("", message.triggered_at), occurrence_id=message.occurrence_id)


def send_request_of(message: Message) -> SendRequest:
    return SendRequest(message.shop, message.subject, message.id, _lane(message), customer=message.customer)


def request_when_due(message: Message, now: datetime) -> SendRequest:
    """Rounded up, so that the message is due when the request comes."""
    wait = max(message.due_at - now, timedelta())
    return replace(send_request_of(message), delay=ceil(wait.total_seconds()))


def _lane(message: Message) -> Lane:
    """By what started it: a reminder is transactional and waits behind the news all the same."""
    if message.channel is ChannelName.SMS:
        return Lane.SMS
    if message.message_class in PROMOTIONAL:
        return Lane.MARKETING_EMAIL
    row = BY_NAME.get(message.name)
    return Lane.ORDER_EMAIL if row and row.is_urgent else Lane.REMINDER_EMAIL
