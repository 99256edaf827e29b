"""Who asked for a product that is there again: whether they still want to hear of it, and in which letter."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.purchases import purchases
from shopbell.domain.model.vocabulary import Kind, Outcome, Reason
from shopbell.domain.rules.conditions import Condition
from shopbell.domain.rules.consent import consent
from shopbell.domain.rules.triggers import Each
from shopbell.domain.time.calendar import format_instant, parse_instant

restocked = Each(EventType.PRODUCT_RESTOCKED)
TOGETHER = timedelta(hours=1)
"""What comes within it after something else is told in the same letter."""
A_DAY = timedelta(days=1)


def sku_of(trigger: Trigger) -> str:
    return str((trigger.facts.get("product") or {}).get("sku", ""))


def asked_at(trigger: Trigger) -> datetime:
    value = trigger.facts.get("asked_at")
    return parse_instant(value) if isinstance(value, str) else trigger.at


def _still_wanted(facts: Facts, trigger: Trigger) -> str:
    sku, since = sku_of(trigger), asked_at(trigger)
    bought = next((each for each in purchases(facts.customer) if each.at >= since and sku in each.skus), None)
    return f"bought with order {bought.order}" if bought else ""


def not_told_since_asked(kind: Kind) -> Condition:
    """Nor was it told since they asked: who asks once is told once."""
    return Condition(lambda facts, trigger: _told_since(facts, trigger, kind), Reason.ALREADY_SENT)


def _told_since(facts: Facts, trigger: Trigger, kind: Kind) -> str:
    for other in restocked(facts, trigger.at):
        step = facts.agenda.decided.get(f"{kind}|{other.occurrence_id}")
        is_earlier = sku_of(other) == sku_of(trigger) and other.at < trigger.at
        if is_earlier and step and step.outcome is not Outcome.SKIPPED and step.at >= asked_at(trigger):
            return f"told at {format_instant(step.at)}"
    return ""


def not_told_together(kind: Kind) -> Condition:
    """Nor is it told in the letter about something that came just before it."""
    return Condition(lambda facts, trigger: _told_together(facts, trigger, kind), Reason.SUPERSEDED, for_good=False)


def _told_together(facts: Facts, trigger: Trigger, kind: Kind) -> str:
    first = next(iter(told_with(facts, trigger, kind)), trigger)
    return "" if first.occurrence_id == trigger.occurrence_id else f"told with {sku_of(first)}"


def told_with(facts: Facts, trigger: Trigger, kind: Kind) -> list[Trigger]:
    """All that one letter tells of, by what came first: each is still wanted and not told yet."""
    letters: list[list[Trigger]] = []
    for each in sorted(restocked(facts, trigger.at), key=lambda each: (each.at, each.occurrence_id)):
        if each.occurrence_id != trigger.occurrence_id and (
            _still_wanted(facts, each) or _told_since(facts, each, kind) or _in_stock(facts, each)
        ):
            continue
        if letters and each.at - letters[-1][0].at <= TOGETHER:
            letters[-1].append(each)
        else:
            letters.append([each])
    names = [[each.occurrence_id for each in letter] for letter in letters]
    return next((letter for letter, ours in zip(letters, names, strict=True) if trigger.occurrence_id in ours), [])


def _in_stock(facts: Facts, trigger: Trigger) -> str:
    stock = facts.stock.get(sku_of(trigger))
    return f"none of {stock.quantity} left" if stock and stock.is_sold_out else ""


def _can_be_written_to(facts: Facts, trigger: Trigger) -> str:
    """By e-mail, or by SMS where they agreed to that; else somebody rings."""
    if facts.email and facts.email.unusable() is None:
        return ""
    agreed = (consent(facts.customer, facts.phone, purpose) for purpose in ("sms_service", "sms_marketing"))
    return "" if facts.phone is None or any(agreed) else "a phone number alone, and no consent to SMS"


def _is_to_be_rung(facts: Facts, trigger: Trigger) -> str:
    return "" if _can_be_written_to(facts, trigger) else "they are written to"


def wanted_skus(facts: Facts, trigger: Trigger) -> Iterator[str]:
    """The codes of the products whose stock a letter depends on."""
    yield from dict.fromkeys(sku_of(each) for each in restocked(facts, trigger.at) if abs(each.at - trigger.at) < A_DAY)


still_wanted = Condition(_still_wanted)
in_stock = Condition(_in_stock, Reason.SOLD_OUT, for_good=False, waits=True, looks_again=timedelta(hours=3))
can_be_written_to = Condition(_can_be_written_to, Reason.NO_CONSENT)
is_to_be_rung = Condition(_is_to_be_rung)
