"""The agenda of a subject moved on: every step decided whose moment has come, and what comes next. Pure and total."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from shopbell.domain.deciding.decide import StepDecision, due_steps, judge, still_to_come, undecided
from shopbell.domain.deciding.lacking import with_lacking_facts
from shopbell.domain.deciding.subjects import SUBJECTS
from shopbell.domain.deciding.unheard import with_unheard_news
from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.agenda import Agenda, NextStep, PutOff, StepDecided, newest_steps, recent_steps
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.vocabulary import Outcome, Reason, SubjectKind, Sweep
from shopbell.domain.rules.campaigns import next_walk
from shopbell.domain.time.backoff import backoff

LONGEST_WAIT = timedelta(days=1)
"""So long at most is a row, or a subject, left alone that failed again and again."""
MOST_AT_ONCE = 40
"""Steps decided at once: each is an item of a transaction, which takes a hundred. The rest come with the next look."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """`facts`: with the new agenda, and with what was found to be lacking. `raised`: rows that could not be judged."""

    facts: Facts
    step_decisions: Sequence[StepDecision] = ()
    raised: Mapping[str, Exception] = field(default_factory=dict)


def decide_all(facts: Facts, now: datetime, before: Facts | None = None, rows: Sequence[Journey] = ()) -> Decisions:
    """`before`: the subject as it was until an event changed it. `rows`: all of its kind, unless others are given.

    A row that raises is put off alone. A step may wait for another that is decided here: so it goes on until nothing
    new is decided.
    """
    table = rows or SUBJECTS[facts.about].rows
    looked = Decisions(facts)
    while len(looked.step_decisions) < MOST_AT_ONCE:
        decided_before, looked = len(looked.step_decisions), _once(looked, table, now)
        if len(looked.step_decisions) == decided_before:
            break
    if before is not None:
        looked = _with_moot(looked, before, table, now)
    return _scheduled(looked, table, now)


def _once(looked: Decisions, rows: Sequence[Journey], now: datetime) -> Decisions:
    """Every row once."""
    steps: list[StepDecision] = []
    raised = dict(looked.raised)
    room = MOST_AT_ONCE - len(looked.step_decisions)
    for row in rows:
        if len(steps) >= room or row.name in raised or is_put_off(looked.facts.agenda, row, now):
            continue
        try:
            steps += _first_steps(due_steps(looked.facts, row, now), room - len(steps))
        except Exception as error:  # noqa: BLE001  # whatever a row does, the others are decided
            raised[row.name] = error
    facts = with_lacking_facts(with_decided(looked.facts, steps, now), steps, now)
    facts = with_unheard_news(facts, steps, now)
    return Decisions(facts, (*looked.step_decisions, *steps), raised)


def _first_steps(steps: Sequence[StepDecision], room: int) -> Sequence[StepDecision]:
    """So many, and none by only some of its channels."""
    if len(steps) <= room:
        return steps
    left_out = steps[room].key
    return [step for step in steps[:room] if step.key != left_out]


def is_put_off(agenda: Agenda, row: Journey, now: datetime) -> bool:
    put_off = agenda.put_off.get(row.name)
    return put_off is not None and put_off.until > now


def with_decided(facts: Facts, steps: Iterable[StepDecision], now: datetime) -> Facts:
    """Of a step by several channels, the best outcome counts."""
    decided = dict(facts.agenda.decided)
    for step in steps:
        channels = (step.channel,) if step.channel and step.outcome is not Outcome.SKIPPED else ()
        before = decided.get(step.key)
        if before is not None and before.channels:
            channels = (*before.channels, *channels)
        if step.outcome is not Outcome.SKIPPED or before is None:
            decided[step.key] = StepDecided(step.outcome, now, channels, step.reason is Reason.HOLDOUT)
    return replace(facts, agenda=replace(facts.agenda, decided=decided))


def _with_moot(looked: Decisions, before: Facts, rows: Sequence[Journey], now: datetime) -> Decisions:
    """When the last reason of a sweep to look falls away, the step that will not be told is decided there and then."""
    steps: list[StepDecision] = []
    for sweep in dict.fromkeys(row.sweep for row in rows if row.sweep):
        ours = [row for row in rows if row.sweep is sweep and row.name not in looked.raised]
        try:
            steps += _moot(looked.facts, before, ours, now)
        except Exception:  # noqa: BLE001, S112  # the row itself is put off where it is decided
            continue
    facts = with_decided(looked.facts, steps, now)
    return replace(looked, facts=facts, step_decisions=(*looked.step_decisions, *steps))


def _moot(facts: Facts, before: Facts, rows: Sequence[Journey], now: datetime) -> list[StepDecision]:
    moment = min((start for _, start in _coming(before, rows, now)), default=None)
    if moment is None or any(True for _ in _coming(facts, rows, now)):
        return []
    steps = [(start, row, trigger) for row in rows for trigger, start in undecided(facts, row, now) if start >= moment]
    first = min(steps, key=lambda step: step[0], default=None)
    return judge(facts, first[1], first[2], now) if first else []


def _coming(facts: Facts, rows: Iterable[Journey], now: datetime) -> Iterator[tuple[Journey, datetime]]:
    for row in rows:
        for _, start in still_to_come(facts, row, now):
            yield row, start


def _scheduled(looked: Decisions, rows: Sequence[Journey], now: datetime) -> Decisions:
    """With the next step, and with the rows that raised put off."""
    agenda, raised = looked.facts.agenda, dict(looked.raised)
    coming: list[NextStep] = []
    for row in rows:
        if row.name in raised or is_put_off(agenda, row, now):
            continue
        try:
            coming += [NextStep(start, sweep_of(row)) for _, start in _coming(looked.facts, [row], now)]
        except Exception as error:  # noqa: BLE001  # the row is put off, the others are scheduled
            raised[row.name] = error
    put_off = _put_off(agenda, raised, now)
    coming += [NextStep(put_off[row.name].until, sweep_of(row)) for row in rows if row.name in put_off]
    if campaign := looked.facts.campaign:
        walk = next_walk(campaign, looked.facts.shop, now)
        coming += [NextStep(walk, Sweep.RUNS)] if walk else []
    after = replace(agenda, put_off=put_off, next=earliest(coming), since=_since(looked.facts, now))
    facts = replace(looked.facts, agenda=replace(after, decided=_kept(looked.facts, now)))
    return Decisions(facts, looked.step_decisions, raised)


def earliest(coming: Iterable[NextStep]) -> NextStep | None:
    """Of several at one moment, that of the sweep which stands first in the table."""
    order = list(Sweep)
    return min(coming, key=lambda step: (step.at, order.index(step.sweep)), default=None)


def sweep_of(row: Journey) -> Sweep:
    """What an event causes has no sweep of its own: the outbox looks at what is left of it."""
    return row.sweep or Sweep.OUTBOX


def _put_off(agenda: Agenda, raised: Mapping[str, Exception], now: datetime) -> dict[str, PutOff]:
    """Longer each time; a row that was judged is forgotten."""
    still = {name: put_off for name, put_off in agenda.put_off.items() if put_off.until > now}
    for name in raised:
        failures = agenda.put_off[name].failures if name in agenda.put_off else 0
        still[name] = PutOff(failures + 1, now + backoff(failures, LONGEST_WAIT))
    return still


def _since(facts: Facts, now: datetime) -> datetime | None:
    """Days of the calendar count from when the customer was known."""
    return facts.agenda.since or (now if facts.about is SubjectKind.CUSTOMER else None)


def _kept(facts: Facts, now: datetime) -> Mapping[str, StepDecided]:
    decided = facts.agenda.decided
    if facts.about is SubjectKind.CUSTOMER:
        decided = recent_steps(decided, now)
    return newest_steps(decided)


@dataclass(frozen=True, slots=True)
class Coming:
    """What a sweep is to look at next, and which steps are due then as far as one can tell now. `failures`: how often
    in a row one of its rows could not be judged."""

    at: datetime
    sweep: Sweep
    steps: tuple[str, ...]
    failures: int = 0


def still_coming(facts: Facts, now: datetime) -> list[Coming]:
    """By sweep, the soonest first: the first is the agenda's next."""
    put_off = facts.agenda.put_off
    table = SUBJECTS[facts.about].rows
    rows = [row for row in table if not is_put_off(facts.agenda, row, now)]
    looks = [look for sweep in Sweep if (look := _soonest(facts, sweep, rows, now))]
    waiting = [row for row in table if is_put_off(facts.agenda, row, now)]
    looks += [
        Coming(put_off[row.name].until, sweep_of(row), (row.name,), put_off[row.name].failures) for row in waiting
    ]
    order = list(Sweep)
    return sorted(looks, key=lambda look: (look.at, order.index(look.sweep)))


def _soonest(facts: Facts, sweep: Sweep, rows: Iterable[Journey], now: datetime) -> Coming | None:
    ours = [row for row in rows if sweep_of(row) is sweep]
    moment = min((start for _, start in _coming(facts, ours, now)), default=None)
    if moment is None:
        return None
    names = [row.name for row in ours if any(_holds(facts, row, now, moment))]
    return Coming(moment, sweep, tuple(names))


def _holds(facts: Facts, row: Journey, now: datetime, moment: datetime) -> Iterator[bool]:
    """For each step of the row that is due at that moment, whether all its conditions hold now."""
    for trigger, start in undecided(facts, row, now):
        if start == moment:
            yield not any(condition(facts, trigger) for condition in row.only_if)
