"""Named conditions of the journeys: "" while one holds, else why it does not."""

from collections.abc import Callable
from dataclasses import dataclass

from shopbell.domain.model.complaint import RESOLVED
from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts, Trigger, first_of
from shopbell.domain.model.order import LEFT, absorbs, increase
from shopbell.domain.model.vocabulary import Kind, Reason
from shopbell.domain.rules.promises import open_promises
from shopbell.domain.time.calendar import format_instant

CALL_DONE, CALLBACK, REVIEW = EventType.CALL_DONE, EventType.CALLBACK_AGREED, EventType.REVIEW_POSTED
OUTCOMES = frozenset({"reached", "no_answer", "refused", "accepted"})

Check = Callable[[Facts, Trigger], str]


@dataclass(frozen=True, slots=True)
class Condition:
    """`check` answers "" while it holds; `reason` is the decision's where it does not. `for_good`: once it fails it
    fails for ever, or the subject's own news says otherwise; else it is only asked when the step is due."""

    check: Check
    reason: Reason = Reason.NO_LONGER_TRUE
    for_good: bool = True

    def __call__(self, facts: Facts, trigger: Trigger) -> str:
        return self.check(facts, trigger)


def _unpaid(facts: Facts, trigger: Trigger) -> str:
    """Still to be paid beforehand: what the shop sends without payment it does not wait for."""
    if facts.order is None or not facts.order.prepaid:
        return "not to be paid beforehand"
    return _any_of(facts, (EventType.ORDER_PAID, EventType.ORDER_CANCELLED, EventType.ORDER_REFUNDED, *LEFT))


def not_since(*event_types: EventType) -> Condition:
    """None of these came after what occasions it."""
    return Condition(lambda facts, trigger: _since(facts, trigger, event_types))


def never(*event_types: EventType) -> Condition:
    """None of these ever came."""
    return Condition(lambda facts, trigger: _any_of(facts, event_types))


def uncalled(*kinds: Kind) -> Condition:
    """Nobody told what came of any of these tasks."""
    return Condition(lambda facts, trigger: _called(facts, kinds, trigger, OUTCOMES))


def unanswered(*kinds: Kind) -> Condition:
    """None of these calls reached the customer."""
    return Condition(lambda facts, trigger: _called(facts, kinds, trigger, OUTCOMES - {"no_answer"}))


def _called(facts: Facts, kinds: tuple[Kind, ...], trigger: Trigger, outcomes: frozenset[str]) -> str:
    for call in facts.history.record.occurrences.get(CALL_DONE, {}).values():
        outcome, about = str(call.facts.get("outcome", "")), str(call.facts.get("occurrence", ""))
        if (
            call.facts.get("kind") in kinds
            and outcome in outcomes
            and first_of(about) == first_of(trigger.occurrence_id)
        ):
            return f"the call: {outcome}, at {format_instant(call.at)}"
    return ""


def _has_birthday(facts: Facts, trigger: Trigger) -> str:
    return "" if facts.customer.birthday else "no birthday known"


def _has_phone(facts: Facts, trigger: Trigger) -> str:
    return "" if facts.customer.text("phone") else "no phone number known"


def _by_phone_alone(facts: Facts, trigger: Trigger) -> str:
    works = facts.email is not None and facts.email.unusable() is None
    return "there is an e-mail address" if works else ""


def _no_complaint(facts: Facts, trigger: Trigger) -> str:
    return "a complaint is open" if facts.customer.open_complaint else ""


def _unreviewed(facts: Facts, trigger: Trigger) -> str:
    """Nor did they say a word that names no order, since they have this one."""
    at = facts.customer.history.last_told(REVIEW)
    return f"{REVIEW} at {format_instant(at)}" if at and at >= trigger.at else ""


def _still_agreed(facts: Facts, trigger: Trigger) -> str:
    """What was agreed last counts, were it the time that was agreed first."""
    agreed = facts.history.record.occurrences.get(CALLBACK, {})
    newest = max(agreed, key=lambda name: agreed[name].version, default="")
    return "" if newest == first_of(trigger.occurrence_id) else f"another time was agreed: {newest}"


def _dearer(facts: Facts, trigger: Trigger) -> str:
    return "" if increase(trigger.facts.get("repriced") or {}) else "the price did not rise"


def _worth_telling(facts: Facts, trigger: Trigger) -> str:
    up_to = facts.shop.payment.absorb_increase
    small = absorbs(trigger.facts.get("repriced") or {}, up_to)
    return f"the shop bears an increase of up to {up_to}" if small else ""


def _prepaid(facts: Facts, trigger: Trigger) -> str:
    return "" if facts.order and facts.order.prepaid else "paid on receipt"


def _paid_on_receipt(facts: Facts, trigger: Trigger) -> str:
    return "packed once it is paid" if facts.order and facts.order.prepaid else ""


PROFILE = ("birthday", "gender", "phone")
"""What the customer's page asks for where it is not known (R093)."""


def lacking(facts: Facts) -> list[str]:
    return [name for name in PROFILE if not facts.customer.text(name)]


def _incomplete(facts: Facts, trigger: Trigger) -> str:
    return "" if lacking(facts) else "nothing is missing"


def _kept_word(facts: Facts, trigger: Trigger) -> str:
    """A promise that a newer one replaced is no promise any more."""
    still_open = {promise.occurrence_id for promise in open_promises(facts)}
    return "" if first_of(trigger.occurrence_id) in still_open else "kept, or another date was told"


unpaid = Condition(_unpaid)
has_birthday, has_phone = Condition(_has_birthday), Condition(_has_phone, for_good=False)
by_phone_alone = Condition(_by_phone_alone, for_good=False)
no_complaint = Condition(_no_complaint, Reason.COMPLAINT_OPEN, for_good=False)
unreviewed = Condition(_unreviewed)
still_agreed = Condition(_still_agreed, Reason.SUPERSEDED)
dearer, worth_telling = Condition(_dearer), Condition(_worth_telling, Reason.ABSORBED)
prepaid, paid_on_receipt = Condition(_prepaid), Condition(_paid_on_receipt)
incomplete = Condition(_incomplete)
still_promised = Condition(_kept_word)
unresolved = not_since(RESOLVED)


def _any_of(facts: Facts, event_types: tuple[EventType, ...]) -> str:
    return next(filter(None, (_happened(facts, kind) for kind in event_types)), "")


def _happened(facts: Facts, event_type: EventType) -> str:
    at = facts.history.first(event_type)
    return "" if at is None else f"{event_type} at {format_instant(at)}"


def _since(facts: Facts, trigger: Trigger, event_types: tuple[EventType, ...]) -> str:
    for event_type in event_types:
        at = facts.history.last(event_type)
        if at is not None and at >= trigger.at:
            return f"{event_type} at {format_instant(at)}"
    return ""
