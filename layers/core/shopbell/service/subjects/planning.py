"""From verdicts to what is stored: messages, decisions, what was told, the next due moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shopbell.domain.deciding.decide import Verdict, decide, judge, still_to_come, undecided
from shopbell.domain.journeys import BY_NAME, NEWS, SWEEPS, SWEEPS_OF
from shopbell.domain.letter_context.build import missing
from shopbell.domain.model.events import Event
from shopbell.domain.model.facts import Facts, Occasion, Told, first_of
from shopbell.domain.model.ids import message_id
from shopbell.domain.model.order import LACKING
from shopbell.domain.model.record import Happening, Record
from shopbell.domain.model.shop import Digest
from shopbell.domain.model.state import Decision, Doorbell, Due, Message
from shopbell.domain.model.vocabulary import ChannelName, Outcome, Reason, Status
from shopbell.domain.time.calendar import format_stamp
from shopbell.service.ports import Session

HOUR = timedelta(hours=1)
ABOUT_LACKING = tuple(row for row in NEWS if row.event_type == LACKING)


def decision_of(facts: Facts, verdict: Verdict, now: datetime) -> Decision:
    channel = f"{verdict.channel}: " if verdict.channel else ""
    return Decision(
        at=now,
        shop=facts.shop.id,
        kind=verdict.journey.kind,
        step=verdict.journey.step,
        outcome=verdict.outcome or Outcome.HELD,
        reason=verdict.reason,
        order=facts.order_id,
        customer=facts.customer.id,
        detail=f"{channel}{verdict.detail}".removesuffix(": "),
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


def carry_out(session: Session, facts: Facts, verdicts: Iterable[Verdict], now: datetime) -> list[Doorbell]:
    """Stores what was decided; returns whom to ring."""
    bells = []
    for verdict in (_gathered(facts, verdict) for verdict in verdicts):
        if verdict.outcome is Outcome.SKIPPED or verdict.channel is None:
            session.add_decision(facts.subject, decision_of(facts, verdict, now), verdict.key)
            continue
        message = message_of(facts, verdict, verdict.channel, now)
        session.add_message(message)
        if verdict.outcome is Outcome.SENT:
            bells.append(bell_of(message))
    return bells


def _gathered(facts: Facts, verdict: Verdict) -> Verdict:
    """A task that can wait leaves with the others of its hour, where the shop's people want it so."""
    waits = verdict.journey.can_wait and facts.shop.staff.digest is Digest.HOURLY
    if not waits or verdict.outcome is not Outcome.SENT:
        return verdict
    hour = (verdict.due_at + HOUR).replace(minute=0, second=0, microsecond=0)
    return replace(verdict, outcome=None, due_at=hour) if hour < verdict.until else verdict


def message_of(facts: Facts, verdict: Verdict, channel: ChannelName, now: datetime) -> Message:
    journey, occasion = verdict.journey, verdict.occasion
    subject = facts.subject
    return Message(
        id=message_id(facts.shop.id, journey.kind, journey.step, subject, occasion.occurrence, channel),
        shop=facts.shop.id,
        subject=subject,
        name=journey.name,
        kind=journey.kind,
        occurrence=occasion.occurrence,
        occasion_at=occasion.at,
        channel=channel,
        message_class=journey.message_class,
        customer=facts.customer.key,
        whose=facts.customer.id,
        order=facts.order_id,
        due_at=verdict.due_at,
        until=verdict.until,
        status=Status.HELD if verdict.outcome is Outcome.HELD else Status.PLANNED,
        decisions=() if verdict.outcome is None else (decision_of(facts, verdict, now),),
    )


def occasion_of(facts: Facts, message: Message, now: datetime) -> Occasion:
    """What occasioned a message, as it stands now; where it is over by now, as it was called then: a call that came
    back was about what the first one was."""
    known = {each.occurrence: each for each in BY_NAME[message.name].on(facts, now)}
    found = known.get(message.occurrence) or known.get(first_of(message.occurrence))
    return replace(found or Occasion("", message.occasion_at), occurrence=message.occurrence)


def bell_of(message: Message) -> Doorbell:
    return Doorbell(message.shop, message.subject, message.id, message.channel, message.message_class)


@dataclass(frozen=True, slots=True)
class Followed:
    """What came of an event: whom to ring, what is told by now, and the facts with what we found out ourselves."""

    bells: list[Doorbell]
    told: dict[str, Told]
    facts: Facts


def follow(session: Session, facts: Facts, now: datetime) -> Followed:
    """Decides what an event makes news of its subject, and when each sweep is to look."""
    verdicts = decide(facts, NEWS, now)
    facts, more = noticing(facts, verdicts, now)
    verdicts += more
    bells = carry_out(session, facts, verdicts, now)
    for sweep in SWEEPS_OF[facts.about]:
        schedule(session, facts, sweep, now)
    return Followed(bells, told_with(facts.told, verdicts, now), facts)


def noticing(facts: Facts, verdicts: Iterable[Verdict], now: datetime) -> tuple[Facts, list[Verdict]]:
    """Where news of an order waits for facts, the staff hear of it: once for the same facts."""
    known = facts.order.record.happened.get(LACKING, {}) if facts.order else {}
    lacking: dict[str, Happening] = {}
    for each in verdicts:
        waits = each.outcome is Outcome.HELD and each.reason is Reason.MISSING_FACTS
        if waits and not each.journey.is_task:
            names = missing(facts, each.journey, each.occasion, now)
            lacking.setdefault(", ".join(names), _lacking(each, names, now))
    if facts.order is None or lacking.keys() <= known.keys():
        return facts, []
    order = replace(facts.order, record=facts.order.record.merged(Record(happened={LACKING: {**lacking, **known}})))
    facts = replace(facts, order=order)
    return facts, decide(facts, ABOUT_LACKING, now)


def _lacking(verdict: Verdict, names: list[str], now: datetime) -> Happening:
    kind = verdict.journey.kind
    return Happening(now, f"{format_stamp(now)}|{kind}", {"news": kind, "facts": names})


def told_with(told: Mapping[str, Told], verdicts: Iterable[Verdict], now: datetime) -> dict[str, Told]:
    """What was told, with these verdicts; of a step by several channels, the best outcome counts."""
    result = dict(told)
    for verdict in verdicts:
        if verdict.outcome is not Outcome.SKIPPED or verdict.key not in result:
            result[verdict.key] = Told(verdict.outcome, now)
    return result


def schedule(session: Session, facts: Facts, sweep: str, now: datetime) -> None:
    """Keeps a subject's due item: the earliest step not yet decided, or none.

    When the last reason to look falls away, the step that will not be told is decided there and then.
    """
    known = session.due(facts.subject, sweep) or Due(facts.subject, since=now)
    due = _with_guests(session, facts, sweep, known)
    facts = replace(facts, told=due.told, since=due.since)
    moment = still_to_come(facts, SWEEPS[sweep], now)
    told = due.told
    if due.moment and moment is None:
        moot = _moot(facts, sweep, due.moment, now)
        carry_out(session, facts, moot, now)
        told = told_with(told, moot, now)
    if moment != due.moment or due != known:
        session.save_due(sweep, replace(due, moment=moment, told=told))


def _with_guests(session: Session, facts: Facts, sweep: str, due: Due) -> Due:
    """What was decided of the guests whom a customer was is decided, and what was to come of them is theirs."""
    for alias in facts.customer.aliases if facts.about == "customer" else ():
        guest = session.due(f"customer/{alias}", sweep)
        if guest is None:
            continue
        if guest.moment is not None:
            session.save_due(sweep, replace(guest, moment=None))
        due = replace(due, told={**guest.told, **due.told}, since=min(guest.since, due.since))
    return due


def _moot(facts: Facts, sweep: str, moment: datetime, now: datetime) -> list[Verdict]:
    """The verdict on the step that was to be looked at next."""
    steps = (step for step in undecided(facts, SWEEPS[sweep], now) if step[2] >= moment)
    first = min(steps, key=lambda step: step[2], default=None)
    return judge(facts, first[0], first[1], now) if first else []
