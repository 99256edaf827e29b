"""From verdicts to what is stored: messages, decisions, what was told, the next due moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil

from shopbell.domain.deciding.decide import StepDecision, decide, judge, still_to_come, undecided
from shopbell.domain.journeys import BY_NAME, NEWS, SWEEPS, SWEEPS_OF
from shopbell.domain.letter_context.build import missing_facts
from shopbell.domain.model.events import Event
from shopbell.domain.model.facts import Facts, StepDecided, Trigger, first_of
from shopbell.domain.model.ids import message_id
from shopbell.domain.model.order import LACKING
from shopbell.domain.model.record import Occurrence, Record
from shopbell.domain.model.shop import Digest
from shopbell.domain.model.state import LEASE, SOON, Decision, Due, Message, SendRequest
from shopbell.domain.model.vocabulary import ChannelName, Lane, Outcome, Reason, Status
from shopbell.domain.time.calendar import format_stamp
from shopbell.service.ports import Session

HOUR = timedelta(hours=1)
ABOUT_LACKING = tuple(row for row in NEWS if row.event_type == LACKING)


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


def carry_out(
    session: Session, facts: Facts, step_decisions: Iterable[StepDecision], now: datetime
) -> list[SendRequest]:
    """Stores what was decided; returns whom to ring."""
    send_requests = []
    for step_decision in (_gathered(facts, step_decision) for step_decision in step_decisions):
        if step_decision.outcome is Outcome.SKIPPED or step_decision.channel is None:
            session.add_decision(facts.subject, decision_of(facts, step_decision, now), step_decision.key)
            continue
        message = message_of(facts, step_decision, step_decision.channel, now)
        session.add_message(message)
        if is_asked_for(step_decision, now):
            send_requests.append(request_when_due(message, now))
    return send_requests


def is_asked_for(step_decision: StepDecision, now: datetime) -> bool:
    """Now, or soon enough for the queue to bring the request; a task that can wait is gathered by the outbox."""
    if step_decision.outcome is Outcome.SENT:
        return True
    return step_decision.due_at <= now + SOON and not step_decision.journey.can_wait


def _gathered(facts: Facts, step_decision: StepDecision) -> StepDecision:
    """A task that can wait leaves with the others of its hour, where the shop's people want it so."""
    waits = step_decision.journey.can_wait and facts.shop.staff.digest is Digest.HOURLY
    if not waits or step_decision.outcome is not Outcome.SENT:
        return step_decision
    hour = (step_decision.due_at + HOUR).replace(minute=0, second=0, microsecond=0)
    return replace(step_decision, outcome=None, due_at=hour) if hour < step_decision.until else step_decision


def message_of(facts: Facts, step_decision: StepDecision, channel: ChannelName, now: datetime) -> Message:
    journey, trigger = step_decision.journey, step_decision.trigger
    subject = facts.subject
    return Message(
        id=message_id(facts.shop.id, journey.kind, journey.step, subject, trigger.occurrence_id, channel),
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
        look_at=step_decision.due_at + (LEASE if is_asked_for(step_decision, now) else timedelta()),
        decisions=() if step_decision.outcome is None else (decision_of(facts, step_decision, now),),
    )


def trigger_of(facts: Facts, message: Message, now: datetime) -> Trigger:
    """What occasioned a message, as it stands now; where it is over by now, as it was called then: a call that came
    back was about what the first one was."""
    known = {each.occurrence_id: each for each in BY_NAME[message.name].on(facts, now)}
    found = known.get(message.occurrence_id) or known.get(first_of(message.occurrence_id))
    return replace(found or Trigger("", message.triggered_at), occurrence_id=message.occurrence_id)


def send_request_of(message: Message) -> SendRequest:
    return SendRequest(message.shop, message.subject, message.id, _lane(message))


def request_when_due(message: Message, now: datetime) -> SendRequest:
    """Rounded up, so that the message is due when the request comes."""
    wait = max(message.due_at - now, timedelta())
    return replace(send_request_of(message), delay=ceil(wait.total_seconds()))


def _lane(message: Message) -> Lane:
    """By what started it: a reminder is transactional and waits behind the news all the same."""
    if message.channel is ChannelName.SMS:
        return Lane.SMS
    row = BY_NAME.get(message.name)
    return Lane.ORDER_EMAIL if row and row.is_urgent else Lane.EMAIL


@dataclass(frozen=True, slots=True)
class Followed:
    """What came of an event: whom to ring, what is told by now, and the facts with what we found out ourselves."""

    send_requests: list[SendRequest]
    decided_steps: dict[str, StepDecided]
    facts: Facts


def follow(session: Session, facts: Facts, now: datetime) -> Followed:
    """Decides what an event makes news of its subject, and when each sweep is to look."""
    step_decisions = decide(facts, NEWS, now)
    facts, more = noticing(facts, step_decisions, now)
    step_decisions += more
    send_requests = carry_out(session, facts, step_decisions, now)
    for sweep in SWEEPS_OF[facts.about]:
        schedule(session, facts, sweep, now)
    return Followed(send_requests, with_step_decisions(facts.decided_steps, step_decisions, now), facts)


def noticing(facts: Facts, step_decisions: Iterable[StepDecision], now: datetime) -> tuple[Facts, list[StepDecision]]:
    """Where news of an order waits for facts, the staff hear of it: once for the same facts."""
    known = facts.order.record.occurrences.get(LACKING, {}) if facts.order else {}
    lacking: dict[str, Occurrence] = {}
    for each in step_decisions:
        waits = each.outcome is Outcome.HELD and each.reason is Reason.MISSING_FACTS
        if waits and not each.journey.is_task:
            names = missing_facts(facts, each.journey, each.trigger, now)
            lacking.setdefault(", ".join(names), _lacking(each, names, now))
    if facts.order is None or lacking.keys() <= known.keys():
        return facts, []
    order = replace(facts.order, record=facts.order.record.merged(Record(occurrences={LACKING: {**lacking, **known}})))
    facts = replace(facts, order=order)
    return facts, decide(facts, ABOUT_LACKING, now)


def _lacking(step_decision: StepDecision, names: list[str], now: datetime) -> Occurrence:
    kind = step_decision.journey.kind
    return Occurrence(now, f"{format_stamp(now)}|{kind}", {"news": kind, "facts": names})


def with_step_decisions(
    decided_steps: Mapping[str, StepDecided], step_decisions: Iterable[StepDecision], now: datetime
) -> dict[str, StepDecided]:
    """What was told, with these verdicts; of a step by several channels, the best outcome counts."""
    result = dict(decided_steps)
    for step_decision in step_decisions:
        if step_decision.outcome is not Outcome.SKIPPED or step_decision.key not in result:
            result[step_decision.key] = StepDecided(step_decision.outcome, now)
    return result


def schedule(session: Session, facts: Facts, sweep: str, now: datetime) -> None:
    """Keeps a subject's due item: the earliest step not yet decided, or none.

    When the last reason to look falls away, the step that will not be told is decided there and then.
    """
    known = session.due(facts.subject, sweep) or Due(facts.subject, since=now)
    due = _with_guests(session, facts, sweep, known)
    facts = replace(facts, decided_steps=due.decided_steps, since=due.since)
    moment = still_to_come(facts, SWEEPS[sweep], now)
    told = due.decided_steps
    if due.moment and moment is None:
        moot = _moot(facts, sweep, due.moment, now)
        carry_out(session, facts, moot, now)
        told = with_step_decisions(told, moot, now)
    if moment != due.moment or due != known:
        session.save_due(sweep, replace(due, moment=moment, decided_steps=told))


def _with_guests(session: Session, facts: Facts, sweep: str, due: Due) -> Due:
    """What was decided of the guests whom a customer was is decided, and what was to come of them is theirs."""
    for alias in facts.customer.aliases if facts.about == "customer" else ():
        guest = session.due(f"customer/{alias}", sweep)
        if guest is None:
            continue
        if guest.moment is not None:
            session.save_due(sweep, replace(guest, moment=None))
        due = replace(
            due, decided_steps={**guest.decided_steps, **due.decided_steps}, since=min(guest.since, due.since)
        )
    return due


def _moot(facts: Facts, sweep: str, moment: datetime, now: datetime) -> list[StepDecision]:
    """The verdict on the step that was to be looked at next."""
    steps = (step for step in undecided(facts, SWEEPS[sweep], now) if step[2] >= moment)
    first = min(steps, key=lambda step: step[2], default=None)
    return judge(facts, first[0], first[1], now) if first else []
