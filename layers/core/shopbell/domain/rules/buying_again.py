"""When customers are told of what they bought: it runs out, they wanted it again by a day, it is to be replaced."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.purchases import purchases
from shopbell.domain.model.vocabulary import Kind, Outcome, Reason, SubjectKind
from shopbell.domain.rules.conditions import Condition
from shopbell.domain.rules.supplies import Supply, supplies
from shopbell.domain.rules.triggers import Triggers
from shopbell.domain.time.calendar import at_local, format_instant, local_day

AT_TEN = time(10)
ONE_DAY = timedelta(days=1)
LEAD = timedelta(days=3)
"""So long before the day that was agreed one is reminded of it."""
ALONG = timedelta(days=3)
"""What runs out so soon after something else is told of in the same letter."""


@dataclass(frozen=True, slots=True)
class RunsOut:
    """Each product that a customer will need again, some time before they run out of it; by the order in which they
    last bought it."""

    event_type: EventType = EventType.RUNS_OUT
    about: SubjectKind = SubjectKind.CUSTOMER

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Trigger]:
        for each in supplies(facts) if facts.about == self.about else ():
            if each.told_on is not None:
                agreed = each.purchase.planned_repeat_on
                details = {"sku": each.bought.sku, "irregular": each.irregular, "agreed": f"{agreed or ''}"}
                yield Trigger(each.name, at_local(each.told_on, AT_TEN, facts.zone), details)


@dataclass(frozen=True, slots=True)
class WantedAgain:
    """The day for which the same was agreed on with an order, as long as none of it was ordered since."""

    event_type: EventType = EventType.WANTED_AGAIN
    about: SubjectKind = SubjectKind.CUSTOMER

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Trigger]:
        ordered = purchases(facts.customer) if facts.about == self.about else ()
        for number, purchase in enumerate(ordered):
            day, ordered_on = purchase.planned_repeat_on, local_day(purchase.at, facts.zone)
            was_ordered = any(later.skus & purchase.skus for later in ordered[number + 1 :])
            if day is None or day <= ordered_on or was_ordered:
                continue
            told_on = max(day - LEAD, ordered_on + ONE_DAY)
            ends = format_instant(at_local(day + ONE_DAY, time(0), facts.zone))
            details = {"order": purchase.order, "planned_on": day.isoformat(), "ends": ends}
            yield Trigger(f"{purchase.order}@{day}", at_local(told_on, AT_TEN, facts.zone), details)


@dataclass(frozen=True, slots=True)
class ToReplace:
    """Each model that a customer bought, once it is as old as one usually replaces it at, if they bought no newer one
    of its category."""

    event_type: EventType = EventType.TO_REPLACE
    about: SubjectKind = SubjectKind.CUSTOMER

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Trigger]:
        bought = supplies(facts) if facts.about == self.about else ()
        models = [each for each in bought if each.bought.renews_after_days]
        for each in models:
            if not any(_replaces(other, each) for other in models):
                day = each.last_on + timedelta(days=each.bought.renews_after_days or 0)
                yield Trigger(each.name, at_local(day, AT_TEN, facts.zone), {"sku": each.bought.sku})


def _replaces(other: Supply, one: Supply) -> bool:
    category = one.bought.category
    return bool(category) and other.bought.category == category and other.last_on > one.last_on


runs_out, wanted_again, to_replace = RunsOut(), WantedAgain(), ToReplace()


def running_out(facts: Facts, trigger: Trigger, kind: Kind) -> list[Supply]:
    """What a letter tells of: what occasions it, and what runs out soon after that and was told in no other letter."""
    soon = [each for each in runs_out(facts, trigger.at) if trigger.at <= each.at <= trigger.at + ALONG]
    ours = [each for each in soon if each.occurrence_id == trigger.occurrence_id or _is_open(facts, each, kind)]
    names = [each.occurrence_id for each in sorted(ours, key=lambda each: (each.at, each.occurrence_id))]
    by_name = {each.name: each for each in supplies(facts)}
    return [by_name[name] for name in names]


def _is_open(facts: Facts, trigger: Trigger, kind: Kind) -> bool:
    is_silent = trigger.facts["irregular"] or trigger.facts["agreed"]
    return not is_silent and f"{kind}|{trigger.occurrence_id}" not in facts.agenda.decided


def not_ordered_since(on: Triggers) -> Condition:
    """Nothing was bought since that is the next of it."""
    return Condition(lambda facts, trigger: _ordered_since(facts, trigger, on))


def _ordered_since(facts: Facts, trigger: Trigger, on: Triggers) -> str:
    is_so = any(each.occurrence_id == trigger.occurrence_id for each in on(facts, trigger.at))
    return "" if is_so else "ordered again since"


def _in_rhythm(facts: Facts, trigger: Trigger) -> str:
    return str(trigger.facts.get("irregular", ""))


def _not_agreed(facts: Facts, trigger: Trigger) -> str:
    agreed = trigger.facts.get("agreed")
    return f"agreed on {agreed} for the next time" if agreed else ""


def not_told_along(kind: Kind) -> Condition:
    """Nor was it told in the letter about something else that runs out at nearly the same time."""
    return Condition(lambda facts, trigger: _told_along(facts, trigger, kind), Reason.SUPERSEDED, for_good=False)


def _told_along(facts: Facts, trigger: Trigger, kind: Kind) -> str:
    for other in runs_out(facts, trigger.at):
        step = facts.agenda.decided.get(f"{kind}|{other.occurrence_id}")
        is_earlier = other.occurrence_id != trigger.occurrence_id and trigger.at - ALONG <= other.at <= trigger.at
        if is_earlier and step is not None and step.outcome is not Outcome.SKIPPED and step.at < trigger.at:
            return f"told along with {other.facts['sku']}"
    return ""


in_rhythm = Condition(_in_rhythm, Reason.NO_RHYTHM, for_good=False)
not_agreed = Condition(_not_agreed, Reason.SUPERSEDED, for_good=False)
