"""Decide: what to send, what to hold until when, what to skip, each with its reason. Pure and total."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from shopbell.domain.deciding.reach import PROMOTIONAL, Reach, reach
from shopbell.domain.deciding.ruling_out import why_not
from shopbell.domain.deciding.together import told_together
from shopbell.domain.journeys.row import Journey
from shopbell.domain.letter_context.build import missing_facts
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.shop import Paused
from shopbell.domain.model.vocabulary import ChannelName, MessageClass, Outcome, Reason
from shopbell.domain.rules.conditions import ASK_AGAIN
from shopbell.domain.rules.holdout import is_held_out
from shopbell.domain.time.calendar import format_instant, next_send_moment


@dataclass(frozen=True, slots=True)
class StepDecision:
    """What was decided of one step, for one channel or (skipped) for all.

    `outcome` None: planned for `due_at`, to be decided then. `until`: the end of its window. `with_others`: a reminder
    that another order's takes along.
    """

    journey: Journey
    trigger: Trigger
    outcome: Outcome | None
    reason: Reason
    due_at: datetime
    until: datetime
    channel: ChannelName | None = None
    detail: str = ""
    with_others: bool = False

    @property
    def key(self) -> str:
        return self.journey.key(self.trigger)


def due_steps(facts: Facts, journey: Journey, now: datetime) -> list[StepDecision]:
    """Of one row, each step whose moment has come and that was not decided yet; of event news, those to come too."""
    return [
        step_decision
        for trigger, start in undecided(facts, journey, now)
        if start <= now or not journey.sweep
        for step_decision in judge(facts, journey, trigger, now)
    ]


def undecided(facts: Facts, journey: Journey, now: datetime) -> Iterator[tuple[Trigger, datetime]]:
    """Each step of a row that is not decided yet, and its moment, where that is known."""
    for trigger in journey.on(facts, now):
        start = None if is_decided(facts, journey, trigger) else journey.starts(facts, trigger)
        if start is not None:
            yield trigger, start


def is_decided(facts: Facts, journey: Journey, trigger: Trigger) -> bool:
    return any(journey.key(replace(trigger, occurrence_id=name)) in facts.agenda.decided for name in trigger.names)


def still_to_come(facts: Facts, journey: Journey, now: datetime) -> Iterator[tuple[Trigger, datetime]]:
    """Of these the steps that nothing rules out for good, whether or not their moment has passed."""
    for trigger, start in undecided(facts, journey, now):
        if not any(condition.for_good and condition(facts, trigger) for condition in journey.only_if):
            yield trigger, start


def judge(facts: Facts, journey: Journey, trigger: Trigger, now: datetime) -> list[StepDecision]:
    """One step, looked at now: a verdict a channel, or one that skips it for all."""
    start = journey.starts(facts, trigger) or trigger.at
    until = journey.closes(facts, trigger, start)
    blank = StepDecision(journey, trigger, Outcome.SKIPPED, Reason.DUE, now, until, detail=trigger.why)
    why_not = _why_not(facts, journey, trigger, blank)
    if why_not is not None:
        return [why_not]
    if start > now:
        blank = replace(blank, outcome=None, due_at=start)
    return _by_channel(facts, journey, blank, reach(journey, facts))


def _why_not(facts: Facts, journey: Journey, trigger: Trigger, blank: StepDecision) -> StepDecision | None:
    """The first reason that rules the step out whatever the channel."""
    ruled_out = why_not(facts, journey, trigger, blank.due_at)
    if ruled_out is None:
        teller = told_together(facts, journey, blank.due_at)
        ruled_out = (Reason.SUPERSEDED, f"{teller} says it too") if teller else None
    if ruled_out is None:
        return replace(blank, reason=journey.ends) if journey.ends else None
    return replace(blank, reason=ruled_out[0], detail=ruled_out[1])


def _by_channel(facts: Facts, journey: Journey, blank: StepDecision, by: Reach) -> list[StepDecision]:
    if not by.channels:
        return [replace(blank, outcome=Outcome.SKIPPED, reason=by.reason, detail=by.detail)]
    if blank.outcome is not None and _is_held_out(facts, journey):
        share = f"{facts.shop.marketing.holdout_percent} % are held out for comparison"
        return [replace(blank, outcome=Outcome.SKIPPED, reason=Reason.HOLDOUT, detail=share)]
    due = replace(blank, outcome=None if blank.outcome is None else Outcome.SENT)
    look = _paused if _is_paused(facts, journey) else _when
    return [look(facts, journey, replace(due, channel=channel)) for channel in by.channels]


def _is_held_out(facts: Facts, journey: Journey) -> bool:
    """Of those who would get it."""
    is_marketing = journey.message_class is MessageClass.MARKETING
    return is_marketing and is_held_out(facts, journey.series or journey.kind)


def _is_paused(facts: Facts, journey: Journey) -> bool:
    if facts.shop.paused is Paused.MARKETING:
        return journey.message_class in PROMOTIONAL
    return facts.shop.paused is Paused.EVERYTHING


def _paused(facts: Facts, journey: Journey, due: StepDecision) -> StepDecision:
    """Until the operators let it go on."""
    if due.outcome is None:
        return due
    return held(due, Reason.PAUSED, due.due_at + ASK_AGAIN, f"{facts.shop.paused} paused by the operators")


def _when(facts: Facts, journey: Journey, due: StepDecision) -> StepDecision:
    """Now, at the next opening of the send hours, when the facts are there, or not at all."""
    if due.outcome is None:
        return due
    if lacking := missing_facts(facts, journey, due.trigger, due.due_at):
        return held(due, Reason.MISSING_FACTS, due.due_at + ASK_AGAIN, f"without {', '.join(lacking)}")
    if (waiting := _waiting(facts, journey, due)) is not None:
        return waiting
    opening = _opening(facts, journey, due)
    if opening > due.due_at:
        return held(due, Reason.SEND_HOURS, opening, f"until {format_instant(opening)}")
    return due


def _waiting(facts: Facts, journey: Journey, due: StepDecision) -> StepDecision | None:
    """What may pass within its window is waited for; at its end the step is skipped for that very reason."""
    for condition in journey.only_if:
        if condition.waits and (detail := condition(facts, due.trigger)):
            again = due.due_at + condition.looks_again
            if again >= due.until:
                return replace(due, outcome=Outcome.SKIPPED, reason=condition.reason, detail=detail)
            return held(due, condition.reason, again, detail)
    return None


def _opening(facts: Facts, journey: Journey, due: StepDecision) -> datetime:
    """When it may leave: a customer is not disturbed at night, the staff are asked while the shop is open."""
    if due.channel is ChannelName.STAFF:
        return due.due_at if journey.at_any_hour else facts.shop.calendar.opens_after(due.due_at)
    if journey.order_news and due.channel is ChannelName.EMAIL:
        return due.due_at
    return next_send_moment(due.due_at, facts.shop.send_hours, facts.zone)


def held(due: StepDecision, reason: Reason, until: datetime, detail: str) -> StepDecision:
    """The same step, looked at again at `until`; skipped where its window closes before it could be sent then."""
    if until >= due.until and reason is Reason.SEND_HOURS:
        closed = f"its window closes at {format_instant(due.until)}, before the send hours open"
        return replace(due, outcome=Outcome.SKIPPED, reason=Reason.WINDOW_PASSED, detail=closed)
    return replace(due, outcome=Outcome.HELD, reason=reason, due_at=until, detail=detail)
