"""When customers are told of what they bought: it runs out, they wanted it again by a day, it is to be replaced."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from shopbell.domain.model.agenda import StepDecided
from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.purchases import purchases_in
from shopbell.domain.model.record import ByIdentity, Record
from shopbell.domain.model.vocabulary import Kind, Outcome, Reason, SubjectKind
from shopbell.domain.rules.conditions import Condition
from shopbell.domain.rules.supplies import Supply, supplies, supplies_in
from shopbell.domain.time.calendar import at_local, format_instant, local_day

AT_TEN = time(10)
ONE_DAY = timedelta(days=1)
LEAD = timedelta(days=3)
"""So long before the day that was agreed one is reminded of it."""
ALONG = timedelta(days=3)
"""What runs out so soon after something else is told of in the same letter."""

Finds = Callable[[Record, ZoneInfo], Iterator[Trigger]]


@dataclass(frozen=True, slots=True)
class OfPurchases:
    """What a customer's purchases bring about, found once for each record of theirs: its conditions ask by name."""

    event_type: EventType
    found: Finds
    about: SubjectKind = SubjectKind.CUSTOMER

    def __call__(self, facts: Facts, now: datetime) -> Iterator[Trigger]:
        yield from self.named(facts).values()

    def named(self, facts: Facts) -> Mapping[str, Trigger]:
        """By their occurrences."""
        return _named(self.found, ByIdentity(facts.customer.record), facts.zone) if facts.about == self.about else {}


@lru_cache(maxsize=64)
def _named(found: Finds, of: ByIdentity[Record], zone: ZoneInfo) -> Mapping[str, Trigger]:
    return {each.occurrence_id: each for each in found(of.value, zone)}


def _runs_out(record: Record, zone: ZoneInfo) -> Iterator[Trigger]:
    """Each product that a customer will need again, some time before they run out of it; by the order in which they
    last bought it."""
    for each in supplies_in(record, zone):
        if each.told_on is not None:
            agreed = each.purchase.planned_repeat_on
            details = {"sku": each.bought.sku, "irregular": each.irregular, "agreed": f"{agreed or ''}"}
            yield Trigger(each.name, at_local(each.told_on, AT_TEN, zone), details)


def _wanted_again(record: Record, zone: ZoneInfo) -> Iterator[Trigger]:
    """The day for which the same was agreed on with an order, as long as none of it was ordered since."""
    ordered = purchases_in(record)
    last = {sku: number for number, purchase in enumerate(ordered) for sku in purchase.skus}
    for number, purchase in enumerate(ordered):
        day, ordered_on = purchase.planned_repeat_on, local_day(purchase.at, zone)
        was_ordered = any(last[sku] > number for sku in purchase.skus)
        if day is None or day <= ordered_on or was_ordered:
            continue
        told_on = max(day - LEAD, ordered_on + ONE_DAY)
        ends = format_instant(at_local(day + ONE_DAY, time(0), zone))
        details = {"order": purchase.order, "planned_on": day.isoformat(), "ends": ends}
        yield Trigger(f"{purchase.order}@{day}", at_local(told_on, AT_TEN, zone), details)


def _to_replace(record: Record, zone: ZoneInfo) -> Iterator[Trigger]:
    """Each model that a customer bought, once it is as old as one usually replaces it at, if they bought no newer one
    of its category."""
    models = [each for each in supplies_in(record, zone) if each.bought.renews_after_days]
    newest = {each.bought.category: each.last_on for each in sorted(models, key=lambda each: each.last_on)}
    for each in models:
        if not each.bought.category or each.last_on == newest[each.bought.category]:
            day = each.last_on + timedelta(days=each.bought.renews_after_days or 0)
            yield Trigger(each.name, at_local(day, AT_TEN, zone), {"sku": each.bought.sku})


runs_out = OfPurchases(EventType.RUNS_OUT, _runs_out)
wanted_again = OfPurchases(EventType.WANTED_AGAIN, _wanted_again)
to_replace = OfPurchases(EventType.TO_REPLACE, _to_replace)


def running_out(facts: Facts, trigger: Trigger, kind: Kind) -> list[Supply]:
    """What a letter tells of: what occasions it, and what runs out soon after that and was told in no other letter."""
    day, all_triggers = local_day(trigger.at, facts.zone), runs_out(facts, trigger.at)
    soon = [each for each in all_triggers if timedelta() <= local_day(each.at, facts.zone) - day <= ALONG]
    ours = [each for each in soon if each.occurrence_id == trigger.occurrence_id or _is_open(facts, each, kind)]
    names = [each.occurrence_id for each in sorted(ours, key=lambda each: (each.at, each.occurrence_id))]
    by_name = {each.name: each for each in supplies(facts)}
    return [by_name[name] for name in names]


def _is_open(facts: Facts, trigger: Trigger, kind: Kind) -> bool:
    step = facts.agenda.decided.get(f"{kind}|{trigger.occurrence_id}")
    return not _is_silent(trigger) and (step is None or step.outcome is Outcome.SKIPPED)


def _is_silent(trigger: Trigger) -> bool:
    return bool(trigger.facts["irregular"] or trigger.facts["agreed"])


def not_ordered_since(on: OfPurchases) -> Condition:
    """Nothing was bought since that is the next of it."""
    return Condition(lambda facts, trigger: _ordered_since(facts, trigger, on))


def _ordered_since(facts: Facts, trigger: Trigger, on: OfPurchases) -> str:
    return "" if trigger.occurrence_id in on.named(facts) else "ordered again since"


def _in_rhythm(facts: Facts, trigger: Trigger) -> str:
    return str(trigger.facts.get("irregular", ""))


def _not_agreed(facts: Facts, trigger: Trigger) -> str:
    agreed = trigger.facts.get("agreed")
    return f"agreed on {agreed} for the next time" if agreed else ""


def not_told_along(kind: Kind) -> Condition:
    """Nor was it told in the letter about something else that runs out at nearly the same time."""
    return Condition(lambda facts, trigger: _told_along(facts, trigger, kind), Reason.SUPERSEDED, for_good=False)


def _told_along(facts: Facts, trigger: Trigger, kind: Kind) -> str:
    told, day = _told(facts, kind), local_day(trigger.at, facts.zone)
    first = _firsts(ByIdentity(runs_out.named(facts)), facts.zone).get(day, trigger)
    if first.occurrence_id != trigger.occurrence_id and not _is_silent(trigger):
        return f"told along with {first.facts['sku']}"
    for before in range(ALONG.days + 1):
        for at, other in told.get(day - before * ONE_DAY, ()):
            if other.occurrence_id != trigger.occurrence_id and at < trigger.at:
                return f"told along with {other.facts['sku']}"
    return ""


@lru_cache(maxsize=64)
def _firsts(triggers: ByIdentity[Mapping[str, Trigger]], zone: ZoneInfo) -> Mapping[date, Trigger]:
    """Of each day the one whose letter tells of all that runs out then: they are all decided in one look."""
    ordered = sorted(triggers.value.values(), key=lambda each: each.occurrence_id, reverse=True)
    return {local_day(each.at, zone): each for each in ordered if not _is_silent(each)}


def _told(facts: Facts, kind: Kind) -> Mapping[date, Sequence[tuple[datetime, Trigger]]]:
    """By the day for which it was: of what was told the first two, when and what; one may be what is asked about."""
    triggers, decided = runs_out.named(facts), facts.agenda.decided
    return _first_told(ByIdentity(triggers), ByIdentity(decided), facts.zone, kind)


@lru_cache(maxsize=64)
def _first_told(
    triggers: ByIdentity[Mapping[str, Trigger]],
    decided: ByIdentity[Mapping[str, StepDecided]],
    zone: ZoneInfo,
    kind: Kind,
) -> Mapping[date, Sequence[tuple[datetime, Trigger]]]:
    told: dict[date, list[tuple[datetime, Trigger]]] = defaultdict(list)
    for each in triggers.value.values():
        step = decided.value.get(f"{kind}|{each.occurrence_id}")
        if step is not None and step.outcome is not Outcome.SKIPPED:
            told[local_day(each.at, zone)].append((step.at, each))
    return {day: sorted(those, key=lambda each: (each[0], each[1].occurrence_id))[:2] for day, those in told.items()}


in_rhythm = Condition(_in_rhythm, Reason.NO_RHYTHM, for_good=False)
not_agreed = Condition(_not_agreed, Reason.SUPERSEDED, for_good=False)
